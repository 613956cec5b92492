import {
  type CompleteToneDescription,
  continueTone,
  createToneRenderer,
  type ToneDescription,
  turnsAt,
  waveforms,
} from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';

function planesOf(changes: Partial<ToneDescription>, count: number, n = 0): Float32Array[] {
  const tone = toneOf({ channels: 4, ...changes });
  const planes = Array.from({ length: tone.channels }, () => new Float32Array(count));
  createToneRenderer(tone).render(planes, n);
  return planes;
}

describe('The channels of a tone', () => {
  it('have their own frequency, level and phase; the last value applies to the rest', () => {
    const planes = planesOf({ frequency: [440, 997], level: [-6, -20, 0], phase: [0.25, 0] }, 1000, 77);
    const alone = [
      { frequency: 440, level: -6, phase: 0.25 },
      { frequency: 997, level: -20, phase: 0 },
      { frequency: 997, level: 0, phase: 0 },
      { frequency: 997, level: 0, phase: 0 },
    ].map((changes) => samplesOf(changes, 1000, 77));
    assert.deepEqual(planes, alone);
  });

  it('have the same noise, unless their seeds differ', () => {
    for (const { name: waveform } of waveforms.filter(({ name }) => name.endsWith('-noise'))) {
      const [first, second, third] = planesOf({ waveform, seed: [5, 6] }, 480);
      assert.deepEqual(first, samplesOf({ waveform, seed: 5 }, 480));
      assert.deepEqual(second, samplesOf({ waveform, seed: 6 }, 480));
      assert.deepEqual(third, second);
      const [left, right] = planesOf({ waveform, seed: 5 }, 480);
      assert.deepEqual(left, right);
    }
  });

  it('have uncorrelated noise with consecutive seeds', () => {
    const [left, right] = planesOf({ waveform: 'white-noise', seed: [1, 2] }, 2 ** 16);
    const common = left.reduce((sum, sample, i) => sum + sample * right[i], 0) / left.length;
    // The power of each is one half; the correlation by chance is about 1/256 of it.
    assert.isBelow(Math.abs(common), 0.01);
  });

  it('cut off the fraction of a seed', () => {
    for (const seed of [5.9, 5]) {
      assert.deepEqual(
        samplesOf({ waveform: 'pink-noise', seed }, 480, 2 ** 40),
        samplesOf({ waveform: 'pink-noise', seed: 5 }, 480, 2 ** 40),
      );
    }
    assert.deepEqual(
      samplesOf({ waveform: 'white-noise', seed: -0.9 }, 480, 2 ** 40),
      samplesOf({ waveform: 'white-noise', seed: 0 }, 480, 2 ** 40),
    );
  });

  it('can be off in single channels', () => {
    const planes = planesOf({ level: [Number.NEGATIVE_INFINITY, -6], waveform: 'line-up' }, 480);
    assert.isTrue(planes[0].every((sample) => sample === 0));
    assert.deepEqual(planes[1], samplesOf({ waveform: 'line-up' }, 480));
  });

  it('can be inverted', () => {
    for (const { name: waveform } of waveforms) {
      if (waveform === 'silence') continue;
      const planes = planesOf({ waveform, invert: [2, 4] }, 480);
      for (const [channel, sign] of [1, -1, 1, -1].entries()) {
        assert.isTrue(
          planes[channel].every((sample, i) => sample === sign * planes[0][i]),
          waveform,
        );
      }
    }
  });

  it('carry the signal if it is routed to them, else silence', () => {
    const planes = planesOf({ waveform: 'pink-noise', routing: [3, 1], channels: 8 }, 480);
    const signal = samplesOf({ waveform: 'pink-noise' }, 480);
    const silence = new Float32Array(480);
    assert.deepEqual(planes, [signal, silence, signal, ...Array(5).fill(silence)]);
  });

  it('overwrite the content of a plane', () => {
    const renderer = createToneRenderer(toneOf({ channels: 3, routing: [2], level: [-3, -6, -9] }));
    const planes = [1, 2, 3].map((x) => new Float32Array(128).fill(x));
    renderer.render(planes, 5);
    assert.deepEqual(planes, planesOf({ channels: 3, routing: [2], level: [-3, -6, -9] }, 128, 5));
  });

  it('are the same in blocks of any size, with all parameters at once', () => {
    const changes = {
      waveform: 'chord',
      frequency: [220, 330, 220, 440],
      level: [-3, -6],
      phase: [0, 0.5],
      invert: [1],
      routing: [1, 2, 4],
    };
    const whole = planesOf(changes, 1000, 3);
    const renderer = createToneRenderer(toneOf({ channels: 4, ...changes }));
    const parts = whole.map(() => new Float32Array(1000));
    for (let i = 0; i < 1000; i += 125) {
      renderer.render(
        parts.map((samples) => samples.subarray(i, i + 125)),
        3 + i,
      );
    }
    assert.deepEqual(parts, whole);
  });

  const refused: [Partial<ToneDescription>, string][] = [
    [
      { frequency: [440, 24000] },
      'frequency is 24000; it must be a number above 0 and below 24000 Hz, half the sample rate.',
    ],
    [{ frequency: [] }, 'frequency.length is 0; it must be a whole number from 1 to 8, one value per channel.'],
    [{ level: Array(9).fill(0) }, 'level.length is 9; it must be a whole number from 1 to 8, one value per channel.'],
    [{ level: [0, 1] }, 'level is 1; it must be a number of at most 0 dBFS.'],
    [{ phase: [0, Number.NaN] }, 'phase is NaN; it must be a number in turns.'],
    [{ invert: [0] }, 'invert[0] is 0; it must be a channel number from 1 to 4.'],
    [{ routing: [1, 5] }, 'routing[1] is 5; it must be a channel number from 1 to 4.'],
    [{ routing: [1.5] }, 'routing[0] is 1.5; it must be a channel number from 1 to 4.'],
    [{ attack: -1 }, 'attack is -1; it must be a number from 0 to 60 s.'],
    [{ release: Number.NaN }, 'release is NaN; it must be a number from 0 to 60 s.'],
  ];
  for (const [changes, message] of refused) {
    it(message, () =>
      assert.throws(() => createToneRenderer(toneOf({ channels: 4, ...changes })), RangeError, message),
    );
  }
});

