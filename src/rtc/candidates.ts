import { type Clock, passed, unlessAborted } from './timing.js';

/** Gathers the local candidates of a peer connection, from before its local description is set. */
export class Candidates {
  #gathered: string[] = [];
  #taken = 0;
  #complete = false;

  /** @param signal Ends the listening. */
  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly signal: AbortSignal,
  ) {
    peer.addEventListener(
      'icecandidate',
      ({ candidate }) => {
        // Firefox says the end by a candidate that is empty, and gathers for RTCP (component 2), which is multiplexed.
        if (candidate?.candidate && candidate.component !== 'rtcp') this.#gathered.push(candidate.candidate);
      },
      { signal },
    );
    peer.addEventListener(
      'icegatheringstatechange',
      () => {
        this.#complete = peer.iceGatheringState === 'complete';
      },
      { signal },
    );
  }

  /** Whether all have come: of the ICE session that is, not of the one before. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Those that have come since the last call. */
  take(): string[] {
    const fresh = this.#gathered.slice(this.#taken);
    this.#taken = this.#gathered.length;
    return fresh;
  }

  /** Forgets all: another ICE session begins. */
  restart(): void {
    this.#gathered = [];
    this.#taken = 0;
    this.#complete = false;
  }

  /** Resolves when all have come, or after milliseconds: a STUN server that does not answer takes half a minute. */
  async gathered(clock: Clock, milliseconds = Number.POSITIVE_INFINITY): Promise<void> {
    if (this.complete) return;
    const done = new AbortController();
    const signal = AbortSignal.any([this.signal, done.signal]);
    const complete = new Promise<void>((resolve) => {
      const check = () => this.complete && resolve();
      this.peer.addEventListener('icegatheringstatechange', check, { signal });
    });
    const waits = [complete, ...(Number.isFinite(milliseconds) ? [passed(clock, milliseconds, signal)] : [])];
    try {
      await unlessAborted(this.signal, Promise.race(waits));
    } finally {
      done.abort();
    }
  }
}
