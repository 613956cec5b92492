import { KWeighting } from './k-weighting.js';
import { TruePeak } from './true-peak.js';

/** The levels of one channel. Silence is −∞. */
export interface ChannelLevels {
  /** The highest sample since the levels before, in dBFS. */
  readonly peak: number;
  /** The highest point of the waveform since the levels before, also between samples, in dBTP: ITU-R BS.1770-5, Annex 2. */
  readonly truePeak: number;
  /** RMS of the last 300 ms in dBFS. As in AES17, a sine with a peak of −18 dBFS has an RMS of −18 dBFS. */
  readonly rms: number;
  /** The highest sample since the start or the last reset, in dBFS. */
  readonly maxPeak: number;
  /** The highest true peak since the start or the last reset, in dBTP. */
  readonly maxTruePeak: number;
  /** How often three or more samples in a row were at full scale, or one beyond it, since the start or the last reset. */
  readonly clips: number;
}

/** The figures that outlive a change of the track's format: amplitudes, and how often the channel has clipped. */
export interface ChannelMaxima {
  peak: number;
  truePeak: number;
  clips: number;
}

export const noMaxima = (): ChannelMaxima => ({ peak: 0, truePeak: 0, clips: 0 });

const RMS_STEPS = 30;
/** The mean square of a sine of amplitude 1 is a half. */
const SINE_FACTOR = 2;

/** The highest value that 16 bits can hold on both sides of 0. */
const FULL_SCALE = 1 - 1 / 32_768;
/** A sample that is higher than full scale has to be clipped wherever it becomes a whole number. */
const BEYOND_SCALE = 1 + 1 / 32_768;
/** Samples in a row at full scale from which on they count as clipped: one alone can be a peak that just fits. */
const CLIPPED_SAMPLES = 3;

/** Measures one channel, in steps of 10 ms. */
export class ChannelMeter {
  readonly #weighting: KWeighting;
  readonly #truePeak: TruePeak;
  readonly #maxima: ChannelMaxima;
  readonly #squares = new Float64Array(RMS_STEPS);
  #steps = 0;
  /** Of the present step, before it is complete. */
  #sum = 0;
  #weightedSum = 0;
  /** Since the levels before. */
  #peak = 0;
  #highest = 0;
  #samplesAtFullScale = 0;

  /** @param maxima Those before, which it takes further. */
  constructor(sampleRate: number, maxima: ChannelMaxima) {
    this.#maxima = maxima;
    this.#weighting = new KWeighting(sampleRate);
    this.#truePeak = new TruePeak(sampleRate);
  }

  /** Takes the samples from `start` to before `end`. */
  add(samples: Float32Array, start: number, end: number): void {
    let [sum, peak, run] = [0, 0, this.#samplesAtFullScale];
    for (let i = start; i < end; i++) {
      const sample = samples[i];
      const size = Math.abs(sample);
      sum += sample * sample;
      if (size > peak) peak = size;
      if (size < FULL_SCALE) run = 0;
      else {
        const isCounted = run >= CLIPPED_SAMPLES;
        run += size > BEYOND_SCALE ? CLIPPED_SAMPLES : 1;
        if (!isCounted && run >= CLIPPED_SAMPLES) this.#maxima.clips++;
      }
    }
    this.#samplesAtFullScale = run;
    // A sample that is no number, or infinite, counts for nothing.
    this.#sum += Number.isFinite(sum) ? sum : 0;
    this.#weightedSum += this.#weighting.sumOfSquares(samples, start, end);
    if (!Number.isFinite(peak)) return;
    this.#peak = Math.max(this.#peak, peak);
    this.#maxima.peak = Math.max(this.#maxima.peak, peak);
    const highest = this.#truePeak.of(samples, start, end, peak);
    if (!Number.isFinite(highest)) return;
    this.#highest = Math.max(this.#highest, highest);
    this.#maxima.truePeak = Math.max(this.#maxima.truePeak, highest);
  }

  /** Ends a step of `length` samples. Returns the mean square of its K-weighted samples. */
  endStep(length: number): number {
    this.#squares[this.#steps % RMS_STEPS] = this.#sum / length;
    this.#steps++;
    const weighted = this.#weightedSum / length;
    this.#sum = this.#weightedSum = 0;
    return weighted;
  }

  /** The levels of now. Those since the last reading start again. */
  read(): ChannelLevels {
    const steps = Math.min(this.#steps, RMS_STEPS);
    const square = this.#squares.reduce((total, each) => total + each, 0) / Math.max(1, steps);
    const levels = {
      peak: decibels(this.#peak),
      truePeak: decibels(this.#highest),
      rms: 10 * Math.log10(square * SINE_FACTOR),
      maxPeak: decibels(this.#maxima.peak),
      maxTruePeak: decibels(this.#maxima.truePeak),
      clips: this.#maxima.clips,
    };
    this.#peak = this.#highest = 0;
    return levels;
  }

  /** Starts the maxima and the count of clips again. */
  reset(): void {
    this.#peak = this.#highest = 0;
    Object.assign(this.#maxima, noMaxima());
  }
}

const decibels = (amplitude: number): number => 20 * Math.log10(amplitude);
