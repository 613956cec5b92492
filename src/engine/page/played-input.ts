import { reviveError } from '../../generator/messages.js';
import { openAudioReader } from '../../processor/page/track-reader.js';
import { readByWorklet } from '../../processor/page/worklet-reader.js';
import type { InputCommand, InputEvent, OpenAudioInput } from '../messages.js';
import { acquireEngine } from './engine-client.js';
import { SharedInput } from './shared-input.js';

/** Asks a player to open an input for all players of its worker or worklet. */
export type RequestInput = (request: OpenAudioInput, transfer: Transferable[]) => Promise<void>;

/** Where players of audio run: the engine's worker, or the context in whose worklet they do. */
type PlayerTarget = Worker | BaseAudioContext;

const inputs = new Map<number, AudioTrackInput>();

/** Opens inputs where a player runs, unless they are open there. It does nothing for one that has been released. */
export async function openAudioInputs(
  ids: readonly number[],
  target: PlayerTarget,
  request: RequestInput,
): Promise<void> {
  await Promise.all(ids.map((id) => inputs.get(id)?.openIn(target, request)));
}

/** A track of audio as an input. It is read once for each worker or worklet whose players play it. */
export class AudioTrackInput extends SharedInput {
  readonly opened = Promise.resolve();
  readonly #track: MediaStreamTrack;
  readonly #openings = new Map<PlayerTarget, Promise<void>>();

  constructor(track: MediaStreamTrack) {
    super();
    this.#track = track;
    inputs.set(this.id, this);
    this.closed.addEventListener('abort', () => inputs.delete(this.id));
  }

  show(frame: VideoFrame): void {
    frame.close();
  }

  async openIn(target: PlayerTarget, request: RequestInput): Promise<void> {
    // The player that was asked first may have ended before it answered. This one is asked then.
    await this.#openings.get(target)?.catch(() => {});
    const opening = this.#openings.get(target) ?? this.#open(target, request);
    this.#openings.set(target, opening);
    opening.catch(() => this.#openings.delete(target));
    return opening;
  }

  async #open(target: PlayerTarget, request: RequestInput): Promise<void> {
    const isWorklet = 'audioWorklet' in target;
    // It keeps the worker, also while no player runs.
    const engine = isWorklet ? null : await acquireEngine();
    const ending = new AbortController();
    const end = () => ending.abort();
    ending.signal.addEventListener('abort', () => {
      this.#openings.delete(target);
      engine?.release();
    });
    try {
      const { input, transfer, close } = await (isWorklet ? readByWorklet : openAudioReader)(this.#track, () => {});
      const { port1, port2: port } = new MessageChannel();
      ending.signal.addEventListener('abort', () => {
        port1.postMessage('close' satisfies InputCommand);
        port1.close();
        close();
      });
      port1.onmessage = ({ data }: MessageEvent<InputEvent>) => this.#receive(data);
      this.closed.addEventListener('abort', end, { signal: ending.signal });
      // A context closes some time after its last player.
      const endWithContext = () => {
        if ((target as BaseAudioContext).state === 'closed') end();
      };
      if (isWorklet) target.addEventListener('statechange', endWithContext, { signal: ending.signal });
      if (this.closed.aborted) end();
      else await request({ inputId: this.id, input, port }, [port, ...transfer]);
    } catch (error) {
      end();
      throw error;
    }
  }

  #receive(event: InputEvent): void {
    if (event.type === 'heard') this.tellState((listener) => listener.heard?.());
    else if (event.type === 'failed') {
      const error = reviveError(event.error);
      this.tell((listener) => listener.failed?.(error));
    }
  }
}
