/* A part of the engine's worker: impairs the encoded frames that peer connections of the page send. */
import { answer } from '../../generator/messages.js';
import {
  type ImpairerEvent,
  type ImpairerMessage,
  type ImpairerOptions,
  type ImpairmentCounts,
  NO_IMPAIRMENTS,
  noImpairmentCounts,
  passNetwork,
  roundTripTime,
} from '../impairments.js';

/** Runs in the worker: impairs the frames of each sender whose transform names this worker. */
export function install(): void {
  addEventListener('rtctransform', (event) => new FrameImpairer((event as RtcTransformEvent).transformer));
}

type EncodedFrame = RTCEncodedVideoFrame | RTCEncodedAudioFrame;

/** The `RTCRtpScriptTransformer` of a worker, which TypeScript's DOM library does not have. */
interface ScriptTransformer {
  readonly readable: ReadableStream<EncodedFrame>;
  readonly writable: WritableStream<EncodedFrame>;
  readonly options: unknown;
  /** Rejects while nothing is sent. Chromium does not have it. */
  generateKeyFrame?(): Promise<unknown>;
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
/** A key frame that does not come, because nothing was being encoded, is asked for again after this time. */
const KEY_FRAME_TIMEOUT_MS = 300;

/** Impairs the encoded frames of one sender, for as long as the sender's transform exists. */
export class FrameImpairer {
  readonly #transformer: ScriptTransformer;
  readonly #options: ImpairerOptions;
  readonly #writer: WritableStreamDefaultWriter<EncodedFrame>;
  readonly #startTime = performance.now();
  readonly #heldFrames: HeldFrame[] = [];
  readonly #counts = noImpairmentCounts();
  #impairments = NO_IMPAIRMENTS;
  #frameCount = 0;
  #previousDelivery = 0;
  #deliveryTimer: ReturnType<typeof setTimeout> | undefined;
  /** Runs from a frame that is lost for good to the next key frame: nothing between them can be decoded. */
  #keyFrameTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(transformer: ScriptTransformer) {
    this.#transformer = transformer;
    this.#writer = transformer.writable.getWriter();
    this.#options = transformer.options as ImpairerOptions;
    const { port } = this.#options;
    port.onmessage = ({ data }: MessageEvent<ImpairerMessage>) => {
      if (data.type === 'impair') this.#impairments = data.impairments;
      else
        answer(
          (message) => port.postMessage(message),
          data.id,
          (): ImpairmentCounts => this.#counts,
        );
    };
    // Both streams end when the connection is closed.
    void transformer.readable
      .pipeTo(new WritableStream({ write: (frame) => this.#receive(frame) }))
      .catch(() => {})
      .finally(() => this.#close());
  }

  #receive(frame: EncodedFrame): void {
    const now = this.#now();
    const { kind } = this.#options;
    const entering = { kind, index: this.#frameCount++, byteLength: frame.data.byteLength, time: now };
    const { deliveryTime, lost, retransmitted } = passNetwork(this.#impairments, entering, this.#previousDelivery);
    this.#counts.packetsLost += lost;
    this.#counts.packetsRetransmitted += retransmitted;
    const isLost = deliveryTime === null;
    if (isLost || this.#isUndecodable(frame)) {
      this.#counts.framesLost++;
      if (isLost) this.#requestKeyFrameAfter(frame);
      return;
    }
    this.#previousDelivery = deliveryTime;
    this.#counts.framesDelivered++;
    this.#counts.totalDelay += deliveryTime - now;
    if (deliveryTime <= now && this.#heldFrames.length === 0) {
      this.#deliver(frame);
      return;
    }
    this.#heldFrames.push({ frame, time: deliveryTime });
    this.#deliveryTimer ??= setTimeout(() => this.#deliverDueFrames(), deliveryTime - now);
  }

  /** Whether a frame needs one that is lost for good. A receiver would show none of these frames either. */
  #isUndecodable(frame: EncodedFrame): boolean {
    if (this.#keyFrameTimer === undefined) return false;
    if ('type' in frame && frame.type !== 'key') return true;
    clearTimeout(this.#keyFrameTimer);
    this.#keyFrameTimer = undefined;
    return false;
  }

  /** A frame is lost for good. If another one was before, only the loss of a key frame calls for a new request. */
  #requestKeyFrameAfter(frame: EncodedFrame): void {
    const isVideo = 'type' in frame;
    if (!isVideo || (this.#keyFrameTimer !== undefined && frame.type !== 'key')) return;
    clearTimeout(this.#keyFrameTimer);
    this.#keyFrameTimer = this.#requestKeyFrame(roundTripTime(this.#impairments));
  }

  /** The receiver notices the gap when the frame should arrive; its request then takes as long as a frame. */
  #requestKeyFrame(delay: number): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      if (this.#transformer.generateKeyFrame) void this.#transformer.generateKeyFrame().catch(() => {});
      else this.#options.port.postMessage({ type: 'key-frame-needed' } satisfies ImpairerEvent);
      this.#keyFrameTimer = this.#requestKeyFrame(KEY_FRAME_TIMEOUT_MS);
    }, delay);
  }

  #deliverDueFrames(): void {
    const now = this.#now();
    const firstLater = this.#heldFrames.findIndex(({ time }) => time > now + TIMER_TOLERANCE_MS);
    const dueCount = firstLater < 0 ? this.#heldFrames.length : firstLater;
    for (const { frame } of this.#heldFrames.splice(0, dueCount)) this.#deliver(frame);
    const [next] = this.#heldFrames;
    this.#deliveryTimer = next && setTimeout(() => this.#deliverDueFrames(), next.time - now);
  }

  #deliver(frame: EncodedFrame): void {
    this.#writer.write(frame).catch(() => this.#close());
  }

  /** Milliseconds since the start. */
  #now(): number {
    return performance.now() - this.#startTime;
  }

  #close(): void {
    clearTimeout(this.#deliveryTimer);
    clearTimeout(this.#keyFrameTimer);
    this.#heldFrames.length = 0;
    this.#options.port.close();
  }
}
