/*
 * The same bits everywhere: these hashes were made in Node on x86-64, and hold in every engine. A change here is a change
 * of what users see or hear: it has to be meant. The failure's message shows the new one.
 */
import { patterns, waveforms } from '../../dist/signals/index.js';
import { assert, describe, it } from '../support/suite.js';
import { hashOf, hashOfPicture, pictureOf, samplesOf } from './descriptions.js';
import { goldenPictures, goldenSounds } from './golden.js';

const pictures = (pattern: string) =>
  [
    { width: 320, height: 180, label: 'Golden', timecode: true },
    { width: 722, height: 482 },
    {
      width: 1280,
      height: 720,
      color: { r: 250.5, g: 120, b: 3 },
      background: { r: 0, g: 40, b: 90 },
      seed: 7,
      speed: 1.5,
    },
  ]
    .flatMap((changes) => [0, 1, 12345].map((n) => hashOfPicture(pictureOf({ pattern, ...changes }, n))))
    .join('');

const sounds = (waveform: string) =>
  [20, 997, 5000.1]
    .flatMap((frequency) =>
      [0, 65000, 48000 * 86400].map((n) => hashOf(samplesOf({ waveform, frequency, level: -18, seed: 7 }, 1000, n))),
    )
    .join('');

const short = (text: string) => hashOf(new TextEncoder().encode(text));

describe('The bits of a signal', () => {
  for (const { name } of patterns)
    it(`are the same everywhere: ${name}`, () => assert.equal(short(pictures(name)), goldenPictures[name]));
  for (const { name } of waveforms)
    it(`are the same everywhere: ${name}`, () => assert.equal(short(sounds(name)), goldenSounds[name]));
});
