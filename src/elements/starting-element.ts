import type { PropertyDeclarations } from '@lit/reactive-element';
import { TrackElement, type TrackElementEventMap } from './track-element.js';

/** An element that starts by itself when it is connected. */
export abstract class StartingElement<
  Events extends TrackElementEventMap = TrackElementEventMap,
> extends TrackElement<Events> {
  static override properties: PropertyDeclarations = {
    manual: { type: Boolean, reflect: true },
  };

  /** Does not start by itself when it is connected. */
  declare manual: boolean;

  constructor() {
    super();
    this.manual = false;
  }

  protected override entered(): void {
    if (!this.manual) void this.start();
  }
}
