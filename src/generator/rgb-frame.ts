/* This file is loaded where the browser has no `VideoFrame`. */
import type { ColorSpace } from '../signals/picture.js';
import type { FrameTimes } from './video-frames.js';

/**
 * The class that replaces `VideoFrame`.
 *
 * @throws {DOMException} `NotSupportedError` if the browser hides what canvases show: a captured canvas would show noise.
 */
export function standInClass(): typeof VideoFrame {
  if (!hidesCanvases()) return RgbFrame as unknown as typeof VideoFrame;
  throw new DOMException(
    'This browser has no VideoFrame, and hides what canvases show (in Firefox by privacy.resistFingerprinting), so that no ' +
      'video track can be made: allow the site to use its canvas image data, and start again.',
    'NotSupportedError',
  );
}

/**
 * Whether pages read noise in place of what canvases show: in Firefox with `privacy.resistFingerprinting`, unless the user
 * allows the site to read them. A captured canvas has that noise too. Other protections change levels by one or two.
 */
function hidesCanvases(): boolean {
  const context = document.createElement('canvas').getContext('2d');
  context?.fillRect(0, 0, 9, 1);
  const { data = [] } = context?.getImageData(0, 0, 9, 1) ?? {};
  return [...data].some((level, index) => index % 4 < 3 && level > MAX_CHANGE);
}

/** The levels by which black may differ. */
const MAX_CHANGE = 32;

/** A worklet has no such class. It evaluates this file as a part of the script of the devices, and makes no pictures. */
const { ImageData: PixelData = Object as unknown as typeof ImageData } = globalThis;

/**
 * Replaces a `VideoFrame` on its way to a bitmap. It can be made in the same ways: from the bytes of an I420 picture, from RGB,
 * or from another frame. It is an `ImageData`, so that `createImageBitmap()` takes it.
 */
export class RgbFrame extends PixelData {
  readonly timestamp: number;

  constructor(source: RgbFrame | Uint8Array<ArrayBuffer>, init: VideoFrameBufferInit | FrameTimes) {
    const { timestamp = 0 } = init;
    if (source instanceof PixelData) super(source.data, source.width, source.height);
    else {
      const { codedWidth, codedHeight } = init as VideoFrameBufferInit;
      super(rgbaOf(source, init as VideoFrameBufferInit), codedWidth, codedHeight);
    }
    this.timestamp = timestamp;
  }

  close(): void {}

  clone(): RgbFrame {
    return new RgbFrame(this, this);
  }
}

/** The picture of a frame as opaque RGBA. */
function rgbaOf(
  bytes: Uint8Array,
  { format, codedWidth: width, codedHeight: height, colorSpace }: VideoFrameBufferInit,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(width * height * 4);
  if (format === 'I420') paintI420(bytes, width, height, colorSpace?.matrix === 'bt709' ? 'bt709' : 'bt601', rgba);
  else rgba.set(bytes.subarray(0, rgba.length));
  for (let alpha = 3; alpha < rgba.length; alpha += 4) rgba[alpha] = 255;
  return rgba;
}

/** By the equations of the standards: luma from 16 to 235, chroma from 16 to 240. The array rounds and limits the results. */
function paintI420(bytes: Uint8Array, width: number, height: number, space: ColorSpace, rgba: Uint8ClampedArray): void {
  const [kr, kb] = space === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  const kg = 1 - kr - kb;
  const lumaGain = 255 / 219;
  const redGain = (2 * (1 - kr) * 255) / 224;
  const blueGain = (2 * (1 - kb) * 255) / 224;
  const chromaWidth = width / 2;
  const firstU = width * height;
  const firstV = firstU * 1.25;
  for (let row = 0; row < height; row++) {
    const chromaRow = (row >> 1) * chromaWidth;
    for (let column = 0; column < width; column++) {
      const chroma = chromaRow + (column >> 1);
      const blue = blueGain * ((bytes[firstU + chroma] as number) - 128);
      const red = redGain * ((bytes[firstV + chroma] as number) - 128);
      const pixel = row * width + column;
      const luma = lumaGain * ((bytes[pixel] as number) - 16);
      const at = pixel * 4;
      rgba[at] = luma + red;
      rgba[at + 1] = luma - (kb * blue + kr * red) / kg;
      rgba[at + 2] = luma + blue;
    }
  }
}
