import type { PictureMark } from '../signals/mark/picture-mark.js';
import { FrameIntervals } from './frame-intervals.js';
import { type ClockRelation, latencyOf } from './latency.js';
import { type Arrival, NumberLedger } from './number-ledger.js';
import type { SizeReport, VideoReport } from './probe-report.js';
import { RecentValues } from './recent-values.js';

/** A picture that came. */
export interface ArrivedPicture {
  /** When it came, in milliseconds since 1970. */
  readonly arrival: number;
  readonly width: number;
  readonly height: number;
  /** `null` if there is none that can be read. */
  readonly mark: PictureMark | null;
  /** Whether the picture was not searched for a mark, because there was no time. */
  readonly isSkipped?: boolean;
  /** How many pictures that could not be read came since the previous one. */
  readonly unread?: number;
}

/** The quality of pictures compared with their reference. */
export interface PictureQuality {
  /** Mean squared error of all samples. */
  readonly error: number;
  readonly ssim: number;
  /** A sentence about wrong colours, or `null`. */
  readonly color: string | null;
}

/** Counts and dates the pictures of a video track. */
export class VideoMeasurement {
  /** When the track was given to the probe, in milliseconds since 1970. */
  readonly #start: number;
  readonly #intervals = new FrameIntervals();
  /** Of the newest source. */
  #latencies = new RecentValues(0);
  #errors = new RecentValues(QUALITY_PICTURES);
  #similarities = new RecentValues(QUALITY_PICTURES);
  /** Of each marked source, the newest one last. */
  readonly #ledgers = new Map<number, NumberLedger>();
  readonly #sizes: SizeReport[] = [];
  /** How often the source changed from one to another. */
  #changes = 0;
  #received = 0;
  #corrupt = 0;
  #skipped = 0;
  #first: number | null = null;
  /** When the last picture with a mark came, and the last without one. */
  #marked: number | null = null;
  #unmarked = 0;
  #color: string | null = null;
  #isEnded = false;

  constructor(start: number) {
    this.#start = start;
  }

