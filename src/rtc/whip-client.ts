import { checkCodecs, preferCodecs } from './codec-preference.js';
import { RtcClient } from './rtc-client.js';
import type { RtcClientInit } from './rtc-client-init.js';
import { applySendOptions, checkSendOptions, type SendOptions, sendEncodings } from './send-options.js';

export interface WhipClientInit extends RtcClientInit, SendOptions {
  /**
   * Kinds to negotiate besides those of the tracks at the start. A kind that was not negotiated takes a new session when
   * its first track comes; but a server may wait for one that was, and never gets anything.
   */
  readonly kinds?: readonly ('audio' | 'video')[];
}

type Kind = 'audio' | 'video';

/**
 * Publishes tracks to a server by WHIP (RFC 9725), and goes on until it is stopped: it repairs the path, and makes a new
 * session when server or network were gone. Tracks that it was given it never stops.
 *
 *     const client = new WhipClient({ endpoint: 'https://example.com/live/whip', token });
 *     await client.start([videoTrack, audioTrack]);
 *     await client.replaceTrack('video', otherTrack);
 *     await client.stop();
 */
export class WhipClient extends RtcClient {
  protected override readonly counterOffers = false;
  protected override readonly awaitsOthers = false;
  readonly #reserved: readonly Kind[];
  readonly #tracks = new Map<Kind, MediaStreamTrack>();
  readonly #kinds = new Set<Kind>();
  /** One stream for all that is sent: the same msid (RFC 9725, 4.4.2). */
  readonly #stream = 'MediaStream' in globalThis ? new MediaStream() : null;
  #senders = new Map<Kind, RTCRtpSender>();
  /** Whose senders they are. */
  #sending: RTCPeerConnection | null = null;
  #options: SendOptions;
  #applied: Promise<void> = Promise.resolve();

  /**
   * @throws {TypeError} for an endpoint that is no URL, a token that no header can carry, a codec that is not there.
   * @throws {RangeError} for a figure outside its range.
   */
  constructor(init: WhipClientInit) {
    super(init);
    const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, simulcast, degradation } = init;
    this.#reserved = init.kinds ?? [];
    this.#options = { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, simulcast, degradation };
    check(this.#options);
  }

  /** The tracks being sent. */
  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#tracks.values()];
  }

  /**
   * Publishes tracks, at most one of each kind. Resolves when they are live; rejects with the reason when the client has
   * failed, with `AbortError` when it was stopped before.
   *
   * @throws {TypeError} for no track, or several of one kind.
   */
  start(tracks: Iterable<MediaStreamTrack>): Promise<void> {
    try {
      this.#take([...tracks]);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.begin();
  }

  /**
   * Sends another track in place of the one before; `null` sends nothing. Nothing is negotiated. Only the first track of
   * a kind that was neither there at the start nor in `kinds` takes a new session.
   *
   * @throws {TypeError} for a track of another kind.
   */
  async replaceTrack(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (track && kindOf(track) !== kind) {
      throw new TypeError(`replaceTrack() was given a track of ${track.kind} for ${kind}; it takes one of that kind.`);
    }
    if (track) this.#tracks.set(kind, track);
    else this.#tracks.delete(kind);
    const sender = this.#senders.get(kind);
    // Between sessions there is no sender: the next one takes the track.
    if (sender && this.peerConnection && this.peerConnection === this.#sending) await sender.replaceTrack(track);
    else if (track && !this.#kinds.has(kind)) {
      this.#kinds.add(kind);
      this.renew(`There was no ${kind} before.`);
    }
  }

  /**
   * Changes how tracks are sent. Figures change without a negotiation; another codec or simulcast takes a new session.
   *
   * @throws {TypeError} for a codec that is not there.
   * @throws {RangeError} for a figure outside its range.
   */
  async configure(options: SendOptions): Promise<void> {
    const next = { ...this.#options, ...options };
    check(next);
    const { codec, simulcast } = this.#options;
    this.#options = next;
    if (String(next.codec) !== String(codec) || next.simulcast !== simulcast) {
      this.renew('The codec, or simulcast, was changed.');
    } else {
      await this.#apply();
    }
  }

  #take(given: readonly MediaStreamTrack[]): void {
    const kinds = given.map((track) => kindOf(track));
    if (given.length === 0 || new Set(kinds).size < kinds.length) {
      const what = given.length === 0 ? 'no track' : kinds.join(' and ');
      throw new TypeError(`start() was given ${what}; WHIP takes one video track, one audio track, or both.`);
    }
    this.#tracks.clear();
    this.#kinds.clear();
    for (const kind of [...this.#reserved, ...kinds]) this.#kinds.add(kind);
    for (const track of given) this.#tracks.set(kindOf(track), track);
  }

  /** One after the other: of two changes at a time a browser refuses the second. */
  #apply(): Promise<void> {
    const applied = this.#applied.then(async () => {
      const video = this.#senders.get('video');
      if (video && this.peerConnection === this.#sending) await applySendOptions(video, this.#options);
    });
    this.#applied = applied.catch(() => {});
    return applied;
  }

  protected override prepare(peer: RTCPeerConnection): void {
    this.#senders = new Map();
    this.#sending = peer;
    // Sound first: the candidates belong to the first section, and sound is what every server takes.
    for (const kind of (['audio', 'video'] as const).filter((candidate) => this.#kinds.has(candidate))) {
      const transceiver = peer.addTransceiver(this.#tracks.get(kind) ?? kind, {
        direction: 'sendonly',
        streams: this.#stream ? [this.#stream] : [],
        sendEncodings: sendEncodings(kind, this.#options),
      });
      preferCodecs(transceiver, kind, this.#options.codec, 'send');
      this.#senders.set(kind, transceiver.sender);
    }
  }

  protected override connected(): void {
    // The rest stood in the encodings that the session began with.
    if (this.#options.degradation) this.#apply().catch((error) => this.warn(error));
  }
}

function check(options: SendOptions): void {
  checkSendOptions(options);
  checkCodecs(options.codec, 'send');
}

function kindOf(track: MediaStreamTrack): Kind {
  if (track?.kind === 'audio' || track?.kind === 'video') return track.kind;
  throw new TypeError(`A WHIP client was given ${String(track)}; it takes a MediaStreamTrack.`);
}
