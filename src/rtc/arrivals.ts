/* Whether packets arrive on a peer connection, and since when none does. */
import type { TrackKind } from '../signals/track-kind.js';
import type { Clock } from './timing.js';

/** The shortest silence that counts. Media, and the reports of sender and receiver, arrive about every second. */
const MIN_SILENCE_MS = 2500;
/** The longest silence that is taken for usual. Browsers check a path every 4 to 6 s (RFC 7675, 5.1). */
const MAX_SILENCE_MS = 10_000;
/** How long a path without media is young: the gaps that are usual for it are not known yet. */
const YOUNG_PATH_MS = 20_000;
/** How long something has to arrive all the time until a young path is known for that. */
const FREQUENT_PATH_MS = 6000;
/** The shortest silence that counts on such a path. Some servers report only every 6 s (RFC 3550, 6.2). */
const MIN_YOUNG_SILENCE_MS = 8000;
/** How long a path with steady media may be silent when there is reason to doubt it. */
const STEADY_PATH_LIMIT_MS = 1000;
/** The shortest silence of one kind of media that counts while the other kind arrives. A still picture may pause for long. */
const MIN_KIND_SILENCE_MS = 5000;
/** How long a gap is remembered. */
const GAP_MEMORY_MS = 30_000;

/** The time since something last arrived, and the gaps that are usual. */
class Gaps {
  #long: readonly { readonly end: number; readonly lengthMs: number }[] = [];
  #last: number;

  constructor(private readonly clock: Clock) {
    this.#last = clock.now();
  }

  get last(): number {
    return this.#last;
  }

  /** Whether there was a gap of more than half of what counts lately. */
  get hadLongGap(): boolean {
    return this.#recent.length > 0;
  }

  /**
   * How long a silence has to be to count: twice the length of a gap that occurred twice recently, since a single gap may be a
   * fault.
   */
  get limitMs(): number {
    const [, usual = 0] = this.#recent.map(({ lengthMs }) => lengthMs).sort((a, b) => b - a);
    return Math.min(MAX_SILENCE_MS, Math.max(MIN_SILENCE_MS, 2 * usual));
  }

  /** Something has arrived. */
  add(): void {
    const end = this.clock.now();
    const lengthMs = end - this.#last;
    if (lengthMs >= MIN_SILENCE_MS / 2) this.#long = [...this.#recent, { end, lengthMs }];
    this.#last = end;
  }

  get #recent() {
    return this.#long.filter(({ end }) => this.clock.now() - end < GAP_MEMORY_MS);
  }
}

/** The arrivals on one path, and since when there are none. */
export class Arrivals {
  readonly #anything: Gaps;
  readonly #media: Gaps;
  /** The kinds of media that have arrived. */
  readonly #kinds = new Map<TrackKind, Gaps>();
  #hadMedia = false;

  constructor(private readonly clock: Clock) {
    this.#anything = new Gaps(clock);
    this.#media = new Gaps(clock);
  }

  /** Milliseconds since anything arrived. */
  get silenceMs(): number {
    return this.clock.now() - this.#anything.last;
  }

  /** Whether media arrived until everything ended. */
  get endedWithMedia(): boolean {
    return this.#hadMedia && this.#anything.last - this.#media.last < MIN_SILENCE_MS / 2;
  }

  /** Whether nothing has arrived for longer than is usual. */
  get isSilent(): boolean {
    return this.silenceMs >= this.#limitMs;
  }

  /**
   * How long to wait for a packet when there is reason to doubt the path: a second while media flows, and otherwise the usual
   * time.
   */
  get doubtfulLimitMs(): number {
    const isSteady = this.endedWithMedia && !this.#media.hadLongGap;
    return isSteady ? STEADY_PATH_LIMIT_MS : this.#limitMs;
  }

  /** How long a silence has to be to count. */
  get #limitMs(): number {
    const { last, limitMs, hadLongGap } = this.#anything;
    const isFrequent = this.endedWithMedia || (last - this.#media.last >= FREQUENT_PATH_MS && !hadLongGap);
    const isYoung = !isFrequent && this.clock.now() - this.#media.last < YOUNG_PATH_MS;
    return isYoung ? Math.max(MIN_YOUNG_SILENCE_MS, limitMs) : limitMs;
  }

