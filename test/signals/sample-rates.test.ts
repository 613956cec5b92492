/* Waveforms at every sample rate: their defaults fit the rate. */
import { createToneRenderer, waveforms } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';

describe('A waveform without parameters', () => {
  for (const sampleRate of [8000, 11025, 16000, 22050, 32000, 40000, 44100, 48000, 96000, 192000, 384000]) {
    it(`plays at ${sampleRate} Hz`, () => {
      for (const { name: waveform } of waveforms) {
        const samples = samplesOf({ waveform, sampleRate }, 2000);
        assert.isTrue(samples.every(Number.isFinite), waveform);
      }
    });
  }
});

describe('A sweep without `to`', () => {
  for (const [sampleRate, to] of [
    [8000, 3840],
    [40000, 19200],
    [44100, 20000],
    [96000, 20000],
  ]) {
    it(`ends at ${to} Hz at a sample rate of ${sampleRate} Hz`, () =>
      assert.deepEqual(
        samplesOf({ waveform: 'sweep', sampleRate }, 1000, sampleRate * 9),
        samplesOf({ waveform: 'sweep', sampleRate, params: { to } }, 1000, sampleRate * 9),
      ));
  }
});

describe('A multitone without `tones`', () => {
  for (const [sampleRate, octaves] of [
    [8000, [63, 125, 250, 500, 1000, 2000]],
    [11025, [63, 125, 250, 500, 1000, 2000, 4000]],
    [48000, [63, 125, 250, 500, 1000, 2000, 4000, 8000]],
  ] as const) {
    it(`has the octaves that a sample rate of ${sampleRate} Hz allows`, () => {
      const tones = octaves.map((frequency) => ({ frequency }));
      assert.deepEqual(
        samplesOf({ waveform: 'multitone', sampleRate }, 1000),
        samplesOf({ waveform: 'multitone', sampleRate, params: { tones } }, 1000),
      );
    });
  }
});

describe('DTMF at a low sample rate', () => {
  const dial = (digits: string) => toneOf({ waveform: 'dtmf', sampleRate: 3000, params: { digits } });

  it('is rejected if a digit cannot be sampled', () => {
    assert.throws(
      () => createToneRenderer(dial('123A')),
      RangeError,
      'the high tone of digit "A" is 1633; it must be a number above 0 and below 1500 Hz, half the sample rate.',
    );
  });

  it('dials the digits that can be sampled', () => {
    assert.doesNotThrow(() => createToneRenderer(dial('1234567890*#')));
  });
});
