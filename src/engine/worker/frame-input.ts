import { plainError } from '../../generator/messages.js';
import { now } from '../../generator/timeline.js';
import type { TrackInput } from '../../processor/messages.js';
import type { PlanarPicture } from '../../processor/planar-picture.js';
import { FrameCopier, type FrameSamples, visibleRectOf } from '../../processor/worker/frame-copier.js';
import { TrackInputReader } from '../../processor/worker/track-input.js';
import { checkOneOf } from '../../signals/check-names.js';
import { type ColorSpace, checkSize, type Picture } from '../../signals/picture.js';
import { framesPerSecond, type Rate } from '../../signals/rate.js';
import { layPicture } from '../../signals/video/lay-picture.js';
import type { PatternRenderer } from '../../signals/video/pattern.js';
import type { Slices } from '../../signals/video/slices.js';
import { type PictureFit, pictureFits, type VideoInputDescription } from '../composition.js';
import type { InputEvent } from '../messages.js';
import { convertSamples, type FrameColors } from './frame-planes.js';
import { type PictureGeometry, PictureScaler } from './picture-scaler.js';

/** The pictures of an input. */
export interface PictureInput {
  /** The picture that is on show at a time of the page's timeline, in seconds; `null` before the first one. */
  pictureAt(seconds: number): InputPicture | null;
  /** Shows a frame from now on, and closes it. */
  take(frame: VideoFrame): void;
  close(): void;
}

/**
 * The frames of a track of video. Of the pictures that come while one is copied, only the newest is kept. An input that has
 * ended keeps its last picture.
 */
export class FrameInput implements PictureInput {
  readonly #port: MessagePort;
  readonly #reader: TrackInputReader;
  /** The copier of the picture that is shown, and the copier of the next one. */
  #copiers = [new FrameCopier(), new FrameCopier()] as const;
  #waiting: VideoFrame | null = null;
  #isCopying = false;
  #isOpen = true;
  #failures = 0;
  #newest: InputPicture | null = null;

  constructor(port: MessagePort, input: TrackInput) {
    this.#port = port;
    this.#reader = new TrackInputReader(
      input,
      {
        frame: (frame) => this.take(frame),
        data() {},
        block() {},
        failed: (error) => this.#post({ type: 'failed', error: plainError(error) }),
      },
      now,
    );
  }

  /** Uses the newest picture, because a track delivers what is to be seen now. */
  pictureAt(): InputPicture | null {
    return this.#newest;
  }

  take(frame: VideoFrame): void {
    if (!this.#isOpen) {
      frame.close();
      return;
    }
    this.#waiting?.close();
    this.#waiting = frame;
    if (!this.#isCopying) void this.#copyWaiting();
  }

  close(): void {
    this.#isOpen = false;
    this.#reader.close();
    this.#waiting?.close();
    this.#waiting = null;
    this.#port.close();
  }

  async #copyWaiting(): Promise<void> {
    this.#isCopying = true;
    for (let frame = this.#waiting; frame && this.#isOpen; frame = this.#waiting) {
      this.#waiting = null;
      try {
        await this.#copy(frame);
        this.#failures = 0;
      } catch (error) {
        this.#failures++;
        if (this.#failures === MOST_FAILURES) this.#post({ type: 'failed', error: plainError(error) });
      } finally {
        frame.close();
      }
    }
    this.#isCopying = false;
  }

  async #copy(frame: VideoFrame): Promise<void> {
    const [shown, next] = this.#copiers;
    const picture = await InputPicture.copy(frame, next);
    if (!this.#isOpen) return;
    this.#copiers = [next, shown];
    const before = this.#newest;
    this.#newest = picture;
    if (before && picture.hasSizeOf(before)) return;
    this.#post({ type: 'resized', width: picture.displayWidth, height: picture.displayHeight });
  }

  #post(event: InputEvent): void {
    if (this.#isOpen) this.#port.postMessage(event);
  }
}

/** A single frame may fail, as any frame may be dropped. */
const MOST_FAILURES = 10;

/** A picture of an input. It is converted when a layer shows it, once for all layers of one colour space. */
export class InputPicture {
  /** Tells pictures apart. */
  readonly number = ++pictures;
  readonly displayWidth: number;
  readonly displayHeight: number;
  readonly #samples: FrameSamples;
  readonly #colors: FrameColors;
  readonly #planes = new Map<ColorSpace, PlanarPicture>();

  /** Copies a frame, which stays open. */
  static async copy(frame: VideoFrame, copier: FrameCopier): Promise<InputPicture> {
    const { displayWidth, displayHeight, colorSpace } = frame;
    const { matrix = null, fullRange = null } = colorSpace ?? {};
    const samples = await copier.copy(frame, visibleRectOf(frame));
    return new InputPicture(samples, { matrix, fullRange }, displayWidth, displayHeight);
  }

  private constructor(samples: FrameSamples, colors: FrameColors, displayWidth: number, displayHeight: number) {
    this.#samples = samples;
    this.#colors = colors;
    this.displayWidth = displayWidth;
    this.displayHeight = displayHeight;
  }

  get geometry(): PictureGeometry {
    const { width, height } = this.#samples;
    return { width, height, aspect: this.displayWidth / this.displayHeight };
  }

  hasSizeOf({ displayWidth, displayHeight }: InputPicture): boolean {
    return this.displayWidth === displayWidth && this.displayHeight === displayHeight;
  }

  planesIn(space: ColorSpace): PlanarPicture {
    const planes = this.#planes.get(space) ?? convertSamples(this.#samples, this.#colors, space);
    this.#planes.set(space, planes);
    return planes;
  }
}

let pictures = 0;

/** Makes the renderer of a layer that shows an input. */
export function* preparingInput(
  input: PictureInput,
  { width, height, fit, frameRate }: VideoInputDescription,
  colorSpace: ColorSpace,
): Slices<PatternRenderer> {
  checkSize(width, height);
  checkOneOf('fit', pictureFits, fit);
  return new InputRenderer(input, yield* layPicture(width, height, colorSpace), fit, frameRate);
}

/** Shows the picture of an input. While it is asked for the same frame, as with a paused layer, it shows the same picture. */
class InputRenderer implements PatternRenderer {
  readonly picture: Picture;
  readonly #input: PictureInput;
  readonly #fit: PictureFit;
  readonly #frameRate: Rate;
  #n = Number.NaN;
  #shown: InputPicture | null = null;
  #geometry: PictureGeometry | null = null;
  #scaler: PictureScaler | null = null;

  constructor(input: PictureInput, picture: Picture, fit: PictureFit, frameRate: Rate) {
    this.#input = input;
    this.picture = picture;
    this.#fit = fit;
    this.#frameRate = frameRate;
  }

  key(n: number): number {
    if (n !== this.#n) this.#shown = this.#input.pictureAt(n / framesPerSecond(this.#frameRate));
    this.#n = n;
    return this.#shown?.number ?? 0;
  }

  render(): void {
    const shown = this.#shown;
    if (shown) this.#scalerFor(shown.geometry).scale(shown.planesIn(this.picture.colorSpace));
  }

  #scalerFor(geometry: PictureGeometry): PictureScaler {
    const old = this.#geometry;
    const isSame = old?.width === geometry.width && old.height === geometry.height && old.aspect === geometry.aspect;
    if (this.#scaler && isSame) return this.#scaler;
    const { y, u, v } = this.picture;
    y.fill(16);
    u.fill(128);
    v.fill(128);
    this.#geometry = geometry;
    this.#scaler = new PictureScaler(geometry, this.picture, this.#fit);
    return this.#scaler;
  }
}
