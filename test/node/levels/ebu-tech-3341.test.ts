/*
 * The test signals of EBU Tech 3341 (loudness, true peak) and EBU Tech 3342 (range) with the responses and tolerances that
 * these documents state. Signals 7 and 8 of the first and 5 and 6 of the second are authentic programmes, which cannot be
 * made of tones.
 */
import { decibelsToAmplitude } from 'track-elements/signals';
import type { AudioLevels } from '../../../dist/measure/levels/audio-meter.js';
import { assert, describe, it } from '../../support/suite.js';
import { measure, measureAll, render, SILENCE, type Stretch } from './programme.js';

const LOUDNESS_TOLERANCE = 0.1;

const tone = (level: number, seconds: number): Stretch => ({ level, seconds });

/** Numbers from 0 to 19: the segments of signals 10, 11, 13 and 14. */
const segments = Array.from({ length: 20 }, (_, i) => i);

const { loudness: noLoudness } = measureAll([tone(SILENCE, 0.05)]);

function assertLoudness(levels: AudioLevels, names: readonly (keyof typeof noLoudness)[], expected: number): void {
  for (const name of names) assert.closeTo(levels.loudness[name] ?? Number.NaN, expected, LOUDNESS_TOLERANCE, name);
}

function assertTruePeak(planes: readonly Float32Array[], sampleRate: number, expected: number): void {
  for (const { maxTruePeak } of (measure(planes, sampleRate).at(-1) as AudioLevels).channels) {
    assert.isAtLeast(maxTruePeak, expected - 0.4);
    assert.isAtMost(maxTruePeak, expected + 0.2);
  }
}

