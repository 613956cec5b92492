/** Tracks whose pictures and audio carry marks, written by a test, with the faults that it wants. */
import { TrackGenerator } from 'track-elements/generator';
import {
  type ColorSpace,
  createPatternRenderer,
  createPicture,
  type PatternDescription,
  type PatternRenderer,
  type Picture,
  type PictureMark,
  paintMark,
  parseRate,
  renderMark,
} from 'track-elements/signals';
import { onCleanup } from './cleanup.js';

export const RATE = parseRate(30);

/** The pattern of the pictures. */
export const PATTERN = {
  pattern: 'ebu-75',
  width: 320,
  height: 180,
  frameRate: RATE,
} as const satisfies PatternDescription;

export const SOURCE = 4711;

/** A video track to which a test writes pictures with marks. */
export class MarkedVideo {
  readonly generator = new TrackGenerator({ kind: 'video' });
  /** The colour space that frames say they have; the colour space of the picture unless it is set. */
  label: ColorSpace | null = null;
  /** The time of frame 0 in the marks. */
  readonly #origin = Date.now();
  #renderer: PatternRenderer;
  #picture: Picture;

  constructor(pattern: PatternDescription = PATTERN) {
    onCleanup(() => this.generator.stop());
    this.#renderer = createPatternRenderer(pattern);
    this.#picture = createPicture(pattern.width, pattern.height, pattern.colorSpace);
  }

  setPattern(pattern: PatternDescription): void {
    this.#renderer = createPatternRenderer(pattern);
    this.#picture = createPicture(pattern.width, pattern.height, pattern.colorSpace);
  }

  get track(): MediaStreamTrack {
    return this.generator.track;
  }

  /** Writes the picture of a frame, with its mark; `null` for a picture without one. */
  async write(frame: number, more: Partial<PictureMark> | null = {}): Promise<void> {
    const picture = this.#picture;
    const time = this.#origin + Math.floor((frame * 1000) / 30);
    this.#renderer.render(frame);
    for (const plane of ['y', 'u', 'v'] as const) picture[plane].set(this.#renderer.picture[plane]);
    if (more) paintMark(picture, { frame, rate: RATE, time, source: SOURCE, ...more });
    const { width, height, y, u, v, colorSpace } = picture;
    const bytes = new Uint8Array(y.length * 1.5);
    bytes.set(y);
    bytes.set(u, y.length);
    bytes.set(v, y.length * 1.25);
    const space = (this.label ?? colorSpace) === 'bt601' ? 'smpte170m' : 'bt709';
    const videoFrame = new VideoFrame(bytes, {
      format: 'I420',
      codedWidth: width,
      codedHeight: height,
      timestamp: Math.round(performance.now() * 1000),
      colorSpace: { primaries: space, transfer: space, matrix: space, fullRange: false },
    });
    await this.generator.write(videoFrame);
    videoFrame.close();
  }
}

/** A running audio track. `start()` plays audio with marks, of frames from 0 on. */
export async function openMarkedAudio(seconds: number): Promise<{ readonly track: MediaStreamTrack; start(): void }> {
  const generator = new TrackGenerator({ kind: 'audio' });
  onCleanup(() => generator.stop());
  const samples = new Float32Array(seconds * 48_000);
  renderMark(samples, 0, { rate: RATE, sampleRate: 48_000 });
  // The first audio of a page may take a second until it runs.
  await generator.write(new Float32Array(9600));
  await generator.played();
  return { track: generator.track, start: () => void generator.write(samples).catch(() => {}) };
}
