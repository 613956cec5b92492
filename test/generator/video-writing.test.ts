/* The results of write(), the order in which pictures are shown, and who closes frames. */
import { videoBackends, videoGenerator } from '../support/generators.js';
import { isNative } from '../support/skipping.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { makeCanvas, makeFrame, makeSolidCanvas, quarters } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';

const isClosed = (frame: VideoFrame): boolean => frame.format === null;

for (const backend of videoBackends) {
  describe(`write() of a video generator by ${backend}`, () => {
    const native = globalThis.createImageBitmap;
    afterEach(() => {
      globalThis.createImageBitmap = native;
    });

    it('resolves to true when the track has taken a picture', async () => {
      const generator = videoGenerator(backend);
      assert.equal(await generator.write(makeCanvas()), true);
      assert.equal(await generator.write(makeCanvas()), true);
    });

    it('closes an accepted VideoFrame', async () => {
      const frame = makeFrame();
      await videoGenerator(backend).write(frame);
      assert.isTrue(isClosed(frame));
    });

    it('leaves an ImageBitmap to the caller', async () => {
      const bitmap = await createImageBitmap(makeCanvas());
      await videoGenerator(backend).write(bitmap);
      assert.deepEqual([bitmap.width, bitmap.height], [64, 48]);
      bitmap.close();
    });

    it('copies the picture during the call', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const canvas = makeSolidCanvas([200, 30, 30]);
      const written = generator.write(canvas);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.fillStyle = 'rgb(30, 30, 200)';
      context.fillRect(0, 0, 64, 48);
      await written;
      await screen.showsColor([200, 30, 30]);
    });

    it('shows the last of many that were written without waiting, and closes each', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      const frames = Array.from(
        { length: 20 },
        (_, n) => new VideoFrame(makeSolidCanvas([10 * n, 60, 60]), { timestamp: n }),
      );
      const results = await Promise.all(frames.map((frame) => generator.write(frame)));
      assert.equal(results.at(-1), true);
      assert.isTrue(results.every((result) => typeof result === 'boolean'));
      await screen.showsColor([190, 60, 60]);
      assert.isTrue(frames.every(isClosed));
      const { produced, dropped } = await generator.getStats();
      assert.deepEqual(
        [produced, dropped],
        [results.filter((taken) => taken).length, results.filter((taken) => !taken).length],
      );
    });

    // Only a canvas takes time to take a picture.
    if (backend === 'canvas') {
      it('resolves to false for a picture that a newer one overtook, and shows the newer', async () => {
        let release = () => {};
        const held = new Promise<void>((resolve) => {
          release = resolve;
        });
        globalThis.createImageBitmap = (async (source: ImageBitmapSource) => {
          globalThis.createImageBitmap = native;
          const bitmap = await native(source);
          await held;
          return bitmap;
        }) as typeof native;
        const generator = videoGenerator(backend);
        const screen = new VideoScreen(generator.track);
        const slow = makeFrame();
        const first = generator.write(slow);
        assert.equal(await generator.write(makeSolidCanvas([30, 180, 90])), true);
        release();
        assert.equal(await first, false);
        assert.isTrue(isClosed(slow));
        await screen.showsColor([30, 180, 90]);
        assert.equal((await generator.getStats()).dropped, 1);
      });
    }

    it('resolves to false while paused, closes the frame, and the last picture stays', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeCanvas());
      generator.paused = true;
      const frame = new VideoFrame(makeSolidCanvas([255, 255, 255]), { timestamp: 1 });
      assert.equal(await generator.write(frame), false);
      assert.isTrue(isClosed(frame));
      await screen.shows(quarters);
      assert.equal((await generator.getStats()).dropped, 1);
      generator.paused = false;
      assert.equal(await generator.write(makeSolidCanvas([20, 120, 220])), true);
      await screen.showsColor([20, 120, 220]);
    });

    it('rejects bad data while paused too', async () => {
      const generator = videoGenerator(backend);
      generator.paused = true;
      let error: unknown;
      await generator.write('frame' as never).catch((reason) => {
        error = reason;
      });
      assert.instanceOf(error, TypeError);
    });

    it('resolves to false when the track ended meanwhile, and closes the frame', async () => {
      const generator = videoGenerator(backend);
      const frame = makeFrame();
      const written = generator.write(frame);
      generator.stop();
      assert.equal(await written, false);
      assert.isTrue(isClosed(frame));
    });

    it('counts accepted and dropped pictures', async () => {
      const generator = videoGenerator(backend);
      for (let n = 0; n < 3; n++) await generator.write(makeCanvas());
      generator.paused = true;
      await generator.write(makeCanvas());
      const { repeated, ...counted } = await generator.getStats();
      assert.deepEqual(counted, { kind: 'video', backend, produced: 3, dropped: 1, late: 0, underruns: 0 });
      assert.isAtLeast(repeated, 0);
    });
  });
}

describe('A video generator', () => {
  it('reports its backend', () => {
    assert.equal(videoGenerator().backend, isNative ? 'native' : 'canvas');
    for (const backend of videoBackends) assert.equal(videoGenerator(backend).backend, backend);
  });

  it('has its track at once, a live one of its kind', () => {
    for (const backend of videoBackends) {
      const { track } = videoGenerator(backend);
      assert.instanceOf(track, MediaStreamTrack);
      assert.deepEqual([track.kind, track.readyState], ['video', 'live']);
    }
  });
});
