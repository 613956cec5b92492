import { noCounts } from '../counts.js';
import { now, pageOrigin } from '../timeline.js';
import { correctSettings } from './backend.js';
import type { TrackWriter, WriteOptions } from './track-writer.js';
import { checkVideo } from './video-input.js';
import type { FrameTimes, VideoOutput, VideoPicture, VideoSource, VideoTarget } from './video-output.js';

/** Brings written pictures to a video output, in their order; one that a newer one overtook is dropped. */
export class VideoWriter implements TrackWriter {
  output: VideoOutput;
  readonly counts = noCounts();
  onsuspend = null;
  onstart: (() => void) | null = null;
  paused = false;
  readonly #settings = {} as { width: number; height: number };
  #muted = false;
  /** The picture behind the black one while muted. */
  #hidden: VideoPicture | null = null;
  #written = 0;
  #shown = 0;
  #shownAt = 0;

  constructor(output: VideoOutput) {
    this.output = output;
  }

  get muted(): boolean {
    return this.#muted;
  }

  set muted(muted: boolean) {
    if (muted === this.#muted) return;
    this.#muted = muted;
    if (this.#shown > 0) void (muted ? this.#blacken() : this.#reveal()).catch(() => {});
  }

  async write(data: unknown, { timestamp, duration }: WriteOptions): Promise<boolean> {
    const checked = checkVideo(data);
    if (!checked) throw await complain(data);
    const { width, height } = checked;
    const ours = data instanceof VideoFrame ? undefined : microseconds();
    const times: FrameTimes = { timestamp: timestamp ?? ours, ...(duration !== undefined && { duration }) };
    if (!Object.values(times).every((time = 0) => Number.isFinite(time))) throw await complain(data, times);
    if (this.paused) return this.#drop(data instanceof VideoFrame ? data : null);
    const order = ++this.#written;
    let picture = await this.#grab(data, checked.source(times), times);
    if (order < this.#shown || this.#ended) return this.#drop(picture);
    this.#shown = order;
    this.#shownAt = now();
    Object.assign(this.#settings, { width, height });
    correctSettings(this.output.track, this.#settings);
    if (this.#muted) {
      const black = await this.#blackPicture(width, height, picture);
      // It may have been unmuted meanwhile.
      if (this.#muted) {
        this.#hide(picture === data ? (picture as VideoFrame).clone() : picture);
        if (picture === data) picture.close();
        picture = black;
      } else black.close();
    }
    const taken = await this.output.show(picture);
    if (!taken) return this.#drop(null);
    if (this.counts.produced++ === 0) this.onstart?.();
    return true;
  }

  /** From now on pictures go to another output with the same track. Returns what shows them, and what ends the track. */
  handOver(successor: VideoOutput): { target: VideoTarget; end(): void } {
    const { output } = this;
    this.output = successor;
    return { target: output.handOver(), end: () => output.end() };
  }

  tick(): void {
    if (this.#shown > 0) {
      if (now() - this.#shownAt < REPEAT_AFTER) return;
      this.again();
    } else if (document.readyState !== 'complete') {
      // A media element whose stream has no frame yet holds back the page's load event in Chromium.
      const show = (black: VideoPicture) => (this.#shown > 0 ? black.close() : this.output.show(black));
      void this.#blackPicture(640, 360)
        .then(show)
        .catch(() => {});
    }
  }

  again(): void {
    if (this.#shown === 0) return;
    this.counts.repeated++;
    this.output.repeat();
  }

  end(): void {
    this.output.end();
    this.#hide(null);
  }

  get #ended(): boolean {
    return this.output.track.readyState === 'ended';
  }

  /** Takes over what was written, once its picture is ours; what cannot be read stays the caller's, and open. */
  async #grab(data: unknown, source: VideoSource, times: FrameTimes): Promise<VideoPicture> {
    const made = source !== data;
    try {
      const picture = await this.output.grab(source, made ? {} : times);
      if (source instanceof VideoFrame && source !== picture) source.close();
      return picture;
    } catch (error) {
      if (made) (source as VideoFrame).close();
      throw await complain(data, error);
    }
  }

  /** Keeps a picture for when it is not muted any more. */
  #hide(picture: VideoPicture | null): void {
    this.#hidden?.close();
    this.#hidden = picture;
    if (!picture || !this.#ended) return;
    picture.close();
    this.#hidden = null;
  }

  async #blacken(): Promise<void> {
    const picture = await this.output.copy();
    if (this.#hidden || !this.#muted) picture?.close();
    else this.#hide(picture);
    const { width, height } = this.#settings;
    const black = await this.#blackPicture(width, height);
    if (this.#muted) await this.output.show(black);
    else black.close();
  }

  async #reveal(): Promise<void> {
    const picture = this.#hidden;
    this.#hidden = null;
    if (!picture) return;
    const stamped =
      picture instanceof VideoFrame ? await this.output.grab(picture, { timestamp: microseconds() }) : picture;
    if (stamped !== picture) picture.close();
    if (this.#muted) this.#hide(stamped);
    else await this.output.show(stamped);
  }

  async #blackPicture(width: number, height: number, instead?: VideoPicture): Promise<VideoPicture> {
    const { blackFrame } = await import('../black-frame.js');
    const timestamp = instead instanceof VideoFrame ? instead.timestamp : microseconds();
    return this.#grab(null, blackFrame(width, height, timestamp), {});
  }

  #drop(picture: VideoPicture | null): boolean {
    this.counts.dropped++;
    picture?.close();
    return false;
  }
}

/** Milliseconds without a new picture after which the last one is shown again: a viewer who comes late waits less than a second. */
const REPEAT_AFTER = 400;

const microseconds = (): number => Math.round((now() - pageOrigin()) * 1000);

async function complain(data: unknown, cause?: unknown): Promise<unknown> {
  const { complaint } = await import('./write-error.js');
  return complaint('video', data, cause);
}
