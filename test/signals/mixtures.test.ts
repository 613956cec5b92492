/* Waveforms of several sines, or of a sine whose frequency changes. */
import { createToneRenderer, type ToneDescription } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';
import { decibels, powerOf, powersOf } from './spectrum.js';

const tone = (waveform: string, params: Record<string, unknown>, changes: Partial<ToneDescription> = {}) => ({
  waveform,
  params,
  ...changes,
});

const second = 48000;

/** The amplitude of a frequency in one second of samples, in which whole hertz have no leakage. */
function amplitudeAt(samples: ArrayLike<number>, hertz: number): number {
  let [re, im] = [0, 0];
  for (let i = 0; i < samples.length; i++) {
    const angle = (2 * Math.PI * ((hertz * i) % second)) / second;
    re += samples[i] * Math.cos(angle);
    im += samples[i] * Math.sin(angle);
  }
  return (2 * Math.hypot(re, im)) / samples.length;
}

/** The frequency in the middle of samples that contain about one frequency, from the phases of their quarters. */
function frequencyOf(samples: Float32Array, near: number): number {
  const size = samples.length / 2;
  const angles = [0, size].map((start) => {
    let [re, im] = [0, 0];
    for (let i = 0; i < size; i++) {
      const weight = 1 - Math.cos((2 * Math.PI * (i + 0.5)) / size);
      const angle = (2 * Math.PI * near * (start + i)) / second;
      re += weight * samples[start + i] * Math.sin(angle);
      im += weight * samples[start + i] * Math.cos(angle);
    }
    return Math.atan2(im, re) / (2 * Math.PI);
  });
  const turns = angles[1] - angles[0];
  return near + ((turns - Math.round(turns)) * second) / size;
}

describe('sweep', () => {
  for (const scale of ['logarithmic', 'linear']) {
    for (const [from, to, duration] of [
      [20, 20000, 10],
      [20000, 20, 10],
      [100, 1000, 1],
      [1000, 1000, 2],
      [440, 880, 60],
    ]) {
      it(`has its frequency within 0.01 % at every moment: ${scale}, ${from} to ${to} Hz in ${duration} s`, () => {
        const samples = samplesOf(tone('sweep', { from, to, duration, scale }), duration * second + 1);
        // The expected phase is a sum of frequencies on a much finer grid (Simpson's rule), not the closed form.
        const at = (t: number) =>
          scale === 'linear' ? from + ((to - from) * t) / duration : from * (to / from) ** (t / duration);
        let turns = 0;
        for (let i = 0; i < samples.length - 1; i++) {
          if (i % 997 === 0 || i > samples.length - 20) {
            // 1/100000 of a turn over the whole sweep is far less than 0.01 % of any part of it.
            assert.closeTo(samples[i], Math.sin(2 * Math.PI * turns), 7e-5, `sample ${i}`);
          }
          turns += (at(i / second) + 4 * at((i + 0.5) / second) + at((i + 1) / second)) / 6 / second;
        }
      });
    }
  }

  it('has its frequency at the middle of a linear sweep, by zero crossings', () => {
    const samples = samplesOf(tone('sweep', { from: 900, to: 1100, duration: 10, scale: 'linear' }), 10 * second);
    for (const t of [1, 4, 5, 9]) {
      const middle = Math.round(t * second);
      const measured = frequencyOf(samples.subarray(middle - 960, middle + 960), 900 + 20 * t);
      assert.closeTo(measured / (900 + 20 * t), 1, 1e-4);
    }
  });

  it('keeps its phase when it repeats, also between two samples', () => {
    for (const duration of [1, 1.23456789, 0.50001]) {
      for (const scale of ['logarithmic', 'linear']) {
        const samples = samplesOf(tone('sweep', { from: 50, to: 500, duration, scale }), 4 * second);
        const largest = samples.reduce(
          (most, sample, i) => Math.max(most, i ? Math.abs(sample - samples[i - 1]) : 0),
          0,
        );
        assert.isAtMost(largest, (2 * Math.PI * 500) / second + 1e-6);
      }
    }
  });

  it('does not drift within a day', () => {
    const params = { from: 100, to: 5000, duration: 2.4, scale: 'linear' };
    // 2550 × 2.4 = 6120 whole turns per repetition.
    const [first, later] = [0, 36000 * 2.4 * second].map((n) => samplesOf(tone('sweep', params), 9600, n));
    first.forEach((sample, i) => {
      assert.closeTo(later[i], sample, 1e-4);
    });
  });

  it('plays once from the sample in `since`, and ends without a click', () => {
    const once = tone('sweep', { from: 100, to: 1000, duration: 0.5, repeat: false }, { since: 24000 });
    const samples = samplesOf(once, 60000);
    assert.equal(powerOf(samples.subarray(0, 24000)), 0);
    assert.closeTo(decibels(2 * powerOf(samples.subarray(24000, 48000))), 0, 0.3);
    assert.equal(powerOf(samples.subarray(48000)), 0);
    assert.isBelow(Math.max(...samples.subarray(47990, 48000).map(Math.abs)), 0.01);
  });
});

