import { describeValue } from '../../signals/describe-value.js';
import type { Picture } from '../../signals/picture.js';
import { type Counts, noCounts } from '../counts.js';
import { hasNative } from '../features.js';
import { now, pageOrigin } from '../timeline.js';
import {
  blackFrame,
  type FrameTimes,
  isVideoFrame,
  pictureFrame,
  useFrameClass,
  type VideoSource,
} from '../video-frames.js';
import type { CanvasWatch, WrittenCanvas } from './canvas-watch.js';
import type { FramePacer } from './frame-pacer.js';
import type { VideoOutput, VideoPicture } from './output.js';
import {
  DEFAULT_QUEUE_LIMIT_S,
  type Hold,
  type PacingInit,
  type TrackWriter,
  type WriteOptions,
  type WriterListener,
} from './track-writer.js';
import { correctSettings } from './tracks.js';
import { acquireWorker, generatorWorker } from './worker-pool.js';

/** The data that a video generator accepts. */
export type VideoInput = VideoSource | Picture;

interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Shows written pictures in the order of their calls. A picture that a newer one has overtaken is dropped. */
export class VideoWriter implements TrackWriter {
  /** It may be replaced by another output of the same track. */
  output: VideoOutput;
  readonly counts = noCounts();
  listener: WriterListener = {};
  queueLimit = DEFAULT_QUEUE_LIMIT_S;
  #needsStandIn = !hasNative('VideoFrame');
  #muted = false;
  #paused = false;
  #size: PictureSize = { width: 0, height: 0 };
  /** While muted: the picture to show when muting ends. */
  #hidden: VideoPicture | null = null;
  #written = 0;
  /** The number of the newest write that was shown. */
  #shown = 0;
  #shownAt = 0;

  /** Shows pictures when they are due; `null` if they are shown when they are written. */
  readonly #pacing: Promise<FramePacer> | null = null;
  #pacer: FramePacer | null = null;
  /** Loaded with the first written canvas, which it gets as a copy; `undefined` before. */
  #canvasWatch: CanvasWatch | null | undefined;

