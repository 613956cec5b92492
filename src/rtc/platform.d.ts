/* What TypeScript's own library does not have yet: encoded transforms in a worker. */

interface RTCRtpScriptTransformer extends EventTarget {
  readonly readable: ReadableStream<RTCEncodedVideoFrame | RTCEncodedAudioFrame>;
  readonly writable: WritableStream<RTCEncodedVideoFrame | RTCEncodedAudioFrame>;
  readonly options: unknown;
  sendKeyFrameRequest?(): Promise<void>;
}

interface RTCTransformEvent extends Event {
  readonly transformer: RTCRtpScriptTransformer;
}
