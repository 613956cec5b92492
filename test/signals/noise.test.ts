import { assert, describe, it } from '../support/suite.js';
import { samplesOf } from './descriptions.js';
import { decibels, powerOf, powersOf } from './spectrum.js';

const count = 2 ** 21;
const block = 2 ** 15;

/**
 * Power per hertz in each of the octaves around 63 Hz … 16 kHz, in decibels. Averages over blocks with a Hann window.
 */
function octavesOf(samples: Float32Array): number[] {
  const hann = Float64Array.from({ length: block }, (_, i) => 1 - Math.cos((2 * Math.PI * i) / block));
  const powers = new Float64Array(block / 2);
  for (let start = 0; start < samples.length; start += block) {
    powersOf(hann.map((weight, i) => weight * samples[start + i])).forEach((power, bin) => {
      powers[bin] += power;
    });
  }
  return Array.from({ length: 9 }, (_, octave) => {
    const centre = (62.5 * 2 ** octave * block) / 48000;
    const band = powers.slice(Math.round(centre / Math.SQRT2), Math.round(centre * Math.SQRT2));
    return decibels(band.reduce((sum, power) => sum + power) / band.length);
  });
}

/** The error of each octave, in dB, against an ideal slope in dB per octave. */
function errorsOf(octaves: number[], slope: number): number[] {
  const levelled = octaves.map((level, i) => level - slope * i);
  const mean = levelled.reduce((sum, level) => sum + level) / levelled.length;
  return levelled.map((level) => level - mean);
}

function moments(samples: Float32Array) {
  const mean = samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { mean, rms: Math.sqrt(powerOf(samples)), peak };
}

for (const [waveform, slope, crest] of [
  ['white-noise', 0, [4.7, 4.8]],
  ['pink-noise', -3.0103, [12, 14.5]],
  ['brown-noise', -6.0206, [10, 14.5]],
  ['blue-noise', 3.0103, [8, 9]],
  ['violet-noise', 6.0206, [8, 8.5]],
  // One sample of 24 is not zero.
  ['velvet-noise', 0, [13.8, 13.81]],
  // The largest of two million samples of a normal distribution is about 5.1 σ.
  ['gaussian-noise', 0, [13.2, 15.5]],
] as const) {
  describe(waveform, () => {
    const samples = samplesOf({ waveform, seed: 1 }, count);
    // Brown noise is mostly a slow random walk, so this many samples give a worse estimate.
    const slow = waveform === 'brown-noise' ? 3 : 1;

    it(`changes by ${slope} dB per octave, within 0.3 dB from 44 Hz to 22 kHz`, () => {
      for (const error of errorsOf(octavesOf(samples), slope)) assert.closeTo(error, 0, 0.3);
    });

    it('has no DC component, and the RMS of a sine of its level', () => {
      const { mean, rms } = moments(samples);
      assert.closeTo(mean, 0, 0.03 * slow);
      assert.closeTo(decibels(2 * rms * rms), 0, 0.15 * slow);
    });

    it(`has its highest peaks ${crest[0]} to ${crest[1]} dB above its RMS`, () => {
      const { rms, peak } = moments(samples);
      assert.isAtLeast(20 * Math.log10(peak / rms), crest[0]);
      assert.isAtMost(20 * Math.log10(peak / rms), crest[1]);
    });

    it('is uncorrelated with another seed and with itself at a later time', () => {
      const others = [samplesOf({ waveform, seed: 2 }, block), samplesOf({ waveform, seed: 1 }, block, 2 ** 33)];
      for (const other of others) {
        const product = other.reduce((sum, sample, i) => sum + sample * samples[i], 0);
        assert.closeTo(product / block / powerOf(samples), 0, 0.2 * slow);
      }
    });
  });
}

describe('gaussian-noise', () => {
  it('has a normal distribution', () => {
    const samples = samplesOf({ waveform: 'gaussian-noise', seed: 3 }, 2 ** 20);
    const within = (sigmas: number) => samples.filter((x) => Math.abs(x) * Math.SQRT2 < sigmas).length / samples.length;
    // From the table of the error function.
    for (const [sigmas, part] of [
      [0.5, 0.38292],
      [1, 0.68269],
      [2, 0.9545],
      [3, 0.9973],
    ]) {
      assert.closeTo(within(sigmas), part, 0.002);
    }
  });
});

describe('velvet-noise', () => {
  it('has its density: one impulse in each equal share', () => {
    for (const density of [100, 1500, 48000]) {
      const samples = samplesOf({ waveform: 'velvet-noise', params: { density } }, 48000);
      const places = [...samples.entries()].filter(([, x]) => x !== 0).map(([i]) => i);
      assert.lengthOf(places, density);
      places.forEach((place, k) => {
        assert.isTrue(place >= Math.floor((k * 48000) / density) && place <= Math.ceil(((k + 1) * 48000) / density));
      });
    }
  });
});

describe('pink-noise', () => {
  it('has no jump where its filter is reset', () => assertNoJump('pink-noise'));
});

describe('brown-noise', () => {
  it('has no jump where its filter is reset', () => assertNoJump('brown-noise'));
});

function assertNoJump(waveform: string): void {
  // The filter is reset every 32768 samples. A start from rest would be a step of about the RMS, 0.7. So the steps at
  // resets are compared with the steps elsewhere.
  const steps = Array.from({ length: 64 }, (_, i) => {
    const [before, after] = samplesOf({ waveform, seed: 5 }, 2, (i + 1) * 32768 - 1);
    return (after - before) ** 2;
  });
  const all = samplesOf({ waveform, seed: 5 }, 65536);
  const usual = all.reduce((sum, sample, i) => sum + (i ? (sample - all[i - 1]) ** 2 : 0), 0) / all.length;
  const mean = steps.reduce((sum, step) => sum + step) / steps.length;
  assert.isBelow(mean / usual, 1.6);
}
