import { anySignal } from '../generator/any-signal.js';
import { abortable, type Clock, delay } from './timing.js';

interface GatheredCandidate {
  /** As in SDP, without `a=`: `candidate:…`. */
  readonly line: string;
  /** The user name of its ICE session; `null` if the browser does not tell it. */
  readonly ufrag: string | null;
}

/**
 * Collects the local ICE candidates of a peer connection, also those of an ICE session that continues while another one is tried.
 * Make it before the local description is set.
 */
export class LocalCandidates {
  /** The candidates that have not been taken. */
  #candidates: GatheredCandidate[] = [];
  #sentSdp = '';
  #isComplete = false;

  /** @param signal Ends the collecting. */
  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly signal: AbortSignal,
  ) {
    peer.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        // Firefox marks the end by an empty candidate, and gathers candidates for RTCP (component 2), which is multiplexed.
        if (!candidate?.candidate || candidate.component === 'rtcp') return;
        this.#candidates.push({ line: candidate.candidate, ufrag: candidate.usernameFragment });
      },
      { signal },
    );
    peer.addEventListener(
      'icegatheringstatechange',
      () => {
        this.#isComplete = peer.iceGatheringState === 'complete';
      },
      { signal },
    );
  }

  /** Whether all candidates of the current ICE session have been gathered. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Leaves out the candidates of a description that is sent. */
  omit(sdp: string): void {
    this.#sentSdp = sdp;
  }

  /** The candidates of the current local description that were gathered since the last call. */
  takeNew(): string[] {
    const isCurrent = this.#currentFilter();
    // The event of a candidate adds attributes that the description does not have.
    const isSent = ({ line, ufrag }: GatheredCandidate) =>
      (!ufrag || hasUfrag(this.#sentSdp, ufrag)) && this.#sentSdp.includes(/^.* typ \w+/.exec(line)?.[0] ?? line);
    const candidates = this.#candidates.filter((candidate) => isCurrent(candidate) && !isSent(candidate));
    this.#candidates = this.#candidates.filter((candidate) => !isCurrent(candidate));
    return candidates.map(({ line }) => line);
  }

  /** Another ICE session is about to begin: its gathering is not complete, whatever `iceGatheringState` is until it begins. */
  expectMore(): void {
    this.#isComplete = false;
  }

  /** The last ICE session continues, because the other one was given up. */
  resume(): void {
    // There may be no further event of the gathering.
    this.#isComplete = this.peer.iceGatheringState === 'complete';
  }

  /** Resolves when there is a candidate that `takeNew()` has not seen, or when all have been gathered. */
  waitForMore(): Promise<void> {
    return this.#waitUntil(() => this.isComplete || this.#candidates.some(this.#currentFilter()));
  }

  /**
   * Resolves when all candidates have been gathered, or when the time is over: a STUN server that does not answer delays
   * the end by half a minute.
   */
  waitUntilComplete(clock: Clock, timeoutMs: number): Promise<void> {
    return this.#waitUntil(
      () => this.isComplete,
      (signal) => delay(clock, timeoutMs, signal),
    );
  }

  async #waitUntil(isReached: () => boolean, timeout?: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (isReached()) return;
    const done = new AbortController();
    const signal = anySignal([this.signal, done.signal]);
    const reached = new Promise<void>((resolve) => {
      const check = () => isReached() && resolve();
      for (const type of ['icecandidate', 'icegatheringstatechange'])
        this.peer.addEventListener(type, check, { signal });
    });
    try {
      await abortable(this.signal, timeout ? Promise.race([reached, timeout(signal)]) : reached);
    } finally {
      done.abort();
    }
  }

  /** Whether a candidate belongs to the current local description. */
  #currentFilter(): (candidate: GatheredCandidate) => boolean {
    const sdp = this.peer.localDescription?.sdp ?? '';
    return ({ ufrag }) => !ufrag || hasUfrag(sdp, ufrag);
  }
}

const hasUfrag = (sdp: string, ufrag: string): boolean => sdp.split(/\r?\n/).includes(`a=ice-ufrag:${ufrag}`);
