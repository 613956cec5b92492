/** Reads the frames of a track bit by bit, with Chromium's `MediaStreamTrackProcessor`. */
import { createPatternRenderer, type PatternDescription, type Picture, type Rate } from 'track-elements/signals';
import type { AudioClip } from './audio-recording.js';
import { onCleanup } from './cleanup.js';

/** Of mediacapture-transform; in a page in Chromium only. */
declare class MediaStreamTrackProcessor<T> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<T>;
}

/** Reads what a track delivers from now on. The frames stay open until the test is over. */
export class TrackReader<T extends VideoFrame | AudioData> {
  readonly #reader: ReadableStreamDefaultReader<T>;

  constructor(track: MediaStreamTrack) {
    this.#reader = new MediaStreamTrackProcessor<T>({ track, maxBufferSize: 200 }).readable.getReader();
    onCleanup(() => this.#reader.cancel());
  }

  async next(): Promise<T> {
    const frame = await readNext(this.#reader);
    onCleanup(() => frame.close());
    return frame;
  }

  async take(count: number): Promise<T[]> {
    const frames: T[] = [];
    while (frames.length < count) frames.push(await this.next());
    return frames;
  }
}

/** A video frame as plain data. */
export interface CapturedFrame {
  readonly width: number;
  readonly height: number;
  /** Microseconds. */
  readonly timestamp: number;
  readonly matrix: string | null;
  /** I420, plane by plane. */
  readonly bytes: Uint8Array;
}

/** The next `count` frames of a track as plain data. */
export const captureFrames = (track: MediaStreamTrack, count: number): Promise<CapturedFrame[]> =>
  captureFramesUntil(track, (frames) => frames.length >= count);

/** The next frames of a track as plain data, until `isEnough` returns true. */
export async function captureFramesUntil(
  track: MediaStreamTrack,
  isEnough: (frames: CapturedFrame[]) => boolean,
): Promise<CapturedFrame[]> {
  // By default a single frame waits, and a busy page loses others.
  const reader = new MediaStreamTrackProcessor<VideoFrame>({ track, maxBufferSize: 10 }).readable.getReader();
  const frames: CapturedFrame[] = [];
  try {
    while (!isEnough(frames)) {
      const frame = await readNext(reader);
      const bytes = await frameBytes(frame);
      const { displayWidth: width, displayHeight: height, timestamp, format, colorSpace } = frame;
      frame.close();
      if (format !== 'I420') throw new Error(`The frame's format is ${format}, not I420.`);
      frames.push({ width, height, timestamp, matrix: colorSpace.matrix, bytes });
    }
    return frames;
  } finally {
    await reader.cancel();
  }
}

/** The next `count` blocks of an audio track. */
export async function captureAudio(track: MediaStreamTrack, count: number): Promise<AudioClip[]> {
  const reader = new MediaStreamTrackProcessor<AudioData>({ track }).readable.getReader();
  const blocks: AudioClip[] = [];
  try {
    while (blocks.length < count) {
      const data = await readNext(reader);
      blocks.push({ sampleRate: data.sampleRate, planes: planesOf(data) });
      data.close();
    }
    return blocks;
  } finally {
    await reader.cancel();
  }
}

async function readNext<T>(reader: ReadableStreamDefaultReader<T>): Promise<T> {
  const { value, done } = await reader.read();
  if (done) throw new Error('The track ended before the next frame.');
  return value;
}

/** The samples of an `AudioData`: one plane per channel. */
export const planesOf = (data: AudioData): Float32Array[] =>
  Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(data.numberOfFrames);
    data.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });

/** The bytes of a frame, in the frame's format or converted to RGBA. */
export async function frameBytes(frame: VideoFrame, format?: 'RGBA'): Promise<Uint8Array> {
  const options = format ? { format, colorSpace: 'srgb' as const } : {};
  const bytes = new Uint8Array(frame.allocationSize(options));
  await frame.copyTo(bytes, options);
  return bytes;
}

/** The bytes of a picture, plane by plane, as `frameBytes()` has them. */
export function pictureBytes({ y, u, v }: Picture): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(y.length + u.length + v.length);
  bytes.set(y);
  bytes.set(u, y.length);
  bytes.set(v, y.length + u.length);
  return bytes;
}

/** The bytes of frame number `n` of a pattern, as the signals render it. */
export function renderPatternBytes(description: PatternDescription, n: number): Uint8Array {
  const renderer = createPatternRenderer(description);
  renderer.render(n);
  return pictureBytes(renderer.picture);
}

/** The number of the frame that has this timestamp in microseconds. */
export const frameNumberAt = (timestamp: number, { numerator, denominator }: Rate): number =>
  Math.round((timestamp * numerator) / (1e6 * denominator));

/** How many bytes differ; −1 if the lengths do. */
export function countDifferentBytes(one: Uint8Array, other: Uint8Array): number {
  if (one.length !== other.length) return -1;
  let count = 0;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) count++;
  return count;
}
