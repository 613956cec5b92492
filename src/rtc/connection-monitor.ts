/* Whether media gets through a peer connection: at the beginning, and from then on. */
import { anySignal } from '../generator/any-signal.js';
import type { TrackKind } from '../signals/track-kind.js';
import { ArrivalReader, type ArrivalReading, Arrivals } from './arrivals.js';
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
  const waiting = anySignal([signal, done.signal]);
  const connected = new Promise<void>((resolve, reject) => {
    const check = () => {
      if (peer.connectionState === 'connected') resolve();
      else if (/failed|closed/.test(peer.connectionState)) reject(mediaPathError(`${NO_MEDIA} ${MEDIA_PATH_HINT}`));
    };
    peer.addEventListener('connectionstatechange', check, { signal: waiting });
    // After an ICE restart the state of the last try may still be there.
    if (peer.connectionState !== 'failed') check();
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
  /** `isReceiving`, `hasMedia` or the state of the connection has changed. */
  onChange(): void;
  /** Nothing arrives any more (reported once, until something arrives), or the browser reports a lost connection. */
  onSilence(): void;
  /** One kind of media arrives no more while the other does (reported once, until it arrives). */
  onKindSilence(kind: TrackKind): void;
  /** The connection is closed for good. */
  onClosed(reason: string): void;
}

const CHECK_INTERVAL_MS = 500;
/** While nothing arrives: a path that comes back by itself must not be repaired. */
const SILENT_CHECK_INTERVAL_MS = 100;

/**
 * Monitors whether anything still arrives from the server. After a server was killed, browsers need five seconds and more
 * to report `disconnected`, and half a minute to report `failed`.
 */
export class ConnectionMonitor {
  readonly #arrivals: Arrivals;
  readonly #reader: ArrivalReader;
  #isReceiving = true;
  #hasMedia = true;
  /** When the path has to have shown a sign of life after a change of the network; infinite without a change. */
  #signOfLifeDueTime = Number.POSITIVE_INFINITY;
  /** Whether the next reading has packets of before a change that made the path doubtful. */
  #isReadingOld = false;
  /**
   * Whether only media shows that the path works again. After a change of address Chromium checks another pair with success,
   * while the server still sends to the old one.
   */
  #needsMedia = false;
  /** The kinds of media whose end was reported. */
  #silentKinds: readonly TrackKind[] = [];
  #cancelCheck = (): void => {};
  readonly #waiting = new Set<() => void>();

  constructor(
    private readonly peer: RTCPeerConnection,
    private readonly clock: Clock,
    private readonly listener: ConnectionListener,
    private readonly signal: AbortSignal,
  ) {
    this.#arrivals = new Arrivals(clock);
    this.#reader = new ArrivalReader(peer);
    signal.addEventListener('abort', () => this.#cancelCheck(), { once: true });
    peer.addEventListener('connectionstatechange', () => this.#connectionStateChanged(), { signal });
    for (const { sender, receiver } of peer.getTransceivers()) {
      const transport = sender.transport ?? receiver.transport;
      // The server closes DTLS. Not every browser shows that in the state of the connection.
      transport?.addEventListener('statechange', () => this.#transportStateChanged(transport), { signal });
    }
    void this.#check();
  }

  /** Whether something has arrived lately. */
  get isReceiving(): boolean {
    return this.#isReceiving;
  }

  /** Whether media has arrived lately. A new connection has some time for its first packet. */
  get hasMedia(): boolean {
    return this.#hasMedia;
  }

  /** Milliseconds since something arrived. */
  get silenceMs(): number {
    return this.#arrivals.silenceMs;
  }

  /** Resolves to whether something arrives within the time; at once if it has arrived lately. */
  async waitUntilReceiving(timeoutMs: number): Promise<boolean> {
    const done = new AbortController();
    const timeout = delay(this.clock, timeoutMs, done.signal);
    timeout.catch(() => {});
    await this.unlessReceiving(timeout).finally(() => done.abort());
    return this.#isReceiving;
  }

  /** Settles as `promise` does, or resolves to `null` as soon as something arrives. */
  async unlessReceiving<T>(promise: Promise<T>): Promise<T | null> {
    if (this.#isReceiving) return null;
    let resume = (): void => {};
    const received = new Promise<null>((resolve) => {
      resume = () => resolve(null);
    });
    this.#waiting.add(resume);
    return abortable(this.signal, Promise.race([promise, received])).finally(() => this.#waiting.delete(resume));
  }

  /** From now on any packet shows that the path works: ICE was restarted, or cannot be. */
  acceptAnything(): void {
    this.#needsMedia = false;
  }

  /** The network has changed: a path that is silent now is taken for lost soon. */
  networkChanged(): void {
    // A further change during this time is no reason to wait longer.
    if (!this.#isReceiving || Number.isFinite(this.#signOfLifeDueTime)) return;
    this.#signOfLifeDueTime = this.clock.now() + this.#arrivals.doubtfulLimitMs;
    this.#isReadingOld = true;
    this.#scheduleCheck();
  }

  #scheduleCheck(): void {
    this.#cancelCheck();
    const isWatchful = !this.#isReceiving || Number.isFinite(this.#signOfLifeDueTime);
    const intervalMs = isWatchful ? SILENT_CHECK_INTERVAL_MS : CHECK_INTERVAL_MS;
    this.#cancelCheck = this.clock.after(intervalMs, () => void this.#check());
  }

  async #check(): Promise<void> {
    const reading = await this.#reader.read().catch(() => NOTHING);
    if (this.signal.aborted) return;
    this.#arrivals.add(reading);
    if (this.#isReadingOld) {
      this.#isReadingOld = false;
    } else if (this.#needsMedia ? reading.media : reading.anything) {
      this.#needsMedia = false;
      this.#signOfLifeDueTime = Number.POSITIVE_INFINITY;
      this.#setReceiving(true);
    } else if (this.#arrivals.isSilent || this.clock.now() >= this.#signOfLifeDueTime) {
      this.#lose();
    }
    this.#setMedia(reading.media || (this.#hasMedia && !this.#arrivals.isMediaSilent));
    this.#checkKinds();
    this.#scheduleCheck();
  }

  /** While no media arrives at all, the state tells that. */
  #checkKinds(): void {
    const kinds = this.#arrivals.silentKinds;
    this.#silentKinds = this.#silentKinds.filter((kind) => kinds.includes(kind));
    if (!this.#isReceiving || this.#arrivals.isMediaSilent) return;
    for (const kind of kinds.filter((candidate) => !this.#silentKinds.includes(candidate))) {
      this.#silentKinds = [...this.#silentKinds, kind];
      this.listener.onKindSilence(kind);
    }
  }

  /** Takes the path for lost until something arrives. */
  #lose(): void {
    this.#signOfLifeDueTime = Number.POSITIVE_INFINITY;
    if (!this.#isReceiving) return;
    this.#needsMedia = this.#arrivals.endedWithMedia;
    this.#setReceiving(false);
    this.listener.onSilence();
  }

  #setReceiving(isReceiving: boolean): void {
    if (isReceiving === this.#isReceiving) return;
    this.#isReceiving = isReceiving;
    if (isReceiving) for (const resume of this.#waiting) resume();
    this.listener.onChange();
  }

  #setMedia(hasMedia: boolean): void {
    if (hasMedia === this.#hasMedia) return;
    this.#hasMedia = hasMedia;
    this.listener.onChange();
  }

  #connectionStateChanged(): void {
    const { connectionState } = this.peer;
    if (connectionState === 'closed') {
      this.listener.onClosed('the browser closed the connection');
      return;
    }
    if (connectionState === 'disconnected' || connectionState === 'failed') {
      this.#isReadingOld = true;
      this.#lose();
      this.#scheduleCheck();
    }
    this.listener.onChange();
  }

  #transportStateChanged({ state }: RTCDtlsTransport): void {
    if (state === 'closed') this.listener.onClosed('the server closed the connection');
    else if (state === 'failed') this.listener.onClosed('DTLS failed');
  }
}

const NOTHING: ArrivalReading = { anything: false, media: false, kinds: new Set() };

/** Whether media goes by a TURN server that this side uses. */
export async function isPathRelayed(peer: RTCPeerConnection): Promise<boolean> {
  const reports: ReadonlyMap<string, RTCStats & { localCandidateId?: string; candidateType?: string }> =
    await peer.getStats();
  const isInUse = (pair: RTCIceCandidatePairStats & { selected?: boolean }) => pair.selected ?? pair.nominated;
  return [...reports.values()]
    .filter((report) => report.type === 'candidate-pair' && isInUse(report as RTCIceCandidatePairStats))
    .some(({ localCandidateId = '' }) => reports.get(localCandidateId)?.candidateType === 'relay');
}
