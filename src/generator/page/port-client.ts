import type { Deferred } from '../deferred.js';
import { type Answer, type RequestMap, type RequestMessage, reviveError } from '../messages.js';

/** Request ids are unique in the page, so that several clients, also of two copies of the library, can share a port. */
let lastId = Math.random();

/**
 * The page's end of a conversation with a worker or a worklet, as messages.ts describes it: requests with answers,
 * commands without, and events.
 *
 * ```ts
 * const client = new PortClient<AudioRequests, AudioCommand, AudioEvent>(port, (event) => …);
 * const counts = await client.request('count', {});
 * client.post({ type: 'close' });
 * ```
 */
export class PortClient<
  Requests extends RequestMap<Requests>,
  Command extends { readonly type: string } = never,
  Event extends { readonly type: string } = never,
> {
  readonly #target: MessagePort | Worker;
  readonly #onEvent: (event: Event) => void;
  readonly #pending = new Map<number, Omit<Deferred<unknown>, 'promise'>>();
  #closeReason: Error | null = null;

  constructor(target: MessagePort | Worker, onEvent: (event: Event) => void = () => {}) {
    this.#target = target;
    this.#onEvent = onEvent;
    target.addEventListener('message', this.#receive);
    if ('start' in target) target.start();
  }

  /** Resolves to the answer. Rejects with the error that the receiver answers, or once the client is closed. */
  request<Type extends keyof Requests & string>(
    type: Type,
    data: Parameters<Requests[Type]>[0],
    transfer: Transferable[] = [],
  ): Promise<ReturnType<Requests[Type]>> {
    if (this.#closeReason) return Promise.reject(this.#closeReason);
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      // It throws, so that the promise rejects, if the data cannot be cloned, for example a function.
      this.#target.postMessage({ ...(data as object), type, id } as RequestMessage<Requests>, transfer);
      this.#pending.set(id, { resolve: resolve as (value: unknown) => void, reject });
    });
  }

  /** Does nothing once the client is closed. */
  post(command: Command, transfer: Transferable[] = []): void {
    if (!this.#closeReason) this.#target.postMessage(command, transfer);
  }

  /** Rejects the requests that wait, and every later one. The port stays open. */
  close(reason: Error = new DOMException('The track has ended.', 'AbortError')): void {
    if (this.#closeReason) return;
    this.#closeReason = reason;
    this.#target.removeEventListener('message', this.#receive);
    for (const { reject } of this.#pending.values()) reject(reason);
    this.#pending.clear();
  }

  readonly #receive = (event: globalThis.Event): void => {
    const { data } = event as MessageEvent<Answer | Event>;
    if (data.type !== 'answer') {
      this.#onEvent(data as Event);
      return;
    }
    const { id, value, error } = data as Answer;
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error) pending?.reject(reviveError(error));
    else pending?.resolve(value);
  };
}
