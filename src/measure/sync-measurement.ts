import { AUDIO_MARK_FRAMES } from '../signals/mark/audio-mark.js';
import type { PictureMark } from '../signals/mark/picture-mark.js';
import { framesPerSecond } from '../signals/rate.js';
import { wholeNumber } from './number-ledger.js';
import { noOffset, type OffsetReport } from './probe-report.js';
import { medianOf, RecentValues } from './recent-values.js';

/**
 * Compares the times at which picture and audio of the same frame come. Frames of audio are numbered modulo 624, so that
 * offsets of up to half of that are told apart: 2.6 s at 120 frames per second, and more below.
 */
export class SyncMeasurement {
  /** When the picture, and the audio, of each number last came; NaN if it did not, or was compared. */
  readonly #pictures = new Float64Array(AUDIO_MARK_FRAMES).fill(Number.NaN);
  readonly #audio = new Float64Array(AUDIO_MARK_FRAMES).fill(Number.NaN);
  #offsets = new RecentValues(OFFSET_FRAMES);
  /** The offsets of the stretch of time that is not over, and when it began. */
  #stretch: number[] = [];
  #stretchStart = 0;
  /** The medians of the stretches: [middle in milliseconds, offset]. */
  #medians: (readonly [number, number])[] = [];

  /** A picture with a mark came, at a time in milliseconds. */
  addMark(mark: PictureMark, arrival: number): void {
    this.addPicture(wholeNumber(mark), arrival, framesPerSecond(mark.rate));
  }

  /** A picture came: its number, when in milliseconds, and the frames per second of its source. */
  addPicture(frame: number, arrival: number, rate: number): void {
    this.#compare(this.#pictures, this.#audio, frame, arrival, rate, -1);
  }

  /** The audio of a frame came. */
  addAudio(frame: number, arrival: number, rate: number): void {
    this.#compare(this.#audio, this.#pictures, frame, arrival, rate, 1);
  }

  /** Forgets everything, because the path has changed. */
  reset(): void {
    this.#pictures.fill(Number.NaN);
    this.#audio.fill(Number.NaN);
    this.#offsets = new RecentValues(OFFSET_FRAMES);
    this.#stretch = [];
    this.#medians = [];
  }

  /** @param uncertainty By how much the dating of arrivals may be wrong, in milliseconds. */
  report(uncertainty: number): OffsetReport {
    const [median = null] = this.#offsets.quantiles(0.5);
    if (median === null || this.#offsets.length < LEAST_FRAMES) return noOffset;
    const chance = (MEDIAN_ERROR * (this.#offsets.deviation ?? 0)) / Math.sqrt(this.#offsets.length);
    return { median, drift: this.#drift(), uncertainty: uncertainty + chance };
  }

  #compare(own: Float64Array, other: Float64Array, frame: number, arrival: number, rate: number, sign: 1 | -1): void {
    const at = frame % AUDIO_MARK_FRAMES;
    const match = other[at] ?? Number.NaN;
    const isSameFrame = Math.abs(arrival - match) < (AUDIO_MARK_FRAMES / rate) * 500;
    own[at] = isSameFrame ? Number.NaN : arrival;
    if (!isSameFrame) return;
    other[at] = Number.NaN;
    this.#add(sign * (arrival - match), arrival);
  }

  #add(offset: number, time: number): void {
    this.#offsets.add(offset);
    if (this.#stretch.length === 0) this.#stretchStart = time;
    this.#stretch.push(offset);
    if (time - this.#stretchStart < STRETCH_MS) return;
    this.#medians.push([(this.#stretchStart + time) / 2, medianOf(this.#stretch)]);
    if (this.#medians.length > MOST_STRETCHES) this.#medians.shift();
    this.#stretch = [];
  }

  /** The slope of the line through the medians, by least squares; `null` while it may be mostly random. */
  #drift(): number | null {
    const points = this.#medians;
    const count = points.length;
    if (count < LEAST_STRETCHES) return null;
    const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / count;
    const [time, offset] = [mean(0), mean(1)];
    const spread = points.reduce((sum, [x]) => sum + (x - time) ** 2, 0);
    const slope = points.reduce((sum, [x, y]) => sum + (x - time) * (y - offset), 0) / spread;
    const rest = points.reduce((sum, [x, y]) => sum + (y - offset - slope * (x - time)) ** 2, 0);
    const error = Math.sqrt(rest / (count - 2) / spread);
    return error * 1e6 > MOST_DRIFT_ERROR_PPM ? null : slope * 1e6;
  }
}

/** The number of frames of the median: 30 s at 30 frames per second. */
const OFFSET_FRAMES = 900;
const LEAST_FRAMES = 10;
/** Twice the standard error of a median, in standard errors of a mean. */
const MEDIAN_ERROR = 2.5;
const STRETCH_MS = 1000;
const LEAST_STRETCHES = 5;
/** Ten minutes. */
const MOST_STRETCHES = 600;
const MOST_DRIFT_ERROR_PPM = 15;
