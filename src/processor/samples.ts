import { planesOf } from '../generator/audio-data.js';
import type { AudioBlock } from './messages.js';

/** Samples of an audio track: one plane for each channel, all of the same length. */
export interface AudioSamples {
  readonly planes: readonly Float32Array[];
  /** Hertz. */
  readonly sampleRate: number;
  /** The time of the first sample in microseconds, like the timestamp of an `AudioData`. */
  readonly timestamp: number;
}

/** The samples of an `AudioData`, which is closed. */
export function samplesOfData(data: AudioData): AudioSamples {
  const { sampleRate, timestamp } = data;
  try {
    return { planes: planesOf(data), sampleRate, timestamp };
  } finally {
    data.close();
  }
}

/** The samples of a block that a worklet has heard. */
export const samplesOfBlock = ({ planes, sampleRate, start }: AudioBlock): AudioSamples => ({
  planes,
  sampleRate,
  timestamp: Math.round((start - performance.timeOrigin) * 1000),
});

/** The `AudioData` of a block that a worklet has heard. */
export function dataOfBlock(block: AudioBlock): AudioData {
  const { planes, sampleRate, timestamp } = samplesOfBlock(block);
  const numberOfFrames = planes[0]?.length ?? 0;
  const data = new Float32Array(numberOfFrames * planes.length);
  for (const [index, plane] of planes.entries()) data.set(plane, index * numberOfFrames);
  return new AudioData({
    format: 'f32-planar',
    sampleRate,
    numberOfFrames,
    numberOfChannels: planes.length,
    timestamp,
    data,
  });
}
