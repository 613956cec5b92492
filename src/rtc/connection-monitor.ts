import type { Clock } from './timing.js';

/** What a {@link ConnectionMonitor} tells. */
export interface PathWatchEvents {
  /** The path is in doubt: nothing comes any more (told once, until something does), or the browser says so. */
  suspect(): void;
  /** Something comes again. */
  good(): void;
  /** The path has ended for good. */
  lost(reason: string): void;
}

/** Milliseconds between two looks, and without anything received after which the path is in doubt. */
const EVERY = 1000;
const SILENCE = 2500;

/**
 * Watches whether anything still comes from the server. The browser takes five seconds and more to say `disconnected`,
 * and half a minute to say `failed`, when a server was killed; sender and receiver reports, and media, come every second.
 */
export class ConnectionMonitor {
  #seen: ReadonlyMap<string, number> = new Map();
  #last: number;
  /** Something came with every look until now: only then is silence news. */
  #flowing = false;
  #forget = (): void => {};

  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly clock: Clock,
    private readonly events: PathWatchEvents,
    private readonly signal: AbortSignal,
  ) {
    this.#last = clock.now();
    signal.addEventListener('abort', () => this.#forget(), { once: true });
    peer.addEventListener('connectionstatechange', () => this.#stateChanged(), { signal });
    for (const { sender, receiver } of peer.getTransceivers()) {
      const transport = sender.transport ?? receiver.transport;
      // The server's farewell over DTLS; the connection's own state does not tell it in every browser.
      transport?.addEventListener('statechange', () => this.#transportChanged(transport), { signal });
    }
    this.#schedule();
  }

  /** Whether something has come within the last looks. */
  get flowing(): boolean {
    return this.#flowing;
  }

  #schedule(): void {
    this.#forget = this.clock.after(EVERY, () => void this.#look());
  }

  async #look(): Promise<void> {
    const seen = await received(this.peer).catch(() => this.#seen);
    if (this.signal.aborted) return;
    const now = this.clock.now();
    const grown = [...seen].some(([id, figure]) => figure > (this.#seen.get(id) ?? 0));
    this.#seen = seen;
    if (grown) {
      this.#last = now;
      if (!this.#flowing && this.peer.connectionState === 'connected') this.events.good();
      this.#flowing = true;
    } else if (this.#flowing && now - this.#last >= SILENCE) {
      this.#flowing = false;
      this.events.suspect();
    }
    this.#schedule();
  }

  #stateChanged(): void {
    const { connectionState } = this.peer;
    if (connectionState === 'disconnected' || connectionState === 'failed') this.events.suspect();
    else if (connectionState === 'closed') this.events.lost('the browser closed the connection');
  }

  #transportChanged({ state }: RTCDtlsTransport): void {
    if (state === 'closed') this.events.lost('the server closed the connection');
    else if (state === 'failed') this.events.lost('DTLS failed');
  }
}

/**
 * Whatever grows when something comes, by report, whichever of these figures a browser has. Reports come and go without
 * that: an ICE restart makes new pairs.
 */
async function received(peer: RTCPeerConnection): Promise<ReadonlyMap<string, number>> {
  const figures = new Map<string, number>();
  const reports: ReadonlyMap<string, Report> = await peer.getStats();
  for (const [id, report] of reports) {
    const { bytesReceived = 0, packetsReceived = 0, responsesReceived = 0 } = report;
    if (report.type === 'candidate-pair') figures.set(id, bytesReceived + packetsReceived + responsesReceived);
    else if (report.type === 'inbound-rtp') figures.set(id, bytesReceived);
    // Firefox counts nothing for a path that carries only reports, but dates them.
    else if (report.type === 'remote-inbound-rtp') figures.set(id, report.timestamp);
  }
  return figures;
}

interface Report {
  readonly type: string;
  readonly timestamp: number;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly responsesReceived?: number;
}