describe('multitone', () => {
  it('has its tones at their levels and nothing else', () => {
    const tones = [
      { frequency: 60, level: 0 },
      { frequency: 7000, level: -12 },
      { frequency: 997, level: -40 },
    ];
    const samples = samplesOf(tone('multitone', { tones }), second);
    const amplitudes = tones.map(({ frequency }) => amplitudeAt(samples, frequency));
    assert.closeTo(amplitudes[0] + amplitudes[1] + amplitudes[2], 1, 1e-6);
    assert.closeTo(20 * Math.log10(amplitudes[1] / amplitudes[0]), -12, 1e-4);
    assert.closeTo(20 * Math.log10(amplitudes[2] / amplitudes[0]), -40, 1e-3);
    const rest = powerOf(samples) - amplitudes.reduce((sum, amplitude) => sum + amplitude ** 2 / 2, 0);
    assert.isBelow(rest, 1e-12);
  });

  it('never exceeds its level, and has far lower peaks with spread phases', () => {
    const tones = Array.from({ length: 32 }, (_, k) => ({ frequency: 100 * (k + 1), level: 0 }));
    const peak = (phases: string) =>
      samplesOf(tone('multitone', { tones, phases }), second).reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    assert.isBelow(peak('together'), 1);
    assert.isAbove(peak('together'), 0.6);
    assert.isBelow(peak('spread'), 0.3);
  });

  it('accepts fractions of a semitone', () => {
    const samples = samplesOf(tone('multitone', { tones: [{ frequency: 440.123 }] }), second, 1000 * second);
    assert.closeTo(frequencyOf(samples, 440), 440.123, 1e-6);
  });
});

describe('dtmf', () => {
  // ITU-T Q.23.
  const rows = ['123A', '456B', '789C', '*0#D'];
  const [low, high] = [
    [697, 770, 852, 941],
    [1209, 1336, 1477, 1633],
  ];
  for (const [r, row] of rows.entries()) {
    for (const [c, digit] of [...row].entries()) {
      it(`has both tones of ${digit} within 0.01 %, of equal level, and no other`, () => {
        const samples = samplesOf(tone('dtmf', { digits: digit, length: 3, gap: 0 }), second, second);
        for (const hertz of [...low, ...high]) {
          const wanted = hertz === low[r] || hertz === high[c] ? 0.5 : 0;
          assert.closeTo(amplitudeAt(samples, hertz), wanted, 1e-5, `${hertz} Hz`);
        }
        for (const hertz of [low[r], high[c]]) {
          const alone = samples.map(
            (sample, i) => sample - 0.5 * Math.sin((2 * Math.PI * (low[r] + high[c] - hertz) * i) / second),
          );
          assert.closeTo(frequencyOf(alone, hertz) / hertz, 1, 1e-6);
        }
      });
    }
  }

  it('dials one digit after the other with their length and gap, and repeats them', () => {
    const params = { digits: '1d', length: 0.05, gap: 0.03 };
    const samples = samplesOf(tone('dtmf', params), 6 * 3840);
    for (let k = 0; k < 6; k++) {
      const [sounding, silent] = [
        samples.subarray(k * 3840, k * 3840 + 2400),
        samples.subarray(k * 3840 + 2400, (k + 1) * 3840),
      ];
      assert.equal(powerOf(silent), 0, `gap ${k}`);
      const [one, d] = [697, 941].map((hertz) => amplitudeAt(sounding, hertz));
      assert.isAbove(k % 2 ? d : one, 0.4);
      assert.isBelow(k % 2 ? one : d, 0.1);
      assert.isBelow(Math.abs(sounding[0]) + Math.abs(sounding[2399]), 0.01, 'no click');
    }
  });

  it('dials once, from the sample in `since`', () => {
    const once = tone('dtmf', { digits: '12', length: 0.1, gap: 0.1, repeat: false }, { since: 1000 });
    const powers = [0, 1000, 5800, 10600, 15400, 20200].map((n) => powerOf(samplesOf(once, n ? 4800 : 1000, n)));
    assert.deepEqual(
      powers.map((power) => power > 0.1),
      [false, true, false, true, false, false],
    );
  });

  for (const digits of ['12E', '1 2', '']) {
    it(`rejects "${digits}" and lists the digits it accepts`, () =>
      assert.throws(
        () => createToneRenderer(toneOf(tone('dtmf', { digits }))),
        RangeError,
        `params.digits is "${digits}"; it must be a text of the digits 0 1 2 3 4 5 6 7 8 9 * # A B C D.`,
      ));
  }
});

