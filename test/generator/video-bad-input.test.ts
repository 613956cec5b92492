/* Data that a video generator rejects. Each error says what was given and what is accepted, and the track stays live. */
import { createPicture } from 'track-elements/signals';
import { onCleanup } from '../support/cleanup.js';
import { videoBackends, videoGenerator } from '../support/generators.js';
import { assertRejects, type ExpectedError } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas, makeFrame, makeSolidCanvas, quarters } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent } from '../support/waiting.js';

const accepted = [/VideoFrame/, /ImageBitmap/, /ImageData/, /canvas/i, /img|HTMLImageElement/, /picture|I420/];
const kinds: Readonly<Record<string, readonly [make: () => unknown, given: RegExp]>> = {
  nothing: [() => undefined, /undefined/],
  null: [() => null, /null/],
  'a number': [() => 42, /42|number/],
  'a string': [() => 'frame', /"frame"/],
  'a symbol': [() => Symbol('frame'), /symbol/i],
  'a function': [() => () => {}, /function|=>/i],
  'an empty object': [() => ({}), /Object/],
  'an array of frames': [() => [makeCanvas()], /Array/],
  'a Blob': [() => new Blob(['GIF89a'], { type: 'image/gif' }), /Blob/],
  'an ArrayBuffer': [() => new ArrayBuffer(64 * 48 * 4), /ArrayBuffer/],
  'a Uint8Array': [() => new Uint8Array(64 * 48 * 4), /Uint8Array/],
  'a Float32Array, which is audio': [() => new Float32Array(1024), /Float32Array/],
  'an AudioBuffer': [() => new AudioBuffer({ length: 10, sampleRate: 48000 }), /AudioBuffer/],
  'a <div>': [() => document.createElement('div'), /HTMLDivElement/],
  'an <audio>': [() => document.createElement('audio'), /HTMLAudioElement/],
  'a track': [() => (makeCanvas().captureStream().getVideoTracks() as [MediaStreamTrack])[0], /MediaStreamTrack/],
};

const picture = createPicture(64, 48);
const planes = (change: object): unknown => ({ ...picture, ...change });
const wrongPlanes: Readonly<Record<string, readonly [given: unknown, says: readonly RegExp[]]>> = {
  'an I420 picture with a short y': [planes({ y: new Uint8Array(100) }), [/64x48/, /100/, /width × height/]],
  'an I420 picture with a long u': [planes({ u: new Uint8Array(1000) }), [/1000/, /quarter/]],
  'an I420 picture without bytes in v': [planes({ v: new Uint8Array(0) }), [/ 0 /, /quarter/]],
  'an I420 picture of odd width': [planes({ width: 63 }), [/63x48/, /even/]],
  'an I420 picture of odd height': [planes({ height: 47 }), [/64x47/, /even/]],
  'an I420 picture without a size': [planes({ width: undefined, height: undefined }), [/undefined/]],
  'an I420 picture of negative size': [planes({ width: -64, height: -48 }), [/-64x-48/]],
  'an I420 picture of no size': [planes({ width: 0, height: 0 }), [/0x0/]],
};

/** A picture of the same server under its other name, loaded without CORS: what it is drawn into is tainted. */
async function foreignImage(): Promise<HTMLImageElement> {
  const image = new Image();
  const { hostname, port, pathname } = new URL('../pages/square.svg', import.meta.url);
  image.src = `http://${hostname === 'localhost' ? '127.0.0.1' : 'localhost'}:${port}${pathname}`;
  await image.decode();
  return image;
}

