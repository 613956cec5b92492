import { checkCodecs, preferCodecs } from './codec-preference.js';
import { RtcClient } from './rtc-client.js';
import type { RtcClientEventMap, RtcClientInit } from './rtc-client-init.js';

export interface WhepClientInit extends RtcClientInit {
  /** What to ask for; both by default. */
  readonly kinds?: readonly ('audio' | 'video')[];
  /** Codecs in the order of preference, by name or MIME type. The others stay on offer behind them. */
  readonly codec?: string | readonly string[];
}

export interface WhepClientEventMap extends RtcClientEventMap {
  addtrack: MediaStreamTrackEvent;
  removetrack: MediaStreamTrackEvent;
}

/**
 * Plays what a server sends by WHEP, and goes on until it is stopped: it repairs the path, and makes a new session when
 * server or network were gone. The tracks of one session stay until those of the next are there, and are replaced in
 * one task.
 *
 *     const client = new WhepClient({ endpoint: 'https://example.com/live/whep', token });
 *     video.srcObject = client.stream;
 *     await client.start();
 */
export class WhepClient extends RtcClient {
  declare addEventListener: {
    <K extends keyof WhepClientEventMap>(
      type: K,
      listener: (event: WhepClientEventMap[K]) => unknown,
      options?: boolean | AddEventListenerOptions,
    ): void;
    (
      type: string,
      listener: EventListenerOrEventListenerObject | null,
      options?: boolean | AddEventListenerOptions,
    ): void;
  };
  protected override readonly counterOffers = true;
  protected override readonly awaitsOthers = true;
  readonly #kinds: readonly ('audio' | 'video')[];
  readonly #codec: string | readonly string[] | undefined;
  readonly #arrived = new WeakMap<RTCPeerConnection, MediaStreamTrack[]>();
  #stream: MediaStream | null = null;
  #tracks: readonly MediaStreamTrack[] = [];

  /** @throws {TypeError} for an endpoint that is no URL, a token that no header can carry, a codec that is not there. */
  constructor(init: WhepClientInit) {
    super(init);
    this.#kinds = init.kinds ?? ['audio', 'video'];
    if (this.#kinds.length === 0) throw new TypeError('kinds is empty; it takes "audio", "video", or both.');
    this.#codec = init.codec;
    checkCodecs(init.codec, 'receive');
    this.addEventListener('statechange', () => {
      if (this.state === 'stopped' || this.state === 'failed') this.#show([]);
    });
  }

  /** What is received now. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }

  /** A stream with those tracks: the same object for the client's life. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([...this.#tracks]);
    return this.#stream;
  }

  /**
   * Plays. Resolves when the first session is live, which may take as long as nothing is published; rejects with the
   * reason when the client has failed, with `AbortError` when it was stopped before.
   */
  start(): Promise<void> {
    return this.begin();
  }

  protected override opened(peer: RTCPeerConnection): void {
    const tracks: MediaStreamTrack[] = [];
    this.#arrived.set(peer, tracks);
    peer.addEventListener('track', ({ track }) => tracks.push(track));
  }

  protected override prepare(peer: RTCPeerConnection): void {
    for (const kind of new Set(this.#kinds)) {
      preferCodecs(peer.addTransceiver(kind, { direction: 'recvonly' }), kind, this.#codec, 'receive');
    }
  }

  protected override connected(peer: RTCPeerConnection): void {
    this.#show(this.#arrived.get(peer) ?? []);
  }

  #show(tracks: readonly MediaStreamTrack[]): void {
    const before = this.#tracks;
    this.#tracks = [...tracks];
    for (const [type, changed, method] of [
      ['removetrack', before.filter((track) => !tracks.includes(track)), 'removeTrack'],
      ['addtrack', tracks.filter((track) => !before.includes(track)), 'addTrack'],
    ] as const) {
      for (const track of changed) {
        this.#stream?.[method](track);
        this.dispatchEvent(new MediaStreamTrackEvent(type, { track }));
      }
    }
  }
}
