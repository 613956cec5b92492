import { css, ReactiveElement } from '@lit/reactive-element';
import { CommandController } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';

/** The events of every element of the library, for `addEventListener`. */
export interface TrackElementEventMap {
  statechange: Event;
  error: ErrorEvent;
}

/**
 * What every element of the library is: it can be started and stopped, and stops when it is removed; one that is moved
 * goes on. Buttons can command it with `<button commandfor="id" command="--stop">`: `--start`, `--stop`.
 *
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong; `error` says what was given, what is accepted and what to do.
 */
export abstract class TrackElement<Events extends TrackElementEventMap = TrackElementEventMap> extends ReactiveElement {
  static override styles = css`:host { display: none; }`;

  declare addEventListener: {
    <K extends keyof Events>(
      type: K,
      listener: (this: HTMLElement, event: Events[K]) => unknown,
      options?: boolean | AddEventListenerOptions,
    ): void;
    (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: boolean | AddEventListenerOptions,
    ): void;
  };

  readonly #states: CustomStateSet | undefined = this.attachInternals().states;
  #shownState = 'idle';

  constructor() {
    super();
    new ConnectionController(this, { entered: () => this.entered(), left: () => this.stop() });
    new CommandController(this, { '--start': () => this.start(), '--stop': () => this.stop() });
    this.#states?.add(this.#shownState);
  }

  /** What the element is doing. Also a custom state: `:state(live)`. */
  abstract get state(): string;

  abstract start(): unknown;
  abstract stop(): unknown;

  // Without it what stands inside would have no style: its colours could not be `currentcolor` or `var()`.
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    root.append(document.createElement('slot'));
    return root;
  }

  /** It has come into the document. */
  protected entered(): void {}

  protected reportError(error: Error): void {
    this.dispatchEvent(new ErrorEvent('error', { error, message: error.message }));
  }

  /** Tells of a new state, where it is one. */
  protected showState(): void {
    const { state } = this;
    if (state === this.#shownState) return;
    this.#states?.delete(this.#shownState);
    this.#states?.add(state);
    this.#shownState = state;
    this.dispatchEvent(new Event('statechange'));
  }
}
