import { isError } from '../signals/describe-value.js';
import type { TrackKind } from '../signals/track-kind.js';
import { ConnectionMonitor, waitForConnection } from './connection-monitor.js';
import type { CredentialRenewals } from './credential-renewals.js';
import { abortError, mediaPathError, type RtcHttpError } from './errors.js';
import { HttpSession, type RemoteDescription } from './http-session.js';
import { restartIce } from './ice-restart.js';
import type { NamedIceServers } from './ice-server-links.js';
import { LocalCandidates } from './local-candidates.js';
import { OpusNegotiation, type OpusNegotiationInit } from './opus-negotiation.js';
import { PathRepair, type PathRepairInit } from './path-repair.js';
import { withBundlePorts, withFirstSection, withFormatsOf, withoutEndOfCandidates, writeFragment } from './sdp.js';
import type { SignalingHttp } from './signaling-http.js';
import { abortable, type Clock, delay } from './timing.js';

/**
 * - `live`: media gets through
 * - `stalled`: connected, but no media arrives; for a publisher: nothing at all arrives from the server
 * - `reconnecting`: the browser or the server say that the path is lost, and it is being repaired
 */
export type PathState = 'live' | 'stalled' | 'reconnecting';

export interface PeerSessionInit {
  readonly http: SignalingHttp;
  readonly endpoint: URL;
  readonly clock: Clock;
  readonly configuration: RTCConfiguration;
  /** The ICE servers that the server named in an earlier session, for a configuration without any. */
  readonly namedIceServers: NamedIceServers;
  /** Whether candidates may be sent after the offer. If not, the offer waits for all of them. */
  readonly trickle: boolean;
  /** Milliseconds in which candidates are gathered before the offer is sent. */
  readonly gatheringTimeout: number;
  /** Whether media is received, so that a connection without any has stalled. */
  readonly expectsMedia: boolean;
  /** Whether the server may make the offer itself. */
  readonly acceptsCounterOffers: boolean;
  /** Milliseconds in which media has to get through. */
  readonly connectTimeout: number;
  /** The parameters of Opus in the descriptions. */
  readonly opus: OpusNegotiationInit;
  /** Counts the tries to repair the session. */
  readonly tries: PathRepairInit['tries'];
  readonly renewals: CredentialRenewals;
  /** A peer connection was created. */
  onPeerCreated(peer: RTCPeerConnection): void;
  /** Adds the transceivers of the offer. Not called if the server makes the offer. */
  addTransceivers(peer: RTCPeerConnection): void;
  /** Something failed, and the session continues. */
  onWarning(error: Error): void;
  /** Something keeps failing, and the session continues. */
  onError(error: Error): void;
  /** The state of the media path has changed. */
  onPathChange(state: PathState): void;
}

/** How long to gather candidates if all of them have to be in the offer. */
const COMPLETE_GATHERING_TIMEOUT_MS = 2000;
/** How long to gather candidates after the offer, or after a later one, before those gathered so far are sent. */
const LATE_GATHERING_TIMEOUT_MS = 1000;
/** How long to gather candidates for an ICE restart. Those that come later are sent after it. */
const RESTART_GATHERING_TIMEOUT_MS = 200;
/** How long ICE may take without the ICE servers that the server named, which take a restart. */
const ICE_SERVERS_WAIT_MS = 2000;

/**
 * One session with a server: a peer connection, its HTTP resource, and a monitor of the media path. It repairs the path by
 * ICE restarts. If that does not help, `lost` rejects; making another session is up to the caller.
 */
export class PeerSession {
  /** Rejects when the session is beyond repair or was abandoned. Never resolves. */
  readonly lost: Promise<never>;
  readonly #init: PeerSessionInit;
  readonly #closing = new AbortController();
  readonly #resource: HttpSession;
  #peer: RTCPeerConnection;
  #negotiation: OpusNegotiation;
  #candidates: LocalCandidates;
  #monitor: ConnectionMonitor | null = null;
  #rejectLost: (reason: Error) => void = () => {};
  #repair: PathRepair | null = null;
  #pathState: PathState = 'live';
  #isTrickleUnsupported = false;
  #namedIceServers: NamedIceServers;
  /** Whether ICE servers were set that only an ICE restart uses. */
  #hasUnusedIceServers = false;
  /** Counts the tries of ICE: what waits for candidates ends when the next one begins. */
  #iceSession = 0;

