import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import type { Hold, PlaybackListener } from '../engine/page/playback.js';
import type { Counts } from '../generator/counts.js';
import { type Deferred, defer } from '../generator/deferred.js';
import { LatestRun } from '../generator/latest-run.js';
import type { Backend } from '../generator/page/backend.js';
import { hasTracks } from '../generator/page/report.js';
import { isError } from '../signals/describe-value.js';
import type { ElementStateController } from './element-state-controller.js';
import type { TrackOutputController } from './track-output-controller.js';

/**
 * - `idle`: not started
 * - `starting`: its track is being made
 * - `live`: its track is running
 * - `suspended`: the browser wants a user gesture before it lets audio run
 * - `stopped`: by `stop()`, or because its track ended
 * - `failed`: it cannot play its configuration; correcting that brings it back
 */
export type SourceState = 'idle' | 'starting' | 'live' | 'suspended' | 'stopped' | 'failed';

/** A running track with what makes it. */
export interface LiveTrack {
  readonly track: MediaStreamTrack;
  /** All tracks, if there are several; `track` is the first of them. */
  readonly tracks?: readonly MediaStreamTrack[];
  readonly backend: Backend;
  /** Whether the browser wants a user gesture first. */
  readonly suspended: boolean;
  setHold(hold: Hold): void;
  repeatFrame(): void;
  getCounts(): Promise<Counts>;
  /** Ends the track for good and frees everything. */
  close(): void;
}

/** Makes the track of a source, and plays on it what the source is configured to. */
export interface TrackMaker<T extends LiveTrack> {
  /**
   * Makes the track for the present configuration. A track that it returns without a promise is there in the same task.
   *
   * @param signal Aborted when the track is no longer wanted.
   * @param listener Receives what happens to the track later.
   */
  open(signal: AbortSignal, listener: PlaybackListener): T | Promise<T>;
  /**
   * Plays the present configuration on the running track. Rejects if it cannot be played.
   *
   * @param signal Aborted by the next change.
   */
  change(live: T, signal: AbortSignal): Promise<void> | void;
  /** Whether `open()` has not read the configuration yet, so that a change need not open again. */
  readsLater?(): boolean;
  /** Whether `open()` need not wait for the element's first update. By default it waits for attributes set in this task. */
  opensAtOnce?(): boolean;
}

/** A source element: it starts, stops, and holds its signal. */
export interface TrackLifecycleHost extends ReactiveControllerHost, HTMLElement, Hold {}

/** The controllers of the same element that a life cycle works with. */
export interface TrackLifecycleCollaborators {
  readonly states: ElementStateController<SourceState>;
  readonly output: TrackOutputController;
}

/** The life of a source from `start()` to `stop()`: its track, the promise of it, and its state. */
export class TrackLifecycleController<T extends LiveTrack> implements ReactiveController {
  readonly #host: TrackLifecycleHost;
  readonly #states: ElementStateController<SourceState>;
  readonly #output: TrackOutputController;
  readonly #maker: TrackMaker<T>;
  /** From a start to the stop. */
  readonly #run = new LatestRun();
  readonly #change = new LatestRun();
  #live: T | null = null;
  #ready = handledPromise();
  #isReadySettled = false;
  #hasFrame = false;
  #hold: Hold = { muted: false, paused: false };

  constructor(host: TrackLifecycleHost, { states, output }: TrackLifecycleCollaborators, maker: TrackMaker<T>) {
    this.#host = host;
    this.#states = states;
    this.#output = output;
    this.#maker = maker;
    host.addController(this);
  }

  get live(): T | null {
    return this.#live;
  }

  /** The track once it exists. Each start after a stop has a new promise. */
  get ready(): Promise<MediaStreamTrack> {
    return this.#ready.promise;
  }

  /** Whether the track has had a frame, or a block of samples. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  /** Whether the track exists or is being made. */
  get isRunning(): boolean {
    return this.#live !== null || this.#states.own === 'starting';
  }

