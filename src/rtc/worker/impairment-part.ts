/* A part of the engine's worker: impairs the encoded frames that peer connections of the page receive. */
import { deliveryTime, type ImpairerOptions, type Impairments, NO_IMPAIRMENTS } from '../impairments.js';

/** Runs in the worker: impairs the frames of each receiver whose transform names this worker. */
export function install(): void {
  addEventListener('rtctransform', (event) => new FrameImpairer((event as RtcTransformEvent).transformer));
}

type EncodedFrame = RTCEncodedVideoFrame | RTCEncodedAudioFrame;

/** The `RTCRtpScriptTransformer` of a worker, which TypeScript's DOM library does not have. */
interface ScriptTransformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: unknown;
  sendKeyFrameRequest?(): Promise<void>;
}

interface RtcTransformEvent extends Event {
  readonly transformer: ScriptTransformer;
}

interface HeldFrame {
  readonly frame: EncodedFrame;
  /** When it is delivered, in milliseconds since the start. */
  readonly time: number;
}

/** Timers fire up to half a millisecond early. */
const TIMER_TOLERANCE_MS = 0.5;

/** Impairs the encoded frames of one receiver, for as long as the receiver's transform exists. */
export class FrameImpairer {
  readonly #transformer: ScriptTransformer;
  readonly #port: MessagePort;
  readonly #writer: WritableStreamDefaultWriter<EncodedFrame>;
  readonly #startTime = performance.now();
  readonly #heldFrames: HeldFrame[] = [];
  #impairments = NO_IMPAIRMENTS;
  #frameCount = 0;
  #previousDelivery = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(transformer: ScriptTransformer) {
    this.#transformer = transformer;
    this.#writer = transformer.writable.getWriter();
    this.#port = (transformer.options as ImpairerOptions).port;
    this.#port.onmessage = ({ data }: MessageEvent<Impairments>) => {
      this.#impairments = data;
    };
    // Both streams end when the connection is closed.
    void transformer.readable
      .pipeTo(new WritableStream({ write: (frame) => this.#receive(frame) }))
      .catch(() => {})
      .finally(() => this.#close());
  }

  #receive(frame: EncodedFrame): void {
    const now = this.#now();
    const time = deliveryTime(this.#impairments, this.#frameCount++, now, this.#previousDelivery);
    if (time === null) {
      // A receiver that lost packets would ask for a key frame too. Only video frames have a type.
      if ('type' in frame) void this.#transformer.sendKeyFrameRequest?.().catch(() => {});
      return;
    }
    this.#previousDelivery = time;
    if (time <= now && this.#heldFrames.length === 0) {
      this.#deliver(frame);
      return;
    }
    this.#heldFrames.push({ frame, time });
    this.#timer ??= setTimeout(() => this.#deliverDueFrames(), time - now);
  }

  #deliverDueFrames(): void {
    const now = this.#now();
    const firstLater = this.#heldFrames.findIndex(({ time }) => time > now + TIMER_TOLERANCE_MS);
    const dueCount = firstLater < 0 ? this.#heldFrames.length : firstLater;
    for (const { frame } of this.#heldFrames.splice(0, dueCount)) this.#deliver(frame);
    const [next] = this.#heldFrames;
    this.#timer = next && setTimeout(() => this.#deliverDueFrames(), next.time - now);
  }

  #deliver(frame: EncodedFrame): void {
    this.#writer.write(frame).catch(() => this.#close());
  }

  /** Milliseconds since the start. */
  #now(): number {
    return performance.now() - this.#startTime;
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#heldFrames.length = 0;
    this.#port.close();
  }
}
