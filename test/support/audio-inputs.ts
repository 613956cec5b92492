/** Everything that an audio generator takes, made from known samples. */
import type { AudioInput } from 'track-elements/generator';

type Plane = Float32Array<ArrayBuffer>;

const toInt16 = (samples: Plane): Int16Array<ArrayBuffer> =>
  Int16Array.from(samples, (sample) => Math.round(sample * 32768));

/** Samples rounded to 16 bits. */
const roundTo16Bits = (samples: Plane): Plane => Float32Array.from(toInt16(samples), (sample) => sample / 32768);

/** An `AudioData` of planes that have the same length. */
export function audioData(planes: readonly Plane[], format: 'f32-planar' | 's16', sampleRate = 48000): AudioData {
  const numberOfChannels = planes.length;
  const numberOfFrames = planes[0]?.length ?? 0;
  const data = new Float32Array(numberOfChannels * numberOfFrames);
  planes.forEach((plane, channel) => {
    if (format === 'f32-planar') data.set(plane, channel * numberOfFrames);
    else for (let n = 0; n < numberOfFrames; n++) data[n * numberOfChannels + channel] = plane[n] as number;
  });
  const buffer = format === 's16' ? toInt16(data) : data;
  return new AudioData({ format, sampleRate, numberOfChannels, numberOfFrames, timestamp: 0, data: buffer });
}

/** An `AudioBuffer` of planes that have the same length. */
export function audioBuffer(planes: readonly Plane[], sampleRate = 48000): AudioBuffer {
  const buffer = new AudioBuffer({ length: planes[0]?.length ?? 1, numberOfChannels: planes.length, sampleRate });
  planes.forEach((plane, channel) => {
    buffer.copyToChannel(plane, channel);
  });
  return buffer;
}

/** An input, and the samples that a listener hears on the left and on the right. Mono is heard on both. */
export interface AudioInputCase {
  readonly input: AudioInput;
  readonly left: Plane;
  readonly right: Plane;
}

/** Each kind of input by its description, made from two channels, or from the first alone. */
export const audioInputs: Readonly<Record<string, (left: Plane, right: Plane) => AudioInputCase>> = {
  'a Float32Array': (left) => ({ input: left, left, right: left }),
  'an Int16Array': (left) => ({ input: toInt16(left), left: roundTo16Bits(left), right: roundTo16Bits(left) }),
  'an array of one Float32Array': (left) => ({ input: [left], left, right: left }),
  'an array of two Float32Arrays': (left, right) => ({ input: [left, right], left, right }),
  'an array of two Int16Arrays': (left, right) => ({
    input: [toInt16(left), toInt16(right)],
    left: roundTo16Bits(left),
    right: roundTo16Bits(right),
  }),
  'a mono AudioBuffer': (left) => ({ input: audioBuffer([left]), left, right: left }),
  'a stereo AudioBuffer': (left, right) => ({ input: audioBuffer([left, right]), left, right }),
  'a mono AudioData': (left) => ({ input: audioData([left], 'f32-planar'), left, right: left }),
  'a stereo AudioData': (left, right) => ({ input: audioData([left, right], 'f32-planar'), left, right }),
  'an interleaved AudioData of 16 bits': (left, right) => ({
    input: audioData([left, right], 's16'),
    left: roundTo16Bits(left),
    right: roundTo16Bits(right),
  }),
};

/** A sine: frequency in Hz, length in seconds. */
export const sine = (frequency: number, seconds: number, sampleRate = 48000, amplitude = 0.5): Plane =>
  Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequency * (n + 0.25)) / sampleRate),
  );

/**
 * Samples that differ from their neighbours, so that a test notices when a recording lost or repeated one. The first is
 * the loudest.
 */
export const distinctSamples = (length: number, seed = 1): Plane =>
  Float32Array.from({ length }, (_, n) => (n === 0 ? 0.75 : (((n + seed) * 7919) % 1999) / 2500 - 0.4));
