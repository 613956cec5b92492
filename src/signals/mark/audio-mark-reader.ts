import { checkObject, checkValue } from '../checks.js';
import { fractionOf, modulo, nearestWhole, sine } from '../maths.js';
import { framesPerSecond } from '../rate.js';
import {
  AUDIO_MARK_FRAMES,
  type AudioMarkOptions,
  BANDS,
  checkAudioMark,
  FrameClock,
  TONES,
  toneMultiples,
  toneOfFrame,
} from './audio-mark.js';

/** A frame whose mark was read in audio. */
export interface AudioMark {
  /** The number of the frame, modulo 624. */
  readonly frame: number;
  /** When the frame began: seconds since the first sample that the reader was given. */
  readonly time: number;
}

const SLOTS = BANDS * TONES;

/** The tones of all frames, as indices of slots: five for each frame. */
const words = /* @__PURE__ */ Uint8Array.from(
  { length: AUDIO_MARK_FRAMES * BANDS },
  (_, i) => (i % BANDS) * TONES + toneOfFrame(Math.floor(i / BANDS), i % BANDS),
);

/** A hop is at most this long, if a frame has not too many hops. */
const LONGEST_HOP_S = 0.003;
const LEAST_HOPS = 4;
const MOST_HOPS = 32;

/** Frames, and seconds, that are averaged. Of both the larger number is used. */
const LEAST_FRAMES = 8;
const MEMORY_S = 0.4;

/**
 * A frame is reported if the average of its sequence matches at least so well, where 1 is perfect; and if the frame itself
 * matches its number better than any other number, and at least so well.
 *
 * Noise matches by a fifth, with a standard deviation of at most 0.4 for each band. The average of 5 bands and 8 frames
 * has one of 0.063, so that noise is 6.6 standard deviations below.
 */
const LEAST_SCORE = 0.62;
const LEAST_MATCH = 0.45;

/** The time is reported if it comes from at least so many frames, and their tones agree so well: 1 is perfect. */
const LEAST_PHASES = 3;
const LEAST_COHERENCE = 0.7;

/** And if those of the frame itself agree with them so well. */
const LEAST_AGREEMENT = 0.5;

/** A lag that is longer or shorter by a hop has to have a score that is better by this. */
const LEAST_GAIN = 0.02;

/** How fast the energy of steady audio is learnt: its part in a hop. */
const ADAPTION = 0.05;

/** The least amplitude of a tone: −120 dBFS. */
const SILENCE = 1e-6;

/**
 * Reads the mark in audio.
 *
 * Each hop of some milliseconds, the energies of all tones in the last frame's worth of samples are compared with every
 * frame number. Matches are averaged along the sequence of frames, so one frame that is lost or damaged changes little.
 * The phases of the tones then give the start of the frame to a part of a sample.
 */
export class AudioMarkReader {
  readonly #sampleRate: number;
  readonly #multiples: readonly number[];
  readonly #hops: number;
  /** Samples per frame. */
  readonly #frameLength: number;
  readonly #memory: number;

  readonly #pending: Float64Array;
  #pendingLength = 0;
  #hop = 0;
  #hopEnd: number;
  #samples = 0;
  readonly #clock: FrameClock;

  /** Goertzel coefficients 2 cos ω and the tones' e^(−iω). */
  readonly #coefficients: { readonly twice: number; readonly re: number; readonly im: number }[];
  /** Partial transforms of the last hops: real and imaginary parts by slot. */
  readonly #partials: Float64Array[];
  readonly #window = new Float64Array(2 * SLOTS);
  readonly #energies = new Float64Array(SLOTS);
  /**
   * The energy that a tone has without the mark, from other audio: the one that is exceeded in 60 % of all hops. A tone
   * of the mark is in a fifth of them.
   */
  readonly #steady = new Float64Array(SLOTS);

