import { reviveError } from '../../generator/messages.js';
import type { ClipCommand, InputCommand, InputEvent, OpenAudioInput } from '../messages.js';
import { acquireEngine } from './engine-client.js';
import { type InputReader, SharedInput } from './shared-input.js';

/** Asks a player to open an input for all players of its worker or worklet. */
export type RequestInput = (request: OpenAudioInput, transfer: Transferable[]) => Promise<void>;

/** Where players of audio run: the engine's worker, or the context in whose worklet they do. */
type PlayerTarget = Worker | BaseAudioContext;

/** The samples of an input, as they are handed over: of a track, of a file, or all of a clip. */
export interface OpenedSamples extends Omit<InputReader, 'input'> {
  readonly input: OpenAudioInput['input'];
}

const inputs = new Map<number, PlayedInput>();

/** Opens inputs where a player runs, unless they are open there. It does nothing for one that has been released. */
export async function openAudioInputs(
  ids: readonly number[],
  target: PlayerTarget,
  request: RequestInput,
): Promise<void> {
  await Promise.all(ids.map((id) => inputs.get(id)?.openIn(target, request)));
}

/** An input of audio. It is opened once for each worker or worklet whose players play it. */
export abstract class PlayedInput extends SharedInput {
  readonly opened = Promise.resolve();
  readonly #openings = new Map<PlayerTarget, Promise<void>>();
  /** The ends of the open conversations. */
  readonly #ports = new Set<MessagePort>();

  constructor() {
    super();
    inputs.set(this.id, this);
    this.closed.addEventListener('abort', () => inputs.delete(this.id));
  }

  /** Opens the samples for a worker or a worklet. */
  protected abstract openSamples(isWorklet: boolean): OpenedSamples | Promise<OpenedSamples>;

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

  /** Posts a command wherever the input is open. */
  protected post(command: ClipCommand): void {
    for (const port of this.#ports) port.postMessage(command);
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
      const { input, transfer, close } = await this.openSamples(isWorklet);
      const { port1, port2: port } = new MessageChannel();
      this.#ports.add(port1);
      ending.signal.addEventListener('abort', () => {
        this.#ports.delete(port1);
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
