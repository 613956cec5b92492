import { createToneRenderer, type ToneDescription } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';
import { decibels, powerOf } from './spectrum.js';

const second = 48000;

describe('line-up', () => {
  for (const [standard, level] of [
    ['ebu-r68', -18],
    ['smpte-rp155', -20],
  ] as const) {
    it(`is 1 kHz at ${level} dBFS and ignores level, frequency and phase: ${standard}`, () => {
      for (const changes of [{}, { level: -3, frequency: 440, phase: 0.3 }]) {
        const samples = samplesOf({ waveform: 'line-up', params: { standard }, ...changes }, second);
        assert.closeTo(decibels(2 * powerOf(samples)), level, 1e-5);
        samples.slice(0, 480).forEach((sample, i) => {
          assert.closeTo(sample, 10 ** (level / 20) * Math.sin((2 * Math.PI * i) / 48), 1e-7);
        });
      }
    });
  }
});

/** The amplitude of each channel of a tone in every millisecond. */
function gainsOf(changes: Partial<ToneDescription>, channels: number, seconds: number): number[][] {
  const planes = Array.from({ length: channels }, () => new Float32Array(seconds * second));
  createToneRenderer(toneOf({ channels, ...changes })).render(planes, 0);
  return planes.map((samples) =>
    Array.from({ length: seconds * 1000 }, (_, ms) => Math.sqrt(2 * powerOf(samples.subarray(ms * 48, (ms + 1) * 48)))),
  );
}

/** The gaps, in which the amplitude is below one half: start and length in milliseconds. */
function gapsOf(gains: number[]): [start: number, length: number][] {
  const gaps: [number, number][] = [];
  gains.forEach((gain, ms) => {
    if (gain < 0.5 && !(gains[ms - 1] < 0.5)) gaps.push([ms, 0]);
    if (gain < 0.5) gaps[gaps.length - 1][1]++;
  });
  return gaps;
}

describe('An ident', () => {
  it('of the EBU has a gap of 250 ms in the left channel every 3 s', () => {
    const [left, right] = gainsOf({ waveform: 'ident-ebu' }, 2, 9).map(gapsOf);
    assert.deepEqual(left, [
      [2500, 250],
      [5500, 250],
      [8500, 250],
    ]);
    assert.deepEqual(right, []);
  });

  it('of GLITS has a gap in the left channel every 4 s, and two in the right one, 250 ms later and apart', () => {
    const [left, right] = gainsOf({ waveform: 'glits' }, 2, 8).map(gapsOf);
    assert.deepEqual(left, [
      [2500, 250],
      [6500, 250],
    ]);
    assert.deepEqual(right, [
      [3000, 250],
      [3500, 250],
      [7000, 250],
      [7500, 250],
    ]);
  });

  it('is silent in its gaps, at half amplitude at their ends, and does not click', () => {
    // A cosine of 1 kHz is at its peak at every millisecond.
    const samples = samplesOf({ waveform: 'ident-ebu', phase: 0.25 }, 3 * second);
    for (const at of [2.5, 2.75]) assert.closeTo(samples[at * second], 0.5, 1e-4);
    assert.isTrue(samples.subarray(2.5 * second + 121, 2.75 * second - 120).every((sample) => sample === 0));
    const largest = samples.reduce((most, x, i) => Math.max(most, i ? Math.abs(x - samples[i - 1]) : 0), 0);
    assert.isBelow(largest, (2 * Math.PI * 1000) / second);
  });

  it('uses the first routed channel as the left one', () => {
    const all = gainsOf({ waveform: 'glits', routing: [3, 4] }, 6, 4);
    assert.deepEqual(
      all.map((gains) => (gains[0] > 0.9 ? gapsOf(gains).length : 'silent')),
      ['silent', 'silent', 1, 2, 'silent', 'silent'],
    );
    const swapped = gainsOf({ waveform: 'glits', routing: [2, 1] }, 2, 4).map(gapsOf);
    assert.deepEqual(
      swapped.map((gaps) => gaps.length),
      [2, 1],
    );
  });

  it('does not change channels beyond the first two', () => {
    const counts = gainsOf({ waveform: 'glits' }, 8, 4).map((gains) => gapsOf(gains).length);
    assert.deepEqual(counts, [1, 2, 0, 0, 0, 0, 0, 0]);
  });
});
