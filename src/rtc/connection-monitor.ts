/* Whether media gets through a peer connection: at the beginning, and from then on. */
import { mediaPathError } from './errors.js';
import { abortable, type Clock, delay } from './timing.js';

/** Ends the message of an error about a media path. */
export const MEDIA_PATH_HINT =
  'Check that its UDP ports can be reached from here, and whether a TURN server is needed.';

const NO_MEDIA = 'The server answered, but media does not get through.';

/** Resolves when `peer` is connected. Rejects if it fails, takes longer than `timeoutMs`, or the signal is aborted. */
export async function waitForConnection(
  peer: RTCPeerConnection,
  clock: Clock,
  timeoutMs: number,
  signal: AbortSignal,
): Promise<void> {
  const done = new AbortController();
  const waiting = AbortSignal.any([signal, done.signal]);
  const connected = new Promise<void>((resolve, reject) => {
    const check = () => {
      if (peer.connectionState === 'connected') resolve();
      else if (/failed|closed/.test(peer.connectionState)) reject(mediaPathError(`${NO_MEDIA} ${MEDIA_PATH_HINT}`));
    };
    peer.addEventListener('connectionstatechange', check, { signal: waiting });
    check();
  });
  const timeout = delay(clock, timeoutMs, waiting).then(() => {
    throw mediaPathError(`${NO_MEDIA} Nothing got through within ${timeoutMs} ms. ${MEDIA_PATH_HINT}`);
  });
  timeout.catch(() => {});
  try {
    await abortable(signal, Promise.race([connected, timeout]));
  } finally {
    done.abort();
  }
}

/** Receives the reports of a {@link ConnectionMonitor}. */
export interface ConnectionListener {
  /** Nothing arrives any more (reported once, until something arrives), or the browser reports a lost connection. */
  onSilence(): void;
  /** Something arrives again. */
  onRecovered(): void;
  /** The connection is closed for good. */
  onClosed(reason: string): void;
}

const CHECK_INTERVAL_MS = 1000;
/** Media, and the reports of sender and receiver, arrive about every second. */
const SILENCE_TIMEOUT_MS = 2500;

/**
 * Monitors whether anything still arrives from the server. After a server was killed, browsers need five seconds and more
 * to report `disconnected`, and half a minute to report `failed`.
 */
export class ConnectionMonitor {
  #counters: ReadonlyMap<string, number> = new Map();
  #lastReceived: number;
  /** Whether something arrived at every check so far: only then does silence mean a fault. */
  #isReceiving = false;
  #cancelCheck = (): void => {};

  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly clock: Clock,
    private readonly listener: ConnectionListener,
    private readonly signal: AbortSignal,
  ) {
    this.#lastReceived = clock.now();
    signal.addEventListener('abort', () => this.#cancelCheck(), { once: true });
    peer.addEventListener('connectionstatechange', () => this.#connectionStateChanged(), { signal });
    for (const { sender, receiver } of peer.getTransceivers()) {
      const transport = sender.transport ?? receiver.transport;
      // The server closes DTLS. Not every browser shows that in the state of the connection.
      transport?.addEventListener('statechange', () => this.#transportStateChanged(transport), { signal });
    }
    this.#scheduleCheck();
  }

  /** Whether something has arrived lately. */
  get isReceiving(): boolean {
    return this.#isReceiving;
  }

  #scheduleCheck(): void {
    this.#cancelCheck = this.clock.after(CHECK_INTERVAL_MS, () => void this.#check());
  }

  async #check(): Promise<void> {
    const counters = await readCounters(this.peer).catch(() => this.#counters);
    if (this.signal.aborted) return;
    const now = this.clock.now();
    const hasGrown = [...counters].some(([id, count]) => count > (this.#counters.get(id) ?? 0));
    this.#counters = counters;
    if (hasGrown) {
      this.#lastReceived = now;
      if (!this.#isReceiving && this.peer.connectionState === 'connected') this.listener.onRecovered();
      this.#isReceiving = true;
    } else if (this.#isReceiving && now - this.#lastReceived >= SILENCE_TIMEOUT_MS) {
      this.#isReceiving = false;
      this.listener.onSilence();
    }
    this.#scheduleCheck();
  }

  #connectionStateChanged(): void {
    const { connectionState } = this.peer;
    if (connectionState === 'disconnected' || connectionState === 'failed') this.listener.onSilence();
    else if (connectionState === 'closed') this.listener.onClosed('the browser closed the connection');
  }

  #transportStateChanged({ state }: RTCDtlsTransport): void {
    if (state === 'closed') this.listener.onClosed('the server closed the connection');
    else if (state === 'failed') this.listener.onClosed('DTLS failed');
  }
}

/**
 * Counters that grow when something arrives, by report id. Each browser has some of them. Reports also appear and vanish
 * without any traffic: an ICE restart makes new candidate pairs.
 */
async function readCounters(peer: RTCPeerConnection): Promise<ReadonlyMap<string, number>> {
  const counters = new Map<string, number>();
  const reports: ReadonlyMap<string, Report> = await peer.getStats();
  for (const [id, report] of reports) {
    const { bytesReceived = 0, packetsReceived = 0, responsesReceived = 0 } = report;
    if (report.type === 'candidate-pair') counters.set(id, bytesReceived + packetsReceived + responsesReceived);
    else if (report.type === 'inbound-rtp') counters.set(id, bytesReceived);
    // Firefox counts nothing for a path that carries only reports, but it dates the reports.
    else if (report.type === 'remote-inbound-rtp') counters.set(id, report.timestamp);
  }
  return counters;
}

/** Whether media goes by a TURN server that this side uses. */
export async function isPathRelayed(peer: RTCPeerConnection): Promise<boolean> {
  const reports: ReadonlyMap<string, RTCStats & { localCandidateId?: string; candidateType?: string }> =
    await peer.getStats();
  const isInUse = (pair: RTCIceCandidatePairStats & { selected?: boolean }) => pair.selected ?? pair.nominated;
  return [...reports.values()]
    .filter((report) => report.type === 'candidate-pair' && isInUse(report as RTCIceCandidatePairStats))
    .some(({ localCandidateId = '' }) => reports.get(localCandidateId)?.candidateType === 'relay');
}

interface Report {
  readonly type: string;
  readonly timestamp: number;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly responsesReceived?: number;
}
