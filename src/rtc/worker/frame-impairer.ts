import { dueAt, type Impairments, unimpaired } from '../impairments.js';

/** An encoded frame, of video or of audio. */
export type EncodedFrame = RTCEncodedVideoFrame | RTCEncodedAudioFrame;

/** Page to worker, on the port of a receiver's transform. */
export interface ImpairerOptions {
  readonly port: MessagePort;
}

export interface ImpairerCounts {
  readonly passed: number;
  readonly lost: number;
}

/** Impairs the encoded frames of one receiver. It lives as long as the receiver's transform. */
export class FrameImpairer {
  readonly #transformer: RTCRtpScriptTransformer;
  readonly #port: MessagePort;
  readonly #started = performance.now();
  readonly #held: { readonly frame: EncodedFrame; readonly due: number }[] = [];
  #impairments: Impairments = unimpaired;
  #number = 0;
  #last = 0;
  #lost = 0;
  #passed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(transformer: RTCRtpScriptTransformer) {
    this.#transformer = transformer;
    this.#port = (transformer.options as ImpairerOptions).port;
    this.#port.onmessage = ({ data }: MessageEvent<Impairments | 'count'>) => this.#receive(data);
    const { readable, writable } = transformer;
    const writer = writable.getWriter();
    const impaired = new WritableStream<EncodedFrame>({ write: (frame) => this.#take(frame, writer) });
    // Both end when the connection is closed.
    void readable
      .pipeTo(impaired)
      .catch(() => {})
      .finally(() => this.#end());
  }

  #receive(message: Impairments | 'count'): void {
    if (message === 'count')
      this.#port.postMessage({ passed: this.#passed, lost: this.#lost } satisfies ImpairerCounts);
    else this.#impairments = message;
  }

  #take(frame: EncodedFrame, writer: WritableStreamDefaultWriter<EncodedFrame>): void {
    const time = performance.now() - this.#started;
    const due = dueAt(this.#impairments, this.#number++, time, this.#last);
    if (due === null) {
      this.#lost++;
      // As a receiver of lost packets would.
      if ('type' in frame) void this.#transformer.sendKeyFrameRequest?.().catch(() => {});
      return;
    }
    this.#last = due;
    if (due <= time && this.#held.length === 0) {
      this.#pass(frame, writer);
      return;
    }
    this.#held.push({ frame, due });
    this.#timer ??= setTimeout(() => this.#release(writer), due - time);
  }

  #release(writer: WritableStreamDefaultWriter<EncodedFrame>): void {
    const time = performance.now() - this.#started;
    while (this.#held[0] && this.#held[0].due <= time + 0.5) {
      this.#pass((this.#held.shift() as { frame: EncodedFrame }).frame, writer);
    }
    const [next] = this.#held;
    this.#timer = next && setTimeout(() => this.#release(writer), next.due - time);
  }

  #pass(frame: EncodedFrame, writer: WritableStreamDefaultWriter<EncodedFrame>): void {
    this.#passed++;
    writer.write(frame).catch(() => this.#end());
  }

  #end(): void {
    clearTimeout(this.#timer);
    this.#held.length = 0;
    this.#port.close();
  }
}
