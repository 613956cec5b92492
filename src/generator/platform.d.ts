/* Interfaces of browsers that TypeScript's DOM library lacks. This file is not published: public types cannot use it. */

declare class MediaStreamTrackGenerator<T extends VideoFrame | AudioData> extends MediaStreamTrack {
  constructor(init: { kind: 'video' | 'audio' } | string);
  readonly writable: WritableStream<T>;
}

declare class MediaStreamTrackProcessor<T extends VideoFrame | AudioData> {
  constructor(init: { track: MediaStreamTrack; maxBufferSize?: number });
  /** Chromium alone. */
  readonly totalFrames?: number;
  readonly discardedFrames?: number;
  readonly readable: ReadableStream<T>;
}

declare class VideoTrackGenerator {
  readonly writable: WritableStream<VideoFrame>;
  readonly track: MediaStreamTrack;
  muted: boolean;
}

/** Firefox follows an early draft, which has `requestFrame` on the stream. */
interface MediaStream {
  requestFrame?(): void;
}

/** The globals of an audio worklet. */
declare abstract class AudioWorkletProcessor {
  constructor(options?: AudioWorkletNodeOptions);
  readonly port: MessagePort;
  abstract process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}
declare function registerProcessor(
  name: string,
  processor: new (options: AudioWorkletNodeOptions) => AudioWorkletProcessor,
): void;
declare const sampleRate: number;
declare const currentFrame: number;
declare const currentTime: number;
