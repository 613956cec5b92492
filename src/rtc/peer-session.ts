import { ConnectionMonitor, isPathRelayed, MEDIA_PATH_HINT, waitForConnection } from './connection-monitor.js';
import { abortError, mediaPathError, RtcHttpError } from './errors.js';
import { HttpSession, type RemoteDescription } from './http-session.js';
import { LocalCandidates } from './local-candidates.js';
import { Backoff } from './retry-policy.js';
import { withBundlePorts, withFirstSection, withFragment, writeFragment } from './sdp.js';
import type { SignalingHttp } from './signaling-http.js';
import { abortable, type Clock, delay, MAX_TIMER_MS } from './timing.js';

export interface PeerSessionInit {
  readonly http: SignalingHttp;
  readonly endpoint: URL;
  readonly clock: Clock;
  readonly configuration: RTCConfiguration;
  /** Whether candidates are sent after the offer. If not, the offer waits for them. */
  readonly trickle: boolean;
  /** Whether the server may make the offer itself. */
  readonly acceptsCounterOffers: boolean;
  /** Milliseconds in which media has to get through. */
  readonly connectTimeout: number;
  /** A peer connection was created. */
  onPeerCreated(peer: RTCPeerConnection): void;
  /** Adds the transceivers of the offer. Not called if the server makes the offer. */
  addTransceivers(peer: RTCPeerConnection): void;
  /** Something failed, and the session continues. */
  onWarning(error: Error): void;
  /** The media path was lost and is being repaired, or it works again. */
  onPathChange(isWorking: boolean): void;
}

