import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import type { TrackKind } from '../signals/track-kind.js';
import { type CodecPreference, checkCodecs, preferCodecs } from './codec-preference.js';
import { RtcClient, type RtcClientEventMap, type RtcClientInit } from './rtc-client.js';

// For users of this entry, who need not load the elements.
export type { CodecPreference } from './codec-preference.js';
export { RtcHttpError, type RtcHttpErrorInit } from './errors.js';
export type { BackoffOptions } from './retry-policy.js';
export type { RtcClient, RtcClientEventMap, RtcClientInit, RtcClientState } from './rtc-client.js';
export type { Clock } from './timing.js';

/** The options of a WHEP client. */
export interface WhepClientInit extends RtcClientInit {
  /** The kinds of tracks to ask for; both by default. */
  readonly kinds?: readonly TrackKind[];
  /** Codecs in the order of preference, by name or MIME type. The browser's other codecs stay in the offer, after these. */
  readonly codec?: CodecPreference;
}

export interface WhepClientEventMap extends RtcClientEventMap {
  /** A track of a new session is in `tracks` and `stream`. */
  addtrack: MediaStreamTrackEvent;
  /** A track of an ended session is no longer there. */
  removetrack: MediaStreamTrackEvent;
}

/**
 * Plays the tracks that a server sends by WHEP, until it is stopped. It repairs the media path, and makes a new session
 * after the server or the network was gone. The tracks of a session stay until the next session is live, and are then
 * replaced synchronously.
 *
 *     const client = new WhepClient({ endpoint: 'https://example.com/live/whep', token });
 *     video.srcObject = client.stream;
 *     await client.start();
 */
export class WhepClient extends RtcClient {
  declare addEventListener: TypedListenerMethod<WhepClientEventMap>;
  declare removeEventListener: TypedListenerMethod<WhepClientEventMap, EventListenerOptions>;
  protected override readonly acceptsCounterOffers = true;
  protected override readonly waitsForPublisher = true;
  readonly #kinds: readonly TrackKind[];
  readonly #codec: CodecPreference | undefined;
  readonly #receivedTracks = new WeakMap<RTCPeerConnection, MediaStreamTrack[]>();
  #stream: MediaStream | null = null;
  #tracks: readonly MediaStreamTrack[] = [];

  /**
   * @throws {TypeError} for an endpoint that is not an http: or https: URL, a token that a header cannot carry, empty
   * `kinds`, or a codec that this browser cannot receive.
   */
  constructor(init: WhepClientInit) {
    super(init);
    this.#kinds = init.kinds ?? ['audio', 'video'];
    if (this.#kinds.length === 0) throw new TypeError('kinds is empty; it must be ["audio"], ["video"], or both.');
    this.#codec = init.codec;
    checkCodecs(init.codec, 'receive');
    this.addEventListener('statechange', () => {
      if (this.state === 'stopped' || this.state === 'failed') this.#setTracks([]);
    });
  }

  /** The tracks that are received now. */
  get tracks(): readonly MediaStreamTrack[] {
    return this.#tracks;
  }

  /** A stream with those tracks. The client has the same stream for all sessions. */
  get stream(): MediaStream {
    this.#stream ??= new MediaStream([...this.#tracks]);
    return this.#stream;
  }

  /**
   * Plays. Resolves when the first session is live, which may take until somebody publishes. Rejects with the reason if the
   * client fails before, and with `AbortError` if it is stopped before.
   */
  start(): Promise<void> {
    return this.startSessions();
  }

  protected override onPeerCreated(peer: RTCPeerConnection): void {
    const tracks: MediaStreamTrack[] = [];
    this.#receivedTracks.set(peer, tracks);
    peer.addEventListener('track', ({ track }) => tracks.push(track));
  }

  protected override addTransceivers(peer: RTCPeerConnection): void {
    for (const kind of new Set(this.#kinds)) {
      preferCodecs(peer.addTransceiver(kind, { direction: 'recvonly' }), kind, this.#codec, 'receive');
    }
  }

  protected override onConnected(peer: RTCPeerConnection): void {
    this.#setTracks(this.#receivedTracks.get(peer) ?? []);
  }

  #setTracks(tracks: readonly MediaStreamTrack[]): void {
    const previous = this.#tracks;
    this.#tracks = [...tracks];
    for (const track of previous.filter((candidate) => !tracks.includes(candidate))) {
      this.#stream?.removeTrack(track);
      this.dispatchEvent(new MediaStreamTrackEvent('removetrack', { track }));
    }
    for (const track of tracks.filter((candidate) => !previous.includes(candidate))) {
      this.#stream?.addTrack(track);
      this.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
    }
  }
}
