/*
 * The signals of ITU-R BS.2217 that can be made of tones: frequencies, channels and gates, by the numbers of ITU-R BS.1770-5.
 * Its files of voice and music, and those of more than eight channels, cannot be made. In place of its sweep of constant
 * loudness there are tones at each third of an octave.
 */
import type { AudioLevels } from '../../../dist/measure/levels/audio-meter.js';
import { assert, describe, it } from '../../support/suite.js';
import { measure, measureAll, render, SILENCE, type Stretch } from './programme.js';

/** The gain in dB at a frequency, evaluated from the published coefficients for 48 kHz. */
function weightingAt(frequency: number): number {
  const stages = [
    [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585],
    [1, -2, 1, -1.99004745483398, 0.99007225036621],
  ];
  const sizeOf = (c0: number, c1: number, c2: number) => {
    const w = (2 * Math.PI * frequency) / 48_000;
    return Math.hypot(c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w), c1 * Math.sin(w) + c2 * Math.sin(2 * w));
  };
  return (
    20 * Math.log10(stages.reduce((gain, [b0, b1, b2, a1, a2]) => (gain * sizeOf(b0, b1, b2)) / sizeOf(1, a1, a2), 1))
  );
}

/** The peak level of a sine, in dBFS, whose loudness is as wanted if it plays in channels of a sum of weights. */
const levelFor = (loudness: number, frequency: number, weights = 2): number =>
  loudness + 0.691 - weightingAt(frequency) - 10 * Math.log10(weights / 2);

const toneOf = (loudness: number, frequency: number, seconds: number): Stretch => ({
  level: levelFor(loudness, frequency),
  seconds,
  tone: { frequency },
});

const integratedOf = (levels: AudioLevels): number => levels.loudness.integrated ?? Number.NaN;

describe('The K weighting of ITU-R BS.1770-5', () => {
  it('gives −3.01 LUFS to a sine of 997 Hz and 0 dBFS in one channel, and 3 dB more to it in two', () => {
    const tone = { frequency: 997 };
    assert.closeTo(integratedOf(measureAll([{ level: 0, seconds: 5, tone }], 48_000, 1)), -3.01, 0.005);
    assert.closeTo(integratedOf(measureAll([{ level: [0, SILENCE], seconds: 5, tone }])), -3.01, 0.005);
    assert.closeTo(integratedOf(measureAll([{ level: 0, seconds: 5, tone }])), 0, 0.01);
  });

  for (const sampleRate of [48_000, 44_100, 96_000, 32_000]) {
    for (const loudness of [-23, -24]) {
      it(`gives ${loudness} LUFS to tones from 25 Hz to 10 kHz at ${sampleRate} Hz`, () => {
        for (const frequency of [25, 100, 500, 1000, 2000, 10_000]) {
          const levels = measureAll([toneOf(loudness, frequency, 5)], sampleRate);
          assert.closeTo(integratedOf(levels), loudness, 0.1, `${frequency} Hz`);
        }
      });
    }
  }

  it('gives the same loudness to each third of an octave from 25 Hz to 16 kHz', () => {
    const frequencies = Array.from({ length: 29 }, (_, i) => 1000 * 2 ** ((i - 16) / 3));
    for (const frequency of frequencies) {
      const levels = measureAll([toneOf(-18, frequency, 2)]);
      assert.closeTo(levels.loudness.momentary ?? Number.NaN, -18, 0.1, `${frequency} Hz`);
    }
  });

  it('is that of 48 kHz at 16 and 192 kHz, as far as the frequency reaches', () => {
    for (const [sampleRate, frequency] of [
      [16_000, 25],
      [16_000, 997],
      [16_000, 2000],
      [192_000, 25],
      [192_000, 2000],
      [192_000, 10_000],
    ]) {
      const levels = measureAll([toneOf(-23, frequency, 3)], sampleRate);
      assert.closeTo(integratedOf(levels), -23, 0.1, `${frequency} Hz at ${sampleRate} Hz`);
    }
  });
});

describe('The channels of ITU-R BS.2217', () => {
  const only = (channel: number, level: number) =>
    Array.from({ length: 6 }, (_, i) => (i === channel ? level : SILENCE));
  const names = ['left', 'right', 'centre', 'low frequencies', 'left surround', 'right surround'];
  const weights = [1, 1, 1, 0, 1.41, 1.41];

  for (const [channel, name] of names.entries()) {
    it(`count with the weight ${weights[channel]}: ${name}`, () => {
      const level = weights[channel] === 0 ? -20 : levelFor(-24, 1000, weights[channel]);
      const levels = measureAll([{ level: only(channel, level), seconds: 5 }], 48_000, 6);
      if (weights[channel] === 0) assert.equal(integratedOf(levels), Number.NEGATIVE_INFINITY);
      else assert.closeTo(integratedOf(levels), -24, 0.1);
    });
  }

  it('are summed by their energies', () => {
    const level = levelFor(-23, 1000, 3 + 2 * 1.41);
    const levels = measureAll([{ level: Array(6).fill(level), seconds: 5 }], 48_000, 6);
    assert.closeTo(integratedOf(levels), -23, 0.1);
  });
});

describe('The gates of ITU-R BS.1770-5', () => {
  it('leave out what is at −70 LUFS or below', () => {
    const levels = measureAll([toneOf(-69.5, 1000, 20), toneOf(-70.5, 1000, 60)]);
    assert.closeTo(integratedOf(levels), -69.5, 0.1);
  });

  it('leave out what is more than 10 LU below the mean of the rest', () => {
    // The mean of −10 and −30 LUFS is −13, and that of −10 and −22 is −12.7.
    assert.closeTo(integratedOf(measureAll([toneOf(-10, 1000, 20), toneOf(-30, 1000, 20)])), -10, 0.1);
    const mean = 10 * Math.log10((10 ** -1 + 10 ** -2.2) / 2);
    assert.closeTo(integratedOf(measureAll([toneOf(-10, 1000, 20), toneOf(-22, 1000, 20)])), mean, 0.1);
  });

  it('leave nothing of silence', () => {
    const { loudness } = measureAll([{ level: SILENCE, seconds: 4 }]);
    assert.equal(loudness.integrated, Number.NEGATIVE_INFINITY);
    assert.equal(loudness.momentary, Number.NEGATIVE_INFINITY);
    assert.equal(loudness.maxShortTerm, Number.NEGATIVE_INFINITY);
    assert.isNull(loudness.range);
  });

  it('know nothing of the short term before 3 s, and of the momentary loudness before 0.4 s', () => {
    const readings = measure(render([{ level: -23, seconds: 3.1 }]));
    const firstOf = (name: 'momentary' | 'shortTerm' | 'integrated') =>
      readings.find(({ loudness }) => loudness[name] !== null)?.duration ?? Number.NaN;
    assert.closeTo(firstOf('momentary'), 0.4, 0.001);
    assert.closeTo(firstOf('integrated'), 0.4, 0.001);
    assert.closeTo(firstOf('shortTerm'), 3, 0.001);
  });
});
