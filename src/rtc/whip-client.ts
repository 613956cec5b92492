import { has } from '../generator/features.js';
import { checkOneOf } from '../signals/check-names.js';
import { valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import { type AnsweredMedia, codecWarnings, notTaken, readAnswer } from './answer-review.js';
import { checkKinds } from './client-options.js';
import { checkCodecs, preferCodecs } from './codec-preference.js';
import type { OpusNegotiationInit } from './opus-negotiation.js';
import { receivedOpus, sentOpus } from './opus-parameters.js';
import { RtcClient, type RtcClientInit } from './rtc-client.js';
import {
  applySendOptions,
  checkSendOptions,
  needsNegotiation,
  type SendOptions,
  sendEncodings,
  sendOptionsIn,
} from './send-options.js';
import { VideoSending } from './video-sending.js';

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
export type { DegradationPreference, SendOptions } from './send-options.js';
export type { Clock } from './timing.js';

/** The options of a WHIP client. */
export interface WhipClientInit extends RtcClientInit, SendOptions {
  /**
   * Kinds to negotiate in addition to the kinds of the tracks at the start. The first track of a kind that was not negotiated
   * needs a new session. But a server may wait for a kind that was negotiated and is never sent.
   */
  readonly kinds?: readonly TrackKind[];
}

/**
 * Publishes tracks to a server by WHIP (RFC 9725), until it is stopped. It repairs the media path, and makes a new session
 * after the server or the network was gone. It never stops the tracks that you pass in.
 *
 *     const client = new WhipClient({ endpoint: 'https://example.com/live/whip', token });
 *     await client.start([videoTrack, audioTrack]);
 *     await client.replaceTrack('video', otherTrack);
 *     await client.stop();
 */
export class WhipClient extends RtcClient {
  protected override readonly acceptsCounterOffers = false;
  protected override readonly waitsForPublisher = false;
  protected override readonly expectsMedia = false;
  protected override readonly opus: OpusNegotiationInit = {
    own: () => sentOpus(this.#tracks.get('audio')),
    // A sender follows the wishes of the answer, and many servers write none.
    remote: () => receivedOpus(this.#options),
  };
  readonly #additionalKinds: readonly TrackKind[];
  readonly #tracks = new Map<TrackKind, MediaStreamTrack>();
  readonly #negotiatedKinds = new Set<TrackKind>();
  /** All tracks are sent in one stream, so that they have the same msid (RFC 9725, 4.4.2). */
  readonly #stream = has('MediaStream') ? new MediaStream() : null;
  readonly #senders = new WeakMap<RTCPeerConnection, Map<TrackKind, RTCRtpSender>>();
  readonly #videoSendings = new WeakMap<RTCRtpSender, VideoSending>();
  #options: SendOptions;
  #pendingOptions: Promise<void> = Promise.resolve();

  /**
   * @throws {TypeError} for an endpoint that is not an http: or https: URL, a token that a header cannot carry, an unknown
   * kind, or a codec that this browser cannot send.
   * @throws {RangeError} for a number outside its range.
   */
  constructor(init: WhipClientInit) {
    super(init);
    this.#additionalKinds = checkKinds(init.kinds ?? []);
    this.#options = sendOptionsIn(init);
    checkOptions(this.#options);
  }

  /** The tracks that are published. */
  get tracks(): readonly MediaStreamTrack[] {
    return [...this.#tracks.values()];
  }

  /**
   * Publishes tracks, at most one of each kind. Resolves when they are live. Rejects with the reason if the client fails
   * before, and with `AbortError` if it is stopped before.
   *
   * Rejects with a `TypeError` for no track, or for several tracks of one kind.
   */
  start(tracks: Iterable<MediaStreamTrack>): Promise<void> {
    try {
      const isList = typeof Object(tracks)[Symbol.iterator] === 'function';
      if (!isList) throw valueError('tracks', tracks, 'a list of tracks', TypeError);
      this.#setTracks([...tracks]);
    } catch (error) {
      return Promise.reject(error);
    }
    return this.startSessions();
  }

  /**
   * Publishes another track in place of the previous one, without a negotiation; `null` sends nothing. Only the first track
   * of a kind that was neither among the tracks at the start nor in `kinds` takes a new session.
   *
   * Rejects with a `TypeError` for a track of another kind.
   */
  async replaceTrack(kind: TrackKind, track: MediaStreamTrack | null): Promise<void> {
    checkOneOf('kind', ['video', 'audio'], kind);
    if (track && kindOf(track) !== kind) {
      throw valueError('track.kind', track.kind, `"${kind}", the kind that it replaces`, TypeError);
    }
    if (track) this.#tracks.set(kind, track);
    else this.#tracks.delete(kind);
    // Between sessions there is no sender, and the next session takes the track from the map.
    const sender = this.#senderOf(kind);
    if (sender) {
      const video = this.#videoSendings.get(sender);
      await (video ? video.send(track) : sender.replaceTrack(track));
    } else if (track && !this.#negotiatedKinds.has(kind)) {
      this.#negotiatedKinds.add(kind);
      this.renewSession(`The first ${kind} track takes a new session.`);
    }
  }

  /**
   * Changes how tracks are sent. A change of codec, simulcast or an option of the audio takes a new session; other options
   * change without a negotiation.
   *
   * Rejects with a `TypeError` for a codec that this browser cannot send, and with a `RangeError` for a number outside its
   * range.
   */
  async configure(options: SendOptions): Promise<void> {
    const next = { ...this.#options, ...options };
    checkOptions(next);
    const previous = this.#options;
    this.#options = next;
    if (needsNegotiation(previous, next)) {
      this.renewSession('The codec, simulcast, or the audio was changed.');
    } else {
      await this.#applyOptions();
    }
  }

  protected override addTransceivers(peer: RTCPeerConnection): void {
    const senders = new Map<TrackKind, RTCRtpSender>();
    this.#senders.set(peer, senders);
    // Audio first: candidates belong to the first section, and audio is what every server accepts.
    for (const kind of (['audio', 'video'] as const).filter((candidate) => this.#negotiatedKinds.has(candidate))) {
      const transceiver = peer.addTransceiver(this.#tracks.get(kind) ?? kind, {
        direction: 'sendonly',
        streams: this.#stream ? [this.#stream] : [],
        sendEncodings: sendEncodings(kind, this.#options),
      });
      preferCodecs(transceiver, kind, this.#options.codec, 'send');
      senders.set(kind, transceiver.sender);
      if (kind === 'video') this.#followNegotiation(peer, transceiver.sender);
    }
    // The degradation preference cannot stand among the encodings, and has to be in force for the first frame.
    this.#applyOptions().catch((error) => this.#warnOf(peer, error));
  }

  protected override onConnected(peer: RTCPeerConnection): void {
    const answer = readAnswer(peer);
    for (const { kind } of answer.filter(({ isTaken }) => !isTaken)) {
      const others = answer.filter(({ isTaken }) => isTaken).map((media) => media.kind);
      this.warn(notTaken(`The server has not taken the ${kind}: only ${others.join(' and ')} is sent.`));
    }
    for (const warning of codecWarnings(answer, this.#options.codec, 'send')) this.warn(warning);
    this.#warnOfLostLayers(answer);
    // The server may have taken fewer simulcast layers, or another codec, whose layers need another scalability mode.
    this.#applyOptions().catch((error) => this.#warnOf(peer, error));
  }

  /** Nothing is reported about a session that is over, because its end is the reason. */
  #warnOf(peer: RTCPeerConnection, error: unknown): void {
    if (this.peerConnection === peer) this.warn(error);
  }

  /**
   * The server may take fewer simulcast layers than were offered. The browser keeps the first ones, which are the smallest:
   * without a change of their options only a small picture would be sent.
   */
  #warnOfLostLayers(answer: readonly AnsweredMedia[]): void {
    const offered = sendEncodings('video', this.#options).length;
    const taken = this.#senderOf('video')?.getParameters().encodings.length || offered;
    if (taken >= offered || !answer.some(({ kind, isTaken }) => kind === 'video' && isTaken)) return;
    const given = taken === 1 ? 'takes one size: the full picture is sent' : `takes ${taken} sizes`;
    this.warn(notTaken(`simulcast offers ${offered} sizes; the server ${given}.`));
  }

  /** Sends the video in the coding that fits what was negotiated, until the session ends. */
  #followNegotiation(peer: RTCPeerConnection, sender: RTCRtpSender): void {
    const video = new VideoSending(sender, (error) => this.#warnOf(peer, error));
    this.#videoSendings.set(sender, video);
    peer.addEventListener('signalingstatechange', () => {
      if (peer.signalingState !== 'stable') return;
      video.send(this.#tracks.get('video') ?? null).catch((error) => this.#warnOf(peer, error));
    });
    const onPeerChange = () => {
      if (this.peerConnection === peer) return;
      this.removeEventListener('peerchange', onPeerChange);
      video.close();
    };
    this.addEventListener('peerchange', onPeerChange);
  }

  #setTracks(tracks: readonly MediaStreamTrack[]): void {
    const kinds = tracks.map(kindOf);
    if (tracks.length === 0 || new Set(kinds).size < kinds.length) {
      const content = kinds.join(', ') || 'no track';
      throw new TypeError(`tracks contains ${content}; it must contain one video track, one audio track, or both.`);
    }
    this.#tracks.clear();
    this.#negotiatedKinds.clear();
    for (const kind of [...this.#additionalKinds, ...kinds]) this.#negotiatedKinds.add(kind);
    for (const track of tracks) this.#tracks.set(kindOf(track), track);
  }

  /** Changes run one after the other, because a browser refuses a second change while the first one runs. */
  #applyOptions(): Promise<void> {
    const applied = this.#pendingOptions.then(async () => {
      const video = this.#senderOf('video');
      if (video) await applySendOptions(video, this.#options);
    });
    this.#pendingOptions = applied.catch(() => {});
    return applied;
  }

  /** The sender of the current session; `undefined` for a kind that is not sent. */
  #senderOf(kind: TrackKind): RTCRtpSender | undefined {
    const peer = this.peerConnection;
    const sender = peer ? this.#senders.get(peer)?.get(kind) : undefined;
    const isOf = (transceiver: RTCRtpTransceiver) => transceiver.sender === sender;
    // A browser stops the transceiver of a kind that the server refuses.
    return peer?.getTransceivers().some((each) => isOf(each) && each.currentDirection !== 'stopped')
      ? sender
      : undefined;
  }
}

function checkOptions(options: SendOptions): void {
  checkSendOptions(options);
  checkCodecs(options.codec, 'send');
}

function kindOf(track: MediaStreamTrack): TrackKind {
  if (track?.kind === 'audio' || track?.kind === 'video') return track.kind;
  throw valueError('track', track, 'a MediaStreamTrack', TypeError);
}
