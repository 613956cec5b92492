import { LitElement } from 'lit';
import { warnOfUnknownAttributes } from '../controllers/attribute-check.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { ElementStateController } from '../controllers/element-state-controller.js';
import { TrackSinkController } from '../controllers/track-sink-controller.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { TrackSink } from '../sinks/track-sink.js';
import { object } from './converters.js';
import { property } from './property.js';
import { styledRoot } from './styled-root.js';

/**
 * The states of an element that measures: `idle` without a track, `measuring`, `ended` when the last track has ended or was
 * taken away, `failed` when something is wrong.
 */
export type MeasuringState = 'idle' | 'measuring' | 'ended' | 'failed';

/** The events of every element that measures, for `addEventListener`. */
export interface MeasuringElementEventMap {
  statechange: Event;
  error: ErrorEvent;
  warning: ErrorEvent;
}

/**
 * An element that measures one video track, one audio track, or both: of the sources inside it, of those that name it with
 * `for`, or of its `srcObject`. It measures while it is connected, also when it is `hidden`.
 *
 * @slot - Sources whose tracks are measured. They are not shown.
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do. The message also goes
 * to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - Something is wrong, but the element continues to work. `error` says what is wrong, and what to
 * do. The message also goes to the console, unless a listener calls `preventDefault()`.
 * @cssstate idle - It has no track.
 * @cssstate measuring - It measures a track.
 * @cssstate ended - The last track has ended, or was taken away.
 * @cssstate failed - Something is wrong.
 */
export abstract class MeasuringElement<Events extends MeasuringElementEventMap = MeasuringElementEventMap>
  extends LitElement
  implements TrackSink
{
  /**
   * A stream whose tracks are measured, besides those of sources: a camera, a screen, what a peer sent. It uses one live track
   * of each kind. A stream fires no event when a script calls its `addTrack()`: after that, set a new stream.
   */
  @property({ type: object<MediaStream | null>(), attribute: false })
  srcObject: MediaStream | null = null;

  declare addEventListener: TypedListenerMethod<Events>;
  declare removeEventListener: TypedListenerMethod<Events, EventListenerOptions>;

  protected readonly states = new ElementStateController<MeasuringState>(this, 'idle');
  readonly #sink = new TrackSinkController(this, {
    trackChanged: (kind, track) => this.#follow(kind, track),
    failed: (error) => this.states.reportError(error),
  });
  /** The tracks that are measured: none while the element is out of its document. */
  readonly #measured = new Map<TrackKind, MediaStreamTrack>();
  #isPresent = false;

  constructor() {
    super();
    this.addEventListener('statechange', () => this.requestUpdate());
    new ConnectionController(this, {
      onConnected: () => {
        this.#isPresent = true;
        for (const track of this.#sink.tracks) this.#follow(track.kind as TrackKind, track);
        warnOfUnknownAttributes(this);
      },
      onRemoved: () => {
        const kinds = [...this.#measured.keys()];
        this.#isPresent = false;
        this.#measured.clear();
        // The tracks have not ended.
        this.states.set('idle');
        for (const kind of kinds) this.measure(kind, null);
      },
    });
  }

  /** The element's state, also a custom state: `:state(measuring)`. */
  get state(): MeasuringState {
    return this.states.state;
  }

  /** The tracks that are measured: at most one of each kind. */
  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#measured.values()];
  }

  /** Adds a track, which replaces the last one of its kind. Sources call this method; it makes the element a sink. */
  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.#sink.addTrack(track, source);
  }

  /** Gives up a track. */
  removeTrack(track: MediaStreamTrack): void {
    this.#sink.removeTrack(track);
  }

  /**
   * Measures another track of a kind instead of the previous one. `null`: there is none left, or the element was removed; then
   * everything is freed.
   */
  protected abstract measure(kind: TrackKind, track: MediaStreamTrack | null): void;

  /** Whether the element measures tracks of a kind. It ignores others: they are not among its `tracks`. Default: both. */
  protected measures(_kind: TrackKind, _track: MediaStreamTrack | null): boolean {
    return true;
  }

  /** @internal Called when the element is moved to another document. */
  adoptedCallback(): void {
    styledRoot(this);
  }

  protected override createRenderRoot(): ShadowRoot {
    return styledRoot(this);
  }

  #follow(kind: TrackKind, track: MediaStreamTrack | null): void {
    if (!this.#isPresent || !this.measures(kind, track) || (this.#measured.get(kind) ?? null) === track) return;
    if (track) this.#measured.set(kind, track);
    else this.#measured.delete(kind);
    this.states.set(this.#measured.size > 0 ? 'measuring' : 'ended');
    this.measure(kind, track);
  }
}