/** How long to gather candidates before those gathered so far are sent. */
const GATHERING_TIMEOUT_MS = 1000;
/** How long an ICE restart may take to get through. */
const RESTART_TIMEOUT_MS = 5000;
/** After this time without consent a server ends the session (RFC 7675, 5.1). Chromium may never report `failed`. */
const CONSENT_TIMEOUT_MS = 30_000;
/** ICE restarts that the server accepted and that did not help, before a new session is the better try. */
const MAX_FUTILE_RESTARTS = 2;
/** How long before its end the credentials of a TURN server are given up. */
const EXPIRY_MARGIN_MS = 30_000;
/** How often to look whether packets arrive. */
const PACKET_POLL_INTERVAL_MS = 100;

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
  #candidates: LocalCandidates;
  #monitor: ConnectionMonitor | null = null;
  #rejectLost: (reason: Error) => void = () => {};
  #isTrickleUnsupported = false;
  #canRestart = true;
  #isRepairing = false;

  constructor(init: PeerSessionInit) {
    this.#init = init;
    this.lost = new Promise((_, reject) => {
      this.#rejectLost = reject;
    });
    // No unhandled rejection if connect() failed before anyone awaited `lost`.
    this.lost.catch(() => {});
    const { http, endpoint, onWarning } = init;
    this.#resource = new HttpSession({ http, endpoint, onWarning, signal: this.#closing.signal });
    [this.#peer, this.#candidates] = this.#createPeer();
  }

  get peer(): RTCPeerConnection {
    return this.#peer;
  }

  /** Whether the server refused candidates. If it needs them, they have to be in the offer. */
  get isTrickleUnsupported(): boolean {
    return this.#isTrickleUnsupported;
  }

  /** Resolves when media can flow. */
  async connect(): Promise<void> {
    const { trickle, acceptsCounterOffers, connectTimeout, clock } = this.#init;
    const { signal } = this.#closing;
    this.#init.addTransceivers(this.#peer);
    const offer = await this.#whileOpen(this.#peer.createOffer());
    if (!trickle) {
      await this.#whileOpen(this.#peer.setLocalDescription(offer));
      await this.#candidates.waitUntilComplete(clock, 2 * GATHERING_TIMEOUT_MS);
    }
    const sdp = withBundlePorts(this.#peer.localDescription?.sdp ?? offer.sdp ?? '');
    const remote = await this.#whileOpen(this.#resource.create(sdp, acceptsCounterOffers));
    // The ICE servers are set before gathering begins: later ones would take an ICE restart (RFC 9725, 4.6).
    if (remote.type === 'counter-offer') await this.#acceptOffer(remote);
    else await this.#acceptAnswer(remote, trickle ? offer : null);
    // Media may get through even if this fails.
    if (trickle) this.#sendCandidates().catch((error) => signal.aborted || this.#init.onWarning(error));
    await Promise.race([waitForConnection(this.#peer, clock, connectTimeout, signal), this.lost]);
    this.#monitor = new ConnectionMonitor(
      this.#peer,
      clock,
      {
        onSilence: () => void this.#repair().catch((error) => this.#fail(error)),
        onRecovered: () => this.#init.onPathChange(true),
        onClosed: (reason) => this.#rejectLost(mediaPathError(`The session has ended: ${reason}.`)),
      },
      signal,
    );
    this.#watchCredentials(remote.iceServersExpireIn);
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

  #createPeer(): [RTCPeerConnection, LocalCandidates] {
    const peer = new RTCPeerConnection({
      ...this.#init.configuration,
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    });
    this.#init.onPeerCreated(peer);
    return [peer, new LocalCandidates(peer, this.#closing.signal)];
  }

  /** @param offer The own offer, if it is not the local description yet. */
  async #acceptAnswer(remote: RemoteDescription, offer: RTCSessionDescriptionInit | null): Promise<void> {
    this.#useIceServers(remote.iceServers);
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
    [this.#peer, this.#candidates] = this.#createPeer();
    // A restart keeps the roles of offer and answer, so only the side that made the offer can begin it.
    this.#canRestart = false;
    this.#useIceServers(remote.iceServers);
    await this.#setRemoteDescription('offer', remote);
    const answer = await this.#whileOpen(this.#peer.createAnswer());
    await this.#whileOpen(this.#peer.setLocalDescription(answer));
    const { trickle, clock } = this.#init;
    if (!trickle) await this.#candidates.waitUntilComplete(clock, 2 * GATHERING_TIMEOUT_MS);
    const sdp = (!trickle && this.#peer.localDescription?.sdp) || (answer.sdp ?? '');
    await this.#whileOpen(this.#resource.answer(sdp));
  }

  async #setRemoteDescription(type: 'offer' | 'answer', remote: RemoteDescription): Promise<void> {
    const { localDescription } = this.#peer;
    const sdp = type === 'answer' ? withFirstSection(remote.sdp, localDescription?.sdp ?? '') : remote.sdp;
    try {
      await this.#whileOpen(this.#peer.setRemoteDescription({ type, sdp }));
    } catch (cause) {
      if (this.#closing.signal.aborted) throw cause;
      throw remote.error(`SDP that this browser cannot use as an ${type}`, cause);
    }
  }

  /**
   * A relay forgets its client when the credentials expire. Only the answer to an offer names others (RFC 9725, 4.6), so a
   * session whose media is relayed is given up before. For others the credentials do not matter any more.
   */
  #watchCredentials(expireIn: number | null): void {
    if (expireIn === null || this.#usesOwnIceServers || expireIn > MAX_TIMER_MS) return;
    const isRelayed = () => isPathRelayed(this.#peer).catch(() => false);
    delay(this.#init.clock, Math.max(expireIn / 2, expireIn - EXPIRY_MARGIN_MS), this.#closing.signal)
      .then(isRelayed)
      .then((isNeeded) => isNeeded && this.abandon(abortError('The credentials of the TURN server expire.')))
      .catch(() => {});
  }

  get #usesOwnIceServers(): boolean {
    return (this.#init.configuration.iceServers?.length ?? 0) > 0;
  }

  /** Sets one server at a time: if the browser refuses one for its scheme or port, the others are still used. */
  #useIceServers(servers: readonly RTCIceServer[]): void {
    if (this.#usesOwnIceServers) return;
    let accepted: RTCIceServer[] = [];
    for (const server of servers) {
      try {
        this.#peer.setConfiguration({ ...this.#peer.getConfiguration(), iceServers: [...accepted, server] });
        accepted = [...accepted, server];
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : '';
        const message = `${server.urls}, an ICE server that the server named, is not used: ${reason}`;
        this.#init.onWarning(new DOMException(message, 'NotSupportedError'));
      }
    }
  }

  /** Sends all candidates in one PATCH, and those that are gathered late in a second one. */
  async #sendCandidates(): Promise<void> {
    const { clock } = this.#init;
    for (const timeoutMs of [GATHERING_TIMEOUT_MS, Number.POSITIVE_INFINITY]) {
      await this.#candidates.waitUntilComplete(clock, timeoutMs);
      const candidates = this.#candidates.takeNew();
      const { isComplete } = this.#candidates;
      if (candidates.length === 0 && timeoutMs === Number.POSITIVE_INFINITY) return;
      if (candidates.length === 0 && !isComplete) continue;
      const fragment = writeFragment(this.#peer.localDescription?.sdp ?? '', candidates, isComplete);
      const result = await this.#resource.trickle(fragment);
      if (result === 'outdated') {
        // ICE may get through without these candidates. Do not restart it while it does.
        await delay(clock, GATHERING_TIMEOUT_MS, this.#closing.signal);
        if (/new|checking/.test(this.#peer.iceConnectionState)) await this.#restartIce();
      }
      this.#isTrickleUnsupported = result === 'unsupported';
      if (result !== 'accepted' || this.#candidates.isComplete) return;
    }
  }

  /** Restarts ICE until something arrives again, or until there is no hope left. */
  async #repair(): Promise<void> {
    if (this.#isRepairing) return;
    this.#isRepairing = true;
    const { clock } = this.#init;
    const { signal } = this.#closing;
    const backoff = new Backoff(clock);
    const startTime = clock.now();
    try {
      // Silence alone may mean that the other side sends nothing. It is examined without a change of state.
      if (this.#peer.connectionState !== 'connected') this.#init.onPathChange(false);
      for (let futileRestarts = 0; !this.#monitor?.isReceiving; ) {
        const { connectionState } = this.#peer;
        const isExpired = connectionState !== 'connected' && clock.now() - startTime > CONSENT_TIMEOUT_MS;
        const hasFailed = connectionState === 'failed' || isExpired;
        if (this.#mayRestart) {
          const error = await this.#restartIce().then(
            () => null,
            (reason: unknown) => reason,
          );
          if (signal.aborted) return;
          if (error === null) {
            if (await this.#waitForPackets(RESTART_TIMEOUT_MS)) break;
            futileRestarts += 1;
            if (futileRestarts === MAX_FUTILE_RESTARTS) throw pathLostError();
          } else {
            this.#handleRestartError(error);
          }
        }
        if (hasFailed) throw pathLostError();
        // ICE itself may find another path. A session that is still connected is not given up for a refused restart.
        if (!this.#mayRestart && this.#peer.connectionState === 'connected') break;
        await delay(clock, backoff.next(), signal);
      }
      this.#init.onPathChange(true);
    } finally {
      this.#isRepairing = false;
    }
  }

  get #mayRestart(): boolean {
    return this.#canRestart && this.#resource.canPatch;
  }

  /** @throws the error, if the server does not know the session any more. */
  #handleRestartError(error: unknown): void {
    const status = error instanceof RtcHttpError ? error.status : null;
    // A server that never knew the session by this URL may have it under another one, behind a proxy that changes paths.
    const isUnknown = status === 404 || status === 410;
    if (isUnknown && (this.#resource.hasAcceptedPatch || this.#peer.connectionState !== 'connected')) throw error;
    if (status === 0 || (status !== null && status >= 500 && status !== 501)) {
      // A server that is gone may soon be back.
      this.#init.onPathChange(false);
    } else {
      // A server that refuses once will always refuse.
      this.#canRestart = false;
      this.#init.onWarning(error as Error);
    }
  }

  /** Restarts ICE once. If that fails, the session is as it was. */
  async #restartIce(): Promise<void> {
    const peer = this.#peer;
    this.#candidates.reset();
    const previousAnswer = peer.currentRemoteDescription?.sdp ?? '';
    await this.#whileOpen(peer.setLocalDescription(await this.#whileOpen(peer.createOffer({ iceRestart: true }))));
    try {
      await this.#candidates.waitUntilComplete(this.#init.clock, GATHERING_TIMEOUT_MS);
      const candidates = this.#candidates.takeNew();
      const fragment = writeFragment(peer.localDescription?.sdp ?? '', candidates, this.#candidates.isComplete);
      const remote = await this.#whileOpen(this.#resource.restart(fragment));
      await this.#whileOpen(peer.setRemoteDescription({ type: 'answer', sdp: withFragment(previousAnswer, remote) }));
    } catch (error) {
      if (peer.signalingState === 'have-local-offer') {
        await this.#whileOpen(peer.setLocalDescription({ type: 'rollback' }));
      }
      throw error;
    }
  }

  /** Resolves to whether something arrives within the time. */
  async #waitForPackets(timeoutMs: number): Promise<boolean> {
    const { clock } = this.#init;
    for (const end = clock.now() + timeoutMs; clock.now() < end && !this.#monitor?.isReceiving; ) {
      await delay(clock, PACKET_POLL_INTERVAL_MS, this.#closing.signal);
    }
    return this.#monitor?.isReceiving ?? false;
  }

  #fail(error: unknown): void {
    if (!this.#closing.signal.aborted) this.#rejectLost(error as Error);
  }

  #whileOpen<T>(promise: Promise<T>): Promise<T> {
    return abortable(this.#closing.signal, promise);
  }
}

const pathLostError = (): DOMException => mediaPathError(`The path to the server was lost. ${MEDIA_PATH_HINT}`);
