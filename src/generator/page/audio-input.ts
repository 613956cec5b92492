import { describeValue } from '../../signals/describe-value.js';

/** What `write()` of an audio generator takes: bare samples are mono, an array of them is one plane a channel. */
export type AudioInput = AudioData | AudioBuffer | Float32Array | Int16Array | readonly (Float32Array | Int16Array)[];

/** Samples of our own, one plane a channel, from −1 to 1. */
export interface Samples {
  readonly planes: Float32Array<ArrayBuffer>[];
  /** Hertz; `undefined` for bare samples. */
  readonly sampleRate?: number;
}

/** Copies the samples of what was given to an audio generator; `null` for what it does not take. */
export function copySamples(data: unknown): Samples | null {
  const samples = copies[describeValue(data)]?.(data as never);
  const length = samples?.planes[0]?.length;
  const right =
    (samples?.planes.length ?? 0) <= 8 &&
    samples?.planes.every((plane) => plane.length === length && plane.every(Number.isFinite));
  return samples && length !== undefined && right ? samples : null;
}

const copies: Readonly<Record<string, (data: never) => Samples | null>> = {
  AudioData: (data: AudioData) => {
    if (!data.format) return null;
    const planes = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(data.numberOfFrames);
      data.copyTo(plane, { planeIndex, format: 'f32-planar' });
      return plane;
    });
    return { planes, sampleRate: data.sampleRate };
  },
  AudioBuffer: (buffer: AudioBuffer) => ({
    planes: Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel).slice()),
    sampleRate: buffer.sampleRate,
  }),
  Float32Array: (samples: Float32Array) => ({ planes: [samples.slice()] as Samples['planes'] }),
  Int16Array: (samples: Int16Array) => ({ planes: [Float32Array.from(samples, (sample) => sample / 32768)] }),
  Array: (given: readonly unknown[]) => {
    const planes = given.flatMap((plane) => (Array.isArray(plane) ? [] : (copySamples(plane)?.planes ?? [])));
    return planes.length === given.length ? { planes } : null;
  },
};
