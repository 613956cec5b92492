import { afterwards } from './afterwards.js';
import { assert } from './suite.js';
import { eventOf, until } from './until.js';

export type Rgb = readonly [red: number, green: number, blue: number];

/** What a user sees of a track: a `<video>` that plays it, and its pixels. Gone when the test is over. */
export class Screen {
  readonly video: HTMLVideoElement;
  readonly #context: CanvasRenderingContext2D;

  constructor(track: MediaStreamTrack) {
    this.video = document.createElement('video');
    Object.assign(this.video, { autoplay: true, muted: true, playsInline: true, width: 160 });
    this.video.srcObject = new MediaStream([track]);
    document.body.append(this.video);
    this.#context = document.createElement('canvas').getContext('2d', {
      willReadFrequently: true,
    }) as CanvasRenderingContext2D;
    afterwards(() => this.close());
  }

  get size(): readonly [width: number, height: number] {
    return [this.video.videoWidth, this.video.videoHeight];
  }

  /** The whole picture, `null` while there is none. */
  image(): ImageData | null {
    const [width, height] = this.size;
    if (this.video.readyState < 2 || width === 0) return null;
    Object.assign(this.#context.canvas, { width, height });
    this.#context.drawImage(this.video, 0, 0);
    return this.#context.getImageData(0, 0, width, height);
  }

  /** The colour at a place that is given in parts of the size, from 0 to 1. */
  colorAt(x: number, y: number): Rgb | null {
    const image = this.image();
    if (!image) return null;
    const offset = 4 * (Math.floor(y * image.height) * image.width + Math.floor(x * image.width));
    return [image.data[offset] ?? -1, image.data[offset + 1] ?? -1, image.data[offset + 2] ?? -1];
  }

  /** Resolves when the colours at these places are shown, within so many levels. */
  async shows(expected: readonly Spot[], levels = 3): Promise<void> {
    let seen: (Rgb | null)[] = [];
    await until(
      () => {
        seen = expected.map(({ x, y }) => this.colorAt(x, y));
        return expected.every(({ color }, index) => within(seen[index] ?? null, color, levels));
      },
      () =>
        `${expected.map(({ color }) => `rgb(${color})`).join(', ')} on screen (seen: ${seen.map(String).join('; ')})`,
    );
  }

  /** Resolves when the whole picture has one colour, within so many levels. */
  showsColor(color: Rgb, levels = 3): Promise<void> {
    return this.shows(
      [0.05, 0.5, 0.95].map((place) => ({ x: place, y: place, color })),
      levels,
    );
  }

  async hasSize(width: number, height: number): Promise<void> {
    await until(
      () => this.size[0] === width && this.size[1] === height,
      () => `a picture of ${width}x${height} (seen: ${this.size.join('x')})`,
    );
  }

  /** Resolves with the first picture. */
  async loaded(): Promise<void> {
    if (this.video.readyState < 2) await eventOf(this.video, 'loadeddata');
    assert.isAbove(this.video.videoWidth, 0);
  }

  close(): void {
    this.video.srcObject = null;
    this.video.remove();
  }
}

/** A colour at a place that is given in parts of the size, from 0 to 1. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly color: Rgb;
}

function within(seen: Rgb | null, expected: Rgb, levels: number): boolean {
  return seen !== null && expected.every((level, index) => Math.abs(level - (seen[index] ?? -1e9)) <= levels);
}
