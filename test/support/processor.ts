import { afterwards } from './afterwards.js';

/** Of mediacapture-transform; in a page in Chromium only. */
declare class MediaStreamTrackProcessor<T> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  readonly readable: ReadableStream<T>;
}

/** Whether a page can read a track's frames to the bit. */
export const hasProcessor = 'MediaStreamTrackProcessor' in globalThis;

/** Why a test that needs that is skipped. */
export const noProcessor = 'this engine has no MediaStreamTrackProcessor in a page';

/** Reads what a track carries, from now on, to the bit. What was read is closed when the test is over. */
export class Frames<T extends VideoFrame | AudioData> {
  readonly #reader: ReadableStreamDefaultReader<T>;

  constructor(track: MediaStreamTrack) {
    const processor = new MediaStreamTrackProcessor<T>({ track, maxBufferSize: 200 });
    this.#reader = processor.readable.getReader();
    afterwards(() => this.#reader.cancel());
  }

  async next(): Promise<T> {
    const { value, done } = await this.#reader.read();
    if (done) throw new Error('the track ended where a frame was expected');
    afterwards(() => value.close());
    return value;
  }

  async take(count: number): Promise<T[]> {
    const frames: T[] = [];
    while (frames.length < count) frames.push(await this.next());
    return frames;
  }
}

/** The bytes of a frame, in its own format or converted to RGBA. */
export async function bytesOf(frame: VideoFrame, format?: 'RGBA'): Promise<Uint8Array> {
  const options = format ? { format, colorSpace: 'srgb' as const } : {};
  const bytes = new Uint8Array(frame.allocationSize(options));
  await frame.copyTo(bytes, options);
  return bytes;
}
