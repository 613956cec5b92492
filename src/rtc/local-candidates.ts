import { abortable, type Clock, delay } from './timing.js';

/** Collects the local ICE candidates of a peer connection. Make it before the local description is set. */
export class LocalCandidates {
  #candidates: string[] = [];
  #sentSdp = '';
  #taken = 0;
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
        if (candidate?.candidate && candidate.component !== 'rtcp') this.#candidates.push(candidate.candidate);
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

  /** The candidates that were gathered since the last call. */
  takeNew(): string[] {
    const candidates = this.#candidates.slice(this.#taken);
    this.#taken = this.#candidates.length;
    // The event of a candidate adds attributes that the description does not have.
    return candidates.filter((candidate) => !this.#sentSdp.includes(/^.* typ \w+/.exec(candidate)?.[0] ?? candidate));
  }

  /** Forgets all candidates, because another ICE session begins. */
  reset(): void {
    this.#candidates = [];
    this.#sentSdp = '';
    this.#taken = 0;
    this.#isComplete = false;
  }

  /**
   * Resolves when all candidates have been gathered, or when the time is over: a STUN server that does not answer delays
   * the end by half a minute.
   */
  async waitUntilComplete(clock: Clock, timeoutMs = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.isComplete) return;
    const done = new AbortController();
    const signal = AbortSignal.any([this.signal, done.signal]);
    const complete = new Promise<void>((resolve) => {
      const check = () => this.isComplete && resolve();
      this.peer.addEventListener('icegatheringstatechange', check, { signal });
    });
    const waits = [complete, ...(Number.isFinite(timeoutMs) ? [delay(clock, timeoutMs, signal)] : [])];
    try {
      await abortable(this.signal, Promise.race(waits));
    } finally {
      done.abort();
    }
  }
}
