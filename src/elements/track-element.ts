import { type PropertyValues, ReactiveElement, unsafeCSS } from '@lit/reactive-element';
import { warnOfUnknownAttributes } from '../controllers/attribute-check.js';
import { CommandController, type Commands } from '../controllers/command-controller.js';
import { ConnectionController } from '../controllers/connection-controller.js';
import { ElementStateController } from '../controllers/element-state-controller.js';
import { type FrameSource, isElementList, TrackOutputController } from '../controllers/track-output-controller.js';
import { whenLoaded } from '../generator/page/when-loaded.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { valueError } from '../signals/checks.js';
import { boolean, elementList, oneOf, text } from './converters.js';
import { property } from './property.js';
import { styledRoot } from './styled-root.js';

/** The events of every element with tracks, for `addEventListener`. */
export interface TrackElementEventMap {
  statechange: Event;
  error: ErrorEvent;
  warning: ErrorEvent;
  addtrack: MediaStreamTrackEvent;
  removetrack: MediaStreamTrackEvent;
}

/** The values of `MediaStreamTrack.contentHint`; empty for none. */
export type ContentHint = '' | 'motion' | 'detail' | 'text' | 'speech' | 'speech-recognition' | 'music';

/** The differences between elements with tracks. */
export interface TrackElementBehaviour {
  /** How to wait for the frames of the tracks; unless given, as for received tracks. */
  readonly frames?: FrameSource;
  /** Called when the element was connected and is not `manual`; `start()` unless given. */
  readonly autoStart?: () => void;
}

/**
 * An element with tracks: it starts when it is connected, gives its tracks to sinks, and stops when it is removed. An
 * element that is moved, or put back within 250 ms, continues.
 *
 * Buttons command it: `<button commandfor="id" command="--stop">`. Commands: `--start`, `--stop`.
 *
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong. `error` says what was given, what is accepted, and what to do. The message also goes
 * to the console, unless a listener calls `preventDefault()`.
 * @event {ErrorEvent} warning - Something is wrong, but the element continues to work. `error` says what is wrong, and what to
 * do. The message also goes to the console, unless a listener calls `preventDefault()`.
 * @event {MediaStreamTrackEvent} addtrack - The element has a new track.
 * @event {MediaStreamTrackEvent} removetrack - The element no longer has a track.
 */
export abstract class TrackElement<
  State extends string = string,
  Events extends TrackElementEventMap = TrackElementEventMap,
> extends ReactiveElement {
  // Without the tag `css`: its checks of interpolated values are 150 bytes in every page.
  static override styles = unsafeCSS(':host { display: none; }');

  /** Waits for `start()`, instead of starting when it is connected. */
  @property({ type: boolean, reflect: true })
  manual = false;

  /**
   * Ids of the sinks that get the tracks, separated by spaces: media elements or sink elements in the same document or shadow
   * tree. They may be added later. An id may also belong to the wrapper that a player puts around its media element. Reflects
   * the `for` attribute.
   */
  @property({ type: text, attribute: 'for', reflect: true })
  htmlFor = '';

  /** The content of the tracks, set as their `MediaStreamTrack.contentHint`. */
  @property({ type: oneOf<ContentHint>(), attribute: 'content-hint', reflect: true })
  contentHint: ContentHint = '';

  /** The sinks that get the tracks, instead of those that `for` names. They may be elements of any document or shadow tree. */
  @property({ type: elementList, attribute: false })
  sinks: readonly Element[] | null = null;

  declare addEventListener: TypedListenerMethod<Events>;
  declare removeEventListener: TypedListenerMethod<Events, EventListenerOptions>;

  protected readonly states = new ElementStateController<State>(this, 'idle' as State);
  protected readonly output: TrackOutputController;
  /** The commands of buttons. Classes add theirs. @internal */
  protected readonly commands: Commands = { '--start': () => this.start(), '--stop': () => this.stop() };

  /** Whether it was started because it was connected, and has not been updated since. */
  #hasJustStarted = false;

  constructor({ frames, autoStart = () => void this.start() }: TrackElementBehaviour = {}) {
    super();
    this.output = new TrackOutputController(this, frames);
    new CommandController(this, this.commands);
    new ConnectionController(this, {
      onConnected: () => {
        this.#hasJustStarted = !this.manual;
        if (!this.manual) autoStart();
        warnOfUnknownAttributes(this);
      },
      onRemoved: () => this.stop(),
    });
  }

  /** The element's state, also a custom state: `:state(live)`. A source inside a generator has the state of the generator. */
  get state(): State {
    return this.states.state;
  }

  /** The tracks. The list is empty while there are none. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.output.tracks;
  }

  /** The track, or `null` without any: the video track if there is one, else the audio track. */
  get track(): MediaStreamTrack | null {
    const { tracks } = this;
    return tracks.find(({ kind }) => kind === 'video') ?? tracks[0] ?? null;
  }

  /** A stream with the tracks: the same object for the element's life. */
  get stream(): MediaStream {
    return this.output.stream;
  }

  /**
   * The media elements that get the tracks and have `autoplay`, but do not play: the browser requires a user gesture before it
   * plays an element that is not muted. One `warning` event says so. Set `muted` of the media element, or call its `play()` in
   * a click.
   */
  get blockedSinks(): readonly HTMLMediaElement[] {
    return this.output.blockedSinks;
  }

  /** Starts the element, unless it is running. */
  abstract start(): unknown;

  /** Stops the element and frees everything. */
  abstract stop(): void;

  /** @internal Called when the element is moved to another document. */
  adoptedCallback(): void {
    styledRoot(this);
  }

  /** Elements inside are slotted, so that their colours can be `currentcolor` or `var()`: without a slot they have no style. */
  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = styledRoot(this);
    root.append(document.createElement('slot'));
    return root;
  }

  /**
   * Frameworks set `manual` after the element was connected, in the same task, or before its tag was registered: Lit takes such
   * properties over in the first update.
   */
  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (this.#hasJustStarted && this.manual) {
      this.states.set('idle' as State);
      this.stop();
    }
    this.#hasJustStarted = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('sinks') && this.sinks !== null && !isElementList(this.sinks)) {
      this.states.reportError(valueError('sinks', this.sinks, 'a list of elements, or null', TypeError));
    }
    const { contentHint } = this;
    if (!changed.has('contentHint') || !contentHint) return;
    whenLoaded(import('./content-hint.js'), ({ contentHintError }) => {
      const error = contentHintError(contentHint);
      if (error) this.states.reportError(error);
    });
  }
}
