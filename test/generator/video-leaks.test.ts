/* Every VideoFrame and ImageBitmap has an owner who closes it. */
import { videoBackends, videoGenerator } from '../support/generators.js';
import { OpenFrames } from '../support/open-frames.js';
import { rejectionOf } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas, makePicture } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { waitFor } from '../support/waiting.js';

const canvas = makeCanvas(32, 32);
const inputs = [
  (n: number) => new VideoFrame(canvas, { timestamp: n * 1000 }),
  () => canvas,
  () => makePicture(32, 32),
  () => new ImageData(32, 32),
];

for (const backend of videoBackends) {
  describe(`A video generator by ${backend} leaves no frame open`, () => {
    it('after a thousand writes of all kinds, a few at a time', async function () {
      this.timeout(60_000);
      const frames = new OpenFrames();
      const generator = videoGenerator(backend);
      new VideoScreen(generator.track);
      for (let n = 0; n < 1000; n += 4) {
        await Promise.all(inputs.map((make, index) => generator.write(make(n + index))));
        if (n % 100 === 0) generator.muted = !generator.muted;
      }
      generator.muted = false;
      assert.isAbove(frames.made, 750);
      // Open are at most: the picture on show, the one hidden by black, the black one, and one that is being repeated.
      await waitFor(
        () => frames.open <= 4,
        () => `at most 4 open frames (${frames.open} of ${frames.made} are)`,
      );
      generator.stop();
      await waitFor(
        () => frames.open === 0,
        () => `the last frame's closing (${frames.open} of ${frames.made} are open)`,
      );
    });

    it('when it ends in the middle of writing, muted or not', async () => {
      const frames = new OpenFrames();
      for (const muted of [true, false]) {
        const generator = videoGenerator(backend);
        generator.muted = muted;
        await generator.write(inputs[0]?.(0) as VideoFrame);
        const writing = [1, 2, 3].map((n) => generator.write(inputs[0]?.(n) as VideoFrame));
        generator.muted = !muted;
        generator.stop();
        await Promise.all(writing);
      }
      await waitFor(
        () => frames.open === 0,
        () => `the last frame's closing (${frames.open} of ${frames.made} are open)`,
      );
    });

    it('when the page stops the track', async () => {
      const frames = new OpenFrames();
      const generator = videoGenerator(backend);
      await generator.write(canvas);
      generator.track.stop();
      await waitFor(
        () => frames.open === 0,
        () => `the last frame's closing (${frames.open} of ${frames.made} are open)`,
      );
    });

    it('of the library when write() rejects', async () => {
      const frames = new OpenFrames();
      const generator = videoGenerator(backend);
      await rejectionOf(generator.write({ ...makePicture(32, 32), width: 31 }));
      await rejectionOf(generator.write(new OffscreenCanvas(0, 0)));
      generator.stop();
      await rejectionOf(generator.write(makePicture(32, 32)));
      await waitFor(
        () => frames.open === 0,
        () => `the last frame's closing (${frames.open} of ${frames.made} are open)`,
      );
    });
  });
}