  /** Whether no media has arrived for longer than is usual. */
  get isMediaSilent(): boolean {
    return this.clock.now() - this.#media.last >= this.#media.limitMs;
  }

  /** The kinds of media that arrived once, and have not arrived for longer than is usual. */
  get silentKinds(): TrackKind[] {
    const isSilent = ({ last, limitMs }: Gaps) => this.clock.now() - last >= Math.max(MIN_KIND_SILENCE_MS, limitMs);
    return [...this.#kinds].filter(([, gaps]) => isSilent(gaps)).map(([kind]) => kind);
  }

  add({ anything, media, kinds }: ArrivalReading): void {
    if (anything) this.#anything.add();
    for (const kind of kinds) {
      const gaps = this.#kinds.get(kind);
      if (gaps) gaps.add();
      else this.#kinds.set(kind, new Gaps(this.clock));
    }
    if (!media) return;
    this.#media.add();
    this.#hadMedia = true;
  }
}

/** The arrivals since the last reading. */
export interface ArrivalReading {
  /** Packets of any kind: media, reports, checks of the path and answers to them. */
  readonly anything: boolean;
  /** Packets with media. */
  readonly media: boolean;
  /** The kinds of that media. */
  readonly kinds: ReadonlySet<TrackKind>;
}

/** Compares the statistics of a peer connection with those that it read before. */
export class ArrivalReader {
  #counts: ReadonlyMap<string, number> = new Map();
  /** The latest time of a packet or report. */
  #latestTime = 0;
  /** The user name fragments of the ICE sessions that have had an arrival. */
  readonly #knownFragments = new Set<string>();

  constructor(private readonly peer: RTCPeerConnection) {}

  async read(): Promise<ArrivalReading> {
    const reports: ReadonlyMap<string, Report> = await this.peer.getStats();
    const counts = new Map(this.#counts);
    const newFragments: string[] = [];
    const kinds = new Set<TrackKind>();
    let [anything, media] = [false, false];
    for (const [id, report] of reports) {
      const { packetsReceived = 0, lastPacketReceivedTimestamp = 0, localCandidateId = '' } = report;
      let time = 0;
      if (report.type === 'inbound-rtp') {
        if (packetsReceived > (counts.get(id) ?? 0)) {
          media = true;
          if (report.kind) kinds.add(report.kind);
        }
        counts.set(id, packetsReceived);
      } else if (report.type === 'remote-inbound-rtp') {
        // The reports of the other side carry their time.
        time = report.timestamp;
      } else if (report.type === 'candidate-pair') {
        time = lastPacketReceivedTimestamp;
        const count = packetCount(report);
        // Firefox gives old pairs new ids. The first pair of an ICE session is new indeed, and its packets have just arrived.
        const fragment = reports.get(localCandidateId)?.usernameFragment;
        const isNewSession = fragment !== undefined && !this.#knownFragments.has(fragment);
        if (fragment !== undefined && count > 0) newFragments.push(fragment);
        anything ||= count > (counts.get(id) ?? (isNewSession ? 0 : count));
        counts.set(id, count);
      }
      anything ||= time > this.#latestTime;
      this.#latestTime = Math.max(this.#latestTime, time);
    }
    for (const fragment of newFragments) this.#knownFragments.add(fragment);
    this.#counts = counts;
    return { anything: anything || media, media, kinds };
  }
}

/** Grows with each packet on a pair: media, reports, checks and answers to them. Each browser counts some of them. */
const packetCount = ({ bytesReceived = 0, packetsReceived = 0, responsesReceived = 0, requestsReceived = 0 }: Report) =>
  bytesReceived + packetsReceived + responsesReceived + requestsReceived;

interface Report {
  readonly type: string;
  readonly timestamp: number;
  readonly kind?: TrackKind;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly responsesReceived?: number;
  readonly requestsReceived?: number;
  readonly lastPacketReceivedTimestamp?: number;
  readonly localCandidateId?: string;
  readonly usernameFragment?: string;
}
