import type { PropertyDeclarations, PropertyValues } from '@lit/reactive-element';
import { CommandController } from '../controllers/command-controller.js';
import { type LiveTrack, type SourceState, TrackLifecycle } from '../controllers/track-lifecycle.js';
import { noCounts } from '../generator/counts.js';
import type { Backend } from '../generator/page/backend.js';
import type { SourceStats } from '../generator/page/track-generator.js';
import { OutletElement } from './outlet-element.js';

export type { SourceState } from '../controllers/track-lifecycle.js';

/**
 * What every source is: an element that exposes a `MediaStreamTrack` and gives it to sinks. It starts when it is
 * connected and stops when it is removed; one that is moved keeps its track.
 *
 * Buttons can command it with `<button commandfor="id" command="--pause">`: `--start`, `--stop`, `--pause`, `--resume`,
 * `--toggle` (pause or resume), `--mute`, `--unmute`.
 *
 * @cssstate idle - It has not been started.
 * @cssstate starting - Its track is being made.
 * @cssstate live - Its track is running.
 * @cssstate suspended - The browser wants a user gesture before it lets sound run; the next one on the page resumes it.
 * @cssstate stopped - It was stopped.
 * @cssstate failed - Something is wrong; correcting it brings the source back.
 */
export abstract class SourceElement<T extends LiveTrack = LiveTrack> extends OutletElement {
  static override properties: PropertyDeclarations = {
    paused: { type: Boolean, reflect: true },
    muted: { type: Boolean, reflect: true },
  };

  /** Holds the signal: the last picture repeats, sound is silent; the track stays live. */
  declare paused: boolean;
  /** Black of the same size, or silence, for everyone who has the track. `track.enabled` stays the page's own. */
  declare muted: boolean;
  protected readonly life: TrackLifecycle<T>;
  /** Only the newest change says how the source is. */
  #changes = 0;

  constructor() {
    super();
    this.paused = false;
    this.muted = false;
    this.life = new TrackLifecycle<T>({
      // An element's update waits for its first connection.
      open: (signal) =>
        this.opensAtOnce || !this.isConnected ? this.open(signal) : this.updateComplete.then(() => this.#open(signal)),
      lifeChanged: () => this.showState(),
      trackChanged: (_, next) => this.#trackChanged(next),
      reportError: (error) => this.reportError(error),
    });
    const set = (name: 'paused' | 'muted', value: boolean) => () => {
      this[name] = value;
    };
    new CommandController(this, {
      '--pause': set('paused', true),
      '--resume': set('paused', false),
      '--toggle': () => set('paused', !this.paused)(),
      '--mute': set('muted', true),
      '--unmute': set('muted', false),
    });
  }

  /** `'video'` or `'audio'`: what the track is. */
  abstract readonly kind: string | null;

  /** The track, or `null` while there is none. */
  override get track(): MediaStreamTrack | null {
    return this.life.live?.track ?? null;
  }

  /** The track, alone in a list; an empty one while there is none. */
  override get tracks(): readonly MediaStreamTrack[] {
    return this.track ? [this.track] : [];
  }

  /**
   * The track, once it exists, also while suspended. Each start has a new promise; it rejects with what went wrong, or
   * with an `AbortError` when the source is stopped before.
   */
  get ready(): Promise<MediaStreamTrack> {
    return this.life.ready;
  }

  /** What the source is doing. Also a custom state: `:state(live)`. */
  override get state(): SourceState {
    return this.life.state;
  }

  /** How the track is made in this browser, or `null` while there is none. */
  get backend(): Backend | null {
    return this.life.live?.backend ?? null;
  }

  /** Starts the source, unless it is running; after a stop with a new track. Returns `ready`. */
  override start(): Promise<MediaStreamTrack> {
    return this.life.start();
  }

  /** Ends the track for good and frees everything. */
  override stop(): void {
    this.life.stop();
  }

  /** What the source has counted since its start. */
  async getStats(): Promise<SourceStats> {
    const counts = (await this.life.live?.getCounts()) ?? noCounts();
    return { kind: this.kind as SourceStats['kind'], backend: this.backend, ...counts };
  }

  /** Whether the track can be made in the same task, or has to wait for attributes that are yet to come. */
  protected get opensAtOnce(): boolean {
    return false;
  }

  /** Makes the track of the present configuration, unless the signal comes first. */
  protected abstract open(signal: AbortSignal): T | Promise<T>;

  /** Brings a changed configuration to a running track; rejects where it cannot be played. */
  protected abstract change(live: T): Promise<void> | void;

  /** The sinks may have changed, or who may have the track. */
  protected updateSinks(): void {
    this.outlet.update();
  }

  protected override picturePassed(): boolean {
    return this.life.hasStarted;
  }

  protected override showAgain(): void {
    this.life.live?.repeatFrame();
  }

  protected override updated(changed: PropertyValues): void {
    const { live } = this.life;
    super.updated(changed);
    if (live && (changed.has('muted') || changed.has('paused')))
      live.setHold({ muted: this.muted, paused: this.paused });
    // What is not every source's configuration is that of what this one plays.
    if ([...changed.keys()].every((name) => SourceElement.elementProperties.has(name))) return;
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

  #trackChanged(next: MediaStreamTrack | null): void {
    // What changed while the track was being made.
    if (next) this.life.live?.setHold({ muted: this.muted, paused: this.paused });
    this.outlet.set(next ? [next] : []);
  }
}
