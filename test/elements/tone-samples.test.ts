/*
 * In Chromium the samples of a track can be read as they were written: they are those of the signals, bit for bit. In other
 * engines an AudioContext records them. It does not resample but starts at any sample, so frequency and level are checked.
 */
import 'track-elements/define/tone-source';
import { createToneRenderer, type ToneDescription, waveforms } from 'track-elements/signals';
import { wallOrigin } from '../../dist/engine/wall-clock.js';
import { now, pageOrigin } from '../../dist/generator/timeline.js';
import { toneOf } from '../signals/descriptions.js';
import { amplitudeAt, amplitudeOf, decibels, frequencyOf, medianOfWindows, peakOf } from '../support/audio-analysis.js';
import { type AudioClip, AudioRecorder } from '../support/audio-recording.js';
import { place, removePlaced } from '../support/page.js';
import { hasProcessor, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { captureAudio } from '../support/track-reading.js';
import { eventually } from '../support/waiting.js';

type ToneSource = HTMLElementTagNameMap['tone-source'];

describe('the samples of a tone-source', () => {
  for (const { name: waveform } of waveforms) {
    it(`are those of the signal: ${waveform}`, async function () {
      if (!hasProcessor) skip(this, noProcessor);
      await compare(`waveform="${waveform}"`, { waveform });
    });
  }

  it('have the frequency, level, channels, rate and seed of the attributes', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    await compare('frequency="440" level="-6" channels="1"', { frequency: 440, level: -6, channels: 1 });
    removePlaced();
    await compare('waveform="white-noise" seed="5"', { waveform: 'white-noise', seed: 5 });
    removePlaced();
    await compare('sample-rate="44100" frequency="997" level="0"', { sampleRate: 44100, frequency: 997, level: 0 });
  });

  it('are counted since 1970 with animation="wall-clock"', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    assert.closeTo(wallOrigin() - pageOrigin() + now(), Date.now(), 6);
    const offset = Math.round(wallOrigin() * 48);
    await compare('waveform="white-noise" animation="wall-clock"', { waveform: 'white-noise', offset });
  });

  it('come in blocks of 10 ms without a gap', async function () {
    if (!hasProcessor) skip(this, noProcessor);
    const numbers = await compare('waveform="white-noise"', { waveform: 'white-noise' }, 30);
    numbers.forEach((n, i) => {
      assert.equal(n, numbers[0] + i * 480);
    });
  });

  it('are a sine of 1 kHz at -18 dBFS in two channels by default', async () => {
    await hear('', (clip) => {
      assert.lengthOf(clip.planes, 2);
      for (const channel of [0, 1]) {
        const measured = (measure: (samples: Float32Array) => number) => medianOfWindows(clip, measure, channel);
        assert.closeTo(
          measured((samples) => frequencyOf(samples, 48000, 1000)),
          1000,
          0.05,
        );
        assert.closeTo(decibels(measured((samples) => amplitudeAt(samples, 48000, 1000))), -18, 0.05);
        assert.closeTo(decibels(measured(peakOf)), -18, 0.05);
        // There is no other tone.
        assert.closeTo(decibels(measured(amplitudeOf)), -18, 0.05);
      }
    });
  });

  it('have the frequency and the level of the attributes', async () => {
    await hear('frequency="440" level="-6"', (clip) => {
      assert.closeTo(
        medianOfWindows(clip, (samples) => frequencyOf(samples, 48000, 440)),
        440,
        0.05,
      );
      assert.closeTo(decibels(medianOfWindows(clip, (samples) => amplitudeAt(samples, 48000, 440))), -6, 0.05);
    });
  });

  // The harmonics of an ideal wave with a peak of 1.
  for (const [waveform, series] of [
    ['square', { 1: 4 / Math.PI, 2: 0, 3: 4 / Math.PI / 3, 5: 4 / Math.PI / 5 }],
    ['sawtooth', { 1: 2 / Math.PI, 2: 2 / Math.PI / 2, 3: 2 / Math.PI / 3 }],
    ['triangle', { 1: 8 / Math.PI ** 2, 2: 0, 3: 8 / Math.PI ** 2 / 9, 5: 8 / Math.PI ** 2 / 25 }],
  ] as const) {
    it(`of ${waveform} have its harmonics`, async () => {
      await hear(`waveform="${waveform}" frequency="500" level="-6"`, (clip) => {
        for (const [harmonic, amplitude] of Object.entries(series)) {
          const heard = medianOfWindows(clip, (samples) => amplitudeAt(samples, 48000, 500 * Number(harmonic)));
          if (amplitude === 0) assert.isBelow(decibels(heard), -60, `harmonic ${harmonic}`);
          else assert.closeTo(decibels(heard), decibels(amplitude) - 6, 0.1, `harmonic ${harmonic}`);
        }
      });
    });
  }

  for (const waveform of ['white-noise', 'pink-noise']) {
    it(`of ${waveform} have the power of a sine of that level, and no tone in them`, async () => {
      await hear(`waveform="${waveform}" level="-12"`, (clip) => {
        assert.closeTo(decibels(medianOfWindows(clip, amplitudeOf)), -12, 1.5);
        assert.isBelow(decibels(medianOfWindows(clip, (samples) => amplitudeAt(samples, 48000, 1000))), -25);
      });
    });
  }

  it('of silence are zero', async () => {
    const source = place<ToneSource>('<tone-source waveform="silence"></tone-source>');
    await source.ready;
    const listener = await AudioRecorder.of(source.stream);
    const { planes } = await listener.next(0.2);
    listener.close();
    assert.equal(peakOf(planes[0]), 0);
  });
});

/**
 * Compares the blocks of a source with those of its description, once the first fade is over. Returns their numbers:
 * Chromium does not give them, but no two blocks of this second are equal.
 */
async function compare(attributes: string, changes: Partial<ToneDescription>, count = 4): Promise<number[]> {
  const source = place<ToneSource>(`<tone-source ${attributes}></tone-source>`);
  const wanted = toneOf({ level: -18, channels: 2, ...changes });
  const blocks = (await captureAudio(await source.ready, count + 4)).slice(4);
  const renderer = createToneRenderer(wanted);
  const length = wanted.sampleRate / 100;
  const latest = Math.ceil((now() - pageOrigin()) / 10);
  return blocks.map(({ sampleRate, planes }, index) => {
    assert.equal(sampleRate, wanted.sampleRate);
    assert.lengthOf(planes, wanted.channels);
    assert.equal(planes[0].length, length);
    for (let block = latest; block > latest - 200; block--) {
      const expected = planes.map(() => new Float32Array(length));
      renderer.render(expected, block * length);
      if (planes.every((samples, channel) => same(samples, expected[channel]))) return block * length;
    }
    throw new Error(`Block ${index} of ${attributes} is none of the last 200 of the signal.`);
  });
}

const same = (samples: Float32Array, expected: Float32Array): boolean =>
  samples.every((sample, i) => sample === expected[i]);

/**
 * Checks half a second of a source as an `AudioContext` records it. On a busy machine it may lose samples: then it records
 * again.
 */
async function hear(attributes: string, check: (clip: AudioClip) => void): Promise<void> {
  const source = place<ToneSource>(`<tone-source ${attributes}></tone-source>`);
  await source.ready;
  const listener = await AudioRecorder.of(source.stream);
  try {
    await listener.nextWhere(({ planes }) => planes.every((samples) => peakOf(samples) > 0));
    await eventually(async () => check(await listener.next(0.6)));
  } finally {
    listener.close();
  }
}
