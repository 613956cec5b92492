/*
 * Signals have the same bits everywhere: these hashes were made in Node on x86-64, and every engine has to match them.
 * A changed hash is a change that users see or hear, so it must be intended. The message of a failure shows the new
 * hash.
 */
import {
  createPicture,
  createToneRenderer,
  paintMark,
  parseRate,
  patterns,
  renderMark,
  type Waveform,
  waveforms,
} from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOf, hashOfPicture, pictureOf, toneOf } from './descriptions.js';
import { goldenMarks, goldenPictures, goldenTones } from './golden.js';

const pictureHashes = (pattern: string) =>
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

/** Idents are rendered in two channels, also at the gaps of the left and of the right one. */
const inTwo = { channels: 2, places: [0, 65000, 48000 * 86400, 119_500, 143_500, 167_500] };
const inOne = { channels: 1, places: [0, 65000, 48000 * 86400] };

function toneHashes({ name: waveform, byChannel }: Waveform): string {
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
    it(`are the same everywhere: ${name}`, () => assert.equal(short(pictureHashes(name)), goldenPictures[name]));
  for (const waveform of waveforms) {
    const { name } = waveform;
    it(`are the same everywhere: ${name}`, () => assert.equal(short(toneHashes(waveform)), goldenTones[name]));
  }
  it('are the same everywhere: the marks', () => {
    const rate = parseRate('29.97');
    const picture = createPicture(1280, 720);
    paintMark(picture, { frame: 4200, rate, time: 1_795_991_104_319, source: 7 }, { place: 'right' });
    const samples = new Float32Array(48000);
    renderMark(samples, 48000 * 86400, { rate, sampleRate: 48000 });
    assert.deepEqual([hashOfPicture(picture), hashOf(samples)], goldenMarks);
  });
  it('are not those of another signal', () => {
    for (const table of [goldenPictures, goldenTones]) {
      const hashes = Object.values(table);
      assert.equal(new Set(hashes).size, hashes.length);
    }
  });
});
