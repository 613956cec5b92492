import { checkNumber, checkObject } from '../checks.js';
import { decibelsToAmplitude, modulo, sine } from '../maths.js';
import { checkRate, framesPerSecond, type Rate } from '../rate.js';

/*
 * The mark of audio. For as long as a frame lasts, each of five bands has one tone, at one of five frequencies: a
 * word of five digits from 0 to 4. All frequencies are whole multiples of the frame rate, so that each tone begins at the
 * start of its frame with the phase 0 and ends after whole turns.
 */

/** Frame numbers repeat after this many frames: at 120 frames per second after 5.2 s. */
export const AUDIO_MARK_FRAMES = 624;

export const BANDS = 5;

/** Tones per band, of which a frame has one. */
export const TONES = 5;

/** How the mark of audio is made. */
export interface AudioMarkOptions {
  /** Frames per second, from 10 to 120. */
  readonly rate: Rate;
  /** Hz, at least 8000. */
  readonly sampleRate: number;
  /** dBFS, at most −7: the mark has the RMS of a sine with this peak level. Its own peaks are up to 7 dB higher. Default −24. */
  readonly level?: number;
}

/**
 * The digits of the word in a band, for each frame. It is a sequence over GF(5) that repeats after 5⁴ − 1 digits, so that
 * four digits tell where in it they are: four bands of one frame, or one band in four frames. Two words differ in two or
 * more digits.
 */
const digits = /* @__PURE__ */ listDigits();

function listDigits(): Uint8Array {
  const list = new Uint8Array(AUDIO_MARK_FRAMES);
  list[3] = 1;
  for (let i = 4; i < AUDIO_MARK_FRAMES; i++) list[i] = (2 * list[i - 4] + 2 * list[i - 2] + list[i - 1]) % TONES;
  return list;
}

/** Frames by which the sequence of a band is ahead of that of the band below. */
const BAND_SHIFT = 109;

/** The tone of a band in a frame, from 0 to 4. The frame is a whole number of any size. */
export const toneOfFrame = (frame: number, band: number): number =>
  digits[modulo(frame + BAND_SHIFT * band, AUDIO_MARK_FRAMES)];

/** The distance of the tones is at most this. */
const TONE_DISTANCE_HZ = 120;

/** The lowest tone is the first multiple of the frame rate from here on. */
const LOWEST_TONE_HZ = 450;

/**
 * The frequencies, as multiples of the frame rate: the tones of the lowest band, and so on. They do not stand at equal
 * distances where the frame rate leaves room, because equal distances would repeat the sum of their phases several times
 * in a frame.
 */
export function toneMultiples(rate: Rate): readonly number[] {
  const frames = framesPerSecond(rate);
  const step = Math.max(1, Math.floor(TONE_DISTANCE_HZ / frames));
  const lowest = Math.ceil(LOWEST_TONE_HZ / frames);
  return Array.from({ length: BANDS * TONES }, (_, i) => lowest + i * step + Math.floor((step * digits[i]) / 8));
}

/** The frame rates that the mark has, in frames per second. */
export const MARK_RATES = { min: 10, max: 120, unit: 'frames per second' } as const;

/** The levels that the mark has: its peaks are up to 7 dB higher. */
export const MARK_LEVEL_DBFS = { max: -7, unit: 'dBFS' } as const;

/** @throws {RangeError} for rates that the mark does not have. */
export function checkAudioMark({ rate, sampleRate }: Omit<AudioMarkOptions, 'level'>): void {
  checkRate('rate', rate);
  checkNumber('rate', framesPerSecond(rate), MARK_RATES);
  checkNumber('sampleRate', sampleRate, { min: 8000, whole: true, unit: 'Hz' });
}

/**
 * Adds the mark to samples: sample number `n` belongs to frame number ⌊n · rate / sampleRate⌋.
 *
 * @param samples Samples from −1 to 1, to which the mark is added.
 * @param n The number of the first of them, at least 0.
 * @throws {RangeError} for options that cannot be rendered. The message says what is accepted.
 */
export function renderMark(samples: Float32Array, n: number, options: AudioMarkOptions): void {
  checkNumber('n', n, { min: 0, whole: true });
  checkObject('samples', samples, 'a Float32Array');
  checkObject('options', options, 'an object with rate and sampleRate');
  createMarkRenderer(options)(samples, n);
}

/**
 * {@link renderMark} with its options checked and prepared once, for streams that are rendered block by block. The number of
 * a sample may be negative: an audio context may be older than the page's timeline.
 *
 * @throws {RangeError} for options that cannot be rendered. The message says what is accepted.
 */
export function createMarkRenderer({
  rate,
  sampleRate,
  level = -24,
}: AudioMarkOptions): (samples: Float32Array, n: number) => void {
  checkAudioMark({ rate, sampleRate });
  checkNumber('level', level, MARK_LEVEL_DBFS);
  const amplitude = decibelsToAmplitude(level) / Math.sqrt(BANDS);
  const multiples = toneMultiples(rate);
  const present = new Float64Array(BANDS);
  return (samples, n) => {
    const clock = new FrameClock(rate, sampleRate, n);
    let frame = Number.NaN;
    for (let i = 0; i < samples.length; i++, clock.advance()) {
      if (clock.frame !== frame) {
        frame = clock.frame;
        for (let band = 0; band < BANDS; band++) present[band] = multiples[band * TONES + toneOfFrame(frame, band)];
      }
      const { position } = clock;
      let sum = 0;
      for (let band = 0; band < BANDS; band++) sum += sine(present[band] * position);
      samples[i] += amplitude * sum;
    }
  };
}

/** Counts samples and frames. Everything is a whole number, so that it is exact after years too. */
export class FrameClock {
  /** The number of the frame. */
  frame: number;
  /** The numerator of the position in the frame; the denominator is `#size`. */
  #part: number;
  readonly #size: number;
  readonly #step: number;

  constructor({ numerator, denominator }: Rate, sampleRate: number, n = 0) {
    this.#size = denominator * sampleRate;
    this.#step = numerator;
    const rest = modulo(n, this.#size);
    const whole = Math.floor((rest * numerator) / this.#size);
    this.frame = ((n - rest) / this.#size) * numerator + whole;
    this.#part = rest * numerator - whole * this.#size;
  }

  /** The position in the frame, from 0 to below 1. */
  get position(): number {
    return this.#part / this.#size;
  }

  /** To the next sample. */
  advance(): void {
    this.#part += this.#step;
    if (this.#part < this.#size) return;
    this.#part -= this.#size;
    this.frame++;
  }
}