  constructor(init: PeerSessionInit) {
    this.#init = init;
    this.#namedIceServers = init.namedIceServers;
    this.lost = new Promise((_, reject) => {
      this.#rejectLost = reject;
    });
    // No unhandled rejection if connect() failed before anyone awaited `lost`.
    this.lost.catch(() => {});
    const { http, endpoint, onWarning } = init;
    this.#resource = new HttpSession({ http, endpoint, onWarning, signal: this.#closing.signal });
    [this.#peer, this.#negotiation, this.#candidates] = this.#createPeer();
  }

  get peer(): RTCPeerConnection {
    return this.#peer;
  }

  /** Whether the server refused candidates. If it needs them, they have to be in the offer. */
  get isTrickleUnsupported(): boolean {
    return this.#isTrickleUnsupported;
  }

  /** The ICE servers that the server named last. */
  get namedIceServers(): NamedIceServers {
    return this.#namedIceServers;
  }

  /** Resolves when media can flow. */
  async connect(): Promise<void> {
    const { trickle, acceptsCounterOffers, clock } = this.#init;
    const { signal } = this.#closing;
    this.#init.addTransceivers(this.#peer);
    const offer = await this.#whileOpen(this.#negotiation.createOffer());
    const isGathering = this.#canGather;
    if (isGathering) {
      await this.#whileOpen(this.#peer.setLocalDescription(offer));
      await this.#gather();
    }
    const sdp = withBundlePorts(this.#localSdp(offer));
    const remote = await this.#whileOpen(this.#resource.create(sdp, acceptsCounterOffers));
    if (remote.type === 'counter-offer') await this.#acceptOffer(remote);
    else await this.#acceptAnswer(remote, isGathering ? null : offer);
    if (trickle) this.#sendCandidates();
    await Promise.race([this.#waitForConnection(), this.lost]);
    const monitor = new ConnectionMonitor(
      this.#peer,
      clock,
      {
        onChange: () => this.#updatePathState(),
        onSilence: () => void this.#repair?.run().catch((error) => this.#fail(error)),
        onKindSilence: (kind) => this.#init.onWarning(mediaPathError(kindSilence(kind))),
        onClosed: (reason) => this.#rejectLost(mediaPathError(`The session has ended: ${reason}.`)),
      },
      signal,
    );
    this.#monitor = monitor;
    this.#repair = new PathRepair({
      peer: this.#peer,
      clock,
      signal,
      monitor,
      resource: this.#resource,
      askServer: () => this.#resource.ask(this.#fragment([], false)),
      restartIce: () => this.#restartIce(() => monitor.isReceiving),
      tries: this.#init.tries,
      onChange: () => this.#updatePathState(),
      onWarning: this.#init.onWarning,
      onError: this.#init.onError,
    });
    this.#watchCredentials(remote.iceServersExpireIn);
  }

  /** The network has changed, or is back: the path is examined at once. */
  networkChanged(): void {
    this.#monitor?.networkChanged();
    this.#repair?.networkChanged();
  }

  /** Gives the session up: `lost` rejects with the reason. */
  abandon(reason: Error): void {
    this.#rejectLost(reason);
  }

  /**
   * Ends everything. Resolves when the server has answered; to an error if it did not confirm the end.
   *
   * @param isLeavingPage Whether the user leaves the page.
   */
  close(isLeavingPage = false): Promise<RtcHttpError | null> {
    if (!this.#closing.signal.aborted) this.#closing.abort(abortError('The session was ended.'));
    this.#peer.close();
    return this.#resource.delete(isLeavingPage);
  }

  get #hasOwnIceServers(): boolean {
    return (this.#init.configuration.iceServers?.length ?? 0) > 0;
  }

  /** Whether candidates can be gathered before the offer: relayed ones take a server that is known. */
  get #canGather(): boolean {
    const { trickle, gatheringTimeout, configuration, namedIceServers } = this.#init;
    const isRelayUnknown =
      configuration.iceTransportPolicy === 'relay' && !this.#hasOwnIceServers && namedIceServers.servers.length === 0;
    return !isRelayUnknown && (!trickle || gatheringTimeout > 0);
  }

  #createPeer(): [RTCPeerConnection, OpusNegotiation, LocalCandidates] {
    const { configuration, namedIceServers, opus } = this.#init;
    const peer = new RTCPeerConnection({
      ...configuration,
      ...(!this.#hasOwnIceServers && { iceServers: [...namedIceServers.servers] }),
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    });
    this.#init.onPeerCreated(peer);
    return [peer, new OpusNegotiation(peer, opus), new LocalCandidates(peer, this.#closing.signal)];
  }

  /** Waits for candidates: all of them if none can be sent later. */
  #gather(): Promise<void> {
    const { trickle, gatheringTimeout, clock } = this.#init;
    return this.#candidates.waitUntilComplete(clock, trickle ? gatheringTimeout : COMPLETE_GATHERING_TIMEOUT_MS);
  }

  /** The local description with the candidates so far, which are not sent again. */
  #localSdp(description: RTCSessionDescriptionInit): string {
    const created = description.sdp ?? '';
    const sdp = withFormatsOf(created, this.#peer.localDescription?.sdp ?? created);
    this.#candidates.omit(sdp);
    return withoutEndOfCandidates(sdp);
  }

  /** @param offer The own offer, if it is not the local description yet. */
  async #acceptAnswer(remote: RemoteDescription, offer: RTCSessionDescriptionInit | null): Promise<void> {
    // Before gathering begins, they are used at once; later, they take an ICE restart (RFC 9725, 4.6).
    this.#hasUnusedIceServers = this.#useIceServers(remote) && !offer;
    if (offer) await this.#whileOpen(this.#peer.setLocalDescription(offer));
    await this.#setRemoteDescription('answer', remote);
    const directions = this.#peer.getTransceivers().map(({ currentDirection }) => currentDirection ?? '');
    if (!directions.some((direction) => /send|recv/.test(direction))) {
      throw remote.error('an SDP answer that rejects all media of the offer');
    }
  }

  /** Answers the server's offer by a new peer connection, because the own offer is void. */
  async #acceptOffer(remote: RemoteDescription): Promise<void> {
    this.#peer.close();
    [this.#peer, this.#negotiation, this.#candidates] = this.#createPeer();
    this.#useIceServers(remote);
    await this.#setRemoteDescription('offer', remote);
    const answer = await this.#whileOpen(this.#negotiation.createAnswer());
    await this.#whileOpen(this.#peer.setLocalDescription(answer));
    await this.#gather();
    await this.#whileOpen(this.#resource.answer(this.#localSdp(answer)));
  }

  async #setRemoteDescription(type: 'offer' | 'answer', remote: RemoteDescription): Promise<void> {
    const { localDescription } = this.#peer;
    const sdp = type === 'answer' ? withFirstSection(remote.sdp, localDescription?.sdp ?? '') : remote.sdp;
    try {
      await this.#whileOpen(this.#negotiation.setRemoteDescription({ type, sdp }));
    } catch (cause) {
      if (this.#closing.signal.aborted) throw cause;
      throw remote.error(`SDP that this browser cannot use as an ${type}`, cause);
    }
  }

  #watchCredentials(expireIn: number | null): void {
    if (expireIn === null || this.#hasOwnIceServers) return;
    this.#init.renewals
      .waitUntilDue(this.#peer, expireIn, this.#closing.signal)
      .then((isDue) => isDue && this.abandon(abortError('The credentials of the TURN server expire.')))
      .catch(() => {});
  }

  /**
   * Uses the ICE servers that the server names. Returns whether there are any. Sets one at a time: if the browser refuses one
   * for its scheme or port, the others are still used.
   */
  #useIceServers({ iceServers: servers, iceServersExpireIn }: RemoteDescription): boolean {
    if (this.#hasOwnIceServers || servers.length === 0) return false;
    const known = JSON.stringify(this.#namedIceServers.servers);
    let accepted: RTCIceServer[] = [];
    for (const server of servers) {
      try {
        this.#peer.setConfiguration({ ...this.#peer.getConfiguration(), iceServers: [...accepted, server] });
        accepted = [...accepted, server];
      } catch (cause) {
        const reason = isError(cause) ? cause.message : '';
        const message = `${server.urls}, an ICE server that the server named, is not used: ${reason}`;
        this.#init.onWarning(new DOMException(message, 'NotSupportedError'));
      }
    }
    const expiryTime = this.#init.clock.now() + (iceServersExpireIn ?? Number.POSITIVE_INFINITY);
    this.#namedIceServers = { servers: accepted, expiryTime };
    return accepted.length > 0 && JSON.stringify(accepted) !== known;
  }

  /** Resolves when the peer connection is connected, by the ICE servers that the server named if it takes them. */
  async #waitForConnection(): Promise<void> {
    const { clock, connectTimeout } = this.#init;
    const { signal } = this.#closing;
    if (this.#hasUnusedIceServers && connectTimeout > ICE_SERVERS_WAIT_MS) {
      const waiting = waitForConnection(this.#peer, clock, ICE_SERVERS_WAIT_MS, signal);
      const isConnected = await waiting.then(
        () => true,
        () => false,
      );
      signal.throwIfAborted();
      if (isConnected) return;
      await this.#restartIce(() => this.#peer.connectionState === 'connected').catch((cause) => {
        signal.throwIfAborted();
        const message = 'Media needs the ICE servers that the server named, so another session begins with them';
        throw mediaPathError(`${message}. ${isError(cause) ? cause.message : ''}`.trimEnd());
      });
    }
    await waitForConnection(this.#peer, clock, connectTimeout, signal);
  }

  /** Sends the candidates that the offer does not have. */
  #sendCandidates(): void {
    // Media may get through even if this fails.
    this.#sendLateCandidates().catch((error) => this.#closing.signal.aborted || this.#init.onWarning(error));
  }

  /**
   * Sends the candidates of one ICE session. The candidates of one second go into one PATCH. Each candidate may be the one that
   * connects, so none of them waits for the end of the gathering.
   */
  async #sendLateCandidates(): Promise<void> {
    const { clock } = this.#init;
    const iceSession = this.#iceSession;
    for (;;) {
      await this.#candidates.waitForMore();
      await this.#candidates.waitUntilComplete(clock, LATE_GATHERING_TIMEOUT_MS);
      if (iceSession !== this.#iceSession) return;
      const candidates = this.#candidates.takeNew();
      // The end of the candidates alone is not worth a request.
      if (candidates.length > 0) {
        const fragment = this.#fragment(candidates, this.#candidates.isComplete);
        if (!(await this.#sendFragment(fragment))) return;
      }
      if (this.#candidates.isComplete) return;
    }
  }

  /** Resolves to whether more candidates can be sent. */
  async #sendFragment(fragment: string): Promise<boolean> {
    const result = await this.#resource.trickle(fragment);
    if (result === 'outdated') {
      // ICE may get through without these candidates. Do not restart it while it does.
      await delay(this.#init.clock, LATE_GATHERING_TIMEOUT_MS, this.#closing.signal);
      if (/new|checking/.test(this.#peer.iceConnectionState)) await this.#restartIce(() => false);
    }
    this.#isTrickleUnsupported = result === 'unsupported';
    return result === 'accepted';
  }

  #fragment(candidates: readonly string[], isEnd: boolean): string {
    return writeFragment(this.#peer.localDescription?.sdp ?? '', candidates, isEnd);
  }

  async #restartIce(isNeedless: () => boolean): Promise<boolean> {
    const { trickle } = this.#init;
    let isRestarted = false;
    this.#iceSession += 1;
    try {
      isRestarted = await restartIce({
        peer: this.#peer,
        negotiation: this.#negotiation,
        candidates: this.#candidates,
        resource: this.#resource,
        clock: this.#init.clock,
        gatheringTimeoutMs: trickle ? RESTART_GATHERING_TIMEOUT_MS : COMPLETE_GATHERING_TIMEOUT_MS,
        whileOpen: (promise) => this.#whileOpen(promise),
        isNeedless,
      });
      return isRestarted;
    } finally {
      // If the restart was given up, the last ICE session continues, and so do its candidates.
      if (isRestarted || (trickle && !this.#isTrickleUnsupported)) this.#sendCandidates();
    }
  }

  #updatePathState(): void {
    const state = this.#findPathState();
    if (state === this.#pathState || this.#closing.signal.aborted) return;
    this.#pathState = state;
    this.#init.onPathChange(state);
  }

  #findPathState(): PathState {
    if (!this.#monitor) return 'live';
    const { isReceiving, hasMedia } = this.#monitor;
    if (isReceiving) return hasMedia || !this.#init.expectsMedia ? 'live' : 'stalled';
    const isLost = /disconnected|failed/.test(this.#peer.connectionState) || this.#repair?.isServerAway;
    return isLost ? 'reconnecting' : 'stalled';
  }

  #fail(error: unknown): void {
    if (!this.#closing.signal.aborted) this.#rejectLost(error as Error);
  }

  #whileOpen<T>(promise: Promise<T>): Promise<T> {
    return abortable(this.#closing.signal, promise);
  }
}

const kindSilence = (kind: TrackKind): string =>
  `The server sends no ${kind} any more, while ${kind === 'video' ? 'audio' : 'video'} still arrives.`;
