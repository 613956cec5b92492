/* The errors of `write()`. This file is loaded when an error is thrown, so that correct programs do not pay for it. */
import { describeValue } from '../../signals/describe-value.js';
import type { TrackKind } from '../../signals/track-kind.js';

/**
 * The error for data that a generator does not accept. It names the data and says what to do.
 * @param cause The error that the browser threw, or the invalid times.
 */
export function writeError(kind: TrackKind, data: unknown, cause?: unknown): Error {
  const name = describeValue(data);
  const given = 'write() was given';
  if (describeValue(cause) === 'Object') {
    const times = JSON.stringify(cause, (_, value) => (typeof value === 'number' ? String(value) : value));
    return new TypeError(`${given} the times ${times}; timestamp and duration are numbers of microseconds.`);
  }
  if (cause instanceof DOMException && cause.name === 'SecurityError') {
    const message = `${given} a ${name} with a picture of another origin: load it with crossorigin="anonymous" from a server that allows it.`;
    return new DOMException(message, 'SecurityError');
  }
  if (cause) return new DOMException(`${given} a ${name} that cannot be read: ${cause}`, 'InvalidStateError');
  if (isClosed(name, data)) return new TypeError(`${given} a closed ${name}: write it before it is closed.`);
  const reason = (kind === 'video' ? videoReasons : audioReasons)[name]?.(data as never);
  return (
    reason ??
    new TypeError(`${given} ${name}; ${kind === 'video' ? 'a video' : 'an audio'} generator takes ${accepted[kind]}.`)
  );
}

const accepted = {
  video:
    'a VideoFrame, ImageBitmap, ImageData, HTMLCanvasElement, OffscreenCanvas, HTMLImageElement, HTMLVideoElement, ' +
    'or an I420 picture { width, height, y, u, v }',
  audio: 'an AudioData, an AudioBuffer, a Float32Array or Int16Array (mono), or an array of them, one for each channel',
};

function isClosed(name: string, data: unknown): boolean {
  if (name === 'AudioData') return (data as AudioData).format === null;
  if (name === 'VideoFrame') return (data as VideoFrame).displayWidth === 0;
  return name === 'ImageBitmap' && (data as ImageBitmap).width === 0;
}

const emptyError = (name: string, advice: string): DOMException =>
  new DOMException(`write() was given an empty ${name}: ${advice}.`, 'InvalidStateError');

const videoReasons: Readonly<Record<string, (data: never) => Error | undefined>> = {
  HTMLCanvasElement: () => emptyError('HTMLCanvasElement', 'give it a width and a height'),
  OffscreenCanvas: () => emptyError('OffscreenCanvas', 'give it a width and a height'),
  HTMLImageElement: ({ complete }: HTMLImageElement) =>
    emptyError('HTMLImageElement', complete ? 'it could not be loaded' : 'await its decode() first'),
  HTMLVideoElement: () => emptyError('HTMLVideoElement', 'wait for its loadeddata event'),
  Object: (picture: Record<string, unknown>) => {
    if (!['y', 'u', 'v'].every((plane) => plane in picture)) return undefined;
    const wrong = ['y', 'u', 'v'].find((plane) => describeValue(picture[plane]) !== 'Uint8Array');
    if (wrong) {
      return new TypeError(
        `write() was given ${describeValue(picture[wrong])} as plane ${wrong}: planes are Uint8Array.`,
      );
    }
    const { colorSpace } = picture;
    if (colorSpace !== undefined && colorSpace !== 'bt601' && colorSpace !== 'bt709') {
      const given = describeValue(colorSpace);
      return new TypeError(`write() was given a picture with the colorSpace ${given}; it is "bt601" or "bt709".`);
    }
    const lengths = ['y', 'u', 'v'].map((plane) => (picture[plane] as Uint8Array).length);
    return new RangeError(
      `write() was given a picture of ${picture.width}x${picture.height} with planes of ${lengths.join(', ')} bytes; ` +
        'both sides are even, y has width × height bytes, u and v a quarter of that.',
    );
  },
};

const audioReasons: Readonly<Record<string, (data: never) => Error | undefined>> = {
  Float32Array: (samples: Float32Array) => sampleError([samples]),
  AudioBuffer: (buffer: AudioBuffer) =>
    sampleError(Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel))),
  Array: (planes: readonly unknown[]) => {
    if (planes.length === 0) return new TypeError('write() was given no plane: it takes one for each channel.');
    const index = planes.findIndex((plane) => !['Float32Array', 'Int16Array'].includes(describeValue(plane)));
    if (index >= 0) {
      const name = describeValue(planes[index]);
      return new TypeError(`write() was given ${name} as plane ${index}: planes are Float32Array or Int16Array.`);
    }
    return sampleError(planes as readonly Float32Array[]);
  },
  AudioData: () => new TypeError('write() was given an AudioData with samples that are no numbers.'),
};

function sampleError(planes: readonly Float32Array[]): Error | undefined {
  if (planes.length > 8) return new RangeError(`write() was given ${planes.length} planes: it takes from 1 to 8.`);
  const lengths = planes.map(({ length }) => length);
  if (new Set(lengths).size > 1) {
    return new RangeError(
      `write() was given planes of ${lengths.join(', ')} samples: every channel needs the same number.`,
    );
  }
  for (const plane of planes) {
    const index = plane.findIndex((sample) => !Number.isFinite(sample));
    if (index >= 0) {
      return new TypeError(`write() was given ${plane[index]} as sample ${index}: samples are numbers from -1 to 1.`);
    }
  }
  return undefined;
}
