/* The errors of `write()`. This file is loaded when an error is thrown, so that correct programs do not pay for it. */
import { describeValue, isError } from '../../signals/describe-value.js';
import type { TrackKind } from '../../signals/track-kind.js';

/**
 * The error for data that a generator does not accept, in the form of signals/checks.ts: "data is null; it must be …".
 *
 * @param cause The error that the browser threw, or the times if one of them is invalid.
 */
export function writeError(kind: TrackKind, data: unknown, cause?: unknown): Error {
  const name = describeValue(data);
  if (describeValue(cause) === 'Object') return timesError(cause as Record<string, unknown>);
  if (isError(cause) && cause.name === 'SecurityError') {
    const given = `a ${name} with a picture of another origin`;
    const requirement = 'be loaded with crossorigin="anonymous" from a server that allows it';
    return new DOMException(sentence('data', given, requirement), 'SecurityError');
  }
  if (cause) return new DOMException(`data is a ${name} that cannot be read: ${cause}`, 'InvalidStateError');
  if (isClosed(name, data))
    return new TypeError(sentence('data', `a closed ${name}`, 'be written before it is closed'));
  const findError = (kind === 'video' ? videoErrors : audioErrors)[name];
  return findError?.(data as never) ?? new TypeError(sentence('data', name, `be ${accepted[kind]}`));
}

const stateMessages = {
  locked: 'write() was called while writable is locked: write to its writer.',
  ended: 'write() was called after the track had ended: make a new generator.',
};

/** The error for a write that the state of the generator does not allow. */
export const stateError = (state: keyof typeof stateMessages): Error =>
  new DOMException(stateMessages[state], 'InvalidStateError');

const sentence = (what: string, given: unknown, requirement: string): string =>
  `${what} is ${given}; it must ${requirement}.`;

const accepted = {
  video:
    'a VideoFrame, ImageBitmap, ImageData, HTMLCanvasElement, OffscreenCanvas, HTMLImageElement, HTMLVideoElement, ' +
    'or an I420 picture { width, height, y, u, v }',
  audio: 'an AudioData, an AudioBuffer, a Float32Array or Int16Array (mono), or an array of them, one for each channel',
};

function timesError(times: Record<string, unknown>): Error {
  // If the time is undefined, the data's own time is used.
  const isInvalid = (time: unknown) => time !== undefined && !Number.isFinite(time);
  const [name = 'timestamp', time] = Object.entries(times).find(([, value]) => isInvalid(value)) ?? [];
  return new TypeError(sentence(name, describeValue(time), 'be a number of microseconds'));
}

function isClosed(name: string, data: unknown): boolean {
  if (name === 'AudioData') return (data as AudioData).format === null;
  if (name === 'VideoFrame') return (data as VideoFrame).displayWidth === 0;
  return name === 'ImageBitmap' && (data as ImageBitmap).width === 0;
}

const emptyError = (name: string, requirement: string): DOMException =>
  new DOMException(sentence('data', `an empty ${name}`, requirement), 'InvalidStateError');

const planeNames = ['y', 'u', 'v'] as const;

const videoErrors: Readonly<Record<string, (data: never) => Error | undefined>> = {
  HTMLCanvasElement: () => emptyError('HTMLCanvasElement', 'have a width and a height'),
  OffscreenCanvas: () => emptyError('OffscreenCanvas', 'have a width and a height'),
  HTMLImageElement: ({ complete, naturalWidth }: HTMLImageElement) => {
    // It may have been loaded since.
    const hasFailed = complete && naturalWidth === 0;
    const requirement = hasFailed ? 'have a picture, which could not be loaded' : 'be loaded: await its decode()';
    return emptyError('HTMLImageElement', requirement);
  },
  HTMLVideoElement: () => emptyError('HTMLVideoElement', 'have a picture: wait for its loadeddata event'),
  Object: (picture: Record<string, unknown>) => {
    if (!planeNames.every((plane) => plane in picture)) return undefined;
    const wrong = planeNames.find((plane) => describeValue(picture[plane]) !== 'Uint8Array');
    if (wrong) return new TypeError(sentence(`data.${wrong}`, describeValue(picture[wrong]), 'be a Uint8Array'));
    const { width, height, colorSpace } = picture;
    if (colorSpace !== undefined && colorSpace !== 'bt601' && colorSpace !== 'bt709') {
      return new TypeError(sentence('data.colorSpace', describeValue(colorSpace), 'be "bt601" or "bt709"'));
    }
    const lengths = planeNames.map((plane) => (picture[plane] as Uint8Array).length);
    const given = `a picture of ${width}x${height} with planes of ${lengths.join(', ')} bytes`;
    const requirement = 'have even sides, width × height bytes in y, and a quarter of that in u and in v';
    return new RangeError(sentence('data', given, requirement));
  },
};

const audioErrors: Readonly<Record<string, (data: never) => Error | undefined>> = {
  Float32Array: (samples: Float32Array) => sampleError([samples]),
  AudioBuffer: (buffer: AudioBuffer) =>
    sampleError(Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel))),
  Array: (planes: readonly unknown[]) => {
    if (planes.length === 0)
      return new TypeError(sentence('data', 'an empty array', 'have one plane for each channel'));
    const index = planes.findIndex((plane) => !['Float32Array', 'Int16Array'].includes(describeValue(plane)));
    if (index < 0) return sampleError(planes as readonly Float32Array[]);
    return new TypeError(
      sentence(`data[${index}]`, describeValue(planes[index]), 'be a Float32Array or an Int16Array'),
    );
  },
  AudioData: () =>
    new TypeError(sentence('data', 'an AudioData with samples that are NaN or infinite', 'have samples from -1 to 1')),
};

function sampleError(planes: readonly Float32Array[]): Error | undefined {
  if (planes.length > 8) {
    return new RangeError(sentence('data', `${planes.length} planes`, 'have from 1 to 8'));
  }
  const lengths = planes.map(({ length }) => length);
  if (new Set(lengths).size > 1) {
    const given = `planes of ${lengths.join(', ')} samples`;
    return new RangeError(sentence('data', given, 'have the same number of samples in each'));
  }
  for (const plane of planes) {
    const index = plane.findIndex((sample) => !Number.isFinite(sample));
    if (index >= 0) return new TypeError(sentence(`sample ${index}`, plane[index], 'be a number from -1 to 1'));
  }
  return undefined;
}
