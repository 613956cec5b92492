import type { RtcClient, RtcClientState } from '../rtc/rtc-client.js';

/** What an element with a WHIP or WHEP client tells of it. */
export interface ClientListener {
  stateChanged(): void;
  failed(error: Error): void;
}

/**
 * The client of an element: another one for each endpoint and token, one at a time. What the one before still says is
 * not listened to.
 */
export class RtcClientController<Client extends RtcClient> {
  readonly #listener: ClientListener;
  #client: Client | null = null;
  #state: RtcClientState = 'idle';

  constructor(listener: ClientListener) {
    this.#listener = listener;
  }

  get client(): Client | null {
    return this.#client;
  }

  get state(): RtcClientState {
    return this.#client?.state ?? this.#state;
  }

  /** @throws what `make` throws. */
  open(make: () => Client): Client {
    const before = this.#client;
    this.#client = null;
    void before?.stop().catch(() => {});
    const client = make();
    this.#client = client;
    client.addEventListener('statechange', () => client === this.#client && this.#listener.stateChanged());
    client.addEventListener('error', ({ error }) => client === this.#client && this.#listener.failed(error));
    let told = '';
    client.addEventListener('warning', ({ message }) => {
      // Of a server that is away for long, once.
      if (client === this.#client && message !== told) console.warn(`track-elements: ${message}`);
      told = message;
    });
    return client;
  }

  /** Ends the session; the state is `stopped`, unless nothing had begun. */
  close(begun = false): void {
    const client = this.#client;
    if (begun || this.#state !== 'idle' || client) this.#state = 'stopped';
    this.#client = null;
    void client?.stop().catch(() => {});
    this.#listener.stateChanged();
  }

  /** What keeps a client from being made. */
  fail(error: Error): void {
    this.#client = null;
    this.#state = 'failed';
    this.#listener.stateChanged();
    this.#listener.failed(error);
  }
}