  /**
   * The average match of each lag: that frame 0 began `lag` hops after the first sample, modulo 624 frames. First those of
   * all lags that are a multiple of a frame, then those that are a hop longer, and so on.
   */
  readonly #scores: Float64Array;
  /** The best lag; −1 while there is none. */
  #best = -1;
  /** How well the best of all frame numbers matches the window. */
  #bestMatch = 0;
  #lastHop = Number.NEGATIVE_INFINITY;
  /** The transforms of the tones of the mark, by slot, averaged over frames. */
  readonly #phases = new Float64Array(2 * SLOTS);
  #phaseFrames = 0;

  /** @throws {RangeError} for rates that the mark does not have. */
  constructor(options: Omit<AudioMarkOptions, 'level'>) {
    checkObject('options', options, 'an object with rate and sampleRate');
    const { rate, sampleRate } = options;
    checkAudioMark({ rate, sampleRate });
    this.#sampleRate = sampleRate;
    this.#multiples = toneMultiples(rate);
    const frameSeconds = 1 / framesPerSecond(rate);
    this.#hops = Math.min(MOST_HOPS, Math.max(LEAST_HOPS, Math.ceil(frameSeconds / LONGEST_HOP_S)));
    this.#frameLength = frameSeconds * sampleRate;
    this.#memory = Math.max(LEAST_FRAMES, nearestWhole(MEMORY_S / frameSeconds));
    this.#pending = new Float64Array(Math.ceil(this.#frameLength / this.#hops) + 1);
    this.#hopEnd = this.#startOfHop(1);
    this.#clock = new FrameClock(rate, sampleRate);
    this.#coefficients = this.#multiples.map((multiple) => {
      const turns = multiple / this.#frameLength;
      return { twice: 2 * sine(turns + 0.25), re: sine(turns + 0.25), im: -sine(turns) };
    });
    this.#partials = Array.from({ length: this.#hops }, () => new Float64Array(2 * SLOTS));
    this.#scores = new Float64Array(AUDIO_MARK_FRAMES * this.#hops);
  }

  /** Reads the next samples of the stream. Returns the frames that ended in them. */
  read(samples: Float32Array): AudioMark[] {
    checkValue(ArrayBuffer.isView(samples), 'samples', samples, 'a Float32Array');
    const marks: AudioMark[] = [];
    for (const sample of samples) {
      this.#pending[this.#pendingLength++] = sample;
      this.#samples++;
      if (this.#samples === this.#hopEnd) this.#endHop(marks);
      this.#clock.advance();
    }
    return marks;
  }

  #startOfHop(hop: number): number {
    return nearestWhole((hop * this.#frameLength) / this.#hops);
  }

  #endHop(marks: AudioMark[]): void {
    this.#transform(this.#partials[this.#hop % this.#hops]);
    this.#pendingLength = 0;
    this.#hop++;
    this.#hopEnd = this.#startOfHop(this.#hop + 1);
    if (this.#hop < this.#hops) return;
    this.#measure();
    // The window of the last hops, if it is a frame.
    const start = this.#hop - this.#hops;
    this.#score(start);
    const position = modulo(start - Math.max(0, this.#best), this.#hops);
    // Between two frames, so that a change of the lag by a hop leaves none out.
    if (position === this.#hops >> 1) this.#choose();
    if (this.#best < 0 || position !== 0) return;
    const mark = this.#markAt(start);
    if (mark) marks.push(mark);
  }

  /** The transforms of the pending samples at the tones, with phases from the first sample of the stream. */
  #transform(partial: Float64Array): void {
    const { position } = this.#clock;
    const samples = this.#pending;
    const length = this.#pendingLength;
    for (let slot = 0; slot < SLOTS; slot++) {
      const { twice, re, im } = this.#coefficients[slot];
      let one = 0;
      let two = 0;
      for (let i = 0; i < length; i++) {
        const next = samples[i] + twice * one - two;
        two = one;
        one = next;
      }
      const [real, imaginary] = [one - re * two, -im * two];
      const turns = fractionOf(this.#multiples[slot] * position);
      const [c, s] = [sine(turns + 0.25), sine(turns)];
      partial[2 * slot] = real * c + imaginary * s;
      partial[2 * slot + 1] = imaginary * c - real * s;
    }
  }

  /** The transforms of the window, and the share of each tone in its band's energy. */
  #measure(): void {
    const window = this.#window.fill(0);
    for (const partial of this.#partials) {
      for (let i = 0; i < window.length; i++) window[i] += partial[i];
    }
    const least = (SILENCE * this.#frameLength) / 2;
    const silence = least * least;
    for (let band = 0; band < SLOTS; band += TONES) {
      let sum = silence;
      for (let slot = band; slot < band + TONES; slot++) {
        const [re, im] = [window[2 * slot], window[2 * slot + 1]];
        const energy = re * re + im * im;
        const steady = Math.max(silence, this.#steady[slot]);
        this.#steady[slot] = steady * (energy > steady ? 1 + 0.4 * ADAPTION : 1 - 0.6 * ADAPTION);
        const rest = Math.max(0, energy - 2 * steady);
        this.#energies[slot] = rest;
        sum += rest;
      }
      for (let slot = band; slot < band + TONES; slot++) this.#energies[slot] /= sum;
    }
  }

  /** How well the window matches a frame, from 0 to 1. */
  #match(frame: number): number {
    let sum = 0;
    for (let i = frame * BANDS; i < (frame + 1) * BANDS; i++) sum += this.#energies[words[i]];
    return sum / BANDS;
  }

  /** Averages the matches of all frames, each with the frames before it in its sequence. */
  #score(start: number): void {
    const scores = this.#scores;
    const frames = Math.floor(start / this.#hops);
    const share = 1 / Math.min(this.#memory, frames + 1);
    const first = (start % this.#hops) * AUDIO_MARK_FRAMES;
    let at = frames % AUDIO_MARK_FRAMES;
    this.#bestMatch = 0;
    for (let frame = 0; frame < AUDIO_MARK_FRAMES; frame++) {
      const match = this.#match(frame);
      if (match > this.#bestMatch) this.#bestMatch = match;
      scores[first + at] += share * (match - scores[first + at]);
      at = at === 0 ? AUDIO_MARK_FRAMES - 1 : at - 1;
    }
  }

  /** Chooses the best lag. */
  #choose(): void {
    if (this.#hop < (LEAST_FRAMES + 1) * this.#hops) return;
    const scores = this.#scores;
    let most = 0;
    for (let i = 1; i < scores.length; i++) if (scores[i] > scores[most]) most = i;
    const lag = (most % AUDIO_MARK_FRAMES) * this.#hops + Math.floor(most / AUDIO_MARK_FRAMES);
    const before = this.#best;
    const change = modulo(lag - before + 1, scores.length) - 1;
    this.#best = scores[most] < LEAST_SCORE ? -1 : lag;
    if (before >= 0 && this.#best >= 0 && change <= 1) {
      // By one hop it is drift, or chance where the start is between two hops.
      if (scores[most] - this.#scoreOf(before) < LEAST_GAIN) this.#best = before;
      return;
    }
    // Something in the path has changed.
    this.#phases.fill(0);
    this.#phaseFrames = 0;
  }

  #scoreOf(lag: number): number {
    return this.#scores[(lag % this.#hops) * AUDIO_MARK_FRAMES + Math.floor(lag / this.#hops)];
  }

  #markAt(start: number): AudioMark | null {
    const frame = modulo((start - this.#best) / this.#hops, AUDIO_MARK_FRAMES);
    // After a change of the lag by a hop the same frame would come twice.
    if (start - this.#lastHop < this.#hops / 2) return null;
    if (this.#bestMatch < LEAST_MATCH || this.#match(frame) < this.#bestMatch) return null;
    this.#lastHop = start;
    const fade = 1 - 1 / this.#memory;
    for (let i = 0; i < this.#phases.length; i++) this.#phases[i] *= fade;
    for (let i = frame * BANDS; i < (frame + 1) * BANDS; i++) {
      const at = 2 * words[i];
      this.#phases[at] += this.#window[at];
      this.#phases[at + 1] += this.#window[at + 1];
    }
    if (++this.#phaseFrames < LEAST_PHASES) return null;
    const offset = this.#offset(start);
    if (offset === null || !this.#hasPhases(frame, start, offset)) return null;
    return { frame, time: (this.#startOfHop(start) + offset * this.#frameLength) / this.#sampleRate };
  }

  /**
   * The time from a hop to the start of the frame, in frames: where all tones have the same phase. `null` if they have
   * that nowhere, or far from the hop.
   */
  #offset(start: number): number | null {
    const multiples = this.#multiples;
    // All of a frame, so that a place that is only the best one nearby is not taken for the start.
    const points = PHASE_STEPS * multiples[SLOTS - 1];
    const step = 1 / points;
    const first = this.#startOfHop(start) / this.#frameLength - 0.5;
    const [reals, imaginaries] = [new Float64Array(points), new Float64Array(points)];
    let total = 0;
    for (let slot = 0; slot < SLOTS; slot++) {
      const [re, im] = [this.#phases[2 * slot], this.#phases[2 * slot + 1]];
      if (re === 0 && im === 0) continue;
      total += Math.sqrt(re * re + im * im);
      const turns = fractionOf(multiples[slot] * first);
      const [c, s] = [sine(turns + 0.25), sine(turns)];
      const [stepC, stepS] = [sine(multiples[slot] * step + 0.25), sine(multiples[slot] * step)];
      let [x, y] = [re * c - im * s, re * s + im * c];
      for (let i = 0; i < points; i++) {
        reals[i] += x;
        imaginaries[i] += y;
        const next = x * stepC - y * stepS;
        y = x * stepS + y * stepC;
        x = next;
      }
    }
    const sizes = reals.map((re, i) => Math.sqrt(re * re + imaginaries[i] * imaginaries[i]));
    const best = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size)));
    if (sizes[best] < LEAST_COHERENCE * total) return null;
    // The top of the parabola through the three highest points.
    const [before, most, after] = [sizes[best - 1] ?? sizes[best], sizes[best], sizes[best + 1] ?? sizes[best]];
    const curve = before - 2 * most + after;
    const offset = (best + (curve < 0 ? (before - after) / (2 * curve) : 0)) * step - 0.5;
    return Math.abs(offset) <= FARTHEST_HOPS / this.#hops ? offset : null;
  }

  /** Whether the tones of the frame itself have the phases of the frames before: after a step in time they have not. */
  #hasPhases(frame: number, start: number, offset: number): boolean {
    const position = this.#startOfHop(start) / this.#frameLength + offset;
    const phases = this.#turned(this.#phases, position, frame);
    const window = this.#turned(this.#window, position, frame);
    const together = phases.re * window.re + phases.im * window.im;
    return together >= LEAST_AGREEMENT * Math.sqrt(phases.re * phases.re + phases.im * phases.im) * window.total;
  }

  /** The sum of the tones of a frame as they would be if it began at a position, in frames. */
  #turned(transforms: Float64Array, position: number, frame: number): { re: number; im: number; total: number } {
    const sum = { re: 0, im: 0, total: 0 };
    for (let i = frame * BANDS; i < (frame + 1) * BANDS; i++) {
      const [re, im] = [transforms[2 * words[i]], transforms[2 * words[i] + 1]];
      const turns = fractionOf(this.#multiples[words[i]] * position);
      const [c, s] = [sine(turns + 0.25), sine(turns)];
      sum.re += re * c - im * s;
      sum.im += re * s + im * c;
      sum.total += Math.sqrt(re * re + im * im);
    }
    return sum;
  }
}

/** Points of the search for the phase, per period of the highest tone. */
const PHASE_STEPS = 4;

/** How far from the best hop the phases may begin. */
const FARTHEST_HOPS = 2;
