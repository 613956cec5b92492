/* Waveforms with events on the timeline, which are exact to the sample. */
import { createToneRenderer } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';

const second = 48000;

/** The numbers of the first samples after silence, and of the first samples of silence. */
function edgesOf(samples: Float32Array, quiet: number): { onsets: number[]; ends: number[] } {
  const [onsets, ends]: [number[], number[]] = [[], []];
  let silent = quiet;
  samples.forEach((sample, i) => {
    if (sample !== 0) {
      if (silent >= quiet) onsets.push(i);
      silent = 0;
    } else if (++silent === quiet) ends.push(i - quiet + 1);
  });
  return { onsets, ends };
}

const peak = (samples: Float32Array) => samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
const frequencyOf = (samples: Float32Array) => {
  let crossings = 0;
  for (let i = 1; i < samples.length; i++) if (samples[i - 1] <= 0 && samples[i] > 0) crossings++;
  return (crossings * second) / samples.length;
};

describe('av-sync', () => {
  it('beeps at every multiple of its period, and reaches full level within a millisecond', () => {
    const samples = samplesOf({ waveform: 'av-sync' }, 10 * second);
    // The first sample of a sine is zero, so the onset is one sample later.
    assert.deepEqual(
      edgesOf(samples, 480).onsets,
      [0, 2, 4, 6, 8].map((k) => k * second + 1),
    );
    assert.isAbove(peak(samples.subarray(2 * second, 2 * second + 48)), 0.99);
    assert.equal(peak(samples.subarray(2 * second + 4801, 4 * second)), 0);
    assert.isAbove(peak(samples.subarray(2 * second + 4600, 2 * second + 4752)), 0.99);
  });

  it('beeps on time after a month, at another period, length and frequency', () => {
    const params = { period: 0.5, length: 0.05 };
    const n = 30 * 86400 * second;
    const samples = samplesOf({ waveform: 'av-sync', params, frequency: 2000 }, second, n);
    assert.deepEqual(edgesOf(samples, 480).onsets, [1, 24001]);
    assert.closeTo(frequencyOf(samples.subarray(0, 2400)), 2000, 20);
  });
});

describe('beep', () => {
  it('is 20 ms every half second, like Chromium’s fake microphone', () => {
    const samples = samplesOf({ waveform: 'beep', frequency: 400 }, 2 * second);
    const { onsets, ends } = edgesOf(samples, 480);
    assert.deepEqual(onsets, [1, 24001, 48001, 72001]);
    assert.deepEqual(
      ends,
      [0, 1, 2, 3].map((k) => k * 24000 + 960),
    );
    assert.closeTo(frequencyOf(samples.subarray(0, 960)), 400, 1);
  });

  it('rejects a length above its interval', () =>
    assert.throws(
      () => createToneRenderer(toneOf({ waveform: 'beep', params: { length: 2 } })),
      RangeError,
      'params.length is 2; it must be at most the interval, 0.5 s.',
    ));
});

describe('ticks', () => {
  it('have their interval, even if it is not a whole number of samples', () => {
    const samples = samplesOf({ waveform: 'ticks', params: { interval: 1 / 7, length: 0.01 } }, second);
    const { onsets } = edgesOf(samples, 480);
    assert.deepEqual(
      onsets,
      [0, 1, 2, 3, 4, 5, 6].map((k) => Math.floor((k * second) / 7) + 1),
    );
  });

  it('rise and fall within their ramp', () => {
    const samples = samplesOf({ waveform: 'ticks', params: { length: 0.1, ramp: 0.02 } }, 4800);
    assert.closeTo(peak(samples.subarray(960 / 2 - 24, 960 / 2 + 24)), 0.5, 0.06);
    assert.closeTo(peak(samples.subarray(960, 1100)), 1, 1e-3);
    assert.closeTo(peak(samples.subarray(4800 - 480 - 24, 4800 - 480 + 24)), 0.5, 0.06);
  });

  it('have a marker with its own level and frequency; the louder of the two has the level', () => {
    for (const [markerLevel, plain, marker] of [
      [6, 0.501, 1],
      [-6, 1, 0.501],
    ]) {
      const params = { interval: 0.1, length: 0.05, every: 4, markerLevel, markerFrequency: 2000 };
      const samples = samplesOf({ waveform: 'ticks', params }, second);
      for (let k = 0; k < 10; k++) {
        const tick = samples.subarray(k * 4800, k * 4800 + 2400);
        assert.closeTo(peak(tick), k % 4 ? plain : marker, 0.01, `tick ${k}`);
        assert.closeTo(frequencyOf(tick), k % 4 ? 1000 : 2000, 25, `tick ${k}`);
      }
    }
  });
});

describe('metronome', () => {
  it('has its beats per minute, the first of each bar louder and a fifth higher', () => {
    const samples = samplesOf({ waveform: 'metronome', params: { bpm: 130, beats: 3, accent: 12 } }, 4 * second);
    const { onsets } = edgesOf(samples, 480);
    assert.deepEqual(
      onsets,
      Array.from({ length: onsets.length }, (_, k) => Math.floor((k * 60 * second) / 130) + 1),
    );
    assert.lengthOf(onsets, 9);
    onsets.forEach((onset, k) => {
      const beat = samples.subarray(onset, onset + 480);
      assert.closeTo(peak(beat), k % 3 ? 0.25 : 1, 0.02);
      assert.closeTo(frequencyOf(beat), k % 3 ? 1000 : 1500, 101);
    });
  });
});

describe('impulse', () => {
  it('is one sample at the level, nearest to each multiple of its interval', () => {
    const samples = samplesOf({ waveform: 'impulse', level: -6, params: { interval: 1 / 7 } }, second);
    const found = [...samples.entries()].filter(([, sample]) => sample !== 0);
    assert.deepEqual(
      found.map(([i]) => i),
      [0, 6857, 13714, 20571, 27429, 34286, 41143],
    );
    for (const [, sample] of found) assert.closeTo(sample, 10 ** (-6 / 20), 1e-6);
  });
});