  hostUpdated(): void {
    const { muted, paused } = this.#host;
    if (this.#live && (muted !== this.#hold.muted || paused !== this.#hold.paused)) this.#applyHold(this.#live);
  }

  /** @param isRetry Whether it starts because something has changed after a failure. */
  start(isRetry = false): Promise<MediaStreamTrack> {
    if (this.isRunning) return this.ready;
    if (this.#isReadySettled) this.#ready = handledPromise();
    this.#isReadySettled = false;
    this.#hasFrame = false;
    const signal = this.#run.begin();
    this.#states.set('starting', isRetry);
    // A listener of `statechange` may have stopped it.
    if (!signal.aborted) void this.#open(signal);
    return this.ready;
  }

  stop(): void {
    const live = this.#live;
    this.#run.cancel();
    this.#change.cancel();
    this.#live = null;
    this.#isReadySettled = true;
    this.#ready.reject(new DOMException('The source was stopped.', 'AbortError'));
    if (this.#states.own !== 'idle') this.#states.set('stopped');
    if (!live) return;
    // Before the track ends: a media element whose track ends may stay on its last picture. Only this track: a listener of
    // `statechange` may have started the source again.
    this.#output.set(this.#output.tracks.filter((track) => !tracksOf(live).includes(track)));
    live.close();
  }

  /** Plays the present configuration: on the running track, on the one being made, or on a new one after a failure. */
  applyChange(): void {
    if (this.#live) void this.#applyTo(this.#live);
    else if (this.#states.own === 'starting') {
      if (!this.#maker.readsLater?.()) void this.#open(this.#run.begin());
    } else if (this.#states.own === 'failed') void this.start(true);
  }

  /** Fails with an error. A track that exists continues. */
  fail(error: unknown): void {
    if (!this.isRunning) return;
    const reason = isError(error) ? error : new Error(String(error));
    this.#isReadySettled = true;
    this.#ready.reject(reason);
    this.#states.fail(reason);
  }

  async #open(signal: AbortSignal): Promise<void> {
    const open = () => {
      signal.throwIfAborted();
      if (!hasTracks()) throw new DOMException('This DOM has no tracks: sources run in browsers.', 'NotSupportedError');
      return this.#maker.open(signal, this.#listenerOf(signal));
    };
    try {
      const waits = this.#host.isConnected && !this.#maker.opensAtOnce?.();
      const opened = waits ? this.#host.updateComplete.then(open) : open();
      const live = 'then' in opened ? await opened : opened;
      if (signal.aborted) {
        live.close();
        return;
      }
      this.#live = live;
      this.#applyHold(live);
      this.#output.set(tracksOf(live));
      if (!signal.aborted) this.#markHealthy(live);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  async #applyTo(live: T): Promise<void> {
    const signal = this.#change.begin();
    try {
      await this.#maker.change(live, signal);
      if (signal.aborted) return;
      const tracks = tracksOf(live);
      if (tracks.length !== this.#output.tracks.length) this.#output.set(tracks);
      if (!signal.aborted) this.#markHealthy(live);
    } catch (error) {
      if (!signal.aborted) this.fail(error);
    }
  }

  /** Back to `live` or `suspended`: it plays what it is configured to. */
  #markHealthy(live: T): void {
    this.#isReadySettled = true;
    this.#ready.resolve(live.track);
    this.#states.set(live.suspended ? 'suspended' : 'live');
  }

  #applyHold(live: T): void {
    const { muted, paused } = this.#host;
    this.#hold = { muted, paused };
    live.setHold(this.#hold);
  }

  #listenerOf(signal: AbortSignal): PlaybackListener {
    const whileRunning =
      <Arguments extends unknown[]>(callback: (...args: Arguments) => void) =>
      (...args: Arguments) => {
        if (!signal.aborted) callback(...args);
      };
    return {
      started: whileRunning(() => {
        this.#hasFrame = true;
        this.#output.update();
      }),
      failed: whileRunning(({ error }) => this.fail(error)),
      ended: whileRunning(() => this.stop()),
      warned: whileRunning((error) => this.#states.warn(error)),
      suspendChanged: whileRunning(() => {
        // A gesture lets the audio run. It does not correct a wrong configuration.
        if (this.#live && this.#states.own !== 'failed') this.#markHealthy(this.#live);
      }),
    };
  }
}

const tracksOf = ({ track, tracks = [track] }: LiveTrack): readonly MediaStreamTrack[] => tracks;

/** A promise whose rejection need not be handled: the `error` event reports it too. */
function handledPromise(): Deferred<MediaStreamTrack> {
  const deferred = defer<MediaStreamTrack>();
  deferred.promise.catch(() => {});
  return deferred;
}