describe('am', () => {
  it('is a carrier and two sidebands, and its peak has the level', () => {
    const samples = samplesOf(tone('am', { modulator: 40, depth: 0.8 }), second);
    const [lower, carrier, upper] = [960, 1000, 1040].map((hertz) => amplitudeAt(samples, hertz));
    assert.closeTo(carrier, 1 / 1.8, 1e-6);
    assert.closeTo(lower / carrier, 0.4, 1e-6);
    assert.closeTo(upper / carrier, 0.4, 1e-6);
    assert.closeTo(
      samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
      1,
      1e-3,
    );
  });

  it('is silent once per period at full depth', () => {
    const samples = samplesOf(tone('am', { modulator: 2, depth: 1 }), second);
    // A sine has its minimum at three quarters.
    assert.isBelow(Math.max(...samples.subarray(17900, 18100).map(Math.abs)), 1e-3);
  });

  it('rejects a sideband above half the sample rate', () =>
    assert.throws(
      () => createToneRenderer(toneOf(tone('am', { modulator: 5000 }, { frequency: 20000 }))),
      RangeError,
      'frequency + params.modulator is 25000; it must be a number above 0 and below 24000 Hz, half the sample rate.',
    ));
});

describe('fm', () => {
  it('has sidebands by Bessel functions of the modulation index', () => {
    // J0 … J3 for the modulation index 2, from a table.
    const samples = samplesOf(tone('fm', { modulator: 100, deviation: 200 }, { frequency: 5000 }), second);
    for (const [k, bessel] of [0.2238907791, 0.5767248078, 0.352834029, 0.1289432495].entries()) {
      for (const hertz of [5000 - 100 * k, 5000 + 100 * k]) assert.closeTo(amplitudeAt(samples, hertz), bessel, 1e-6);
    }
  });

  it('deviates by its deviation', () => {
    const samples = samplesOf(tone('fm', { modulator: 1, deviation: 100 }), second);
    const near = (n: number, hertz: number) => frequencyOf(samples.subarray(n - 240, n + 240), hertz);
    assert.closeTo(near(24000, 900), 900, 0.1);
    assert.closeTo(near(12000, 1000), 1000, 0.1);
  });
});

describe('chord', () => {
  it('has equal temperament, and its amplitudes add up to the level', () => {
    const samples = samplesOf(tone('chord', { chord: 'minor' }, { frequency: 440 }), 16 * 4096);
    // A, C and E of a piano.
    for (const hertz of [440, 523.2511306, 659.2551138]) {
      const [a, b] = [frequencyOf(samples.subarray(0, 32768), hertz), hertz];
      assert.closeTo(a, b, 1e-3);
    }
    assert.closeTo(powerOf(samples), 1 / 6, 1e-3);
  });

  it('uses `intervals` instead of a name', () => {
    const octaves = samplesOf(tone('chord', { intervals: [0, 12, 24] }), second);
    for (const hertz of [1000, 2000, 4000]) assert.closeTo(amplitudeAt(octaves, hertz), 1 / 3, 1e-6);
  });

  it('lists the known chords for an unknown one', () =>
    assert.throws(
      () => createToneRenderer(toneOf(tone('chord', { chord: 'mayor' }))),
      TypeError,
      /Did you mean "major"/,
    ));
});

describe('Every tone made of sines', () => {
  for (const [waveform, params] of [
    ['multitone', { tones: [{ frequency: (1361 / 65536) * 48000 }] }],
    ['chord', { intervals: [0] }],
    ['ident-ebu', {}],
  ] as const) {
    it(`has distortion and noise below −130 dB: ${waveform}`, () => {
      const frequency = (1361 / 65536) * 48000;
      const powers = powersOf(samplesOf({ waveform, params, frequency }, 65536, 480_000));
      const rest = powers.reduce((sum, power, bin) => (bin === 1361 ? sum : sum + power), 0);
      assert.isBelow(decibels(rest / powers[1361]), -130);
    });
  }
});
