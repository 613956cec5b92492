/* Data that a video generator accepts, read from a `<video>`, and bit by bit if the browser lets a page read a track. */
import type { TrackGenerator } from 'track-elements/generator';
import { videoBackends, videoGenerator } from '../support/generators.js';
import { describeIf, hasProcessor, noProcessor } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { frameBytes, TrackReader } from '../support/track-reading.js';
import {
  makeCanvas,
  makeFrame,
  makePicture,
  makeSolidCanvas,
  quarters,
  quartersAsDrawn,
  videoInputs,
} from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';

for (const backend of videoBackends) {
  describe(`A video generator by ${backend}`, () => {
    for (const [name, make] of Object.entries(videoInputs)) {
      it(`shows ${name}`, async () => {
        const generator = videoGenerator(backend);
        const screen = new VideoScreen(generator.track);
        assert.equal(await generator.write(await make()), true);
        await screen.shows(name.includes('I420') ? quartersAsDrawn(makePicture()) : quarters);
        assert.deepEqual(screen.size, [64, 48]);
      });
    }

    for (const colorSpace of ['bt601', 'bt709'] as const) {
      it(`shows an I420 picture of ${colorSpace} in its colours, at a size of high definition too`, async () => {
        const generator = videoGenerator(backend);
        const screen = new VideoScreen(generator.track);
        await generator.write(makePicture(1280, 720, colorSpace));
        await screen.shows(quartersAsDrawn(makePicture(64, 48, colorSpace)));
      });
    }

    it('shows a part of a larger buffer', async () => {
      const { y, u, v, ...rest } = makePicture();
      const shifted = [y, u, v].map((plane) => {
        const room = new Uint8Array(plane.length + 100);
        room.set(plane, 50);
        return room.subarray(50, 50 + plane.length);
      }) as [Uint8Array, Uint8Array, Uint8Array];
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write({ ...rest, y: shifted[0], u: shifted[1], v: shifted[2] });
      await screen.shows(quartersAsDrawn(makePicture()));
    });

    it('accepts pictures of odd sizes that are not I420', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeSolidCanvas([10, 120, 240], 65, 49));
      await screen.showsColor([10, 120, 240]);
    });

    it('changes its size with the written picture, on the same track', async () => {
      const generator = videoGenerator(backend);
      const { track } = generator;
      const screen = new VideoScreen(track);
      for (const [width, height] of [
        [64, 48],
        [320, 180],
        [48, 64],
      ] as const) {
        await generator.write(makeCanvas(width, height));
        await screen.hasSize(width, height);
        await screen.shows(quarters);
        const { width: tellsWidth, height: tellsHeight } = track.getSettings();
        assert.deepEqual([tellsWidth, tellsHeight], [width, height]);
      }
      assert.equal(generator.track, track);
      assert.equal(track.readyState, 'live');
    });
  });
}

describeIf(hasProcessor, noProcessor, 'A native video generator, frame by frame', () => {
  async function through(write: (generator: TrackGenerator) => Promise<unknown>): Promise<VideoFrame> {
    const generator = videoGenerator('native');
    const frames = new TrackReader<VideoFrame>(generator.track);
    await write(generator);
    return frames.next();
  }

  it('forwards an I420 picture byte by byte, with its colour space', async () => {
    const picture = makePicture(1280, 720, 'bt709');
    const frame = await through((generator) => generator.write(picture));
    assert.deepEqual([frame.format, frame.codedWidth, frame.codedHeight], ['I420', 1280, 720]);
    assert.deepEqual(await frameBytes(frame), new Uint8Array([...picture.y, ...picture.u, ...picture.v]));
    const { primaries, transfer, matrix, fullRange } = frame.colorSpace;
    assert.deepEqual([primaries, transfer, matrix, fullRange], ['bt709', 'bt709', 'bt709', false]);
  });

  it('tags an I420 picture of standard definition as BT.601', async () => {
    const frame = await through((generator) => generator.write(makePicture()));
    assert.equal(frame.colorSpace.matrix, 'smpte170m');
  });

  it('forwards footroom and headroom', async () => {
    const picture = makePicture();
    picture.y.forEach((_, at) => {
      picture.y[at] = at % 256;
    });
    const frame = await through((generator) => generator.write(picture));
    assert.deepEqual((await frameBytes(frame)).subarray(0, picture.y.length), picture.y);
  });

  for (const name of ['a VideoFrame', 'an ImageBitmap', 'an ImageData', 'a canvas', 'an OffscreenCanvas', 'an <img>']) {
    it(`forwards every pixel of ${name}`, async () => {
      const input = await (videoInputs[name] as NonNullable<(typeof videoInputs)[string]>)();
      const frame = await through((generator) => generator.write(input));
      const context = makeCanvas().getContext('2d') as CanvasRenderingContext2D;
      const expected = new Uint8Array(context.getImageData(0, 0, 64, 48).data);
      assert.deepEqual(await frameBytes(frame, 'RGBA'), expected);
    });
  }

  it("forwards a VideoFrame's timestamp, duration and size", async () => {
    const source = new VideoFrame(makeCanvas(322, 180), { timestamp: 123_456, duration: 33_333 });
    const frame = await through((generator) => generator.write(source));
    assert.deepEqual(
      [frame.timestamp, frame.duration, frame.displayWidth, frame.displayHeight],
      [123_456, 33_333, 322, 180],
    );
  });

  it('replaces the times of a VideoFrame by those of write()', async () => {
    const times = { timestamp: 777, duration: 40_000 };
    const frame = await through((generator) => generator.write(makeFrame(5), times));
    assert.deepEqual([frame.timestamp, frame.duration], [777, 40_000]);
  });
});
