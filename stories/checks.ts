/** Checks of the stories' play functions. */
import { expect, waitFor } from 'storybook/test';
import { TrackProcessor } from 'track-elements/processor';
import { AudioMarkReader, type FoundMark, parseRate, readMark } from 'track-elements/signals';

const TIMEOUT_MS = 8000;
const POLL_INTERVAL_MS = 50;

/** Waits until an assertion holds. */
export const eventually = (assertion: () => void | Promise<void>): Promise<void> =>
  waitFor(assertion, { timeout: TIMEOUT_MS, interval: POLL_INTERVAL_MS });

/** The only element of a tag name in a story. */
export function only<K extends keyof HTMLElementTagNameMap>(canvas: HTMLElement, tagName: K): HTMLElementTagNameMap[K] {
  const found = canvas.querySelectorAll(tagName);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Clicks the button of a command. */
export const click = (canvas: HTMLElement, command: string): void =>
  canvas.querySelector<HTMLElement>(`[command="${command}"]`)?.click();

/** The place of the story's error. */
export const errorOf = (canvas: HTMLElement): Element | null => canvas.querySelector('.error');

/** Waits until a video shows a picture of a size. */
export async function showsSize(video: HTMLVideoElement, width = 1280, height = 720): Promise<void> {
  await eventually(() => {
    expect([video.videoWidth, video.videoHeight]).toEqual([width, height]);
    expect(video.readyState).toBeGreaterThanOrEqual(HTMLMediaElement.HAVE_CURRENT_DATA);
  });
}

/** Waits until the middle of a video is red. */
export const showsRed = (video: HTMLVideoElement): Promise<void> =>
  eventually(() => {
    const [red, green, blue] = colorAt(video, 0.5, 0.5);
    expect(red).toBeGreaterThan(230);
    expect(Math.max(green, blue)).toBeLessThan(25);
  });

type Rgb = [red: number, green: number, blue: number];

/** The color in a video at a place: 0 to 1 from the left and from the top. */
export function colorAt(video: HTMLVideoElement, x: number, y: number): Rgb {
  const [width, height] = [64, 36];
  const { data } = pictureOf(video, width, height);
  const offset = 4 * (Math.floor(y * height) * width + Math.floor(x * width));
  return [data[offset], data[offset + 1], data[offset + 2]];
}

/** The highest value of red, green or blue in a video. */
export function brightestLevel(video: HTMLVideoElement): number {
  const { data } = pictureOf(video, video.videoWidth, video.videoHeight);
  return data.reduce((brightest, level, index) => (index % 4 < 3 ? Math.max(brightest, level) : brightest), 0);
}

function pictureOf(video: HTMLVideoElement, width: number, height: number): ImageData {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('The browser gave no canvas context.');
  context.drawImage(video, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

/** The mark in the picture that a video shows. */
export function markIn(video: HTMLVideoElement): FoundMark | null {
  const [width, height] = [video.videoWidth, video.videoHeight];
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) return null;
  context.drawImage(video, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  // Dark and light are grey, so that one of the colors is enough.
  const luma = Uint8Array.from({ length: width * height }, (_, i) => data[4 * i + 1] ?? 0);
  return readMark(luma, width, width, height);
}

/** The numbers of the next frames, modulo 624, by the mark of an audio track of 30 frames per second. */
export async function audioFramesOf(track: MediaStreamTrack, count: number): Promise<number[]> {
  const processor = new TrackProcessor({ track });
  const samples = processor.samples.getReader();
  const frames: number[] = [];
  let reader: AudioMarkReader | null = null;
  while (frames.length < count) {
    const { value } = await samples.read();
    if (!value) throw new Error('The track has ended.');
    reader ??= new AudioMarkReader({ rate: parseRate(30), sampleRate: value.sampleRate });
    const [plane] = value.planes;
    if (plane) frames.push(...reader.read(plane).map(({ frame }) => frame));
  }
  await samples.cancel();
  processor.close();
  return frames;
}
