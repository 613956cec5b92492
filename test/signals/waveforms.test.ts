import { createToneRenderer, waveforms } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';
import { decibels, powerOf, powersOf } from './spectrum.js';

const day = 48000 * 86400;
const size = 65536;

/** A frequency with a whole, odd number of cycles in the transform, so that every component has its own bin. */
const frequencyOf = (cycles: number): number => (cycles * 48000) / size;

/** The amplitudes of the harmonics, and the strongest other component in dB relative to the first harmonic. */
function harmonicsOf(waveform: string, cycles: number) {
  const powers = powersOf(samplesOf({ waveform, frequency: frequencyOf(cycles) }, size, 1000));
  let alias = 0;
  for (let bin = 0; bin < powers.length; bin++) if (bin % cycles) alias = Math.max(alias, powers[bin]);
  const amplitudes = [];
  for (let bin = cycles; bin < powers.length; bin += cycles) amplitudes.push(Math.sqrt(2 * powers[bin]));
  return { amplitudes, alias: decibels(alias / powers[cycles]), constant: powers[0] };
}

describe('sine', () => {
  for (const n of [0, 12345, day, 30 * day]) {
    it(`has distortion and noise below −130 dB at sample ${n}`, () => {
      const cycles = 1361;
      const powers = powersOf(samplesOf({ frequency: frequencyOf(cycles) }, size, n));
      const rest = powers.reduce((sum, power, bin) => (bin === cycles ? sum : sum + power), 0);
      assert.isBelow(decibels(rest / powers[cycles]), -130);
    });
  }

  it('has its level to the hundredth of a decibel', () => {
    for (const level of [0, -0.1, -18, -20, -60, -120]) {
      assert.closeTo(decibels(2 * powerOf(samplesOf({ level }, 48000))), level, 0.001);
    }
  });

  it('begins at zero, rising, and has the same phase after a day', () => {
    for (const frequency of [1000, 440, 997, 20, 19999]) {
      const [first, later] = [samplesOf({ frequency }, 480), samplesOf({ frequency }, 480, day)];
      assert.equal(first[0], 0);
      for (let i = 0; i < 480; i++) {
        assert.closeTo(first[i], Math.sin((2 * Math.PI * ((i * frequency) % 48000)) / 48000), 1e-7);
        assert.closeTo(later[i], first[i], 1e-6);
      }
    }
  });

  it('has its frequency to a millionth of a hertz: it is in phase after a thousand seconds', () => {
    const frequency = 1234.567;
    const n = 48_000_000;
    const samples = samplesOf({ frequency }, 4800, n);
    let [re, im] = [0, 0];
    for (let i = 0; i < samples.length; i++) {
      // 1234.567 × 1000 s = 1234567 whole turns.
      const angle = (2 * Math.PI * frequency * i) / 48000;
      re += samples[i] * Math.sin(angle);
      im += samples[i] * Math.cos(angle);
    }
    assert.closeTo(Math.atan2(im, re) / (2 * Math.PI) / 1000, 0, 1e-6);
  });
});

describe('A band-limited wave', () => {
  const ideal: Record<string, (k: number) => number> = {
    square: (k) => (k % 2 ? 4 / Math.PI / k : 0),
    sawtooth: (k) => 2 / Math.PI / k,
    triangle: (k) => (k % 2 ? 8 / Math.PI ** 2 / k ** 2 : 0),
  };
  for (const [waveform, amplitude] of Object.entries(ideal)) {
    for (const cycles of [27, 137, 601, 1365, 2731, 5461, 6827, 13653, 27307]) {
      const hertz = Math.round(frequencyOf(cycles));
      it(`has exactly the harmonics of a ${waveform} below half the sample rate, and no alias: ${hertz} Hz`, () => {
        const { amplitudes, alias, constant } = harmonicsOf(waveform, cycles);
        assert.isBelow(alias, -100);
        assert.isBelow(constant, 1e-14);
        assert.lengthOf(amplitudes, Math.ceil(24000 / frequencyOf(cycles)) - 1);
        for (const [i, actual] of amplitudes.entries()) {
          assert.closeTo(actual, amplitude(i + 1), 2e-6 + amplitude(i + 1) * 1e-4);
        }
      });
    }
  }

  it('has the shape of its name', () => {
    // 48 Hz: a cycle of a thousand samples.
    const at = (waveform: string, turn: number) =>
      samplesOf({ waveform, frequency: 48 }, 1, Math.round(turn * 1000))[0];
    for (const turn of [0.1, 0.2, 0.3, 0.4]) {
      assert.closeTo(at('square', turn), 1, 0.02);
      assert.closeTo(at('square', turn + 0.5), -1, 0.02);
      assert.closeTo(at('sawtooth', turn), 2 * turn, 0.02);
      assert.closeTo(at('sawtooth', turn + 0.5), 2 * turn - 1, 0.02);
    }
    for (const [turn, value] of [
      [0, 0],
      [0.125, 0.5],
      [0.25, 1],
      [0.5, 0],
      [0.75, -1],
    ]) {
      assert.closeTo(at('triangle', turn), value, 0.002);
    }
  });

  it('can be as slow as one cycle in ten seconds', () => {
    const samples = samplesOf({ waveform: 'square', frequency: 0.1 }, 48000, 48000);
    assert.isTrue(samples.every((sample) => Math.abs(sample - 1) < 0.01));
  });
});

