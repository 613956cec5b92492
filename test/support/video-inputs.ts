/** Everything that a video generator takes, each with the same four colours. */
import type { VideoInput } from 'track-elements/generator';
import { createPicture, type Picture, rgbToYcc, type Ycc } from 'track-elements/signals';
import { onCleanup } from './cleanup.js';
import { assert } from './suite.js';
import { pictureBytes } from './track-reading.js';
import { type ColorSpot, colorAt, drawI420, type Rgb, VideoScreen } from './video-pixels.js';

/** Four colours that every conversion keeps apart: top left, top right, bottom left, bottom right. */
export const quarters: readonly ColorSpot[] = [
  { x: 0.25, y: 0.25, color: [200, 40, 60] },
  { x: 0.75, y: 0.25, color: [30, 180, 90] },
  { x: 0.25, y: 0.75, color: [50, 70, 210] },
  { x: 0.75, y: 0.75, color: [128, 128, 128] },
];

type Canvas = HTMLCanvasElement | OffscreenCanvas;

function paint<T extends Canvas>(canvas: T): T {
  const { width, height } = canvas;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  for (const { x, y, color } of quarters) {
    context.fillStyle = `rgb(${color})`;
    context.fillRect(Math.floor(2 * x) * (width / 2), Math.floor(2 * y) * (height / 2), width / 2, height / 2);
  }
  return canvas;
}

/** A canvas with the four colours. */
export const makeCanvas = (width = 64, height = 48): HTMLCanvasElement =>
  paint(Object.assign(document.createElement('canvas'), { width, height }));

/** A canvas of a single colour. */
export function makeSolidCanvas([red, green, blue]: Rgb, width = 64, height = 48): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  context.fillRect(0, 0, width, height);
  return canvas;
}

/** The four colours as a `Picture` of the signals. */
export function makePicture(width = 64, height = 48, colorSpace: Picture['colorSpace'] = 'bt601'): Picture {
  const picture = createPicture(width, height, colorSpace);
  const colors = quarters.map(({ color: [r, g, b] }) => rgbToYcc({ r, g, b }, colorSpace));
  for (const name of ['y', 'u', 'v'] as const) {
    const plane = picture[name];
    const columns = name === 'y' ? width : width / 2;
    for (let at = 0; at < plane.length; at++) {
      const right = at % columns >= columns / 2 ? 1 : 0;
      const below = at >= plane.length / 2 ? 2 : 0;
      plane[at] = (colors[right + below] as Ycc)[name];
    }
  }
  return picture;
}

/**
 * The four colours as this browser draws them from an I420 frame. Without a GPU no engine is exact: Chromium and Firefox
 * convert BT.709 with a factor for blue of 2.0 in place of 2.112, WebKitGTK shows everything some 2 levels dark.
 */
export function quartersAsDrawn(picture: Picture): readonly ColorSpot[] {
  const { width, height, colorSpace } = picture;
  const image = drawI420(pictureBytes(picture), width, height, colorSpace);
  return quarters.map(({ x, y, color }) => {
    const drawn = colorAt(image, x * width, y * height);
    drawn.forEach((level, index) => {
      assert.closeTo(level, color[index], 8);
    });
    return { x, y, color: drawn };
  });
}

/** A frame with the four colours. */
export const makeFrame = (timestamp = 0, width = 64, height = 48): VideoFrame =>
  new VideoFrame(makeCanvas(width, height), { timestamp });

/** Each kind of input by its description. */
export const videoInputs: Readonly<Record<string, () => VideoInput | Promise<VideoInput>>> = {
  'a VideoFrame': () => makeFrame(),
  'an ImageBitmap': () => createImageBitmap(makeCanvas()),
  'an ImageData': () => (makeCanvas().getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, 64, 48),
  'a canvas': () => makeCanvas(),
  'an OffscreenCanvas': () => paint(new OffscreenCanvas(64, 48)),
  'an <img>': async () => {
    const image = new Image();
    image.src = makeCanvas().toDataURL();
    await image.decode();
    return image;
  },
  'a <video>': async () => {
    const canvas = makeCanvas();
    const stream = canvas.captureStream(30);
    const [track] = stream.getVideoTracks() as [MediaStreamTrack];
    // A canvas is captured only when it is painted.
    const timer = setInterval(() => paint(canvas), 50);
    onCleanup(() => {
      clearInterval(timer);
      track.stop();
    });
    const screen = new VideoScreen(track);
    await screen.shows(quarters);
    return screen.video;
  },
  'an I420 picture': () => makePicture(),
  'an I420 picture with separate planes': () => {
    const picture = makePicture();
    return { ...picture, y: picture.y.slice(), u: picture.u.slice(), v: picture.v.slice() };
  },
};
