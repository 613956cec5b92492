import type { Counts } from '../../generator/counts.js';
import type { Backend } from '../../generator/page/backend.js';
import type { Rate } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { Composition, VideoComposition } from '../composition.js';
import type { Hold, Playback } from './playback.js';

/** The input of a source, with pictures, samples or both, and the configuration for which it was opened. */
export interface SourceInput {
  readonly kinds: readonly TrackKind[];
  /** The id by which compositions name the pictures or the samples; 0 if there are none. */
  id(kind: TrackKind): number;
  /** Pixels. Before the first picture: the size that is to be expected. */
  readonly size: readonly [width: number, height: number];
  /** The frame rate of the pictures, if they have one. */
  readonly frameRate?: Rate | null;
  /** Whether a pause of the source holds the input, so that the tracks need not be held. */
  readonly pausesItself?: boolean;
  /** Whether it was opened for this key: if the key of a source has changed, it shows something else. */
  hasKey(key: readonly unknown[]): boolean;
  close(): void;
}

export const isSameKey = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, index) => Object.is(part, other[index]));

/** Opens a track that plays a composition. */
export type OpenInputPlayback = (composition: Composition) => Promise<Playback>;

/** The tracks of a source, one for each kind, with the input that they show and play, which ends with them. */
export class InputPlayback<Input extends SourceInput = SourceInput> {
  #input: Input;
  readonly #open: OpenInputPlayback;
  readonly #playbacks = new Map<TrackKind, Playback>();
  #size: readonly [width: number, height: number] = [0, 0];
  #hold: Hold = { muted: false, paused: false };
  #isClosed = false;

  /** @throws the error of a composition that cannot be played: the input is then closed. */
  static async open<Input extends SourceInput>(
    input: Input,
    compositions: readonly Composition[],
    open: OpenInputPlayback,
  ): Promise<InputPlayback<Input>> {
    const playback = new InputPlayback(input, open);
    try {
      for (const composition of compositions) await playback.#play(composition);
      return playback;
    } catch (error) {
      playback.close();
      throw error;
    }
  }

  private constructor(input: Input, open: OpenInputPlayback) {
    this.#input = input;
    this.#open = open;
  }

  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#playbacks.values()].map(({ track }) => track);
  }

  get track(): MediaStreamTrack {
    return this.#main.track;
  }

  get kinds(): readonly TrackKind[] {
    return [...this.#playbacks.keys()];
  }

  get backend(): Backend {
    return this.#main.backend;
  }

  get suspended(): boolean {
    return [...this.#playbacks.values()].some(({ suspended }) => suspended);
  }

  get input(): Input {
    return this.#input;
  }

  hasSize(width: number, height: number): boolean {
    return this.#size[0] === width && this.#size[1] === height;
  }

  /** Plays compositions that show an input. The input before is closed when nothing shows it any more. */
  async play(compositions: readonly Composition[], input: Input): Promise<void> {
    try {
      for (const composition of compositions) await this.#play(composition);
      if (this.#isClosed) throw new DOMException('The source was stopped.', 'AbortError');
    } catch (error) {
      if (input !== this.#input) input.close();
      throw error;
    }
    if (input === this.#input) return;
    this.#input.close();
    this.#input = input;
  }

  setHold({ muted, paused }: Hold): void {
    const hold = { muted, paused: paused && !this.#input.pausesItself };
    this.#hold = hold;
    for (const playback of this.#playbacks.values()) playback.setHold(hold);
  }

  repeatFrame(): void {
    this.#playbacks.get('video')?.repeatFrame();
  }

  /** Of the pictures, if there are any. */
  getCounts(): Promise<Counts> {
    return this.#main.getCounts();
  }

  close(): void {
    this.#isClosed = true;
    for (const playback of this.#playbacks.values()) playback.close();
    this.#input.close();
  }

  /** The playback of the pictures, or else of the samples. */
  get #main(): Playback {
    return (this.#playbacks.get('video') ?? this.#playbacks.get('audio')) as Playback;
  }

  async #play(composition: Composition): Promise<void> {
    const kind = 'channels' in composition ? 'audio' : 'video';
    const running = this.#playbacks.get(kind);
    if (running) {
      const [failure] = await running.play(composition);
      if (failure) throw failure.error;
    } else {
      const playback = await this.#open(composition);
      if (this.#isClosed) playback.close();
      else this.#playbacks.set(kind, playback);
      playback.setHold(this.#hold);
    }
    if (kind === 'video') {
      const { width, height } = composition as VideoComposition;
      this.#size = [width, height];
    }
  }
}