  constructor(output: VideoOutput, { pacing, clock = '' }: PacingInit = {}) {
    this.output = output;
    if (!pacing) return;
    this.#pacing = import('./frame-pacer.js').then(({ FramePacer }) => {
      this.#pacer = new FramePacer(clock, this.listener, () => acquireWorker(generatorWorker));
      this.#pacer.hold(this.#paused);
      return this.#pacer;
    });
    this.#pacing.catch(() => {});
  }

  setHold({ muted, paused }: Hold): void {
    this.#paused = paused;
    this.#pacer?.hold(paused);
    if (muted === this.#muted) return;
    this.#muted = muted;
    if (this.#shown > 0) void (muted ? this.#hide() : this.#reveal()).catch(() => {});
  }

  async write(data: unknown, { timestamp, duration }: WriteOptions): Promise<boolean> {
    const checked = checkVideo(data);
    if (!checked) throw await writeError(data);
    const size = { width: checked.width, height: checked.height };
    const frame = isVideoFrame(data) ? data : null;
    const defaultTimestamp = frame ? undefined : nowInMicroseconds();
    const times: FrameTimes = { timestamp: timestamp ?? defaultTimestamp, ...(duration !== undefined && { duration }) };
    if (!Object.values(times).every((time = 0) => Number.isFinite(time))) throw await writeError(data, times);
    if (this.#paused) return this.#drop(frame);
    if (describeValue(data).includes('Canvas')) this.#watch(data as WrittenCanvas);
    const number = ++this.#written;
    // Its times are not to be read once it is closed.
    const { timestamp: own = 0, duration: ownDuration = null } = frame ?? {};
    const grabbing = this.#grab(data, times, checked.make);
    const show = (picture: VideoPicture) => this.#show(picture, number, size);
    if (!this.#pacing) return show(await grabbing);
    // The picture may fail while the pacer is loading.
    grabbing.catch(() => {});
    const pacer = await this.#pacing;
    const paced = { number, timestamp: times.timestamp ?? own, duration: duration ?? ownDuration, grabbing, show };
    return (await pacer.add(paced, this.queueLimit)) ?? this.#drop(null);
  }

  get queued(): number {
    return this.#pacer?.queued ?? 0;
  }

  clear(): void {
    if (this.#pacer) this.#pacer.clear();
    else void this.#pacing?.then((pacer) => pacer.clear()).catch(() => {});
  }

  async played(): Promise<boolean> {
    return (this.#pacer ?? (await this.#pacing))?.played() ?? true;
  }

  async #show(picture: VideoPicture, number: number, size: PictureSize): Promise<boolean> {
    if (number < this.#shown || this.#ended) return this.#drop(picture);
    this.#shown = number;
    this.#shownAt = now();
    this.#size = size;
    correctSettings(this.output.track, size);
    if (!(await this.output.show(this.#muted ? await this.#hideNew(picture) : picture))) return this.#drop(null);
    if (this.counts.produced++ === 0) this.listener.announce?.('started');
    return true;
  }

  async getCounts(): Promise<Counts> {
    return { ...this.counts };
  }

  tick(): void {
    this.#canvasWatch?.tick();
    if (this.#shown > 0) {
      if (now() - this.#shownAt >= REPEAT_AFTER_MS) this.repeatFrame();
    } else if (document.readyState !== 'complete') {
      // In Chromium a media element whose stream has no frame yet delays the page's load event.
      this.#size = { width: 640, height: 360 };
      const show = (black: VideoPicture) => (this.#shown > 0 ? black.close() : this.output.show(black));
      void this.#blackPicture()
        .then(show)
        .catch(() => {});
    }
  }

  repeatFrame(): void {
    if (this.#shown === 0) return;
    this.counts.repeated++;
    this.output.repeatFrame();
  }

  end(): void {
    this.output.end();
    void this.#pacing?.then((pacer) => pacer.close()).catch(() => {});
    this.#keepHidden(null);
  }

  get #ended(): boolean {
    return this.output.track.readyState === 'ended';
  }

  #watch(canvas: WrittenCanvas): void {
    this.#canvasWatch?.look(canvas);
    if (this.#canvasWatch !== undefined) return;
    this.#canvasWatch = null;
    // A picture that cannot be copied is not looked at.
    const copy = (async () => createImageBitmap(canvas))().catch(() => null);
    import('./canvas-watch.js')
      .then(({ watchCanvases }) => {
        this.#canvasWatch = watchCanvases(this.listener, canvas, copy);
      })
      .catch(() => copy.then((bitmap) => bitmap?.close()));
  }

  /** Makes a picture of written data. If that fails, the data stays open: it is still the caller's. */
  async #grab(data: unknown, times: FrameTimes, make?: MakeFrame): Promise<VideoPicture> {
    if (this.#needsStandIn) {
      useFrameClass((await import('../rgb-frame.js')).standInClass());
      this.#needsStandIn = false;
    }
    const source = make?.(times) ?? (data as VideoSource);
    try {
      const picture = await this.output.grab(source, make ? {} : times);
      if (isVideoFrame(source) && source !== picture) source.close();
      return picture;
    } catch (error) {
      if (make) (source as VideoFrame).close();
      throw await writeError(data, error);
    }
  }

  /** Keeps a picture that is written while muted. Returns the black one to show in its place. */
  async #hideNew(picture: VideoPicture): Promise<VideoPicture> {
    const black = await this.#blackPicture(picture);
    // It may have been unmuted in the meantime.
    if (!this.#muted) {
      black.close();
      return picture;
    }
    // The frame that was written has to be closed; a clone of it can be kept.
    const kept = isVideoFrame(picture) ? picture.clone() : picture;
    this.#keepHidden(kept);
    if (kept !== picture) picture.close();
    return black;
  }

  async #hide(): Promise<void> {
    const picture = await this.output.copy();
    if (this.#hidden || !this.#muted) picture?.close();
    else this.#keepHidden(picture);
    const black = await this.#blackPicture();
    if (this.#muted) await this.output.show(black);
    else black.close();
  }

  async #reveal(): Promise<void> {
    const picture = this.#hidden;
    this.#hidden = null;
    if (!picture) return;
    const shown = isVideoFrame(picture) ? await this.output.grab(picture, { timestamp: nowInMicroseconds() }) : picture;
    if (shown !== picture) picture.close();
    if (this.#muted) this.#keepHidden(shown);
    else await this.output.show(shown);
  }

  #keepHidden(picture: VideoPicture | null): void {
    this.#hidden?.close();
    this.#hidden = picture;
    if (!picture || !this.#ended) return;
    picture.close();
    this.#hidden = null;
  }

  /** Black of the last written size, with the timestamp of the picture that it replaces. */
  #blackPicture(replaced?: VideoPicture): Promise<VideoPicture> {
    const { width, height } = this.#size;
    const timestamp = isVideoFrame(replaced) ? replaced.timestamp : nowInMicroseconds();
    return this.#grab(null, { timestamp }, (times) => blackFrame(width, height, times));
  }

  #drop(picture: VideoPicture | null): false {
    this.counts.dropped++;
    picture?.close();
    return false;
  }
}

/** After this long without a new picture the last one is shown again, so that new viewers wait less than a second. */
const REPEAT_AFTER_MS = 400;

const nowInMicroseconds = (): number => Math.round((now() - pageOrigin()) * 1000);

async function writeError(data: unknown, cause?: unknown): Promise<Error> {
  return (await import('./write-error.js')).writeError('video', data, cause);
}

/** Written data whose kind and size are valid. */
interface CheckedVideo {
  readonly width: number;
  readonly height: number;
  /** Makes a frame of data that is no source of pictures for the browser. */
  readonly make?: MakeFrame;
}

type MakeFrame = (times: FrameTimes) => VideoFrame;

/** Checks written data; `null` if a video generator does not accept it. */
function checkVideo(data: unknown): CheckedVideo | null {
  const sizeOf = sizes[describeValue(data)];
  if (!sizeOf) return isPicture(data) ? { ...data, make: (times) => pictureFrame(data, times) } : null;
  const [width, height] = sizeOf(data as never);
  return width > 0 && height > 0 ? { width, height } : null;
}

type Size = readonly [width: number, height: number];

const ownSize = ({ width, height }: { width: number; height: number }): Size => [width, height];

/** The size of each class of data. It is 0 if the data is closed, empty or not loaded yet. */
const sizes: Readonly<Record<string, (data: never) => Size>> = {
  VideoFrame: (frame: VideoFrame) => [frame.displayWidth, frame.displayHeight],
  ImageBitmap: ownSize,
  ImageData: ownSize,
  HTMLCanvasElement: ownSize,
  OffscreenCanvas: ownSize,
  HTMLImageElement: (image: HTMLImageElement) => [image.complete ? image.naturalWidth : 0, image.naturalHeight],
  HTMLVideoElement: (video: HTMLVideoElement) => [video.readyState > 1 ? video.videoWidth : 0, video.videoHeight],
};

function isPicture(data: unknown): data is Picture {
  const { width = 0, height = 0, y, u, v, colorSpace = 'bt709' } = (data ?? {}) as Partial<Picture>;
  const luma = width * height;
  return (
    width > 0 &&
    height > 0 &&
    width % 2 === 0 &&
    height % 2 === 0 &&
    [y, u, v].every((plane, i) => describeValue(plane) === 'Uint8Array' && plane?.length === (i ? luma / 4 : luma)) &&
    /^bt(601|709)$/.test(colorSpace)
  );
}
