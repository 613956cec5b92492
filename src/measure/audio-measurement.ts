import { RecentSmallest } from '../processor/recent-smallest.js';
import { AUDIO_MARK_FRAMES, MARK_RATES } from '../signals/mark/audio-mark.js';
import { AudioMarkReader } from '../signals/mark/audio-mark-reader.js';
import type { PictureMark } from '../signals/mark/picture-mark.js';
import { framesPerSecond, type Rate } from '../signals/rate.js';
import { type ClockRelation, latencyOf } from './latency.js';
import { wholeNumber } from './number-ledger.js';
import type { AudioReport } from './probe-report.js';
import { RecentValues } from './recent-values.js';

/** Samples that came. */
export interface ArrivedSamples {
  /** One for each channel, at least one. */
  readonly planes: readonly Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
  /** When the first sample came, in milliseconds since 1970: as late as the browser handed it over, or later. */
  readonly arrival: number;
}

/** A frame that was heard: its number modulo 624, and when it came, in milliseconds since 1970. */
export interface HeardFrame {
  readonly frame: number;
  readonly arrival: number;
}

/** Counts and dates the marks in an audio track. */
export class AudioMeasurement {
  readonly #start: number;
  readonly #latencies = new RecentValues(LATENCY_FRAMES);
  #rate: Rate;
  #reader: AudioMarkReader | null = null;
  #sampleRate = 0;
  /** Samples that the reader was given. */
  #samples = 0;
  /** When the first of them came: the earliest one tells it best. */
  readonly #origin = new RecentSmallest(STRETCH_MS);
  #last: HeardFrame | null = null;
  /** The last frame of the present count: another frame rate begins another one. */
  #lastCounted: HeardFrame | null = null;
  /** The source of the last picture. */
  #source: number | null = null;
  /** Until this time, a leap of the numbers does not count as lost frames. */
  #leapEnd = Number.NEGATIVE_INFINITY;
  #first: number | null = null;
  #received = 0;
  #lost = 0;
  #repeated = 0;
  /** When the last samples came. */
  #latest = 0;
  /** Whether all samples since the last mark were 0. */
  #isSilent = true;
  #isEnded = false;

  constructor(start: number, rate: Rate) {
    this.#start = start;
    this.#rate = rate;
  }

