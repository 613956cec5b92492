/* A canvas whose picture is gone when it is written, and transparent pictures. */

import type { TrackGenerator, VideoInput } from 'track-elements/generator';
import { isEmpty } from '../../dist/generator/page/canvas-watch.js';
import { onCleanup } from '../support/cleanup.js';
import { videoBackends, videoGenerator } from '../support/generators.js';
import { describeIf } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas } from '../support/video-inputs.js';
import { readPixels, VideoScreen } from '../support/video-pixels.js';
import { nextEvent, sleep } from '../support/waiting.js';

const hasWebGl = new OffscreenCanvas(1, 1).getContext('webgl') !== null;

/** A red canvas of WebGL, after it was shown. */
async function shownWebGlCanvas(preserveDrawingBuffer: boolean): Promise<HTMLCanvasElement> {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
  const context = canvas.getContext('webgl', { preserveDrawingBuffer }) as WebGLRenderingContext;
  document.body.append(canvas);
  context.clearColor(1, 0, 0, 1);
  context.clear(context.COLOR_BUFFER_BIT);
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await sleep(50);
  return canvas;
}

/** The warning comes by half a second's tick, one second after the first empty canvas. */
const LATEST_WARNING_MS = 1700;

/** Writes a canvas as an application does that draws all the time; it may be drawn before each write. */
async function writeMany(generator: TrackGenerator, canvas: HTMLCanvasElement, count: number, draw = () => {}) {
  for (let n = 0; n < count; n++) {
    draw();
    await generator.write(canvas);
  }
}

function warningsOf(target: EventTarget): string[] {
  const messages: string[] = [];
  target.addEventListener('warning', (event) => {
    event.preventDefault();
    messages.push((event as ErrorEvent).message);
  });
  return messages;
}

describeIf(hasWebGl, 'this browser has no WebGL here', 'A canvas of WebGL that was shown before it is written', () => {
  for (const backend of videoBackends) {
    it(`warns by ${backend}, once and with the remedy, if its context does not preserve its picture`, async () => {
      const generator = videoGenerator(backend);
      const messages = warningsOf(generator);
      const warned = nextEvent<ErrorEvent>(generator, 'warning');
      const canvas = await shownWebGlCanvas(false);
      for (let n = 0; n < 3; n++) await generator.write(canvas);
      assert.equal((await warned).error.name, 'InvalidStateError');
      await generator.write(canvas);
      await sleep(100);
      assert.equal(messages.length, 1);
      assert.match(messages[0] as string, /transparent.*WebGL.*preserveDrawingBuffer: true/);
      canvas.remove();
    });

    it(`does not warn by ${backend} if its context preserves its picture`, async () => {
      const generator = videoGenerator(backend);
      const messages = warningsOf(generator);
      const canvas = await shownWebGlCanvas(true);
      await generator.write(canvas);
      await new VideoScreen(generator.track).showsColor([255, 0, 0]);
      await sleep(LATEST_WARNING_MS);
      assert.deepEqual(messages, []);
      canvas.remove();
    });

    it(`warns by ${backend} also if only later pictures are lost`, async () => {
      const generator = videoGenerator(backend);
      const messages = warningsOf(generator);
      const canvas = await shownWebGlCanvas(false);
      const context = canvas.getContext('webgl') as WebGLRenderingContext;
      await writeMany(generator, canvas, 40, () => context.clear(context.COLOR_BUFFER_BIT));
      assert.deepEqual(messages, []);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await sleep(50);
      const warned = nextEvent<ErrorEvent>(generator, 'warning');
      await writeMany(generator, canvas, 31);
      assert.match((await warned).message, /transparent.*WebGL.*preserveDrawingBuffer: true/);
      assert.equal(messages.length, 1);
      canvas.remove();
    });

    it(`does not warn by ${backend} after the end`, async () => {
      const generator = videoGenerator(backend);
      const messages = warningsOf(generator);
      const canvas = await shownWebGlCanvas(false);
      for (let n = 0; n < 3; n++) await generator.write(canvas);
      generator.stop();
      await sleep(LATEST_WARNING_MS);
      assert.deepEqual(messages, []);
      canvas.remove();
    });
  }
});

describe('A canvas that is written', () => {
  it('before the page draws does not warn', async () => {
    const generator = videoGenerator();
    const messages = warningsOf(generator);
    await generator.write(Object.assign(document.createElement('canvas'), { width: 64, height: 48 }));
    await sleep(200);
    await generator.write(makeCanvas());
    await sleep(LATEST_WARNING_MS);
    assert.deepEqual(messages, []);
  });

  it('does not warn when its page has cleared what it drew in 2D', async () => {
    const generator = videoGenerator();
    const messages = warningsOf(generator);
    const canvas = makeCanvas();
    await generator.write(canvas);
    await sleep(100);
    canvas.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height);
    await writeMany(generator, canvas, 31);
    await sleep(LATEST_WARNING_MS);
    assert.deepEqual(messages, []);
  });
});

