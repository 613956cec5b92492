import type { AudioInput } from 'track-elements/generator';

type Plane = Float32Array<ArrayBuffer>;

const to16 = (samples: Plane): Int16Array<ArrayBuffer> =>
  Int16Array.from(samples, (sample) => Math.round(sample * 32768));

/** What 16 bits leave of samples. */
const by16 = (samples: Plane): Plane => Float32Array.from(to16(samples), (sample) => sample / 32768);

/** Planes of the same length as an `AudioData`. */
export function audioData(planes: readonly Plane[], format: 'f32-planar' | 's16', sampleRate = 48000): AudioData {
  const numberOfChannels = planes.length;
  const numberOfFrames = planes[0]?.length ?? 0;
  const data = new Float32Array(numberOfChannels * numberOfFrames);
  planes.forEach((plane, channel) => {
    if (format === 'f32-planar') data.set(plane, channel * numberOfFrames);
    else for (let n = 0; n < numberOfFrames; n++) data[n * numberOfChannels + channel] = plane[n] as number;
  });
  const buffer = format === 's16' ? to16(data) : data;
  return new AudioData({ format, sampleRate, numberOfChannels, numberOfFrames, timestamp: 0, data: buffer });
}

/** Planes of the same length as an `AudioBuffer`. */
export function audioBuffer(planes: readonly Plane[], sampleRate = 48000): AudioBuffer {
  const buffer = new AudioBuffer({ length: planes[0]?.length ?? 1, numberOfChannels: planes.length, sampleRate });
  planes.forEach((plane, channel) => {
    buffer.copyToChannel(plane, channel);
  });
  return buffer;
}

/** Something an audio generator takes, and what is to be heard of it; mono is heard on both sides. */
export interface SoundInput {
  readonly input: AudioInput;
  readonly left: Plane;
  readonly right: Plane;
}

/** Everything an audio generator takes, made from two channels or the first of them. */
export const soundInputs: Readonly<Record<string, (left: Plane, right: Plane) => SoundInput>> = {
  'a Float32Array': (left) => ({ input: left, left, right: left }),
  'an Int16Array': (left) => ({ input: to16(left), left: by16(left), right: by16(left) }),
  'an array of one Float32Array': (left) => ({ input: [left], left, right: left }),
  'an array of two Float32Arrays': (left, right) => ({ input: [left, right], left, right }),
  'an array of two Int16Arrays': (left, right) => ({
    input: [to16(left), to16(right)],
    left: by16(left),
    right: by16(right),
  }),
  'a mono AudioBuffer': (left) => ({ input: audioBuffer([left]), left, right: left }),
  'a stereo AudioBuffer': (left, right) => ({ input: audioBuffer([left, right]), left, right }),
  'a mono AudioData': (left) => ({ input: audioData([left], 'f32-planar'), left, right: left }),
  'a stereo AudioData': (left, right) => ({ input: audioData([left, right], 'f32-planar'), left, right }),
  'an interleaved AudioData of 16 bits': (left, right) => ({
    input: audioData([left, right], 's16'),
    left: by16(left),
    right: by16(right),
  }),
};
