import type { Counts } from '../../generator/counts.js';
import type { Backend } from '../../generator/page/backend.js';
import type { VideoComposition } from '../composition.js';
import type { Hold, Playback } from './playback.js';
import { acquireInput, type InputLease } from './track-inputs.js';

/** A track that a source shows, and what ends the capture. */
export interface CapturedTrack {
  readonly track: MediaStreamTrack;
  /** The size of its pictures, as far as it is known before the first one. */
  readonly width?: number;
  readonly height?: number;
  /** The picture that is there already, if the track delivers only later ones. */
  firstFrame?(): VideoFrame;
  /** Frees the track, unless it is the page's. */
  close(): void;
}

/** Receives what happens to an input. */
export interface CapturedInputListener {
  resized(input: CapturedInput): void;
  failed(input: CapturedInput, error: Error): void;
}

/** A captured track as an input of the engine. It closes the capture. */
export class CapturedInput {
  readonly #captured: CapturedTrack;
  #lease: InputLease | null = null;
  #width: number;
  #height: number;
  readonly #key: readonly unknown[];

  /** @param key Tells captures apart: a source whose key has changed shows something else. */
  static async open(
    captured: CapturedTrack,
    key: readonly unknown[],
    listener: CapturedInputListener,
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
      input.#lease = await acquireInput(captured.track, { resized, failed }, signal);
      input.#showFirstFrame(input.#lease);
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
      // A canvas of no size has none, nor a video between two pictures.
    }
  }

  get id(): number {
    return this.#lease?.id ?? 0;
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
    this.#lease?.release();
    this.#captured.close();
  }
}

export const isSameKey = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, index) => Object.is(part, other[index]));

/** The size of a picture of which nothing is known yet: that of other sources. */
const DEFAULT_WIDTH = 1280;
const DEFAULT_HEIGHT = 720;

/** A playback with the input that it shows, which ends with it. */
export class InputPlayback {
  readonly #playback: Playback<VideoComposition>;
  #input: CapturedInput;
  #composition: VideoComposition;
  #isClosed = false;

  /** @param composition The composition that plays already. */
  constructor(playback: Playback<VideoComposition>, composition: VideoComposition, input: CapturedInput) {
    this.#playback = playback;
    this.#composition = composition;
    this.#input = input;
  }

  get track(): MediaStreamTrack {
    return this.#playback.track;
  }

  get backend(): Backend {
    return this.#playback.backend;
  }

  get suspended(): boolean {
    return this.#playback.suspended;
  }

  get input(): CapturedInput {
    return this.#input;
  }

  hasSize(width: number, height: number): boolean {
    return this.#composition.width === width && this.#composition.height === height;
  }

  /** Plays a composition that shows an input. The input before is closed when nothing shows it any more. */
  async play(composition: VideoComposition, input: CapturedInput): Promise<void> {
    try {
      const [failure] = await this.#playback.play(composition);
      if (failure) throw failure.error;
      if (this.#isClosed) throw new DOMException('The source was stopped.', 'AbortError');
    } catch (error) {
      if (input !== this.#input) input.close();
      throw error;
    }
    this.#composition = composition;
    if (input === this.#input) return;
    this.#input.close();
    this.#input = input;
  }

  setHold(hold: Hold): void {
    this.#playback.setHold(hold);
  }

  repeatFrame(): void {
    this.#playback.repeatFrame();
  }

  getCounts(): Promise<Counts> {
    return this.#playback.getCounts();
  }

  close(): void {
    this.#isClosed = true;
    this.#playback.close();
    this.#input.close();
  }
}
