import type { TrackInput } from '../../processor/messages.js';
import type { TimedInput } from '../messages.js';

/** Receives what happens to an input: a plain object of functions. */
export interface InputListener {
  /** The pictures have another size, in pixels as they are displayed. Also called for the first picture. */
  resized?(width: number, height: number): void;
  /** The first samples have come to a player of audio. */
  heard?(): void;
  /** The frames or the samples of the track cannot be read. */
  failed?(error: Error): void;
}

/** An input for a holder, who may name its id in compositions until it is released. */
export interface InputLease {
  readonly id: number;
  /** Shows a picture that the track does not deliver by itself, until it delivers its next one. It closes the frame. */
  show(frame: VideoFrame): void;
  /** The last holder's release ends the reading. */
  release(): void;
}

/** An input of a track, which is the page's, and continues after the release. */
export interface TrackLease extends InputLease {
  readonly track: MediaStreamTrack;
}

/** The frames or samples of an input, as they are handed over. */
export interface InputReader {
  readonly input: TrackInput | TimedInput;
  /** The parts of the input that move to the worker or the worklet. */
  readonly transfer: Transferable[];
  close(): void;
}

let lastId = 0;

/** An input and its holders. */
export abstract class SharedInput {
  readonly id = ++lastId;
  /** Resolves when compositions may name the id. */
  abstract readonly opened: Promise<void>;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<InputListener>();
  #tellState: (listener: InputListener) => void = () => {};

  /** Aborts when the last holder has released the input. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Shows a picture, and closes it. */
  abstract show(frame: VideoFrame): void;

  /** Adds a holder. Returns what removes it. */
  add(given: InputListener): () => void {
    // The same object may be the listener of two holders.
    const listener = { ...given };
    this.#listeners.add(listener);
    // A later holder gets the same information as the others.
    this.#tellState(listener);
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) this.#closing.abort();
    };
  }

  protected tell(tell: (listener: InputListener) => void): void {
    if (this.closed.aborted) return;
    for (const listener of [...this.#listeners]) tell(listener);
  }

  /** Tells all holders, and those who come later. */
  protected tellState(tell: (listener: InputListener) => void): void {
    this.#tellState = tell;
    this.tell(tell);
  }
}
