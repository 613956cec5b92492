/*
 * Tones with `animation: 'wall-clock'`: samples are numbered from 1970, and are as exact there as at small numbers.
 * Expected values are computed with BigInt.
 */

import { continueTone, createToneRenderer, turnsAt, waveforms } from 'track-elements/signals';
import { random32 } from '../../dist/signals/random.js';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';

/** Sample numbers of the years 2026 to 2100 at 48 kHz, one at 384 kHz, and the largest safe integer. */
const numbers = [85_000_000_012_345, 86e12 + 65_535, 197e12, 16e14 + 1, 2 ** 53 - 1];

/** The fraction of n × step, computed exactly. */
function exactTurns(step: number, n: number): number {
  let numerator = step;
  let bits = 0n;
  for (; !Number.isInteger(numerator); bits++) numerator *= 2;
  return Number((BigInt(numerator) * BigInt(n)) & ((1n << bits) - 1n)) / Number(1n << bits);
}

describe('Sample numbers since 1970', () => {
  it('have an exact phase', () => {
    for (const frequency of [20, 440, 997, 1000, 5000.1, 23999]) {
      for (const n of numbers) {
        const off = turnsAt(toneOf({ frequency }), n) - exactTurns(frequency / 48000, n);
        assert.closeTo(off - Math.round(off), 0, 1e-11, `${frequency} Hz at ${n}`);
      }
    }
  });

  it('have their own random numbers', () => {
    for (const n of numbers) {
      const near = Array.from({ length: 64 }, (_, i) => random32(1, n - i));
      assert.equal(new Set(near).size, 64);
      assert.notDeepEqual(
        near,
        Array.from({ length: 64 }, (_, i) => random32(1, n - 2 ** 32 - i)),
      );
    }
  });

  for (const { name: waveform } of waveforms) {
    it(`are the same in blocks of any size: ${waveform}`, () => {
      for (const n of [85_000_000_012_345, 197e12 + 96_000 - 700]) {
        const whole = samplesOf({ waveform, frequency: 997 }, 1500, n);
        const parts = new Float32Array(1500);
        const renderer = createToneRenderer(toneOf({ waveform, frequency: 997 }));
        for (let i = 0; i < 1500; i += 125) renderer.render([parts.subarray(i, i + 125)], n + i);
        assert.deepEqual(parts, whole);
        assert.isTrue(whole.every((sample) => Math.abs(sample) < 8));
      }
    });
  }

  it('have beeps at the same times as small sample numbers', () => {
    for (const waveform of ['av-sync', 'metronome', 'beep', 'ticks', 'impulse']) {
      const second = 1_770_000_000 * 48_000;
      assert.deepEqual(samplesOf({ waveform }, 2000, second - 50), samplesOf({ waveform }, 2000, 480_000 - 50));
    }
  });
});

describe('A tone by the wall clock', () => {
  const offset = 85_000_000_012_345;
  const wall = (changes = {}) => toneOf({ animation: 'wall-clock', offset, ...changes });

  it('is ahead by `offset` samples', () => {
    assert.deepEqual(
      samplesOf({ waveform: 'pink-noise', offset }, 500, 7),
      samplesOf({ waveform: 'pink-noise' }, 500, offset + 7),
    );
    assert.equal(turnsAt(wall({ frequency: 997 }), 7), turnsAt(toneOf({ frequency: 997 }), offset + 7));
  });

  it('plays the same after a change as from the start: the phase is not continued', () => {
    const next = continueTone(wall({ frequency: 440 }), wall({ frequency: 441 }), 1000, 480);
    assert.deepEqual(samplesOf(next, 500, 1480), samplesOf({ frequency: 441 }, 500, offset + 1480));
  });

  it('fades to and from a tone on the timeline, each by its own sample numbers', () => {
    const timeline = toneOf({ frequency: 440 });
    const over = continueTone(timeline, wall({ frequency: 440 }), 1000, 480);
    assert.deepEqual(samplesOf(over, 300, 700).slice(0, 300), samplesOf(timeline, 300, 700));
    assert.deepEqual(samplesOf(over, 300, 1480), samplesOf({ frequency: 440 }, 300, offset + 1480));
    const back = continueTone(wall({ frequency: 440 }), toneOf({ frequency: 450 }), 1000, 480);
    assert.closeTo(turnsAt(back, 1000), turnsAt(toneOf({ frequency: 440 }), offset + 1000), 1e-3);
  });

  it('that plays once begins at the change', () => {
    const once = { waveform: 'sweep', params: { repeat: false, duration: 0.1, from: 440, to: 440 } };
    const next = continueTone(wall(), wall(once), 1000, 1);
    const samples = samplesOf(next, 6000, 1000);
    const expected = samplesOf(once, 6000, 0);
    assert.deepEqual(samples.slice(1), expected.slice(1));
    assert.equal(continueTone(next, wall({ ...once, level: -6 }), 3000, 1).since, next.since);
  });
});
