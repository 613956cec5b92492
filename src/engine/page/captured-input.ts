import type { TrackKind } from '../../signals/track-kind.js';
import { isSameKey, type SourceInput } from './input-playback.js';
import { acquireInput, type InputLease } from './track-inputs.js';

/** A track that a source shows, and what ends the capture. */
export interface CapturedTrack {
  readonly track: MediaStreamTrack;
  /** The audio that was captured with the pictures of `track`. */
  readonly audio?: MediaStreamTrack;
  /** The size of its pictures, as far as it is known before the first one. */
  readonly width?: number;
  readonly height?: number;
  /** The picture that is there already, if the track delivers only later ones. */
  firstFrame?(): VideoFrame;
  /** Frees the track, unless it is the page's. */
  close(): void;
}

/** Receives what happens to the input of a source. */
export interface SourceInputListener {
  resized(input: SourceInput): void;
  failed(input: SourceInput, error: Error): void;
}

/** A captured track as an input of the engine. It closes the capture. */
export class CapturedInput implements SourceInput {
  readonly #captured: CapturedTrack;
  readonly #leases: Partial<Record<TrackKind, InputLease>> = {};
  #width: number;
  #height: number;
  readonly #key: readonly unknown[];

  /** @param key Identifies a capture: if the key of a source has changed, it shows something else. */
  static async open(
    captured: CapturedTrack,
    key: readonly unknown[],
    listener: SourceInputListener,
    signal: AbortSignal,
  ): Promise<CapturedInput> {
    const input = new CapturedInput(captured, key);
    const resized = (width: number, height: number) => {
      if (input.#width === width && input.#height === height) return;
      [input.#width, input.#height] = [width, height];
      listener.resized(input);
    };
    const failed = (error: Error) => listener.failed(input, error);
    try {
      for (const track of input.#tracks) {
        const lease = await acquireInput(track, { resized, failed }, signal);
        input.#leases[track.kind as TrackKind] = lease;
        if (track === captured.track) input.#showFirstFrame(lease);
      }
      return input;
    } catch (error) {
      input.close();
      throw error;
    }
  }

  private constructor(captured: CapturedTrack, key: readonly unknown[]) {
    const { width, height } = captured;
    this.#captured = captured;
    [this.#width, this.#height] = [width || DEFAULT_WIDTH, height || DEFAULT_HEIGHT];
    this.#key = key;
  }

  #showFirstFrame(lease: InputLease): void {
    try {
      if (this.#captured.firstFrame) lease.show(this.#captured.firstFrame());
    } catch {
      // A canvas without a size has no picture, and neither has a video between two pictures.
    }
  }

  get kinds(): readonly TrackKind[] {
    return this.#tracks.map(({ kind }) => kind as TrackKind);
  }

  id(kind: TrackKind): number {
    return this.#leases[kind]?.id ?? 0;
  }

  get track(): MediaStreamTrack {
    return this.#captured.track;
  }

  /** Pixels. Before the first picture: the size that the capture expects. */
  get size(): readonly [width: number, height: number] {
    return [this.#width, this.#height];
  }

  hasKey(key: readonly unknown[]): boolean {
    return isSameKey(key, this.#key);
  }

  close(): void {
    for (const lease of Object.values(this.#leases)) lease.release();
    this.#captured.close();
  }

  get #tracks(): readonly MediaStreamTrack[] {
    const { track, audio } = this.#captured;
    return audio ? [track, audio] : [track];
  }
}

/** The size of a picture while nothing is known about it: the default size of other sources. */
const DEFAULT_WIDTH = 1280;
const DEFAULT_HEIGHT = 720;
