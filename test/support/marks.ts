/** Reads the marks of a received track, in every engine. */
import { TrackProcessor } from 'track-elements/processor';
import { type AudioMark, AudioMarkReader, type FoundMark, type Rate, readMark } from 'track-elements/signals';

/** A mark, and the timestamp of its frame in microseconds. */
export type ReceivedMark = FoundMark & { readonly timestamp: number };

/** How long a track is read for one thing, in milliseconds. A quiet machine needs a tenth of it. */
const READING_TIMEOUT_MS = 18_000;

/** The luma of a frame: its own plane, or computed by BT.601 if an engine gives RGB. */
async function lumaOf(frame: VideoFrame): Promise<{ luma: Uint8Array; stride: number }> {
  if (frame.format === 'I420' || frame.format === 'NV12') {
    const bytes = new Uint8Array(frame.allocationSize());
    const [{ stride } = { stride: frame.codedWidth }] = await frame.copyTo(bytes);
    return { luma: bytes, stride };
  }
  const { displayWidth: width, displayHeight: height } = frame;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('There is no canvas.');
  context.drawImage(frame, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 4) {
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    luma[i] = 16 + 0.257 * red + 0.504 * green + 0.098 * blue;
  }
  return { luma, stride: width };
}

/** Reads the frames of a track until `isEnough` says so of their marks; `null` stands for a frame without one. */
export async function readMarksUntil(
  track: MediaStreamTrack,
  isEnough: (marks: readonly (ReceivedMark | null)[]) => boolean,
): Promise<readonly (ReceivedMark | null)[]> {
  const processor = new TrackProcessor<VideoFrame>({ track, maxBufferSize: 30 });
  const reader = processor.readable.getReader();
  const marks: (ReceivedMark | null)[] = [];
  const deadline = performance.now() + READING_TIMEOUT_MS;
  try {
    while (!isEnough(marks)) {
      if (performance.now() > deadline) throw new Error(`Read for too long: ${JSON.stringify(marks.slice(-20))}`);
      const { value: frame, done } = await reader.read();
      if (done) throw new Error('The track ended.');
      const { displayWidth: width, displayHeight: height, timestamp } = frame;
      const { luma, stride } = await lumaOf(frame);
      frame.close();
      const area = marks.findLast((mark) => mark !== null)?.area;
      const mark = readMark(luma, stride, width, height, { area });
      marks.push(mark && { ...mark, timestamp });
    }
    return marks;
  } finally {
    await reader.cancel();
    processor.close();
  }
}

export interface AudioReading {
  readonly isEnough: (marks: readonly AudioMark[]) => boolean;
  /** Called with the samples of the first channel and the time of the first of them, as that of the marks. */
  readonly onSamples?: (samples: Float32Array, time: number, sampleRate: number) => void;
}

/** Reads the first channel of a track until its marks are enough. */
export async function readAudioMarksUntil(
  track: MediaStreamTrack,
  rate: Rate,
  { isEnough, onSamples }: AudioReading,
): Promise<readonly AudioMark[]> {
  const processor = new TrackProcessor({ track });
  const stream = processor.samples.getReader();
  const marks: AudioMark[] = [];
  let reader: AudioMarkReader | null = null;
  let count = 0;
  const deadline = performance.now() + READING_TIMEOUT_MS;
  try {
    while (!isEnough(marks)) {
      if (performance.now() > deadline) throw new Error(`Read for too long: ${JSON.stringify(marks.slice(-20))}`);
      const { value, done } = await stream.read();
      if (done) throw new Error('The track ended.');
      const { planes, sampleRate } = value;
      const samples = planes[0] as Float32Array;
      onSamples?.(samples, count / sampleRate, sampleRate);
      count += samples.length;
      reader ??= new AudioMarkReader({ rate, sampleRate });
      marks.push(...reader.read(samples));
    }
    return marks;
  } finally {
    await stream.cancel();
    processor.close();
  }
}

/** The longest run of items in which each number follows the one before. */
export function longestRun(numbers: readonly number[]): number {
  let [longest, run] = [0, 0];
  numbers.forEach((number, i) => {
    run = number === (numbers[i - 1] ?? Number.NaN) + 1 ? run + 1 : 1;
    longest = Math.max(longest, run);
  });
  return longest;
}
