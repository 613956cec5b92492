/*
 * The channels of films and recordings in the channels of a track, wherever one becomes the other: a track, a file and a clip that are
 * played, and a recording. The figures are those of Web Audio: https://webaudio.github.io/web-audio-api/#channel-up-mixing-and-down-mixing
 */
import { SampleRing } from '../../dist/engine/audio-input.js';
import { ClipRenderer } from '../../dist/engine/sample-clip.js';
import { TimedSamples } from '../../dist/engine/timed-samples.js';
import { StereoConverter } from '../../dist/recorder/worker/stereo-converter.js';
import { assert, describe, it } from '../support/suite.js';

const RATE = 48_000;
const LENGTH = 4800;

/** The level of each channel of the output, for a level in each channel of the input. */
type Mix = (levels: readonly number[], channels: number) => number[];

const planesOf = (levels: readonly number[]) => levels.map((level) => new Float32Array(LENGTH).fill(level));

const rendered = (render: (planes: Float32Array[]) => void, channels: number): number[] => {
  const planes = Array.from({ length: channels }, () => new Float32Array(100));
  render(planes);
  return planes.map((plane) => plane[50] as number);
};

const mixes: Record<string, Mix> = {
  'a track': (levels, channels) => {
    const ring = new SampleRing();
    ring.push(planesOf(levels), RATE);
    const renderer = ring.createRenderer(RATE, () => {});
    return rendered((planes) => renderer.render(planes, 0), channels);
  },
  'a file': (levels, channels) => {
    const samples = new TimedSamples();
    samples.receive({ planes: planesOf(levels), sampleRate: RATE, due: 0 });
    const renderer = samples.createRenderer(RATE, () => {});
    return rendered((planes) => renderer.render(planes, 0), channels);
  },
  'a clip': (levels, channels) => {
    const renderer = new ClipRenderer({ planes: planesOf(levels), sampleRate: RATE, start: 0 }, RATE);
    return rendered((planes) => renderer.render(planes, 0), channels);
  },
};

const closeTo = (found: readonly number[], expected: readonly number[]): void => {
  assert.lengthOf(found, expected.length);
  for (const [i, value] of expected.entries()) assert.closeTo(found[i] as number, value, 1e-6);
};

const half = Math.sqrt(0.5);
const [L, R, C, LFE, SL, SR] = [0.1, 0.2, 0.03, 0.4, 0.05, 0.06];
const surround = [L, R, C, LFE, SL, SR];
const stereo = [L + half * (C + SL), R + half * (C + SR)];

for (const [name, mix] of Object.entries(mixes)) {
  describe(`The channels of ${name}`, () => {
    it('of 5.1 become stereo with the centre and the surround, and mono', () => {
      closeTo(mix(surround, 2), stereo);
      closeTo(mix(surround, 1), [((stereo[0] as number) + (stereo[1] as number)) / 2]);
    });

    it('of 5.1 stay what they are in six channels', () => closeTo(mix(surround, 6), surround));

    it('of four become stereo by halves', () => closeTo(mix([0.1, 0.2, 0.3, 0.5], 2), [0.2, 0.35]));

    it('of stereo and mono stay what they are, and stereo becomes mono as its mean', () => {
      closeTo(mix([0.1, 0.3], 2), [0.1, 0.3]);
      closeTo(mix([0.1, 0.3], 1), [0.2]);
      closeTo(mix([0.25], 2), [0.25, 0.25]);
    });
  });
}

describe('The channels of a recording', () => {
  const sidesOf = (levels: readonly number[]) => {
    const samples = new StereoConverter().convert(planesOf(levels), RATE);
    return [samples[100] as number, samples[LENGTH + 100] as number];
  };

  it('of 5.1 become stereo with the centre and the surround', () => closeTo(sidesOf(surround), stereo));

  it('of stereo stay what they are, and mono is on both sides', () => {
    closeTo(sidesOf([0.1, 0.3]), [0.1, 0.3]);
    closeTo(sidesOf([0.25]), [0.25, 0.25]);
  });
});
