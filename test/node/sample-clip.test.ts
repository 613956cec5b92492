/* Samples that a page has as a whole, as the players of a microphone play them. */
import { ClipRenderer } from '../../dist/engine/sample-clip.js';
import { assert, describe, it } from '../support/suite.js';

const RATE = 48_000;
const ramp = (length: number, first = 1) => Float32Array.from({ length }, (_, i) => first + i);

function render(renderer: ClipRenderer, n: number, length: number, channels = 1): number[][] {
  const planes = Array.from({ length: channels }, () => new Float32Array(length).fill(9));
  renderer.render(planes, n);
  return planes.map((plane) => [...plane]);
}

describe('The renderer of a clip', () => {
  it('is silent until the clip begins, plays every sample once, and is silent afterwards', () => {
    const clip: { planes: Float32Array[]; sampleRate: number; start?: number } = {
      planes: [ramp(6)],
      sampleRate: RATE,
    };
    const renderer = new ClipRenderer(clip, RATE);
    assert.deepEqual(render(renderer, 0, 4), [[0, 0, 0, 0]]);
    // Before the sample that is rendered next: a layer that was there plays the beginning, too.
    clip.start = 0;
    assert.deepEqual(render(renderer, 4, 4), [[1, 2, 3, 4]]);
    assert.deepEqual(render(renderer, 8, 4), [[5, 6, 0, 0]]);
    assert.deepEqual(render(renderer, 12, 4), [[0, 0, 0, 0]]);
  });

  it('waits for the time of the first sample', () => {
    const clip: { planes: Float32Array[]; sampleRate: number; start?: number } = {
      planes: [ramp(6)],
      sampleRate: RATE,
    };
    const renderer = new ClipRenderer(clip, RATE);
    clip.start = 1;
    assert.deepEqual(render(renderer, 46, 4), [[0, 0, 1, 2]]);
  });

  it('joins in where the clip is by then, for a layer that comes later', () => {
    const renderer = new ClipRenderer({ planes: [ramp(100)], sampleRate: RATE, start: 1 }, RATE);
    assert.deepEqual(render(renderer, 48 + 10, 3), [[11, 12, 13]]);
  });

  it('continues where the numbers of the mixer jump, and repeats what a mixer asks for again', () => {
    const renderer = new ClipRenderer({ planes: [ramp(100)], sampleRate: RATE, start: 0 }, RATE);
    assert.deepEqual(render(renderer, 0, 3), [[1, 2, 3]]);
    assert.deepEqual(render(renderer, 500, 3), [[4, 5, 6]]);
    assert.deepEqual(render(renderer, 501, 3), [[5, 6, 7]]);
  });

  it('gives mono to every channel, all channels together to mono, and nothing to a channel that the clip lacks', () => {
    const mono = new ClipRenderer({ planes: [ramp(2)], sampleRate: RATE, start: 0 }, RATE);
    assert.deepEqual(render(mono, 0, 2, 2), [
      [1, 2],
      [1, 2],
    ]);
    const planes = [ramp(2), ramp(2, 11)];
    assert.deepEqual(render(new ClipRenderer({ planes, sampleRate: RATE, start: 0 }, RATE), 0, 2), [[6, 7]]);
    assert.deepEqual(render(new ClipRenderer({ planes, sampleRate: RATE, start: 0 }, RATE), 0, 2, 3), [
      [1, 2],
      [11, 12],
      [0, 0],
    ]);
  });

  it('plays a clip of another rate as long as it lasts, by interpolation', () => {
    const frequency = 440;
    const sine = Float32Array.from({ length: 800 }, (_, i) => Math.sin((2 * Math.PI * frequency * i) / 8000));
    const renderer = new ClipRenderer({ planes: [sine], sampleRate: 8000, start: 0 }, RATE);
    const [samples = []] = render(renderer, 0, 4900);
    for (let i = 12; i < 4780; i++) {
      assert.closeTo(samples[i] as number, Math.sin((2 * Math.PI * frequency * i) / RATE), 0.01, `sample ${i}`);
    }
    assert.isTrue(samples.slice(4812).every((sample) => sample === 0));
  });
});