  /** Takes the next picture. `null` if its mark tells nothing. */
  add({ arrival, width, height, mark, isSkipped = false, unread = 0 }: ArrivedPicture): Arrival | null {
    this.#first ??= arrival;
    this.#received += 1 + unread;
    this.#intervals.add(arrival, unread);
    const last = this.#sizes.at(-1);
    if ((last?.width !== width || last.height !== height) && this.#sizes.length < MOST_SIZES) {
      this.#sizes.push({ width, height, time: arrival - this.#first });
    }
    const current = [...this.#ledgers.values()].at(-1);
    this.#skipped += unread;
    current?.addUnknown(mark ? unread : unread + 1);
    if (mark) return this.#number(mark, arrival);
    if (isSkipped) this.#skipped++;
    else {
      this.#unmarked = arrival;
      if (current) this.#corrupt++;
    }
    return null;
  }

  /** Takes the comparison of a picture with its reference. */
  addQuality({ error, ssim, color }: PictureQuality): void {
    this.#errors.add(error);
    this.#similarities.add(ssim);
    this.#color = color;
  }

  /** Forgets the comparisons: another reference begins. */
  forgetQuality(): void {
    this.#errors = new RecentValues(QUALITY_PICTURES);
    this.#similarities = new RecentValues(QUALITY_PICTURES);
    this.#color = null;
  }

  end(): void {
    this.#isEnded = true;
  }

  report(now: number, clock: ClockRelation | null): VideoReport {
    const isMarked = this.#ledgers.size > 0;
    const counts = [...this.#ledgers.values()].map((ledger) => ledger.counts);
    const sum = (name: 'lost' | 'repeated' | 'outOfOrder' | 'restarts') =>
      counts.reduce((total, each) => total + each[name], 0);
    const error = this.#errors.mean;
    return {
      received: this.#received,
      lost: isMarked ? sum('lost') : null,
      repeated: isMarked ? sum('repeated') : null,
      outOfOrder: isMarked ? sum('outOfOrder') : null,
      corrupt: isMarked ? this.#corrupt : null,
      frameRate: this.#isEnded ? null : this.#intervals.rate(now),
      jitter: this.#intervals.jitter,
      freezes: this.#intervals.freezes,
      // The arrival of a picture that an element shows is known to a refresh of the screen.
      startup: this.#first === null ? null : Math.max(0, this.#first - this.#start),
      sizes: [...this.#sizes],
      latency: latencyOf(this.#latencies, clock),
      psnr: error === null ? null : psnrOf(error),
      ssim: this.#similarities.mean,
      sources: [...this.#ledgers.keys()],
      restarts: sum('restarts'),
      findings: this.#findings(now, sum('restarts'), clock),
    };
  }

  #number(mark: PictureMark, arrival: number): Arrival {
    this.#marked = arrival;
    const newest = [...this.#ledgers.keys()].at(-1);
    const ledger = this.#ledgers.get(mark.source) ?? new NumberLedger();
    if (newest !== undefined && newest !== mark.source) this.#changes++;
    this.#ledgers.delete(mark.source);
    this.#ledgers.set(mark.source, ledger);
    this.#latencies = ledger.latencies;
    const standing = ledger.add(mark);
    if (standing !== 'repeated') this.#latencies.add(arrival - mark.time);
    return standing;
  }

  #findings(now: number, restarts: number, clock: ClockRelation | null): string[] {
    const sources = [...this.#ledgers.keys()];
    const [median = null] = this.#latencies.quantiles(0.5);
    const latency = median === null || !clock ? null : median + clock.offset;
    const waited = now - Math.max(this.#start, this.#first ?? this.#start);
    const candidates: readonly [boolean, string][] = [
      [this.#isEnded, 'The video track has ended.'],
      [
        this.#received === 0 && !this.#isEnded && waited > PATIENCE_MS,
        'No picture has come from the video track: its source is muted, or nothing is sent.',
      ],
      [
        this.#received > 0 && (this.#marked === null ? waited : this.#unmarked - this.#marked) > MARK_PATIENCE_MS,
        'The video has no mark that can be read: set the attribute mark of its source, and unmute it.',
      ],
      [
        sources.length > 1 && this.#changes >= sources.length,
        `Pictures of ${sources.length} marked sources come in one track: ${listOf(sources)}. Each is counted by itself.`,
      ],
      [
        sources.length > 1 && this.#changes < sources.length,
        `The track was of several marked sources, one after the other: ${listOf(sources)}.`,
      ],
      [restarts > 0, `The source began to count again, ${timesOf(restarts)}.`],
      [
        this.#skipped > 0,
        `The probe had no time to read ${this.#skipped} pictures. They are not counted as lost or corrupt.`,
      ],
      [
        latency !== null && latency < -Math.max(CLOCK_ERROR_MS, clock?.uncertainty ?? 0),
        'Pictures come before they were made: the clock of their source is ahead. Set clock to its offset.',
      ],
      [this.#color !== null, this.#color ?? ''],
    ];
    return candidates.flatMap(([isFound, sentence]) => (isFound ? sentence : []));
  }
}

/** Peak signal-to-noise ratio of 8-bit samples in dB, at most 100, which no two pictures of 16384 by 16384 reach that differ. */
export const psnrOf = (error: number): number => Math.min(100, 10 * Math.log10(255 ** 2 / error));

const listOf = (numbers: readonly number[]): string => numbers.join(', ');
const timesOf = (count: number): string => (count === 1 ? 'once' : `${count} times`);

/** The last compared pictures, of which PSNR and SSIM are. */
const QUALITY_PICTURES = 30;
const MOST_SIZES = 100;
const PATIENCE_MS = 2000;
/** A mark may be unreadable until a connection has reached its bit rate. */
const MARK_PATIENCE_MS = 1000;
const CLOCK_ERROR_MS = 5;
