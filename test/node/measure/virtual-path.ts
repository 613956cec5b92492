/* A path with known faults, in virtual time: no clock runs, so that every figure is exact. */
import { type PictureMark, parseRate, renderMark } from 'track-elements/signals';
import type { AudioMeasurement, HeardFrame } from '../../../dist/measure/audio-measurement.js';
import type { ArrivedPicture } from '../../../dist/measure/video-measurement.js';

/** When the first frame was made, in milliseconds since 1970. */
export const START_MS = 1_795_991_104_000;
export const RATE = parseRate(25);
/** The time of a frame. At 25 frames per second it is a whole number, as in the mark. */
export const FRAME_MS = 40;

export const markOf = (frame: number, more: Partial<PictureMark> = {}): PictureMark => ({
  frame: frame >>> 0,
  rate: RATE,
  time: START_MS + FRAME_MS * frame,
  source: 7,
  ...more,
});

/** A picture of 1280x720 that arrives some milliseconds after it was made. */
export const pictureOf = (frame: number, latency = 30, more: Partial<ArrivedPicture> = {}): ArrivedPicture => ({
  arrival: START_MS + FRAME_MS * frame + latency,
  width: 1280,
  height: 720,
  mark: markOf(frame),
  ...more,
});

/** The numbers from one on, so many. */
export const numbers = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

export const SAMPLE_RATE = 48_000;
const BLOCK = 480;

/** The audio of frames from 0 on, with its mark. */
export function markedAudio(seconds: number): Float32Array {
  const samples = new Float32Array(seconds * SAMPLE_RATE);
  renderMark(samples, 0, { rate: RATE, sampleRate: SAMPLE_RATE });
  return samples;
}

/**
 * Hands samples over in blocks of 10 ms.
 *
 * @param latency Milliseconds after it was made at which the sample of a time in milliseconds arrives.
 * @param late By how much later a block is handed over, by chance.
 */
export function hear(
  audio: AudioMeasurement,
  samples: Float32Array,
  latency: (time: number) => number,
  late: (block: number) => number = () => 0,
): HeardFrame[] {
  const heard: HeardFrame[] = [];
  for (let at = 0, block = 0; at + BLOCK <= samples.length; at += BLOCK, block++) {
    const time = (at / SAMPLE_RATE) * 1000;
    const arrival = START_MS + time + latency(time) + late(block);
    heard.push(...audio.add({ planes: [samples.subarray(at, at + BLOCK)], sampleRate: SAMPLE_RATE, arrival }));
  }
  return heard;
}
