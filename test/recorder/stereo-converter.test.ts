/* The conversion of recorded audio to stereo at 48 kHz. */
import { StereoConverter } from '../../dist/recorder/worker/stereo-converter.js';
import { assert, describe, it } from '../support/suite.js';

const FREQUENCY_HZ = 1000;

/** A second of a sine in blocks of 10 ms. */
function sineBlocks(sampleRate: number): Float32Array[] {
  const length = sampleRate / 100;
  return Array.from({ length: 100 }, (_, block) =>
    Float32Array.from({ length }, (_, index) =>
      Math.sin((2 * Math.PI * FREQUENCY_HZ * (block * length + index)) / sampleRate),
    ),
  );
}

describe('StereoConverter', () => {
  it('passes samples at 48 kHz as they are, and keeps left and right apart', () => {
    const samples = new StereoConverter().convert([Float32Array.of(0.1, 0.2), Float32Array.of(0.3, 0.4)], 48000);
    assert.deepEqual([...samples], [...Float32Array.of(0.1, 0.2, 0.3, 0.4)]);
  });

  it('puts mono on both sides, and keeps the first two of more channels', () => {
    const [one, two, three] = [Float32Array.of(0.1), Float32Array.of(0.2), Float32Array.of(0.3)];
    assert.deepEqual([...new StereoConverter().convert([one], 48000)], [...Float32Array.of(0.1, 0.1)]);
    assert.deepEqual([...new StereoConverter().convert([one, two, three], 48000)], [...Float32Array.of(0.1, 0.2)]);
  });

  for (const sampleRate of [8000, 44100, 96000]) {
    it(`makes 48,000 samples of a second at ${sampleRate} Hz, without a step between blocks`, () => {
      const converter = new StereoConverter();
      const left = sineBlocks(sampleRate).flatMap((block) => {
        const samples = converter.convert([block], sampleRate);
        return [...samples.subarray(0, samples.length / 2)];
      });
      assert.closeTo(left.length, 48000, 6);
      // Interpolation errs by at most (2πf/rate)² / 8.
      const tolerance = (2 * Math.PI * (FREQUENCY_HZ / sampleRate)) ** 2 / 8 + 1e-5;
      const errors = left.map((value, index) =>
        Math.abs(value - Math.sin((2 * Math.PI * FREQUENCY_HZ * index) / 48000)),
      );
      assert.isBelow(Math.max(...errors), tolerance);
    });
  }
});
