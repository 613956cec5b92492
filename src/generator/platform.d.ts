/* What browsers have and TypeScript's DOM library does not. Not for public signatures: this file is not published. */

declare class MediaStreamTrackGenerator<T extends VideoFrame | AudioData> extends MediaStreamTrack {
  constructor(init: { kind: 'video' | 'audio' } | string);
  readonly writable: WritableStream<T>;
}

declare class VideoTrackGenerator {
  readonly writable: WritableStream<VideoFrame>;
  readonly track: MediaStreamTrack;
  muted: boolean;
}

/** Firefox has `requestFrame` on the stream, where an early draft put it. */
interface MediaStream {
  requestFrame?(): void;
}

/** Of the AudioWorkletGlobalScope. */
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
