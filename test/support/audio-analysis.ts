/** Measurements of samples: levels, frequencies, and how far a recording is from the original. */
import type { AudioClip } from './audio-recording.js';

/** The level of an amplitude in dBFS: a sine whose amplitude is 1 has 0. */
export const decibels = (amplitude: number): number => 20 * Math.log10(amplitude);

/** The amplitude of a sine that has the same power as these samples. */
export const amplitudeOf = (samples: Float32Array): number =>
  Math.sqrt((2 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length);

export const peakOf = (samples: Float32Array): number =>
  samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

/** Whether a sample is louder than −80 dBFS. */
export const isAudible = (sample: number): boolean => Math.abs(sample) > 1e-4;

/** The number of milliseconds in which a tone is heard, by the largest sample of each. */
export const heardMilliseconds = (levels: readonly number[]): number => levels.filter((level) => level > 0.05).length;

/** The amplitude of one frequency, through a Hann window. */
export function amplitudeAt(samples: Float32Array, sampleRate: number, frequency: number): number {
  const [real, imaginary] = correlation(samples, sampleRate, frequency, 0, samples.length);
  return (4 * Math.hypot(real, imaginary)) / samples.length;
}

/**
 * By how many decibels each channel's own tone is louder in it than the other channel's: 0 where both channels have the
 * same mixture.
 */
export function channelSeparation(
  { planes: [left, right = left], sampleRate }: AudioClip,
  [leftTone, rightTone]: readonly [number, number],
): readonly [left: number, right: number] {
  const levelOf = (samples: Float32Array, tone: number) => decibels(amplitudeAt(samples, sampleRate, tone));
  return [levelOf(left, leftTone) - levelOf(left, rightTone), levelOf(right, rightTone) - levelOf(right, leftTone)];
}

/** The frequency of a tone in Hz, given roughly by `near`: measured by the phase between the first half and the second. */
export function frequencyOf(samples: Float32Array, sampleRate: number, near: number): number {
  const half = Math.floor(samples.length / 2);
  const [first, second] = [0, half].map((start) => {
    const [real, imaginary] = correlation(samples, sampleRate, near, start, half);
    return Math.atan2(imaginary, real);
  });
  const turns = (second - first) / (2 * Math.PI);
  return near + ((turns - Math.round(turns)) * sampleRate) / half;
}

/**
 * The median of a measurement over windows of 2400 samples. An `AudioContext` that plays a stream has no jitter buffer:
 * WebKitGTK's loses a few milliseconds about twice a second, also of an `OscillatorNode`, Chromium's on a busy machine.
 */
export function medianOfWindows(
  { planes }: AudioClip,
  measure: (samples: Float32Array) => number,
  channel = 0,
): number {
  const samples = planes[channel];
  const window = 2400;
  const values: number[] = [];
  for (let at = 0; at + window <= samples.length; at += window) values.push(measure(samples.subarray(at, at + window)));
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

/** The largest difference between a recording and the expected samples, or NaN if the recording is shorter. */
export function maxDifference(recorded: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < expected.length; at++) {
    largest = Math.max(largest, Math.abs((recorded[at] ?? Number.NaN) - (expected[at] as number)));
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

/**
 * The frequency in Hz and the peak of a sine, whatever gaps the recording has: the frequency by the middle half of the
 * distances between rising zero crossings, the peak by the level that 3 % of the samples exceed.
 */
export function measureSine(samples: ArrayLike<number>, sampleRate: number): { frequency: number; peak: number } {
  const levels = Array.from(samples, Math.abs).sort((a, b) => a - b);
  const peak = levels[Math.floor(levels.length * 0.97)] ?? 0;
  const crossings: number[] = [];
  let low = false;
  for (let at = 1; at < samples.length; at++) {
    const before = samples[at - 1] as number;
    const now = samples[at] as number;
    low ||= now < -peak / 4;
    if (!low || before >= 0 || now < 0) continue;
    crossings.push(at - now / (now - before));
    low = false;
  }
  const periods = crossings.slice(1).map((crossing, at) => crossing - (crossings[at] as number));
  periods.sort((a, b) => a - b);
  const middle = periods.slice(Math.floor(periods.length / 4), Math.ceil((periods.length * 3) / 4));
  const period = middle.reduce((sum, each) => sum + each, 0) / middle.length;
  return { frequency: sampleRate / period, peak };
}

/** The positions at which a sine of this frequency has a step. */
export function findClicks(samples: ArrayLike<number>, frequency: number, sampleRate: number): number[] {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  const clicks: number[] = [];
  // The start of a sine is a step itself.
  for (let at = 200; at < samples.length; at++) {
    const [now, before, last] = [samples[at], samples[at - 1], samples[at - 2]] as [number, number, number];
    const step = Math.abs(now - factor * before + last);
    if (step > 0.02 && at - (clicks.at(-1) ?? 0) > 100) clicks.push(at);
  }
  return clicks;
}

function correlation(samples: Float32Array, sampleRate: number, frequency: number, start: number, length: number) {
  let real = 0;
  let imaginary = 0;
  for (let i = 0; i < length; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length);
    const angle = (2 * Math.PI * frequency * (start + i)) / sampleRate;
    real += samples[start + i] * window * Math.cos(angle);
    imaginary += samples[start + i] * window * -Math.sin(angle);
  }
  return [real, imaginary] as const;
}
