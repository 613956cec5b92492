import { css, type PropertyDeclarations, type PropertyValues, ReactiveElement } from '@lit/reactive-element';
import { CommandController } from '../controllers/commands.js';
import { Presence } from '../controllers/presence.js';
import { SinkLinks } from '../controllers/sink-links.js';
import { type LiveTrack, SourceLife, type SourceState } from '../controllers/source-life.js';
import type { Backend } from '../generator/backend.js';
import { noCounts } from '../generator/feed.js';
import type { SourceStats } from '../generator/track-generator.js';

export type { SourceState } from '../controllers/source-life.js';

/** The events of a source, for `addEventListener`. */
export interface SourceEventMap {
  addtrack: MediaStreamTrackEvent;
  removetrack: MediaStreamTrackEvent;
  statechange: Event;
  error: ErrorEvent;
}

/**
 * What every source is: an element that exposes a `MediaStreamTrack` and gives it to sinks. It starts when it is
 * connected and stops when it is removed; one that is moved keeps its track.
 *
 * Buttons can command it with `<button commandfor="id" command="--pause">`: `--start`, `--stop`, `--pause`, `--resume`,
 * `--toggle` (pause or resume), `--mute`, `--unmute`.
 *
 * @attr {string} for - Ids of the sinks that get the track, space separated: media elements or sink elements in the
 * same document or shadow tree, also ones that come later.
 * @event {MediaStreamTrackEvent} addtrack - The source has a new track.
 * @event {MediaStreamTrackEvent} removetrack - The source has given up its track.
 * @event {Event} statechange - `state` has changed.
 * @event {ErrorEvent} error - Something is wrong; `error` says what was given, what is accepted and what to do.
 * @cssstate idle - It has not been started.
 * @cssstate starting - Its track is being made.
 * @cssstate live - Its track is running.
 * @cssstate suspended - The browser wants a user gesture before it lets sound run; the next one on the page resumes it.
 * @cssstate stopped - It was stopped.
 * @cssstate failed - Something is wrong; correcting it brings the source back.
 */
export abstract class SourceElement<T extends LiveTrack = LiveTrack> extends ReactiveElement {
  static override properties: PropertyDeclarations = {
    manual: { type: Boolean, reflect: true },
    paused: { type: Boolean, reflect: true },
    muted: { type: Boolean, reflect: true },
    htmlFor: { type: String, reflect: true, attribute: 'for', useDefault: true },
    contentHint: { type: String, reflect: true, attribute: 'content-hint', useDefault: true },
    sinks: { attribute: false },
  };

  static override styles = css`:host { display: none; }`;

  /** Does not start by itself when it is connected. */
  declare manual: boolean;
  /** Holds the signal: the last picture repeats, sound is silent; the track stays live. */
  declare paused: boolean;
  /** Black of the same size, or silence, for everyone who has the track. `track.enabled` stays the page's own. */
  declare muted: boolean;
  /** Ids of the sinks that get the track, space separated. Reflects the `for` attribute. */
  declare htmlFor: string;
  /** What the track is for, as `MediaStreamTrack.contentHint`: `motion`, `detail`, `text`, `speech`, `music`. */
  declare contentHint: string;
  /** The sinks themselves, also of other documents and shadow trees; wins over `for`. */
  declare sinks: readonly Element[] | null;

  declare addEventListener: {
    <K extends keyof SourceEventMap>(
      type: K,
      listener: (this: HTMLElement, event: SourceEventMap[K]) => unknown,
      options?: boolean | AddEventListenerOptions,
    ): void;
    (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: boolean | AddEventListenerOptions,
    ): void;
  };

  protected readonly life: SourceLife<T>;
  readonly #links: SinkLinks;
  readonly #states: CustomStateSet | undefined = this.attachInternals().states;
  #stream: MediaStream | null = null;
  #shownState: SourceState = 'idle';
  /** Only the newest change says how the source is. */
  #changes = 0;

