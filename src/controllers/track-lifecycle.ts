import type { Counts } from '../generator/counts.js';
import type { Backend } from '../generator/page/backend.js';

/** What a source can be found doing. */
export type SourceState = 'idle' | 'starting' | 'live' | 'suspended' | 'stopped' | 'failed';

/** A running track as its source sees it. */
export interface LiveTrack {
  readonly track: MediaStreamTrack;
  readonly backend: Backend;
  readonly suspended: boolean;
  setHold(hold: { readonly muted: boolean; readonly paused: boolean }): void;
  repeatFrame(): void;
  getCounts(): Promise<Counts>;
  close(): void;
}

/** Whom a life belongs to. */
export interface TrackLifecycleHost<T extends LiveTrack> {
  /**
   * Makes the track; whatever happens to it later goes to the life's methods. What is on its way is given up with the
   * signal.
   */
  open(signal: AbortSignal): T | Promise<T>;
  /** Called after each change of state, with what it was before. */
  lifeChanged(previous: SourceState): void;
  /** Called with the track that went and the one that came. */
  trackChanged(previous: MediaStreamTrack | null, next: MediaStreamTrack | null): void;
  /** Called with each error. */
  reportError(error: Error): void;
}

/** The life of a source from start to stop: its state, its track, and the promise of it. */
export class TrackLifecycle<T extends LiveTrack> {
  readonly #host: TrackLifecycleHost<T>;
  #state: SourceState = 'idle';
  #live: T | null = null;
  #ready = pending();
  #settled = false;
  /** The current start: an older one that comes late ends what it made. */
  #attempt = new AbortController();
  #hasStarted = false;

  constructor(host: TrackLifecycleHost<T>) {
    this.#host = host;
  }

  get state(): SourceState {
    return this.#state;
  }

  get live(): T | null {
    return this.#live;
  }

  get ready(): Promise<MediaStreamTrack> {
    return this.#ready.promise;
  }

  /** Whether frames or samples have passed. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Whether a track is there or on its way. */
  get running(): boolean {
    return this.#live !== null || this.#state === 'starting';
  }

  start(): Promise<MediaStreamTrack> {
    if (this.running) return this.ready;
    if (this.#settled) this.#ready = pending();
    this.#settled = false;
    this.#hasStarted = false;
    const { signal } = this.#attemptAnew();
    this.#change('starting');
    // Whoever hears of it may have stopped it.
    if (!signal.aborted) void this.#open(signal);
    return this.ready;
  }

  /** What is being opened is not what is wanted any more. */
  restart(): void {
    if (this.#state === 'starting') void this.#open(this.#attemptAnew().signal);
  }

  stop(): void {
    const live = this.#live;
    // What is there already is ended below, once sinks have let go of it.
    if (!live) this.#attempt.abort();
    this.#live = null;
    this.#settled = true;
    this.#ready.reject(new DOMException('The source was stopped.', 'AbortError'));
    // From here on whoever hears of it may start it anew.
    if (this.#state !== 'idle') this.#change('stopped');
    // Sinks let go first: a media element that is left with a track that ends may stay on its last picture.
    if (live) this.#host.trackChanged(live.track, null);
    live?.close();
  }

  /** Something went wrong; a track that is there goes on. */
  fail(error: Error): void {
    if (!this.running) return;
    this.#settled = true;
    this.#ready.reject(error);
    this.#change('failed');
    this.#host.reportError(error);
  }

  /** What went wrong is right again, or the browser has begun or ceased to want a gesture. */
  settle(): void {
    if (!this.#live) return;
    this.#settled = true;
    this.#ready.resolve(this.#live.track);
    this.#change(this.#live.suspended ? 'suspended' : 'live');
  }

  /** The first frame or block has passed. */
  started(): void {
    this.#hasStarted = true;
  }

  #attemptAnew(): AbortController {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    return this.#attempt;
  }

  async #open(signal: AbortSignal): Promise<void> {
    try {
      const opened = this.#host.open(signal);
      // What is there at once is there in the same task.
      const live = opened instanceof Promise ? await opened : opened;
      if (signal.aborted) {
        live.close();
        return;
      }
      this.#live = live;
      this.#host.trackChanged(null, live.track);
      this.settle();
    } catch (error) {
      if (!signal.aborted) this.fail(error instanceof Error ? error : new Error(String(error)));
    }
  }

  #change(state: SourceState): void {
    const previous = this.#state;
    if (state === previous) return;
    this.#state = state;
    this.#host.lifeChanged(previous);
  }
}

/** A promise with its ends, that nobody has to handle. */
function pending(): PromiseWithResolvers<MediaStreamTrack> {
  const ends = Promise.withResolvers<MediaStreamTrack>();
  ends.promise.catch(() => {});
  return ends;
}
