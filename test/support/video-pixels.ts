/** The pixels that a user sees of a track: read from a `<video>`. */
import { onCleanup } from './cleanup.js';
import { assert } from './suite.js';
import { nextEvent, waitFor } from './waiting.js';

export type Rgb = readonly [red: number, green: number, blue: number];
export type Ycc = readonly [y: number, cb: number, cr: number];

/** A colour at a place, which is given in parts of the width and height, from 0 to 1. */
export interface ColorSpot {
  readonly x: number;
  readonly y: number;
  readonly color: Rgb;
}

/** The picture that a video shows now. Throws while there is none. */
export function readPixels(video: HTMLVideoElement): ImageData {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) throw new Error('The video has no picture yet.');
  return draw(video, width, height);
}

/** The mean colour of the 3 × 3 pixels around a point in pixels. */
export function colorAt({ data, width, height }: ImageData, x: number, y: number): Rgb {
  const sums = [0, 0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const column = clamp(Math.round(x) + dx, width);
      const row = clamp(Math.round(y) + dy, height);
      for (let i = 0; i < 3; i++) sums[i] += data[(row * width + column) * 4 + i];
    }
  }
  return [sums[0] / 9, sums[1] / 9, sums[2] / 9];
}

const clamp = (index: number, length: number): number => Math.min(length - 1, Math.max(0, index));

/** The largest difference between two colours in one component. */
export const colorDistance = (one: Rgb, other: Rgb): number =>
  Math.max(...one.map((value, i) => Math.abs(value - other[i])));

/** Plays a track in a `<video>`, until the test is over. */
export class VideoScreen {
  readonly video: HTMLVideoElement;

  constructor(track: MediaStreamTrack) {
    this.video = document.createElement('video');
    Object.assign(this.video, { autoplay: true, muted: true, playsInline: true, width: 160 });
    this.video.srcObject = new MediaStream([track]);
    document.body.append(this.video);
    onCleanup(() => this.close());
  }

  get size(): readonly [width: number, height: number] {
    return [this.video.videoWidth, this.video.videoHeight];
  }

  /** The picture, or `null` while there is none. */
  image(): ImageData | null {
    return this.video.readyState < 2 || this.video.videoWidth === 0 ? null : readPixels(this.video);
  }

  /** Resolves when the colours at these places are shown, within so many levels. */
  async shows(expected: readonly ColorSpot[], levels = 3): Promise<void> {
    let seen: Rgb[] = [];
    await waitFor(
      () => {
        const image = this.image();
        if (!image) return false;
        seen = expected.map(({ x, y }) => colorAt(image, Math.floor(x * image.width), Math.floor(y * image.height)));
        return expected.every(({ color }, index) => colorDistance(seen[index], color) <= levels);
      },
      () => `${expected.map(({ color }) => `rgb(${color})`).join(', ')} on screen (seen: ${seen.join('; ')})`,
    );
  }

  /** Resolves when the whole picture has one colour, within so many levels. */
  showsColor(color: Rgb, levels = 3): Promise<void> {
    return this.shows(
      [0.05, 0.5, 0.95].map((place) => ({ x: place, y: place, color })),
      levels,
    );
  }

  async hasSize(width: number, height: number): Promise<void> {
    await waitFor(
      () => this.size[0] === width && this.size[1] === height,
      () => `a picture of ${width}x${height} (seen: ${this.size.join('x')})`,
    );
  }

  /** Resolves with the first picture. */
  async loaded(): Promise<void> {
    if (this.video.readyState < 2) await nextEvent(this.video, 'loadeddata');
    assert.isAbove(this.video.videoWidth, 0);
  }

  close(): void {
    this.video.srcObject = null;
    this.video.remove();
  }
}

/** The RGB of a Y'CbCr colour of limited range, by the weights of BT.601 or BT.709. */
export function yccToRgb([y, cb, cr]: Ycc, matrix: 'bt601' | 'bt709'): Rgb {
  const [kr, kb] = matrix === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  const kg = 1 - kr - kb;
  const luma = (y - 16) / 219;
  const blueness = (2 * (1 - kb) * (cb - 128)) / 224;
  const redness = (2 * (1 - kr) * (cr - 128)) / 224;
  const levels = [luma + redness, luma - (kb * blueness + kr * redness) / kg, luma + blueness];
  const [r, g, b] = levels.map((level) => 255 * Math.min(1, Math.max(0, level)));
  return [r, g, b];
}

/** The RGB that this browser makes of a Y'CbCr colour: a frame of that colour, drawn on a canvas. */
export function yccAsDrawn([y, cb, cr]: Ycc, matrix: 'bt601' | 'bt709'): Rgb {
  const side = 32;
  const bytes = new Uint8Array(side * side * 1.5).fill(y);
  bytes.fill(cb, side * side, side * side * 1.25).fill(cr, side * side * 1.25);
  return colorAt(drawI420(bytes, side, side, matrix), side / 2, side / 2);
}

/** The pixels that this browser makes of an I420 frame. */
export function drawI420(
  bytes: Uint8Array<ArrayBuffer>,
  width: number,
  height: number,
  colorSpace: 'bt601' | 'bt709',
): ImageData {
  const tag = colorSpace === 'bt601' ? 'smpte170m' : 'bt709';
  const frame = new VideoFrame(bytes, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: 0,
    colorSpace: { matrix: tag, primaries: tag, transfer: tag, fullRange: false },
  });
  try {
    return draw(frame, width, height);
  } finally {
    frame.close();
  }
}

function draw(source: CanvasImageSource, width: number, height: number): ImageData {
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gave no canvas context.');
  context.drawImage(source, 0, 0);
  return context.getImageData(0, 0, width, height);
}

/** The bars of the pattern `ebu-75`, from left to right. */
const EBU_75_BARS: readonly Rgb[] = [
  [255, 255, 255],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
  [0, 0, 0],
];

/** A place in the middle of each of those bars. */
export const EBU_75_SPOTS: readonly ColorSpot[] = EBU_75_BARS.map((color, index) => ({
  x: (index + 0.5) / EBU_75_BARS.length,
  y: 0.5,
  color,
}));