for (const sampleRate of [48_000, 44_100]) {
  describe(`The signals of EBU Tech 3341 at ${sampleRate} Hz`, () => {
    for (const [number, level] of [
      [1, -23],
      [2, -33],
    ]) {
      it(`${number}: a stereo tone of ${level} dBFS`, () => {
        assertLoudness(measureAll([tone(level, 20)], sampleRate), ['momentary', 'shortTerm', 'integrated'], level);
      });
    }

    const integrated: [number, string, Stretch[]][] = [
      [3, 'quieter tones before and after are gated', [tone(-36, 10), tone(-23, 60), tone(-36, 10)]],
      [
        4,
        'tones below the absolute gate too',
        [tone(-72, 10), tone(-36, 10), tone(-23, 60), tone(-36, 10), tone(-72, 10)],
      ],
      [5, 'tones of −26, −20 and −26 dBFS', [tone(-26, 20), tone(-20, 20.1), tone(-26, 20)]],
    ];
    for (const [number, title, programme] of integrated) {
      it(`${number}: ${title}`, () => assertLoudness(measureAll(programme, sampleRate), ['integrated'], -23));
    }

    it('6: five channels with their weights', () => {
      const levels = measureAll([{ level: [-28, -28, -24, -30, -30], seconds: 20 }], sampleRate, 5);
      assertLoudness(levels, ['integrated'], -23);
    });

    it('9: the short-term loudness of alternating tones is constant after 3 s', () => {
      const programme = Array.from({ length: 5 }, () => [tone(-20, 1.34), tone(-30, 1.66)]).flat();
      const later = measure(render(programme, sampleRate), sampleRate).filter(({ duration }) => duration > 3);
      assert.isAtLeast(later.length, 200);
      for (const levels of later) assertLoudness(levels, ['shortTerm'], -23);
    });

    it('10: the highest short-term loudness of a tone of 3 s that begins at any time', () => {
      for (const i of segments) {
        const programme = [tone(SILENCE, 0.15 * i), tone(-23, 3), tone(SILENCE, 1)];
        assertLoudness(measureAll(programme, sampleRate), ['maxShortTerm'], -23);
      }
    });

    it('11: the same for tones one after the other', () => {
      const readings = measure(
        render(
          segments.flatMap((i) => [tone(SILENCE, 0.15 * i), tone(-38 + i, 3), tone(SILENCE, 3 - 0.15 * i)]),
          sampleRate,
        ),
        sampleRate,
      );
      for (const i of segments) {
        const end = readings.filter(({ duration }) => duration < 6 * (i + 1) + 0.01).at(-1) as AudioLevels;
        assertLoudness(end, ['maxShortTerm'], -38 + i);
      }
    });

    it('12: the momentary loudness of alternating tones is constant after 1 s', () => {
      const programme = Array.from({ length: 25 }, () => [tone(-20, 0.18), tone(-30, 0.22)]).flat();
      const later = measure(render(programme, sampleRate), sampleRate).filter(({ duration }) => duration > 1);
      assert.isAtLeast(later.length, 170);
      for (const levels of later) assertLoudness(levels, ['momentary'], -23);
    });

    it('13: the highest momentary loudness of a tone of 0.4 s that begins at any time', () => {
      for (const i of segments) {
        const programme = [tone(SILENCE, 0.02 * i), tone(-23, 0.4), tone(SILENCE, 1)];
        assertLoudness(measureAll(programme, sampleRate), ['maxMomentary'], -23);
      }
    });

    it('14: the same for tones one after the other', () => {
      const readings = measure(
        render(
          segments.flatMap((i) => [tone(SILENCE, 0.02 * i), tone(-38 + i, 0.4), tone(SILENCE, 0.4 - 0.02 * i)]),
          sampleRate,
        ),
        sampleRate,
      );
      for (const i of segments) {
        const end = readings.filter(({ duration }) => duration < 0.8 * (i + 1) + 0.01).at(-1) as AudioLevels;
        assertLoudness(end, ['maxMomentary'], -38 + i);
      }
    });

    // The sine's frequency as a part of the sample rate, its amplitude, and its phase in degrees.
    const sines: [number, number, number, number, number][] = [
      [15, 4, 0.5, 0, -6],
      [16, 4, 0.5, 45, -6],
      [17, 6, 0.5, 60, -6],
      [18, 8, 0.5, 67.5, -6],
      [19, 4, 1.41, 45, 3],
    ];
    for (const [number, part, amplitude, degrees, expected] of sines) {
      it(`${number}: the true peak of a sine at 1/${part} of the sample rate, at ${degrees}°`, () => {
        const level = 20 * Math.log10(amplitude);
        // A sine that is switched on hard has a higher true peak.
        const ramp = { from: null, start: 0, length: sampleRate / 10 };
        const sine = { frequency: sampleRate / part, phase: degrees / 360, ramp };
        assertTruePeak(render([{ level, seconds: 1, tone: sine }], sampleRate), sampleRate, expected);
      });
    }

    for (const offset of [0, 1, 2, 3]) {
      it(`${20 + offset}: the true peak of one louder period, ${offset}/4 of a sample later`, () => {
        const loud = fourTimesDense(sampleRate);
        const plane = Float32Array.from(
          { length: Math.floor((loud.length - offset) / 4) },
          (_, i) => loud[4 * i + offset],
        );
        assertTruePeak([plane, plane], sampleRate, 0);
      });
    }
  });

  describe(`The signals of EBU Tech 3342 at ${sampleRate} Hz`, () => {
    const programmes: [number, number, Stretch[]][] = [
      [1, 10, [tone(-20, 20), tone(-30, 20)]],
      [2, 5, [tone(-20, 20), tone(-15, 20)]],
      [3, 20, [tone(-40, 20), tone(-20, 20)]],
      [4, 15, [tone(-50, 20), tone(-35, 20), tone(-20, 20), tone(-35, 20), tone(-50, 20)]],
    ];
    for (const [number, range, programme] of programmes) {
      it(`${number}: a range of ${range} LU`, () => {
        // The document allows 1 LU.
        assert.closeTo(measureAll(programme, sampleRate).loudness.range ?? Number.NaN, range, 0.2);
      });
    }
  });
}

/**
 * A sine at a sixth of the sample rate, of amplitude 0.5 with one period of amplitude 1, at four times the rate: as signals 20
 * to 23 describe it. A low pass takes away what the lower rate cannot have, and the true peak becomes 0 dBTP.
 */
function fourTimesDense(sampleRate: number): Float32Array {
  const dense = 4 * sampleRate;
  // The period has 24 samples. The louder one begins where the sine is 0.
  const [before, period] = [24 * 400, 24];
  const frequency = sampleRate / 6;
  const stretch = (level: number, samples: number): Stretch => ({
    level,
    seconds: samples / dense,
    tone: { frequency },
  });
  const half = 20 * Math.log10(0.5);
  const [plane] = render([stretch(half, before), stretch(0, period), stretch(half, before)], dense, 1);
  const length = 255;
  const kernel = Float64Array.from({ length }, (_, i) => {
    const [x, window] = [i - (length - 1) / 2, 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 1)) / (length + 1))];
    // A cut-off at 0.45 of the lower rate.
    return (window * (x === 0 ? 1 : Math.sin((Math.PI * 0.9 * x) / 4) / ((Math.PI * 0.9 * x) / 4)) * 0.9) / 4;
  });
  const filtered = plane.map((_, at) =>
    kernel.reduce((sum, factor, i) => sum + factor * (plane[at + i - 127] ?? 0), 0),
  );
  const highest = filtered.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  assert.isAbove(highest, decibelsToAmplitude(-3));
  // The ends, where the filter has only a part of the signal, are left out.
  return filtered.map((value) => value / highest).subarray(length, filtered.length - length);
}
