/** Pictures read back out of a track or a `<video>`, and what they ought to be. */
import { createPatternRenderer, type PatternDescription, type Picture } from '../../dist/signals/index.js';

/** Chromium's reader of tracks, which gives every frame as it was written. */
interface Processor<T> {
  readonly readable: ReadableStream<T>;
}

declare global {
  var MediaStreamTrackProcessor:
    | (new (init: {
        track: MediaStreamTrack;
      }) => Processor<VideoFrame & AudioData>)
    | undefined;
}

/** Whether this page can read tracks exactly. */
export const hasProcessor = typeof MediaStreamTrackProcessor === 'function';

/** A frame as plain data. */
export interface Shot {
  readonly width: number;
  readonly height: number;
  /** Microseconds. */
  readonly timestamp: number;
  readonly matrix: string | null;
  /** I420, plane by plane. */
  readonly bytes: Uint8Array;
}

/** Reads a track until `enough` says so. */
export async function shootUntil(track: MediaStreamTrack, enough: (shots: Shot[]) => boolean): Promise<Shot[]> {
  if (!MediaStreamTrackProcessor) throw new Error('This browser has no MediaStreamTrackProcessor.');
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const shots: Shot[] = [];
  try {
    while (!enough(shots)) {
      const { value: frame, done } = await reader.read();
      if (done) throw new Error('The track ended.');
      const bytes = new Uint8Array(frame.allocationSize());
      await frame.copyTo(bytes);
      const { displayWidth: width, displayHeight: height, timestamp, format, colorSpace } = frame;
      frame.close();
      if (format !== 'I420') throw new Error(`The frame is ${format}, not I420.`);
      shots.push({ width, height, timestamp, matrix: colorSpace.matrix, bytes });
    }
    return shots;
  } finally {
    await reader.cancel();
  }
}

/** The next frames of a track. */
export const shoot = (track: MediaStreamTrack, count: number): Promise<Shot[]> =>
  shootUntil(track, (shots) => shots.length >= count);

/** Microseconds to the frame's number. */
export const numberOf = (timestamp: number, { numerator, denominator }: PatternDescription['frameRate']): number =>
  Math.round((timestamp * numerator) / (1e6 * denominator));

/** The bytes of frame number `n`, as the signals give them. */
export function rendered(description: PatternDescription, n: number): Uint8Array {
  const renderer = createPatternRenderer(description);
  renderer.render(n);
  return bytesOf(renderer.picture);
}

export function bytesOf({ y, u, v }: Picture): Uint8Array {
  const bytes = new Uint8Array(y.length + u.length + v.length);
  bytes.set(y);
  bytes.set(u, y.length);
  bytes.set(v, y.length + u.length);
  return bytes;
}

/** How many bytes differ; −1 for another length. */
export function difference(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) return -1;
  let count = 0;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) count++;
  return count;
}

/** What a video shows now. */
export function look(video: HTMLVideoElement): ImageData {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) throw new Error('The video has no picture yet.');
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, width, height);
}

export type Rgb = readonly [red: number, green: number, blue: number];
export type Ycc = readonly [y: number, cb: number, cr: number];

/** The mean of the 3 × 3 pixels around a point: what lies within a field. */
export function colorAt({ data, width }: ImageData, x: number, y: number): Rgb {
  const sums = [0, 0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const at = ((Math.round(y) + dy) * width + Math.round(x) + dx) * 4;
      for (let i = 0; i < 3; i++) sums[i] += data[at + i] / 9;
    }
  }
  return [sums[0], sums[1], sums[2]];
}

/** Y'CbCr of limited range as RGB, by the weights of BT.601 or BT.709. */
export function toRgb([y, cb, cr]: Ycc, matrix: 'bt601' | 'bt709'): Rgb {
  const [kr, kb] = matrix === 'bt601' ? [0.299, 0.114] : [0.2126, 0.0722];
  const kg = 1 - kr - kb;
  const luma = (y - 16) / 219;
  const blueness = (2 * (1 - kb) * (cb - 128)) / 224;
  const redness = (2 * (1 - kr) * (cr - 128)) / 224;
  const levels = [luma + redness, luma - (kb * blueness + kr * redness) / kg, luma + blueness];
  const [r, g, b] = levels.map((level) => 255 * Math.min(1, Math.max(0, level)));
  return [r, g, b];
}

/** The largest difference of a component. */
export const apart = (one: Rgb, other: Rgb): number => Math.max(...one.map((value, i) => Math.abs(value - other[i])));

/** What this browser makes of Y'CbCr by itself: a flat frame of that colour, drawn on a canvas. */
export function ownReading([y, cb, cr]: Ycc, matrix: 'bt601' | 'bt709'): Rgb {
  const side = 32;
  const bytes = new Uint8Array(side * side * 1.5).fill(y);
  bytes.fill(cb, side * side, side * side * 1.25).fill(cr, side * side * 1.25);
  const tag = matrix === 'bt601' ? 'smpte170m' : 'bt709';
  const frame = new VideoFrame(bytes, {
    format: 'I420',
    codedWidth: side,
    codedHeight: side,
    timestamp: 0,
    colorSpace: { matrix: tag, primaries: tag, transfer: tag, fullRange: false },
  });
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No canvas.');
  context.drawImage(frame, 0, 0);
  frame.close();
  return colorAt(context.getImageData(0, 0, side, side), side / 2, side / 2);
}
