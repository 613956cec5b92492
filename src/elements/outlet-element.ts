import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { TrackOutputController } from '../controllers/track-output-controller.js';
import { StartingElement } from './starting-element.js';
import type { TrackElementEventMap } from './track-element.js';

/** The events of an element that exposes tracks, for `addEventListener`. */
export interface OutletEventMap extends TrackElementEventMap {
  addtrack: MediaStreamTrackEvent;
  removetrack: MediaStreamTrackEvent;
}

/**
 * An element that exposes tracks and gives them to sinks.
 *
 * @attr {string} for - Ids of the sinks that get the tracks, space separated: media elements or sink elements in the
 * same document or shadow tree, also ones that come later.
 * @event {MediaStreamTrackEvent} addtrack - The element has a new track.
 * @event {MediaStreamTrackEvent} removetrack - The element has given up a track.
 */
export abstract class OutletElement<Events extends OutletEventMap = OutletEventMap> extends StartingElement<Events> {
  static override properties: PropertyDeclarations = {
    htmlFor: { type: String, reflect: true, attribute: 'for', useDefault: true },
    contentHint: { type: String, reflect: true, attribute: 'content-hint', useDefault: true },
    sinks: { attribute: false },
  };

  /** Ids of the sinks that get the tracks, space separated. Reflects the `for` attribute. */
  declare htmlFor: string;
  /** What the tracks are for, as `MediaStreamTrack.contentHint`: `motion`, `detail`, `text`, `speech`, `music`. */
  declare contentHint: string;
  /** The sinks themselves, also of other documents and shadow trees; wins over `for`. */
  declare sinks: readonly Element[] | null;

  protected readonly outlet: TrackOutputController;

  constructor() {
    super();
    this.htmlFor = '';
    this.contentHint = '';
    this.sinks = null;
    this.outlet = new TrackOutputController(this, {
      passed: (track) => this.picturePassed(track),
      again: () => this.showAgain(),
    });
  }

  /** The tracks that there are. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.outlet.tracks;
  }

  /** The track, or `null` while there is none: where there are several, the first of video, else the first of audio. */
  get track(): MediaStreamTrack | null {
    const { tracks } = this;
    return tracks.find(({ kind }) => kind === 'video') ?? tracks[0] ?? null;
  }

  /** A stream that holds the tracks: the same object for the element's life. */
  get stream(): MediaStream {
    return this.outlet.stream;
  }

  /** @internal Keeps `moveBefore()` from disconnecting the element. */
  connectedMoveCallback(): void {
    this.outlet.moved();
  }

  /** Whether a picture has passed on a track, so that a media element that gets it has one to show. */
  protected abstract picturePassed(track: MediaStreamTrack): boolean;

  /** Shows the last picture once more, for a viewer who has just come. */
  protected showAgain(): void {}

  protected override updated(changed: PropertyValues): void {
    if (changed.has('htmlFor') || changed.has('sinks')) this.outlet.update();
    if (changed.has('contentHint')) this.outlet.hint();
  }
}
