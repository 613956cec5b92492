import type { LayerController } from '../controllers/layer-controller.js';
import type { LiveTrack, SourceState, TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import type { Composition, TrackFault } from '../engine/composition.js';
import type { Hold, Playback } from '../engine/page/playback.js';
import { noCounts } from '../generator/counts.js';
import type { Backend } from '../generator/page/backend.js';
import type { SourceStats } from '../generator/page/track-generator.js';
import type { TrackKind } from '../signals/track-kind.js';
import { boolean } from './converters.js';
import { property } from './property.js';
import { TrackElement } from './track-element.js';

export type { SourceState } from '../controllers/track-lifecycle-controller.js';

/**
 * An element that makes a `MediaStreamTrack`. It starts when it is connected and stops when it is removed; an element that
 * is moved, or put back within 250 ms, keeps its track.
 *
 * Buttons command it: `<button commandfor="id" command="--pause">`. Commands: `--start`, `--stop`, `--pause`, `--resume`,
 * `--toggle` (pause or resume), `--mute`, `--unmute`.
 *
 * @cssstate idle - Not started.
 * @cssstate starting - Its track is being made.
 * @cssstate live - Its track is running.
 * @cssstate suspended - The browser wants a user gesture before it lets audio run. The next gesture on the page resumes it.
 * @cssstate stopped - Stopped, or its track has ended.
 * @cssstate failed - It cannot play with its current attributes. It is live again when they are corrected.
 */
export abstract class SourceElement<T extends LiveTrack = LiveTrack> extends TrackElement<SourceState> {
  /** Holds the signal: the last picture repeats, audio is silent. The track stays live. */
  @property({ type: boolean, reflect: true })
  paused = false;

  /**
   * Makes the track and all clones of it black, in the same size, or silent. It does not use `track.enabled`, which belongs to
   * the page.
   */
  @property({ type: boolean, reflect: true })
  muted = false;

  /** @internal */
  abstract readonly lifecycle: TrackLifecycleController<T>;
  /** Makes the source a layer inside a generator; `null` for a source that is never one. */
  protected readonly layer: LayerController | null = null;

  /** The faults of the track, which the `<signal-fault>` elements inside describe. @internal */
  declare faults?: readonly TrackFault[];

  constructor() {
    super({
      frames: {
        hasFrame: () => this.lifecycle.hasFrame,
        repeatFrame: () => this.lifecycle.live?.repeatFrame(),
      },
    });
    const set = (name: 'paused' | 'muted', value: boolean) => () => {
      this[name] = value;
    };
    Object.assign(this.commands, {
      '--pause': set('paused', true),
      '--resume': set('paused', false),
      '--toggle': () => set('paused', !this.paused)(),
      '--mute': set('muted', true),
      '--unmute': set('muted', false),
    });
  }

  /** The kind of the track: `video` or `audio`. */
  abstract readonly kind: TrackKind | null;

  /**
   * Resolves to the track as soon as it exists, also while the source is suspended. Rejects with the error if the source fails,
   * and with an `AbortError` if it is stopped before. Each start after a stop makes a new promise. Inside a generator it is the
   * generator's promise.
   */
  get ready(): Promise<MediaStreamTrack> {
    return this.layer?.generator?.ready ?? this.lifecycle.ready;
  }

  /** How the track is made in this browser: `native`, `worker`, `canvas`, `element` or `worklet`; `null` without a track. */
  get backend(): Backend | null {
    return this.lifecycle.live?.backend ?? null;
  }

  /**
   * Starts the source, unless it is running. After a stop it makes a new track. Inside a generator it does nothing. Returns
   * `ready`.
   */
  override start(): Promise<MediaStreamTrack> {
    return this.layer?.isLayer ? this.ready : this.lifecycle.start();
  }

  /** Ends the track for good and frees everything. */
  override stop(): void {
    this.lifecycle.stop();
  }

  /** The source's counters since it was started. */
  async getStats(): Promise<SourceStats> {
    const counts = (await this.lifecycle.live?.getCounts()) ?? noCounts();
    return { kind: (this.kind ?? this.track?.kind) as TrackKind, backend: this.backend, ...counts };
  }
}

/** Opens the playback of a source by itself: of a composition with the source as its only layer. */
export async function openSingleLayer<C extends Composition>(
  opening: Promise<Playback<C>>,
  composition: C,
  hold: Hold,
  signal: AbortSignal,
): Promise<Playback<C>> {
  const playback = await opening;
  const close = () => playback.close();
  // The first frame may need a module that never loads.
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  try {
    playback.setHold(hold);
    await playSingleLayer(playback, composition);
    return playback;
  } catch (error) {
    close();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Plays a composition of one layer. Rejects with the layer's error. */
export async function playSingleLayer<C extends Composition>(playback: Playback<C>, composition: C): Promise<void> {
  const [failure] = await playback.play(composition);
  if (failure) throw failure.error;
}
