import { Backoff } from './backoff.js';
import { Candidates } from './candidates.js';
import { ConnectionMonitor } from './connection-monitor.js';
import { abortError, pathError, RtcHttpError } from './errors.js';
import { type Created, HttpSession } from './http-session.js';
import { withFragment, writeFragment } from './ice-fragment.js';
import { sentOffer } from './offer.js';
import type { SignalingHttp } from './signaling-http.js';
import { type Clock, passed, unlessAborted } from './timing.js';
import { connected, doubts } from './wait-for-connection.js';

export interface PeerSessionInit {
  readonly http: SignalingHttp;
  readonly endpoint: URL;
  readonly clock: Clock;
  readonly configuration: RTCConfiguration;
  /** Whether candidates are told after the offer, or the offer waits for them. */
  readonly trickle: boolean;
  /** Whether the server may offer itself. */
  readonly counterOffers: boolean;
  /** Milliseconds in which media has to get through. */
  readonly connectTimeout: number;
  /** A peer connection was made. */
  opened(peer: RTCPeerConnection): void;
  /** Adds to it what is to be sent and received; not where the server offers. */
  prepare(peer: RTCPeerConnection): void;
  /** Something went wrong and the session goes on. */
  warn(error: Error): void;
  /** The path was lost and is being repaired, or is good again. */
  pathChanged(good: boolean): void;
}

/** Milliseconds for gathering before what there is is told, and for ICE to get through after a restart. */
const GATHERING = 1000;
const RESTARTING = 5000;
/** How long a server may go on with a session that it hears nothing of (RFC 7675, 5.1). Chromium may never say `failed`. */
const CONSENT = 30_000;
/** ICE restarts that a server took, and nothing came of: then a new session is the better try. */
const MOST_RESTARTS = 2;

/**
 * One session with a server: a peer connection, its HTTP resource, and the watch over its path. It repairs the path by
 * ICE restarts; when that is in vain, `lost` tells, and a new session is somebody else's to make.
 */
export class PeerSession {
  /** Rejects when the session is beyond repair, or was given up. */
  readonly lost: Promise<never>;
  readonly #init: PeerSessionInit;
  readonly #ending = new AbortController();
  readonly #resource: HttpSession;
  #peer: RTCPeerConnection;
  #candidates: Candidates;
  #watch: ConnectionMonitor | null = null;
  #lose: (reason: Error) => void = () => {};
  #trickleRefused = false;
  #restartable = true;
  #repairing = false;