  /**
   * Follows the source of a picture: the marks in its audio have the frame rate of its pictures. For some seconds after another
   * source has come, or the source has begun to count again, a leap of the numbers does not count as lost frames.
   */
  follow({ rate, source }: PictureMark, arrival: number, isRestart = false): void {
    if (isRestart || source !== this.#source) this.#leapEnd = arrival + LEAP_MS;
    this.#source = source;
    const frames = framesPerSecond(rate);
    if (frames >= MARK_RATES.min && frames <= MARK_RATES.max) this.setRate(rate);
  }

  /** Reads marks of another frame rate from now on. */
  setRate(rate: Rate): void {
    if (framesPerSecond(rate) === framesPerSecond(this.#rate)) return;
    this.#rate = rate;
    this.#lastCounted = null;
    this.#restart();
  }

  /** Takes the next samples. Returns the frames whose marks were heard. */
  add({ planes, sampleRate, arrival }: ArrivedSamples): HeardFrame[] {
    const samples = mixOf(planes);
    this.#first ??= arrival;
    this.#latest = arrival;
    const expected = this.#origin.value + (this.#samples / this.#sampleRate) * 1000;
    // A gap: the samples after it are at another place in the stream.
    if (sampleRate !== this.#sampleRate || arrival - expected > LONGEST_GAP_MS) this.#restart();
    this.#sampleRate = sampleRate;
    this.#isSilent &&= samples.every((sample) => sample === 0);
    this.#origin.add(arrival - (this.#samples / sampleRate) * 1000, arrival);
    this.#samples += samples.length;
    this.#reader ??= new AudioMarkReader({ rate: this.#rate, sampleRate });
    return this.#reader.read(samples).map(({ frame, time }) => this.#count(frame, this.#origin.value + time * 1000));
  }

  /** Dates a heard frame by the mark of a picture: of the frames with its number, the nearest one to the picture counts. */
  addLatency({ frame, arrival }: HeardFrame, picture: PictureMark): void {
    const step = frame - (wholeNumber(picture) % AUDIO_MARK_FRAMES);
    const frames = step - AUDIO_MARK_FRAMES * Math.round(step / AUDIO_MARK_FRAMES);
    this.#latencies.add(arrival - picture.time - (frames / framesPerSecond(picture.rate)) * 1000);
  }

  end(): void {
    this.#isEnded = true;
  }

  report(now: number, clock: ClockRelation | null): AudioReport {
    const isMarked = this.#received > 0;
    return {
      received: this.#received,
      lost: isMarked ? this.#lost : null,
      repeated: isMarked ? this.#repeated : null,
      startup: this.#first === null ? null : Math.max(0, this.#first - this.#start),
      latency: latencyOf(this.#latencies, clock),
      findings: this.#findings(now),
    };
  }

  #restart(): void {
    this.#reader = null;
    this.#samples = 0;
    this.#origin.reset();
  }

  #count(frame: number, arrival: number): HeardFrame {
    const last = this.#lastCounted;
    const heard = { frame, arrival };
    this.#last = this.#lastCounted = heard;
    this.#received++;
    this.#isSilent = true;
    if (!last) return heard;
    const step = (frame - last.frame + AUDIO_MARK_FRAMES) % AUDIO_MARK_FRAMES;
    // After a long gap, the time tells how often the numbers have begun again.
    const rate = framesPerSecond(this.#rate);
    const elapsed = ((arrival - last.arrival) / 1000) * rate;
    const turns = Math.round((elapsed - step) / AUDIO_MARK_FRAMES);
    const frames = step + turns * AUDIO_MARK_FRAMES;
    // A network is late by less than a second.
    if (arrival < this.#leapEnd && Math.abs(frames - elapsed) > rate) return heard;
    if (frames > 0) this.#lost += frames - 1;
    else this.#repeated += 1 - frames;
    return heard;
  }

  #findings(now: number): string[] {
    const rate = framesPerSecond(this.#rate);
    const waited = now - Math.max(this.#start, this.#first ?? this.#start);
    const unmarked = this.#last ? this.#latest - this.#last.arrival : waited;
    const candidates: readonly [boolean, string][] = [
      [this.#isEnded, 'The audio track has ended.'],
      [
        this.#first === null && !this.#isEnded && waited > PATIENCE_MS,
        'No samples have come from the audio track: its source is muted, or nothing is sent.',
      ],
      [this.#first !== null && this.#isSilent && unmarked > PATIENCE_MS, 'The audio is silent.'],
      [
        !this.#isSilent && unmarked > PATIENCE_MS,
        `The audio has no mark for ${Number(rate.toFixed(3))} frames per second that can be read: ` +
          'set the attribute mark of its source.',
      ],
    ];
    return candidates.flatMap(([isFound, sentence]) => (isFound ? sentence : []));
  }
}

/** The mean of all channels. */
function mixOf([first = new Float32Array(), ...others]: readonly Float32Array[]): Float32Array {
  if (others.length === 0) return first;
  return first.map((sample, i) => others.reduce((sum, plane) => sum + plane[i], sample) / (others.length + 1));
}

const LATENCY_FRAMES = 9000;
/** Audio may come seconds later than its picture, and the first marks are read after half a second. */
const LEAP_MS = 5000;
/** Clocks drift apart by less than a quarter of a millisecond in this time. */
const STRETCH_MS = 2500;
/** Audio that is late by more is not late by chance. */
const LONGEST_GAP_MS = 250;
/** The first frame is read after a second, or twenty frames where that is longer. */
const PATIENCE_MS = 3000;
