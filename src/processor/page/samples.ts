import type { AudioBlock } from '../messages.js';
import type { AudioSamples } from './track-source.js';

/** The samples of an `AudioData`, which is closed. */
export function samplesOfData(data: AudioData): AudioSamples {
  const { numberOfChannels, numberOfFrames, sampleRate, timestamp } = data;
  const planes = Array.from({ length: numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(numberOfFrames);
    data.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
  data.close();
  return { planes, sampleRate, timestamp };
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
