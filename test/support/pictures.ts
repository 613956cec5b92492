import type { VideoInput } from 'track-elements/generator';
import { createPicture, type Picture, rgbToYcc, type Ycc } from 'track-elements/signals';
import { afterwards } from './afterwards.js';
import { type Rgb, Screen, type Spot } from './screen.js';
import { assert } from './suite.js';

/** Four colours that no conversion mistakes for each other, top left, top right, bottom left, bottom right. */
export const quarters: readonly Spot[] = [
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
export const canvasOf = (width = 64, height = 48): HTMLCanvasElement =>
  paint(Object.assign(document.createElement('canvas'), { width, height }));

/** A canvas of a single colour. */
export function plain([red, green, blue]: Rgb, width = 64, height = 48): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  context.fillRect(0, 0, width, height);
  return canvas;
}

/** The four colours as a picture of our own. */
export function pictureOf(width = 64, height = 48, colorSpace: Picture['colorSpace'] = 'bt601'): Picture {
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
 * The four colours as this browser reads them out of an I420 frame. Without a GPU none is exact: Chromium and Firefox
 * convert BT.709 with a factor for blue of 2.0 in place of 2.112, WebKitGTK shows everything some 2 levels dark.
 */
export function readHere(picture: Picture): readonly Spot[] {
  const { width, height, y, u, v, colorSpace } = picture;
  const matrix = colorSpace === 'bt709' ? 'bt709' : 'smpte170m';
  const frame = new VideoFrame(Uint8Array.from([...y, ...u, ...v]), {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix, primaries: matrix, transfer: matrix, fullRange: false },
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  context.drawImage(frame, 0, 0);
  frame.close();
  return quarters.map(({ x, y, color }) => {
    const [red = 0, green = 0, blue = 0] = context.getImageData(x * width, y * height, 1, 1).data;
    const read = [red, green, blue] as const;
    read.forEach((level, index) => {
      assert.closeTo(level, color[index] as number, 8);
    });
    return { x, y, color: read };
  });
}

/** A frame with the four colours. */
export const frameOf = (timestamp = 0, width = 64, height = 48): VideoFrame =>
  new VideoFrame(canvasOf(width, height), { timestamp });

/** Everything a video generator takes, each with the four colours. */
export const videoInputs: Readonly<Record<string, () => VideoInput | Promise<VideoInput>>> = {
  'a VideoFrame': () => frameOf(),
  'an ImageBitmap': () => createImageBitmap(canvasOf()),
  'an ImageData': () => (canvasOf().getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, 64, 48),
  'a canvas': () => canvasOf(),
  'an OffscreenCanvas': () => paint(new OffscreenCanvas(64, 48)),
  'an <img>': async () => {
    const image = new Image();
    image.src = canvasOf().toDataURL();
    await image.decode();
    return image;
  },
  'a <video>': async () => {
    const canvas = canvasOf();
    const stream = canvas.captureStream(30);
    const [track] = stream.getVideoTracks() as [MediaStreamTrack];
    // A canvas is captured when it is painted.
    const timer = setInterval(() => paint(canvas), 50);
    afterwards(() => {
      clearInterval(timer);
      track.stop();
    });
    const screen = new Screen(track);
    await screen.shows(quarters);
    return screen.video;
  },
  'an I420 picture': () => pictureOf(),
  'an I420 picture with separate planes': () => {
    const picture = pictureOf();
    return { ...picture, y: picture.y.slice(), u: picture.u.slice(), v: picture.v.slice() };
  },
};