describe('A change of frequency', () => {
  const start = 12_345;
  const length = 480;
  const steady = ({ ramp, ...tone }: CompleteToneDescription): CompleteToneDescription => tone;

  it('keeps the phase of every channel', () => {
    const old = toneOf({ channels: 3, frequency: [440, 997, 31.5], phase: [0, 0.25] });
    const next = continueTone(old, toneOf({ channels: 3, frequency: [441, 500], phase: [0, 0.25] }), start, length);
    for (const channel of [0, 1, 2]) {
      const apart = turnsAt(next, start, channel) - turnsAt(old, start, channel);
      assert.closeTo(apart - Math.round(apart), 0, 1e-9);
    }
  });

  for (const [waveform, params] of [
    ['sine', {}],
    ['pulse', { width: 0.3 }],
    ['triangle', {}],
    ['chord', { chord: 'minor-7' }],
    ['am', { modulator: 3.3 }],
    ['fm', { modulator: 7, deviation: 30 }],
    ['multitone', {}],
    ['ident-ebu', {}],
  ] as const) {
    it(`continues the wave through several changes: ${waveform}`, () => {
      // After a minute, and through three changes.
      const within: Record<string, number> = { pulse: 0.2, triangle: 3e-3 };
      let tone = toneOf({ waveform, params, frequency: 220 });
      let n = 60 * 48000;
      for (const frequency of [233.3, 1000, 220]) {
        const next = continueTone(tone, toneOf({ waveform, params, frequency }), n, length);
        const [before, after] = [tone, next].map((each) => samplesOf(steady(each), 1, n)[0]);
        // At another frequency, other harmonics are below half the sample rate, which changes corners slightly.
        assert.closeTo(after, before, within[waveform] ?? 1e-6, `to ${frequency} Hz`);
        tone = steady(next);
        n += 54_321;
      }
    });
  }

  it('keeps a difference of `phase` audible', () => {
    const old = toneOf({ frequency: 440 });
    const next = continueTone(old, toneOf({ frequency: 500, phase: 0.5 }), start, length);
    const apart = turnsAt(next, start) - turnsAt(old, start);
    assert.closeTo(Math.abs(apart), 0.5, 1e-9);
  });
});

describe('A signal that plays once', () => {
  const dial = (digits: string) => toneOf({ waveform: 'dtmf', params: { digits, repeat: false } });

  it('begins when the tone starts, continues through other changes, and restarts with other parameters', () => {
    const first = continueTone(null, dial('12'), 1000, 480);
    assert.equal(first.since, 1000);
    const quieter = continueTone(first, { ...dial('12'), level: -20 }, 5000, 480);
    assert.equal(quieter.since, 1000);
    assert.equal(continueTone(quieter, dial('34'), 9000, 480).since, 9000);
  });
});
