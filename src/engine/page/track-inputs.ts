/* Inputs: the tracks that the engine reads. Compositions name them by their ids. */
import { reviveError } from '../../generator/messages.js';
import type { Script } from '../../generator/page/load-script.js';
import { openTrackReader } from '../../processor/page/track-reader.js';
import { checkValue } from '../../signals/checks.js';
import type { InputCommand, InputEvent, OpenInput } from '../messages.js';
import { acquireEngine, loadPart } from './engine-client.js';

/** Receives what happens to an input: a plain object of functions. */
export interface InputListener {
  /** The pictures have another size, in pixels as they are displayed. Also called for the first picture. */
  resized?(width: number, height: number): void;
  /** The frames of the track cannot be read. */
  failed?(error: Error): void;
}

/** An input for a holder, who may name its id in compositions until it is released. */
export interface InputLease {
  readonly id: number;
  readonly track: MediaStreamTrack;
  /** Shows a picture that the track does not deliver by itself, until it delivers its next one. It closes the frame. */
  show(frame: VideoFrame): void;
  /** The last holder's release ends the reading. The track is the page's, and continues. */
  release(): void;
}

/**
 * Makes the engine read a track of video. All holders of a track share one input.
 *
 * @param signal Ends the wait: the call then rejects with its reason.
 * @throws {RangeError} for a track of audio.
 * @throws {DOMException} `NotSupportedError` if this browser cannot read the track; `NetworkError` if the worker, or a
 * part of it, does not load.
 */
export async function acquireInput(
  track: MediaStreamTrack,
  listener: InputListener = {},
  signal?: AbortSignal,
): Promise<InputLease> {
  checkValue(track.kind === 'video', 'track.kind', track.kind, '"video"');
  signal?.throwIfAborted();
  const input = inputs.get(track) ?? new SharedInput(track, () => inputs.delete(track));
  inputs.set(track, input);
  const lease = { id: input.id, track, show: (frame: VideoFrame) => input.show(frame), release: input.add(listener) };
  try {
    await Promise.race([input.opened, ...(signal ? [rejectionOf(signal)] : [])]);
    return lease;
  } catch (error) {
    lease.release();
    throw error;
  }
}

const rejectionOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const inputs = new Map<MediaStreamTrack, SharedInput>();
let lastId = 0;

class SharedInput {
  readonly id = ++lastId;
  readonly opened: Promise<void>;
  readonly #closed: () => void;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<InputListener>();
  /** `null` while it is not open. */
  #port: MessagePort | null = null;
  #size: readonly [width: number, height: number] | null = null;

  constructor(track: MediaStreamTrack, closed: () => void) {
    this.#closed = closed;
    this.opened = this.#open(track);
    this.opened.catch(() => {});
  }

  /** Adds a holder. Returns what removes it. */
  add(given: InputListener): () => void {
    // The same object may be the listener of two holders.
    const listener = { ...given };
    this.#listeners.add(listener);
    // A holder who comes later is told what the others know.
    if (this.#size) listener.resized?.(...this.#size);
    return () => {
      if (!this.#listeners.delete(listener) || this.#listeners.size > 0) return;
      this.#closed();
      this.#closing.abort();
    };
  }

  show(frame: VideoFrame): void {
    if (this.#port) this.#port.postMessage({ frame } satisfies InputCommand, [frame]);
    else frame.close();
  }

  async #open(track: MediaStreamTrack): Promise<void> {
    const { signal } = this.#closing;
    const engine = await acquireEngine();
    try {
      await loadPart(engine.worker, inputPart);
      // Only audio is blocked.
      const reader = await openTrackReader(track, () => {}, signal);
      const { port1, port2: port } = new MessageChannel();
      const end = () => {
        port1.postMessage('close' satisfies InputCommand);
        port1.close();
        this.#port = null;
        reader.close();
        engine.release();
      };
      if (signal.aborted) return end();
      signal.addEventListener('abort', end, { once: true });
      port1.onmessage = ({ data }: MessageEvent<InputEvent>) => this.#receive(data);
      const message: OpenInput = { type: 'open-input', id: this.id, input: reader.input, port };
      engine.worker.postMessage(message, [port, ...reader.transfer]);
      this.#port = port1;
    } catch (error) {
      engine.release();
      throw error;
    }
  }

  #receive(event: InputEvent): void {
    if (event.type === 'failed') {
      const error = reviveError(event.error);
      this.#tell((listener) => listener.failed?.(error));
      return;
    }
    const { width, height } = event;
    this.#size = [width, height];
    this.#tell((listener) => listener.resized?.(width, height));
  }

  #tell(tell: (listener: InputListener) => void): void {
    if (this.#closing.signal.aborted) return;
    for (const listener of [...this.#listeners]) tell(listener);
  }
}

const inputPart: Script = {
  file: 'track-elements-input-part.js',
  text: () => import('../../workers/track-elements-input-part-text.js'),
};
