/* The mark of audio: its tones, and what a reader makes of it on a clean and on a disturbed path. */
import {
  AUDIO_MARK_FRAMES,
  type AudioMark,
  AudioMarkReader,
  createToneRenderer,
  parseRate,
  type Rate,
  rateValue,
  renderMark,
  type ToneDescription,
  waveforms,
} from 'track-elements/signals';
import { toneMultiples } from '../../dist/signals/mark/audio-mark.js';
import { randomSample } from '../../dist/signals/random.js';
import { assert, describe, it } from '../support/suite.js';
import { framesAt, readAudio, renderedMark } from './audio-marks.js';

const FIRST = 123_457;

interface Path {
  readonly rate?: Rate;
  readonly sampleRate?: number;
  readonly seconds?: number;
  /** Makes what arrives from what was sent. */
  readonly change?: (sent: Float32Array, sampleRate: number) => Float32Array;
  /** The time in what was sent, of a time in what arrives. Default: the same. */
  readonly sentAt?: (time: number) => number;
}

/** Sends a mark through a path. Every mark that is read has to be right; resolves to them and their errors in ms. */
function send({ rate = parseRate(30), sampleRate = 48000, seconds = 4, change, sentAt = (time) => time }: Path) {
  const sent = renderedMark({ rate, sampleRate }, FIRST, seconds);
  const arrived = change ? change(sent, sampleRate) : sent;
  const marks = readAudio(arrived, { rate, sampleRate });
  const errors = framesAt(marks, { rate, sampleRate }, FIRST, sentAt);
  return { marks, worst: Math.max(0, ...errors.map(Math.abs)), sent: Math.floor(seconds * rateValue(rate)) };
}

const added = (description: ToneDescription) => (sent: Float32Array, sampleRate: number) => {
  const other = new Float32Array(sent.length);
  createToneRenderer({ ...description, channels: 1, sampleRate }).render([other], FIRST);
  return other.map((sample, i) => sample + sent[i]);
};

