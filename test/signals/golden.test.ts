/*
 * The same bits everywhere: these hashes were made in Node on x86-64, and hold in every engine. A change here is a change
 * of what users see or hear: it has to be meant. The failure's message shows the new one.
 */
import { createToneRenderer, patterns, type Waveform, waveforms } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOf, hashOfPicture, pictureOf, toneOf } from './descriptions.js';
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

/** Those whose channels differ, in two of them, also where the left one or the right one is interrupted. */
const inTwo = { channels: 2, places: [0, 65000, 48000 * 86400, 119_500, 143_500, 167_500] };
const inOne = { channels: 1, places: [0, 65000, 48000 * 86400] };

function sounds({ name: waveform, byChannel }: Waveform): string {
  const { channels, places } = byChannel ? inTwo : inOne;
  return [20, 997, 5000.1]
    .flatMap((frequency) => {
      const renderer = createToneRenderer(toneOf({ waveform, frequency, level: -18, seed: 7, channels }));
      return places.map((n) => {
        const planes = Array.from({ length: channels }, () => new Float32Array(1000));
        renderer.render(planes, n);
        return hashOf(...planes);
      });
    })
    .join('');
}

const short = (text: string) => hashOf(new TextEncoder().encode(text));

describe('The bits of a signal', () => {
  for (const { name } of patterns)
    it(`are the same everywhere: ${name}`, () => assert.equal(short(pictures(name)), goldenPictures[name]));
  for (const waveform of waveforms) {
    const { name } = waveform;
    it(`are the same everywhere: ${name}`, () => assert.equal(short(sounds(waveform)), goldenSounds[name]));
  }
  it('are not those of another signal', () => {
    for (const table of [goldenPictures, goldenSounds]) {
      const hashes = Object.values(table);
      assert.equal(new Set(hashes).size, hashes.length);
    }
  });
});