describe('pulse', () => {
  for (const width of [0.1, 0.25, 0.5, 0.8]) {
    for (const cycles of [27, 1365, 6827]) {
      const hertz = Math.round(frequencyOf(cycles));
      it(`has exactly the harmonics of its width, ${width}, no alias and no DC component: ${hertz} Hz`, () => {
        const params = { width };
        const powers = powersOf(samplesOf({ waveform: 'pulse', params, frequency: frequencyOf(cycles) }, size, 1000));
        let alias = powers[0];
        for (let bin = 0; bin < powers.length; bin++) {
          if (bin % cycles) alias = Math.max(alias, powers[bin]);
          else if (bin) {
            const k = bin / cycles;
            const ideal = ((2 / Math.PI / k) * Math.abs(Math.sin(Math.PI * k * width))) / Math.max(width, 1 - width);
            assert.closeTo(Math.sqrt(2 * powers[bin]), ideal, 4e-6 + ideal * 1e-4, `harmonic ${k}`);
          }
        }
        assert.isBelow(decibels(alias / powers[cycles]), -100);
      });
    }
  }

  it('is high for its width, and its peak has the level', () => {
    const at = (turn: number, width: number) =>
      samplesOf({ waveform: 'pulse', params: { width }, frequency: 48 }, 1, Math.round(turn * 1000))[0];
    for (const [turn, width, value] of [
      [0.1, 0.2, 1],
      [0.5, 0.2, -0.25],
      [0.3, 0.75, 1 / 3],
      [0.9, 0.75, -1],
    ]) {
      assert.closeTo(at(turn, width), value, 0.03);
    }
  });
});

describe('Every waveform', () => {
  for (const { name } of waveforms) {
    it(`gives the same samples in any order and in blocks of any size: ${name}`, () => {
      const changes = { waveform: name, frequency: 997, level: -6, seed: 3, phase: 0.3 };
      const renderer = createToneRenderer(toneOf(changes));
      for (const [count, n] of [
        [480, 0],
        [128, 480],
        [441, 32767],
        [1, 5],
        [300, 65400],
        [128, day],
        [480, 3],
        [3000, 130_000],
      ]) {
        const samples = new Float32Array(count);
        renderer.render([samples], n);
        const alone = Float32Array.from(samples, (_, i) =>
          i % 97 && i < count - 1 ? samples[i] : samplesOf(changes, 1, n + i)[0],
        );
        assert.deepEqual(samples, alone, `${count} samples from ${n}`);
        assert.deepEqual(samples, samplesOf(changes, count, n));
      }
    });

    it(`is the same in every channel: ${name}`, () => {
      const planes = Array.from({ length: 8 }, () => new Float32Array(256));
      createToneRenderer(toneOf({ waveform: name, channels: 8 })).render(planes, 0);
      for (const plane of planes) assert.deepEqual(plane, planes[0]);
      assert.equal(
        planes[0].some((sample) => sample !== 0),
        name !== 'silence',
      );
    });

    it(`is silent at minus infinity: ${name}`, () => {
      const samples = samplesOf({ waveform: name, level: Number.NEGATIVE_INFINITY }, 256);
      assert.isTrue(samples.every((sample) => sample === 0));
    });
  }
});