describe('A canvas that cannot be read', () => {
  it('is not called empty', async () => {
    const closed = await createImageBitmap(makeCanvas());
    closed.close();
    assert.isFalse(isEmpty(closed));
    assert.isFalse(isEmpty(Object.assign(document.createElement('canvas'), { width: 0, height: 0 })));
  });

  for (const backend of videoBackends) {
    it(`makes its write reject by ${backend}, and no other promise`, async () => {
      const unhandled: unknown[] = [];
      const listener = (event: PromiseRejectionEvent) => {
        event.preventDefault();
        unhandled.push(event.reason);
      };
      addEventListener('unhandledrejection', listener);
      onCleanup(() => removeEventListener('unhandledrejection', listener));
      const generator = videoGenerator(backend);
      const empty = Object.assign(document.createElement('canvas'), { width: 0, height: 0 });
      const error = await generator.write(empty).catch((reason) => reason);
      assert.instanceOf(error, Error);
      await sleep(50);
      assert.deepEqual(unhandled, []);
      assert.isTrue(await generator.write(makeCanvas()));
    });

    it(`does not make its write reject by ${backend}, if only the look at it fails`, async () => {
      const generator = videoGenerator(backend);
      const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 48 });
      canvas.getContext('2d');
      await generator.write(canvas);
      // The watch is loaded, and looks at each canvas while they are empty.
      await sleep(100);
      const { prototype } = CanvasRenderingContext2D;
      const { drawImage } = prototype;
      onCleanup(() => Object.assign(prototype, { drawImage }));
      let looks = 0;
      prototype.drawImage = function (...values: unknown[]) {
        // The canvas of the watch; a write may need others.
        if (this.canvas.width !== 16) return Reflect.apply(drawImage, this, values);
        looks++;
        throw new DOMException('There is no memory for it.', 'InvalidStateError');
      };
      await generator.write(canvas);
      assert.equal(looks, 1);
    });
  }
});

describe('A picture is not empty', () => {
  for (const [width, height] of [
    [640, 360],
    [1279, 719],
    [17, 500],
    [3, 2],
  ] as const) {
    it(`if one of its ${width}x${height} pixels is seen, wherever it is`, () => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      assert.isTrue(isEmpty(canvas), 'without a pixel');
      const missed: string[] = [];
      for (let n = 0; n < 40; n++) {
        const x = n < 4 ? (n % 2) * (width - 1) : (n * 337) % width;
        const y = n < 4 ? Math.floor(n / 2) * (height - 1) : (n * 211) % height;
        context.clearRect(0, 0, width, height);
        context.fillStyle = 'rgb(255 0 0 / 10%)';
        context.fillRect(x, y, 1, 1);
        if (isEmpty(canvas)) missed.push(`${x}, ${y}`);
      }
      assert.deepEqual(missed, []);
    });
  }
});

/** The left half is transparent, the right half is half-transparent white. */
function transparentCanvas(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(64, 48);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = 'rgba(255, 255, 255, 0.5)';
  context.fillRect(32, 0, 32, 48);
  return canvas;
}

const transparentInputs: Readonly<Record<string, () => VideoInput | Promise<VideoInput>>> = {
  'a canvas': transparentCanvas,
  'an ImageBitmap': () => createImageBitmap(transparentCanvas()),
  'a VideoFrame': () => new VideoFrame(transparentCanvas(), { timestamp: 0 }),
  'an ImageData': () =>
    (transparentCanvas().getContext('2d') as OffscreenCanvasRenderingContext2D).getImageData(0, 0, 64, 48),
};

for (const backend of videoBackends) {
  describe(`A transparent picture by ${backend}`, () => {
    for (const [name, make] of Object.entries(transparentInputs)) {
      it(`is shown over black: ${name}`, async () => {
        const generator = videoGenerator(backend);
        await generator.write(await make());
        const screen = new VideoScreen(generator.track);
        screen.video.style.background = 'lime';
        await screen.shows([
          { x: 0.2, y: 0.5, color: [0, 0, 0] },
          { x: 0.8, y: 0.5, color: [128, 128, 128] },
        ]);
        const { data } = readPixels(screen.video);
        assert.isTrue(
          data.every((level, index) => index % 4 < 3 || level === 255),
          'the page behind is not seen',
        );
      });
    }
  });
}
