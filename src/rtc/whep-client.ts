import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import type { TrackKind } from '../signals/track-kind.js';
import { codecWarnings, notTaken, readAnswer } from './answer-review.js';
import { checkKinds } from './client-options.js';
import { type CodecPreference, checkCodecs, preferCodecs } from './codec-preference.js';
import { RtcHttpError } from './errors.js';
import { checkJitterTarget } from './jitter-target.js';
import type { OpusNegotiationInit } from './opus-negotiation.js';
import { receivedOpus } from './opus-parameters.js';
import { RtcClient, type RtcClientEventMap, type RtcClientInit } from './rtc-client.js';
import { type Clock, systemClock } from './timing.js';

// For users of this entry, who need not load the elements.
export type { CodecPreference } from './codec-preference.js';
export { RtcHttpError, type RtcHttpErrorInit } from './errors.js';
export type { BackoffOptions } from './retry-policy.js';
export type {
  RequestOptions,
  RtcClient,
  RtcClientEventMap,
  RtcClientInit,
  RtcClientState,
  RtcClientStats,
  RtcClientStatsReport,
  SessionOptions,
} from './rtc-client.js';
export type { Clock } from './timing.js';

/** The options of a WHEP client. */
export interface WhepClientInit extends RtcClientInit {
  /**
   * The kinds of tracks to ask for; both by default. If they are set, a warning names each kind that the server does not send.
   * Otherwise there is none, because a stream of one kind is usual.
   */
  readonly kinds?: readonly TrackKind[];
  /** Codecs in the order of preference, by name or MIME type. The browser's other codecs stay in the offer, after these. */
  readonly codec?: CodecPreference;
  /**
   * Milliseconds that received media waits for what comes late, 0 to 4000, as `RTCRtpReceiver.jitterBufferTarget`: more is
   * smoother, less is sooner. `null` leaves it to the browser (the default).
   */
  readonly jitterTarget?: number | null;
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
  protected override readonly expectsMedia = true;
  protected override readonly opus: OpusNegotiationInit = { own: () => receivedOpus() };
  readonly #clock: Clock;
  /** The kinds that the options ask for. */
  readonly #kinds: readonly TrackKind[];
  readonly #isEachKindWanted: boolean;
  /** The kinds that the next offer asks for: fewer after the server has refused an offer of both. */
  #offeredKinds: readonly TrackKind[];
  /** When a session with fewer kinds was live for the first time; `null` unless one was. */
  #foundTime: number | null = null;
  #jitterTarget: number | null;
  readonly #codec: CodecPreference | undefined;
  readonly #receivedTracks = new WeakMap<RTCPeerConnection, MediaStreamTrack[]>();
  #stream: MediaStream | null = null;
  #tracks: readonly MediaStreamTrack[] = [];

  /**
   * @throws {TypeError} for an endpoint that is not an http: or https: URL, a token that a header cannot carry, empty or
   * unknown `kinds`, or a codec that this browser cannot receive.
   * @throws {RangeError} for a number outside its range.
   */
  constructor(init: WhepClientInit) {
    super(init);
    this.#clock = init.clock ?? systemClock;
    this.#kinds = checkKinds(init.kinds ?? ['audio', 'video']);
    if (this.#kinds.length === 0) throw new TypeError('kinds is empty; it must be ["audio"], ["video"], or both.');
    this.#isEachKindWanted = init.kinds !== undefined;
    this.#offeredKinds = this.#kinds;
    this.#jitterTarget = checkJitterTarget(init.jitterTarget ?? null);
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
    this.#offerAllKinds();
    return this.startSessions();
  }

  /** See {@link WhepClientInit.jitterTarget}. A change counts at once and for later sessions. */
  get jitterTarget(): number | null {
    return this.#jitterTarget;
  }

  /** @throws {RangeError} for a number outside its range. */
  set jitterTarget(target: number | null) {
    this.#jitterTarget = checkJitterTarget(target);
    for (const receiver of this.peerConnection?.getReceivers() ?? []) this.#delayMedia(receiver);
  }

  protected override onPeerCreated(peer: RTCPeerConnection): void {
    const tracks: MediaStreamTrack[] = [];
    this.#receivedTracks.set(peer, tracks);
    peer.addEventListener('track', ({ track, receiver }) => {
      tracks.push(track);
      this.#delayMedia(receiver);
    });
  }

  protected override addTransceivers(peer: RTCPeerConnection): void {
    const isOld = this.#foundTime !== null && this.#clock.now() - this.#foundTime > KINDS_KEPT_MS;
    if (isOld) this.#offerAllKinds();
    for (const kind of this.#offeredKinds) {
      preferCodecs(peer.addTransceiver(kind, { direction: 'recvonly' }), kind, this.#codec, 'receive');
    }
  }

  protected override onConnected(peer: RTCPeerConnection): void {
    if (this.#offeredKinds !== this.#kinds) this.#foundTime ??= this.#clock.now();
    const answer = readAnswer(peer);
    // By default the client asks for both kinds of a stream that may have one.
    for (const { kind } of this.#isEachKindWanted ? answer.filter(({ isTaken }) => !isTaken) : []) {
      this.warn(notTaken(`kinds asks for ${kind}; the server sends none.`));
    }
    for (const warning of codecWarnings(answer, this.#codec, 'receive')) this.warn(warning);
    this.#setTracks(this.#receivedTracks.get(peer) ?? []);
  }

  /** A server that has a stream of one kind may refuse an offer of both: then one kind is asked for, video first. */
  protected override offersOther(error: unknown): boolean {
    if (this.#kinds.length < 2 || !(error instanceof RtcHttpError) || !isOfferRefused(error)) return false;
    if (this.#foundTime !== null) {
      // The stream is another one by now.
      this.#offerAllKinds();
      return true;
    }
    const kind = this.#offeredKinds === this.#kinds ? 'video' : this.#offeredKinds.includes('video') ? 'audio' : null;
    this.#offeredKinds = kind ? [kind] : this.#kinds;
    if (kind) this.warn(notTaken(`${error.message} The next offer asks for ${kind} alone.`));
    return kind !== null;
  }

  #offerAllKinds(): void {
    this.#offeredKinds = this.#kinds;
    this.#foundTime = null;
  }

  #delayMedia(receiver: RTCRtpReceiver & { jitterBufferTarget?: number | null }): void {
    if ('jitterBufferTarget' in receiver) receiver.jitterBufferTarget = this.#jitterTarget;
    else if (this.#jitterTarget !== null)
      this.warn(notTaken('This browser has no jitterBufferTarget for jitterTarget.'));
  }

  #setTracks(tracks: readonly MediaStreamTrack[]): void {
    const previous = this.#tracks;
    this.#tracks = [...tracks];
    for (const track of previous.filter((candidate) => !tracks.includes(candidate))) {
      this.#stream?.removeTrack(track);
      this.dispatchEvent(new MediaStreamTrackEvent('removetrack', { track }));
    }
    for (const track of tracks.filter((candidate) => !previous.includes(candidate))) {
      // A listener may have stopped the client.
      if (!this.#tracks.includes(track)) return;
      this.#stream?.addTrack(track);
      this.dispatchEvent(new MediaStreamTrackEvent('addtrack', { track }));
    }
  }
}

/** After this time a server that has refused both kinds is asked for both again. */
const KINDS_KEPT_MS = 300_000;

/** Statuses by which servers refuse an offer: 406 as in the standard, and the others that are in use. */
const refusals: ReadonlySet<number> = new Set([400, 406, 415, 422]);

const isOfferRefused = ({ method, status }: RtcHttpError): boolean => method === 'POST' && refusals.has(status);
