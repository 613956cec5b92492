/* Inputs: the tracks and the files that the engine reads. Compositions name them by their ids. */
import { reviveError } from '../../generator/messages.js';
import type { Script } from '../../generator/page/load-script.js';
import { openTrackReader } from '../../processor/page/track-reader.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { InputCommand, InputEvent, OpenInput } from '../messages.js';
import { acquireEngine, loadPart } from './engine-client.js';
import { type InputLease, type InputListener, type InputReader, SharedInput, type TrackLease } from './shared-input.js';

export type { InputLease, InputListener, TrackLease } from './shared-input.js';

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
): Promise<TrackLease> {
  signal?.throwIfAborted();
  const create = await (track.kind === 'audio' ? audioOf(track) : () => new VideoInput((end) => readVideo(track, end)));
  signal?.throwIfAborted();
  const input = inputs.get(track) ?? create();
  if (!inputs.has(track)) {
    inputs.set(track, input);
    input.closed.addEventListener('abort', () => inputs.delete(track));
  }
  return { ...(await leaseOf(input, listener, signal)), track };
}

/**
 * Opens an input of pictures or samples that are sent before they are due, like those of a file.
 *
 * @param connect Called with a port to which a worker sends them: once for pictures, for samples once for each worker or
 * worklet that plays them. The port closes with the input.
 * @throws as {@link acquireInput}.
 */
export async function openTimedInput(
  kind: TrackKind,
  connect: (port: MessagePort) => void,
  listener: InputListener,
  signal: AbortSignal,
): Promise<InputLease> {
  const read = async (): Promise<InputReader> => {
    const { port1, port2: timed } = new MessageChannel();
    connect(port1);
    return { input: { timed }, transfer: [timed], close() {} };
  };
  if (kind === 'video') return leaseOf(new VideoInput(read), listener, signal);
  const { SharedAudioInput } = await import('./shared-audio-input.js');
  signal.throwIfAborted();
  return leaseOf(new SharedAudioInput(read), listener, signal);
}

async function leaseOf(input: SharedInput, listener: InputListener, signal?: AbortSignal): Promise<InputLease> {
  const lease = { id: input.id, show: (frame: VideoFrame) => input.show(frame), release: input.add(listener) };
  try {
    await Promise.race([input.opened, ...(signal ? [rejectionOf(signal)] : [])]);
    return lease;
  } catch (error) {
    lease.release();
    throw error;
  }
}

async function audioOf(track: MediaStreamTrack): Promise<() => SharedInput> {
  const { SharedAudioInput, readAudio } = await import('./shared-audio-input.js');
  return () => new SharedAudioInput((isWorklet) => readAudio(track, isWorklet));
}

// Only audio is blocked.
const readVideo = (track: MediaStreamTrack, signal: AbortSignal): Promise<InputReader> =>
  openTrackReader(track, () => {}, signal);

const rejectionOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const inputs = new Map<MediaStreamTrack, SharedInput>();

/** Video as an input: the engine's worker reads it for all its players. */
class VideoInput extends SharedInput {
  readonly opened: Promise<void>;
  /** `null` while it is not open. */
  #port: MessagePort | null = null;

  constructor(read: (signal: AbortSignal) => Promise<InputReader>) {
    super();
    this.opened = this.#open(read);
    this.opened.catch(() => {});
  }

  show(frame: VideoFrame): void {
    if (this.#port) this.#port.postMessage({ frame } satisfies InputCommand, [frame]);
    else frame.close();
  }

  async #open(read: (signal: AbortSignal) => Promise<InputReader>): Promise<void> {
    const signal = this.closed;
    const engine = await acquireEngine();
    try {
      await loadPart(engine.worker, inputPart);
      const reader = await read(signal);
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