  constructor() {
    super();
    this.manual = false;
    this.paused = false;
    this.muted = false;
    this.htmlFor = '';
    this.contentHint = '';
    this.sinks = null;
    this.life = new SourceLife<T>({
      // An element's update waits for its first connection.
      open: (signal) =>
        this.opensAtOnce || !this.isConnected ? this.open(signal) : this.updateComplete.then(() => this.#open(signal)),
      lifeChanged: () => this.showState(),
      trackChanged: (previous, next) => this.#trackChanged(previous, next),
      reportError: (error) => this.reportError(error),
    });
    new Presence(this, { entered: () => this.entered(), left: () => this.stop() });
    this.#links = new SinkLinks(this, {
      passed: () => this.life.hasStarted,
      again: () => this.life.live?.again(),
    });
    const set = (name: 'paused' | 'muted', value: boolean) => () => {
      this[name] = value;
    };
    new CommandController(this, {
      '--start': () => this.start(),
      '--stop': () => this.stop(),
      '--pause': set('paused', true),
      '--resume': set('paused', false),
      '--toggle': () => set('paused', !this.paused)(),
      '--mute': set('muted', true),
      '--unmute': set('muted', false),
    });
    this.#states?.add('idle');
  }

  /** `'video'` or `'audio'`: what the track is. */
  abstract readonly kind: string | null;

  /** The track, or `null` while there is none. */
  get track(): MediaStreamTrack | null {
    return this.life.live?.track ?? null;
  }

  /** A stream that holds the track: the same object for the element's life. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream(this.track ? [this.track] : []);
    return this.#stream;
  }

  /**
   * The track, once it exists, also while suspended. Each start has a new promise; it rejects with what went wrong, or
   * with an `AbortError` when the source is stopped before.
   */
  get ready(): Promise<MediaStreamTrack> {
    return this.life.ready;
  }

  /** What the source is doing. Also a custom state: `:state(live)`. */
  get state(): SourceState {
    return this.life.state;
  }

  /** How the track is made in this browser, or `null` while there is none. */
  get backend(): Backend | null {
    return this.life.live?.backend ?? null;
  }

  /** Starts the source, unless it is running; after a stop with a new track. Returns `ready`. */
  start(): Promise<MediaStreamTrack> {
    return this.life.start();
  }

  /** Ends the track for good and frees everything. */
  stop(): void {
    this.life.stop();
  }

  /** What the source has counted since its start. */
  async getStats(): Promise<SourceStats> {
    const counts = (await this.life.live?.counts()) ?? noCounts();
    return { kind: this.kind as SourceStats['kind'], backend: this.backend, ...counts };
  }

  /** @internal Keeps `moveBefore()` from disconnecting the element. */
  connectedMoveCallback(): void {
    this.#links.hostConnected();
  }

  /** Whether the track can be made in the same task, or has to wait for attributes that are yet to come. */
  protected get opensAtOnce(): boolean {
    return false;
  }

  /** Makes the track of the present configuration, unless the signal comes first. */
  protected abstract open(signal: AbortSignal): T | Promise<T>;

  /** Brings a changed configuration to a running track; rejects where it cannot be played. */
  protected abstract change(live: T): Promise<void> | void;

  protected entered(): void {
    if (!this.manual) void this.start();
  }

  /** The sinks may have changed, or who may have the track. */
  protected updateSinks(): void {
    this.#links.update();
  }

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

  protected override updated(changed: PropertyValues): void {
    const { live } = this.life;
    if (changed.has('htmlFor') || changed.has('sinks')) this.#links.update();
    if (changed.has('contentHint')) this.#hint();
    if (live && (changed.has('muted') || changed.has('paused'))) live.hold(this.muted, this.paused);
    // What is not every source's configuration is that of what this one plays.
    if ([...changed.keys()].every((name) => Object.hasOwn(SourceElement.properties, name))) return;
    this.applyChange();
  }

  /** Brings the present configuration to the track; a source that failed for want of a better one starts anew. */
  protected applyChange(): void {
    const { live, state } = this.life;
    if (live) void this.#apply(live);
    else if (state === 'failed') void this.start();
    else this.life.restart();
  }

  #open(signal: AbortSignal): T | Promise<T> {
    signal.throwIfAborted();
    return this.open(signal);
  }

  async #apply(live: T): Promise<void> {
    const change = ++this.#changes;
    try {
      await this.change(live);
      if (live === this.life.live && change === this.#changes) this.life.settle();
    } catch (error) {
      if (live === this.life.live && change === this.#changes) this.life.fail(error as Error);
    }
  }

  #hint(): void {
    const { track } = this;
    if (track && 'contentHint' in track) track.contentHint = this.contentHint;
  }

  #trackChanged(previous: MediaStreamTrack | null, next: MediaStreamTrack | null): void {
    if (previous) this.#stream?.removeTrack(previous);
    if (next) this.#stream?.addTrack(next);
    this.#hint();
    // What changed while the track was being made.
    if (next) this.life.live?.hold(this.muted, this.paused);
    this.#links.update();
    if (previous) this.dispatchEvent(new MediaStreamTrackEvent('removetrack', { track: previous }));
    if (next) this.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track: next }));
  }
}