describe('The mark of audio', () => {
  for (const [rate, sampleRate] of [
    [10, 48000],
    ['24000/1001', 16000],
    [25, 44100],
    [30, 8000],
    ['30000/1001', 48000],
    [50, 22050],
    ['60000/1001', 96000],
    [90, 48000],
    [120, 48000],
    [120, 8000],
  ] as const) {
    it(`is read on a clean path, within 0.01 ms: ${rate} frames per second at ${sampleRate} Hz`, () => {
      const { marks, worst, sent } = send({ rate: parseRate(rate), sampleRate });
      assert.isBelow(worst, 0.01);
      // The first frames are averaged, and the last has not ended.
      assert.isAtLeast(marks.length, sent - 14);
      for (let i = 1; i < marks.length; i++) {
        assert.equal(marks[i].frame, (marks[i - 1].frame + 1) % AUDIO_MARK_FRAMES);
      }
    });
  }

  it('has a period of more than 5 s at any frame rate', () => {
    assert.isAbove(AUDIO_MARK_FRAMES / 120, 5);
  });

  it('has only frequencies that are multiples of the frame rate, from 450 to 3600 Hz', () => {
    for (let rate = 10; rate <= 120; rate++) {
      const multiples = toneMultiples({ numerator: rate, denominator: 1 });
      assert.lengthOf(new Set(multiples), 25);
      for (const [i, multiple] of multiples.entries()) {
        assert.isTrue(Number.isInteger(multiple));
        if (i > 0) assert.isAbove(multiple, multiples[i - 1]);
        assert.isAtLeast(multiple * rate, 450);
        assert.isBelow(multiple * rate, 3600);
      }
    }
  });

  it('has one tone in each of five bands, with a whole number of turns in each frame', () => {
    // 1600 samples are one frame: a transform of that length has one line for each multiple of the frame rate.
    const [rate, sampleRate, length] = [parseRate(30), 48000, 1600];
    const multiples = toneMultiples(rate);
    const samples = renderedMark({ rate, sampleRate, level: -20 }, 7 * length, 1).subarray(0, length);
    const amplitudes = multiples.map((multiple) => {
      let [re, im] = [0, 0];
      samples.forEach((sample, i) => {
        re += sample * Math.cos((2 * Math.PI * multiple * i) / length);
        im += sample * Math.sin((2 * Math.PI * multiple * i) / length);
      });
      // A sine that begins at phase 0.
      assert.closeTo(re / length, 0, 1e-6);
      return (2 * im) / length;
    });
    for (let band = 0; band < 25; band += 5) {
      const [tone, ...rest] = amplitudes.slice(band, band + 5).sort((a, b) => b - a);
      assert.closeTo(tone, 0.1 / Math.sqrt(5), 1e-6);
      for (const other of rest) assert.closeTo(other, 0, 1e-6);
    }
  });

  it('hops: no tone is in more than a quarter of the frames, and no two frames are the same', () => {
    const [rate, sampleRate] = [parseRate(100), 8000];
    const samples = renderedMark({ rate, sampleRate }, 0, AUDIO_MARK_FRAMES / 100);
    const frames = Array.from({ length: AUDIO_MARK_FRAMES }, (_, i) => samples.slice(80 * i, 80 * i + 80));
    assert.lengthOf(new Set(frames.map((frame) => frame.join())), AUDIO_MARK_FRAMES);
    for (const multiple of toneMultiples(rate)) {
      const count = frames.filter((frame) => {
        let sum = 0;
        frame.forEach((sample, i) => {
          sum += sample * Math.sin((2 * Math.PI * multiple * i) / 80);
        });
        return sum > 0.1;
      }).length;
      assert.isAbove(count, 0.15 * AUDIO_MARK_FRAMES);
      assert.isBelow(count, 0.25 * AUDIO_MARK_FRAMES);
    }
  });

  it('has the RMS of a sine of its level, and peaks at most 7 dB above it', () => {
    const samples = renderedMark({ rate: parseRate(30), sampleRate: 48000, level: -20 }, 0, 2);
    const square = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    assert.closeTo(10 * Math.log10(square), -23.01, 0.05);
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    assert.isBelow(20 * Math.log10(peak), -13);
  });

  it('is added to what the samples have, and does not depend on the length of the blocks', () => {
    const options = { rate: parseRate('29.97'), sampleRate: 48000 };
    const whole = renderedMark(options, FIRST, 0.5);
    const blocks = new Float32Array(whole.length).fill(0.25);
    for (let i = 0; i < blocks.length; i += 128) renderMark(blocks.subarray(i, i + 128), FIRST + i, options);
    blocks.forEach((sample, i) => {
      assert.closeTo(sample, whole[i] + 0.25, 1e-7);
    });
  });

  it('is exact after decades: the samples since 1970 are numbered', () => {
    const options = { rate: parseRate('29.97'), sampleRate: 48000 };
    // 624 frames at 30000/1001 are 624 × 1001 × 48000 / 30000 = 999398.4 samples, so five times that is a whole number.
    const period = 5 * 999_398.4;
    const later = renderedMark(options, FIRST + period * 17_000_000, 0.2);
    assert.deepEqual(later, renderedMark(options, FIRST, 0.2));
  });

  it('refuses rates and levels that it does not have', () => {
    const render = (rate: string, sampleRate: number, level: number) => () =>
      renderMark(new Float32Array(1), 0, { rate: parseRate(rate), sampleRate, level });
    assert.throws(render('9', 48000, -24), RangeError, 'rate is 9; it must be a number from 10 to 120');
    assert.throws(render('121', 48000, -24), RangeError, 'rate is 121');
    assert.throws(
      render('30', 7999, -24),
      RangeError,
      'sampleRate is 7999; it must be a whole number of at least 8000',
    );
    assert.throws(render('30', 48000, -6), RangeError, 'level is -6; it must be a number of at most -7 dBFS.');
    assert.throws(() => new AudioMarkReader({ rate: parseRate(5), sampleRate: 48000 }), RangeError, 'rate is 5');
  });
});