  constructor(init: PeerSessionInit) {
    this.#init = init;
    this.lost = new Promise((_, reject) => {
      this.#lose = reject;
    });
    // Whoever did not get as far as to wait for it knows already.
    this.lost.catch(() => {});
    this.#resource = new HttpSession(init.http, init.endpoint, this.#ending.signal);
    [this.#peer, this.#candidates] = this.#makePeer();
  }

  get peer(): RTCPeerConnection {
    return this.#peer;
  }

  /** The server knows no trickling: where it needs our candidates, they have to stand in the offer. */
  get trickleRefused(): boolean {
    return this.#trickleRefused;
  }

  /** Resolves when media can flow. */
  async connect(): Promise<void> {
    const { trickle, counterOffers, connectTimeout, clock } = this.#init;
    this.#init.prepare(this.#peer);
    const offer = await this.#still(this.#peer.createOffer());
    if (!trickle) {
      await this.#still(this.#peer.setLocalDescription(offer));
      await this.#candidates.gathered(clock, 2 * GATHERING);
    }
    const described = sentOffer(this.#peer.localDescription?.sdp ?? offer.sdp ?? '');
    const created = await this.#still(this.#resource.create(described, counterOffers));
    // Before gathering begins: servers that are findByName later would take an ICE restart (RFC 9725, 4.6).
    if (created.type === 'counter-offer') await this.#answer(created);
    else await this.#apply(created, trickle ? offer : null);
    const told = trickle ? this.#tellCandidates() : Promise.resolve();
    const { signal } = this.#ending;
    // Media may get through without; that the server has forgotten the session is told by itself.
    told.catch((error) => signal.aborted || this.#init.warn(error));
    await Promise.race([connected(this.#peer, clock, connectTimeout, signal), this.lost]);
    this.#watch = new ConnectionMonitor(
      this.#peer,
      clock,
      {
        suspect: () => void this.#repair().catch((error) => this.#fail(error)),
        good: () => this.#init.pathChanged(true),
        lost: (reason) => this.#lose(pathError(`The session has ended: ${reason}.`)),
      },
      signal,
    );
  }

  /** Gives the session up: `lost` rejects with the reason. */
  abandon(reason: Error): void {
    this.#lose(reason);
  }

  /** Ends everything. Resolves when the server has been told, to what went wrong with that. */
  close(keepalive = false): Promise<RtcHttpError | null> {
    if (!this.#ending.signal.aborted) this.#ending.abort(abortError('The session was ended.'));
    this.#peer.close();
    return this.#resource.delete(keepalive);
  }

  #makePeer(): [RTCPeerConnection, Candidates] {
    const peer = new RTCPeerConnection({
      ...this.#init.configuration,
      bundlePolicy: 'max-bundle',
      rtcpMuxPolicy: 'require',
    });
    this.#init.opened(peer);
    return [peer, new Candidates(peer, this.#ending.signal)];
  }

  async #apply(created: Created, offer: RTCSessionDescriptionInit | null): Promise<void> {
    this.#useServers(created.iceServers);
    if (offer) await this.#still(this.#peer.setLocalDescription(offer));
    await this.#describe('answer', created);
    const taken = this.#peer.getTransceivers().some(({ currentDirection }) => /send|recv/.test(currentDirection ?? ''));
    if (!taken) throw created.wrong('an SDP answer that takes nothing of the offer');
  }

  /** The server offers: a fresh peer connection takes it, since what ours offered is void. */
  async #answer(created: Created): Promise<void> {
    this.#peer.close();
    [this.#peer, this.#candidates] = this.#makePeer();
    // Restarts exchange no roles: only who has offered can tell an ICE session anew.
    this.#restartable = false;
    this.#useServers(created.iceServers);
    await this.#describe('offer', created);
    const answer = await this.#still(this.#peer.createAnswer());
    await this.#still(this.#peer.setLocalDescription(answer));
    const { trickle, clock } = this.#init;
    if (!trickle) await this.#candidates.gathered(clock, 2 * GATHERING);
    await this.#still(this.#resource.answer((!trickle && this.#peer.localDescription?.sdp) || (answer.sdp ?? '')));
  }

  async #describe(type: 'offer' | 'answer', { sdp, wrong }: Created): Promise<void> {
    try {
      await this.#still(this.#peer.setRemoteDescription({ type, sdp }));
    } catch (cause) {
      if (this.#ending.signal.aborted) throw cause;
      throw wrong(`SDP that this browser cannot use as an ${type}`, cause);
    }
  }

  /** One at a time: what a browser does not take, by its scheme or port, is not to cost the others. */
  #useServers(servers: readonly RTCIceServer[]): void {
    if ((this.#init.configuration.iceServers?.length ?? 0) > 0) return;
    let taken: RTCIceServer[] = [];
    for (const server of servers) {
      try {
        this.#peer.setConfiguration({ ...this.#peer.getConfiguration(), iceServers: [...taken, server] });
        taken = [...taken, server];
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : '';
        this.#init.warn(
          new DOMException(
            `${server.urls}, an ICE server that was findByName, is not used: ${why}`,
            'NotSupportedError',
          ),
        );
      }
    }
  }

  /** All in one PATCH; those that take longer than gathering may, in one more. */
  async #tellCandidates(): Promise<void> {
    const { clock } = this.#init;
    for (const patience of [GATHERING, Number.POSITIVE_INFINITY]) {
      await this.#candidates.gathered(clock, patience);
      const fresh = this.#candidates.take();
      if (fresh.length === 0 && patience === Number.POSITIVE_INFINITY) return;
      if (fresh.length === 0 && !this.#candidates.complete) continue;
      const fragment = writeFragment(this.#peer.localDescription?.sdp ?? '', fresh, this.#candidates.complete);
      const outcome = await this.#resource.trickle(fragment, this.#init.warn);
      if (outcome === 'gone') this.#lose(pathError('The session has ended: the server does not know it any more.'));
      // ICE may get through without them, and is not to be disturbed while it does.
      if (outcome === 'outdated') await passed(clock, GATHERING, this.#ending.signal);
      if (outcome === 'outdated' && /new|checking/.test(this.#peer.iceConnectionState)) await this.#restart();
      this.#trickleRefused = outcome === 'refused';
      if (outcome !== 'taken' || this.#candidates.complete) return;
    }
  }

  /** Restarts ICE until something comes again, or nothing more is to be hoped for. */
  async #repair(): Promise<void> {
    if (this.#repairing) return;
    this.#repairing = true;
    const { clock } = this.#init;
    const { signal } = this.#ending;
    const backoff = new Backoff(clock);
    const begin = clock.now();
    try {
      // Silence alone may be the other side's pause: that is looked into without a word.
      if (this.#peer.connectionState !== 'connected') this.#init.pathChanged(false);
      for (let vain = 0; !this.#watch?.flowing; ) {
        const { connectionState } = this.#peer;
        const expired = connectionState !== 'connected' && clock.now() - begin > CONSENT;
        const failed = connectionState === 'failed' || expired;
        if (this.#restartable) {
          const error = await this.#restart().then(
            () => null,
            (reason: unknown) => reason,
          );
          if (signal.aborted) return;
          const status = error instanceof RtcHttpError ? error.status : null;
          if (status === 404 || status === 410) throw error;
          if (error === null) {
            if (await this.#flows(RESTARTING)) break;
            vain += 1;
            if (vain === MOST_RESTARTS) throw pathError(`The path to the server was lost. ${doubts}`);
          } else if (status === null || (status !== 0 && status < 500) || status === 501) {
            // One that refuses will go on refusing.
            this.#restartable = false;
            this.#init.warn(error as Error);
          } else {
            // A server that is gone may be back in a moment.
            this.#init.pathChanged(false);
          }
        }
        if (failed) throw pathError(`The path to the server was lost. ${doubts}`);
        // ICE itself may find the way again: a session that still stands is never given up for a restart's sake.
        if (!this.#restartable && this.#peer.connectionState === 'connected') break;
        await passed(clock, backoff.next(), signal);
      }
      this.#init.pathChanged(true);
    } finally {
      this.#repairing = false;
    }
  }

  /** One ICE restart; where it fails the session is as it was. */
  async #restart(): Promise<void> {
    const peer = this.#peer;
    this.#candidates.restart();
    const answer = peer.currentRemoteDescription?.sdp ?? '';
    await this.#still(peer.setLocalDescription(await this.#still(peer.createOffer({ iceRestart: true }))));
    try {
      await this.#candidates.gathered(this.#init.clock, GATHERING);
      const fragment = writeFragment(
        peer.localDescription?.sdp ?? '',
        this.#candidates.take(),
        this.#candidates.complete,
      );
      const fresh = await this.#still(this.#resource.restart(fragment));
      await this.#still(peer.setRemoteDescription({ type: 'answer', sdp: withFragment(answer, fresh) }));
    } catch (error) {
      if (peer.signalingState === 'have-local-offer') await this.#still(peer.setLocalDescription({ type: 'rollback' }));
      throw error;
    }
  }

  /** Whether something comes again in time. */
  async #flows(milliseconds: number): Promise<boolean> {
    const { clock } = this.#init;
    for (const end = clock.now() + milliseconds; clock.now() < end && !this.#watch?.flowing; ) {
      await passed(clock, 100, this.#ending.signal);
    }
    return this.#watch?.flowing ?? false;
  }

  #fail(error: unknown): void {
    if (!this.#ending.signal.aborted) this.#lose(error as Error);
  }

  #still<T>(promise: Promise<T>): Promise<T> {
    return unlessAborted(this.#ending.signal, promise);
  }
}
