import { VideoSample } from 'mediabunny';
import type { RecordingClock } from '../recording-clock.js';
import { ArrivalClock, type Dated } from './arrival-clock.js';
import { type PacketSink, VideoPacketEncoder } from './packet-encoder.js';

/** How the video of a recording is encoded. */
export interface VideoLaneOptions {
  readonly codec: string;
  readonly bitrate?: number;
}

/**
 * The video of a recording: one sequence of pictures, whatever tracks they come from. While no picture comes the last
 * one stays, and is written again from time to time.
 */
export class VideoLane {
  readonly #options: VideoLaneOptions;
  readonly #clock: RecordingClock;
  readonly #sink: PacketSink;
  readonly #arrivals = new ArrivalClock<VideoFrame>();
  #encoder: VideoPacketEncoder | null = null;
  /** An encoder that hands over its last packets. */
  #finishing: Promise<void> | null = null;
  #last: VideoFrame | null = null;
  #lastTime = Number.NEGATIVE_INFINITY;

  constructor(options: VideoLaneOptions, clock: RecordingClock, sink: PacketSink) {
    this.#options = options;
    this.#clock = clock;
    this.#sink = sink;
  }

  /** When the last picture begins, in seconds; −∞ before the first one. */
  get lastPictureTime(): number {
    return this.#lastTime;
  }

  /** The frames that follow come from another track. */
  trackChanged(): void {
    this.#show(this.#arrivals.reset());
  }

  /**
   * Takes a frame, and closes it.
   *
   * @param arrival The time of its arrival, in milliseconds of the clock.
   */
  add(frame: VideoFrame, arrival: number): void {
    if (this.#clock.paused) frame.close();
    else this.#show(this.#arrivals.take(frame, frame.timestamp / 1000, arrival));
  }

  /** Repeats the last picture if there is no other for long, so that audio never waits for a picture. */
  tick(): void {
    if (this.#clock.paused || this.#clock.seconds - this.#lastTime < REPEAT_AFTER_S) return;
    this.#write(this.#clock.seconds);
  }

  /** Ends with the last picture. Resolves when all packets were handed over. */
  async finish(): Promise<void> {
    this.#show(this.#arrivals.release());
    await this.#finishing;
    this.#write(Math.max(this.#clock.seconds, this.#lastTime + MIN_FRAME_TIME_S), true);
    await this.#encoder?.finish();
    this.#last?.close();
    this.#last = null;
  }

  #show(frames: readonly Dated<VideoFrame>[]): void {
    for (const { sample: frame, time } of frames) {
      this.#last?.close();
      this.#last = frame;
      // The first picture is shown from the beginning.
      const seconds = this.#lastTime < 0 ? 0 : this.#clock.secondsOf(time);
      // Where timestamps stand still or go back, the picture is dated by its arrival.
      this.#write(seconds > this.#lastTime ? seconds : this.#clock.seconds);
    }
  }

  #write(time: number, keyFrame = false): void {
    if (!this.#last || this.#finishing || time <= this.#lastTime) return;
    const { displayWidth: width, displayHeight: height } = this.#last;
    if (this.#encoder && this.#needsAnother(width, height)) {
      this.#finishing = this.#encoder.finish().then(
        () => {
          this.#finishing = this.#encoder = null;
          // The first picture of the new size has waited.
          this.#write(this.#clock.seconds);
        },
        (error) => this.#sink.fail(error),
      );
      return;
    }
    const { codec, bitrate } = this.#options;
    this.#encoder ??= new VideoPacketEncoder(codec, bitrate, { width, height }, this.#sink);
    // Encoders that fall behind lose frames, not time: never the last one.
    if (!keyFrame && this.#encoder.queued >= Math.min(MAX_QUEUED_FRAMES, MAX_QUEUED_PIXELS / (width * height))) return;
    this.#lastTime = time;
    this.#encoder.encode(new VideoSample(this.#last.clone(), { timestamp: time }), keyFrame ? { keyFrame } : undefined);
  }

  /** The key frames of some codecs carry the size of the picture. For the others a file has one size. */
  #needsAnother(width: number, height: number): boolean {
    const hasChanged = width !== this.#encoder?.width || height !== this.#encoder.height;
    return hasChanged && CODECS_OF_ANY_SIZE.includes(this.#options.codec);
  }
}

const CODECS_OF_ANY_SIZE = ['vp8', 'vp9', 'av1'];
const REPEAT_AFTER_S = 0.2;
const MIN_FRAME_TIME_S = 0.001;
const MAX_QUEUED_FRAMES = 30;
const MAX_QUEUED_PIXELS = 30_000_000;