describe('A reader of marks in audio', () => {
  it('gives the same for blocks of any length', () => {
    const options = { rate: parseRate(30), sampleRate: 48000 };
    const samples = renderedMark(options, FIRST, 2);
    const all = readAudio(samples, options, samples.length);
    assert.isAbove(all.length, 40);
    for (const length of [1, 127, 480, 5000]) assert.deepEqual(readAudio(samples, options, length), all);
  });

  const paths: [string, Path][] = [
    ['inverted', { change: (sent) => sent.map((sample) => -sample) }],
    [
      'through gain control',
      {
        change: (sent, rate) =>
          sent.map((sample, i) => sample * (0.55 + 0.45 * Math.sin((8 * i) / rate)) * Math.exp(-i / rate / 2)),
      },
    ],
    ['in white noise as loud as itself', { change: (sent) => sent.map((x, i) => x + 0.0773 * randomSample(5, i)) }],
    ['beside a tone that is 6 dB louder', { change: added({ waveform: 'sine', level: -18 }) }],
    [
      'at the default level of a tone, 120 times per second',
      { rate: parseRate(120), change: added({ waveform: 'sine' }) },
    ],
    ['beside pink noise that is 6 dB louder', { change: added({ waveform: 'pink-noise', level: -18 }) }],
    ['as it was sent 60 dB lower', { change: (sent) => sent.map((sample) => sample / 1000) }],
  ];
  for (const [name, path] of paths) {
    it(`reads most frames, within 0.1 ms: ${name}`, () => {
      const { marks, worst, sent } = send({ seconds: 6, ...path });
      assert.isBelow(worst, 0.1);
      assert.isAbove(marks.length, 0.6 * sent);
    });
  }

  it('follows a clock that is off by 100 ppm', () => {
    const change = (sent: Float32Array) =>
      Float32Array.from({ length: sent.length - 8 }, (_, i) => {
        const at = i * 0.9999;
        const before = Math.floor(at);
        return sent[before] + (at - before) * (sent[before + 1] - sent[before]);
      });
    const { marks, worst, sent } = send({ seconds: 12, change, sentAt: (time) => 0.9999 * time });
    assert.isBelow(worst, 0.1);
    assert.isAbove(marks.length, 0.9 * sent);
  });

  for (const rate of [10, 30, 120]) {
    it(`is silent and then right after 60 ms more delay: ${rate} frames per second`, () => {
      const change = (sent: Float32Array) => {
        const arrived = new Float32Array(sent.length + 2880);
        arrived.set(sent.subarray(0, 144_000));
        arrived.set(sent.subarray(144_000), 146_880);
        return arrived;
      };
      // The frame that the gap divides counts as one before it.
      const sentAt = (time: number) => (time < 3.005 ? time : time - 0.06);
      const { marks, worst, sent } = send({ rate: parseRate(rate), seconds: 8, change, sentAt });
      assert.isBelow(worst, 0.1);
      assert.isAbove(marks.length, 0.45 * sent);
    });
  }

  it('reports nothing in gaps, and continues where the audio does', () => {
    const change = (sent: Float32Array) => sent.slice().fill(0, 96_000, 192_000);
    const { marks, worst } = send({ seconds: 8, change });
    assert.isBelow(worst, 0.1);
    const inGap = ({ time }: AudioMark) => time > 2.02 && time < 3.96;
    assert.lengthOf(marks.filter(inGap), 0);
    assert.isAbove(marks.filter(({ time }) => time > 4.5).length, 100);
  });

  it('reads no mark in any waveform without one', () => {
    const samples = new Float32Array(5 * 48000);
    for (const { name: waveform } of waveforms) {
      createToneRenderer({ waveform, channels: 1, level: -10 } as ToneDescription).render([samples], FIRST);
      assert.lengthOf(readAudio(samples, { rate: parseRate('29.97'), sampleRate: 48000 }), 0, waveform);
    }
  });

  it('reads no mark of another frame rate', () => {
    const samples = renderedMark({ rate: parseRate(30), sampleRate: 48000 }, FIRST, 5);
    for (const rate of [24, 25, 50, 60, 120]) {
      assert.lengthOf(readAudio(samples, { rate: parseRate(rate), sampleRate: 48000 }), 0, `${rate}`);
    }
  });
});