const unreadable: Readonly<Record<string, readonly [make: () => unknown, refusal: ExpectedError]>> = {
  'a closed VideoFrame': [
    () => {
      const frame = makeFrame();
      frame.close();
      return frame;
    },
    { name: 'TypeError', says: [/closed/, /VideoFrame/] },
  ],
  'a closed ImageBitmap': [
    async () => {
      const bitmap = await createImageBitmap(makeCanvas());
      bitmap.close();
      return bitmap;
    },
    { name: 'TypeError', says: [/closed/, /ImageBitmap/] },
  ],
  'an empty canvas': [
    () => Object.assign(document.createElement('canvas'), { width: 0, height: 0 }),
    { name: 'InvalidStateError', says: [/empty/, /HTMLCanvasElement/] },
  ],
  'an empty OffscreenCanvas': [
    () => new OffscreenCanvas(10, 0),
    { name: 'InvalidStateError', says: [/empty/, /OffscreenCanvas/] },
  ],
  'an <img> that has not loaded': [
    () => Object.assign(new Image(), { src: `/test/pages/square.svg?${Math.random()}` }),
    { name: 'InvalidStateError', says: [/HTMLImageElement/, /decode\(\)/] },
  ],
  'an <img> that could not be loaded': [
    async () => {
      const image = new Image();
      const failed = nextEvent(image, 'error');
      image.src = 'data:image/png;base64,AAAA';
      await failed;
      return image;
    },
    { name: 'InvalidStateError', says: [/HTMLImageElement/, /could not be loaded/] },
  ],
  'an <img> without a source': [() => new Image(), { name: 'InvalidStateError', says: [/HTMLImageElement/] }],
  'a <video> without a picture': [
    () => document.createElement('video'),
    { name: 'InvalidStateError', says: [/HTMLVideoElement/, /loadeddata/] },
  ],
  "another origin's <img>": [
    foreignImage,
    { name: 'SecurityError', says: [/HTMLImageElement/, /origin/, /crossorigin/] },
  ],
  'a tainted canvas': [
    async () => {
      const canvas = makeCanvas();
      canvas.getContext('2d')?.drawImage(await foreignImage(), 0, 0);
      return canvas;
    },
    { name: 'SecurityError', says: [/HTMLCanvasElement/, /origin/] },
  ],
  'an I420 picture of an unknown colour space': [
    () => planes({ colorSpace: 'bt2020' }),
    { name: 'TypeError', says: [/bt2020/, /bt601/, /bt709/] },
  ],
  'an I420 picture whose planes are no bytes': [
    () => planes({ y: new Float32Array(64 * 48) }),
    { name: 'TypeError', says: [/Float32Array/, /Uint8Array/] },
  ],
  'an I420 picture whose plane is missing': [
    () => planes({ v: null }),
    { name: 'TypeError', says: [/null/, /Uint8Array/] },
  ],
};

const cases: Record<string, readonly [make: () => unknown, refusal: ExpectedError]> = { ...unreadable };
for (const [name, [make, given]] of Object.entries(kinds)) {
  cases[name] = [make, { name: 'TypeError', says: [given, ...accepted] }];
}
for (const [name, [given, says]] of Object.entries(wrongPlanes))
  cases[name] = [() => given, { name: 'RangeError', says }];

for (const backend of videoBackends) {
  describe(`A video generator by ${backend} refuses`, () => {
    for (const [name, [make, refusal]] of Object.entries(cases)) {
      it(`${name}, with a ${refusal.name}, and shows the next picture`, async () => {
        const generator = videoGenerator(backend);
        const screen = new VideoScreen(generator.track);
        await generator.write(makeSolidCanvas([20, 20, 20]));
        await assertRejects(generator.write((await make()) as never), refusal);
        assert.equal(generator.track.readyState, 'live');
        assert.equal(await generator.write(makeCanvas()), true);
        await screen.shows(quarters);
      });
    }

    it('a timestamp that is not a number, and leaves the frame open', async () => {
      const generator = videoGenerator(backend);
      for (const options of [{ timestamp: Number.NaN }, { duration: Number.POSITIVE_INFINITY }]) {
        const frame = makeFrame();
        onCleanup(() => frame.close());
        await assertRejects(generator.write(frame, options), {
          name: 'TypeError',
          says: [/NaN|Infinity/, /microseconds/],
        });
        assert.isNotNull(frame.format);
      }
      assert.equal(await generator.write(makeCanvas()), true);
    });

    it('a VideoFrame after stop(), and leaves it open', async () => {
      const generator = videoGenerator(backend);
      generator.stop();
      const frame = makeFrame();
      await assertRejects(generator.write(frame), { name: 'InvalidStateError', says: [/ended/, /new/] });
      assert.equal(frame.format === null, false);
      frame.close();
    });

    it('a write after stop(), also while muted and with a live clone', async () => {
      const generator = videoGenerator(backend);
      const clone = generator.track.clone();
      generator.muted = true;
      await generator.write(makeCanvas());
      generator.stop();
      await assertRejects(generator.write(makeCanvas()), { name: 'InvalidStateError', says: [/ended/] });
      clone.stop();
    });

    it('a bad write after a good one without losing the picture', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      await assertRejects(generator.write({} as never), { name: 'TypeError', says: [/Object/] });
      await new VideoScreen(generator.track).shows(quarters);
    });
  });
}
