/* Inputs: the tracks that the engine reads. Compositions name them by their ids. */
import { reviveError } from '../../generator/messages.js';
import type { Script } from '../../generator/page/load-script.js';
import { openTrackReader } from '../../processor/page/track-reader.js';
import type { InputCommand, InputEvent, OpenInput } from '../messages.js';
import { acquireEngine, loadPart } from './engine-client.js';
import { type InputLease, type InputListener, SharedInput } from './shared-input.js';

export type { InputLease, InputListener } from './shared-input.js';

/**
 * Makes the engine read a track. All holders of a track share one input. Video is read from now on, audio as soon as a
 * composition plays it.
 *
 * @param signal Ends the wait: the call then rejects with its reason.
 * @throws {DOMException} `NotSupportedError` if this browser cannot read the track; `NetworkError` if the worker, or a
 * part of it, does not load.
 */
export async function acquireInput(
  track: MediaStreamTrack,
  listener: InputListener = {},
  signal?: AbortSignal,
): Promise<InputLease> {
  signal?.throwIfAborted();
  const Input = track.kind === 'audio' ? (await import('./audio-track-input.js')).AudioTrackInput : VideoTrackInput;
  signal?.throwIfAborted();
  const input = inputs.get(track) ?? createInput(Input, track);
  const lease = { id: input.id, track, show: (frame: VideoFrame) => input.show(frame), release: input.add(listener) };
  try {
    await Promise.race([input.opened, ...(signal ? [rejectionOf(signal)] : [])]);
    return lease;
  } catch (error) {
    lease.release();
    throw error;
  }
}

function createInput(Input: new (track: MediaStreamTrack) => SharedInput, track: MediaStreamTrack): SharedInput {
  const input = new Input(track);
  inputs.set(track, input);
  input.closed.addEventListener('abort', () => inputs.delete(track));
  return input;
}

const rejectionOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const inputs = new Map<MediaStreamTrack, SharedInput>();

/** A track of video as an input: the engine's worker reads it for all its players. */
class VideoTrackInput extends SharedInput {
  readonly opened: Promise<void>;
  /** `null` while it is not open. */
  #port: MessagePort | null = null;

  constructor(track: MediaStreamTrack) {
    super();
    this.opened = this.#open(track);
    this.opened.catch(() => {});
  }

  show(frame: VideoFrame): void {
    if (this.#port) this.#port.postMessage({ frame } satisfies InputCommand, [frame]);
    else frame.close();
  }

  async #open(track: MediaStreamTrack): Promise<void> {
    const signal = this.closed;
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
      this.tell((listener) => listener.failed?.(error));
    } else if (event.type === 'resized') {
      const { width, height } = event;
      this.tellState((listener) => listener.resized?.(width, height));
    }
  }
}

const inputPart: Script = {
  file: 'track-elements-input-part.js',
  text: () => import('../../workers/track-elements-input-part-text.js'),
};
