import { html, type TemplateResult } from 'lit';
import { expect, waitFor } from 'storybook/test';

/** A `<video>` with a name and a caption, as a sink for `for`. */
export const screen = (id: string, label: string, caption: unknown = label): TemplateResult => html`
  <figure class="screen">
    <video id=${id} autoplay muted playsinline aria-label=${label}></video>
    <figcaption>${caption}</figcaption>
  </figure>
`;

/** An `<audio>` with a name and a caption. Silent until its user says otherwise. */
export const speaker = (id: string, label: string, caption: unknown = label): TemplateResult => html`
  <figure class="screen">
    <audio id=${id} controls muted aria-label=${label}></audio>
    <figcaption>${caption}</figcaption>
  </figure>
`;

/** The only element of a name in a story. */
export function only<K extends keyof HTMLElementTagNameMap>(canvas: HTMLElement, name: K): HTMLElementTagNameMap[K] {
  const found = canvas.querySelectorAll(name);
  expect(found).toHaveLength(1);
  return found[0];
}

/** Waits until a video shows pictures of a size. */
export async function shows(video: HTMLVideoElement, width = 1280, height = 720): Promise<void> {
  await eventually(() => {
    expect([video.videoWidth, video.videoHeight]).toEqual([width, height]);
    expect(video.readyState).toBeGreaterThanOrEqual(HTMLMediaElement.HAVE_CURRENT_DATA);
  });
}

/** The color in a video at a place, from 0 to 1 both ways. */
export function colorAt(video: HTMLVideoElement, x: number, y: number): [red: number, green: number, blue: number] {
  const context = new OffscreenCanvas(64, 36).getContext('2d');
  context?.drawImage(video, 0, 0, 64, 36);
  const [red = 0, green = 0, blue = 0] = context?.getImageData(Math.floor(x * 64), Math.floor(y * 36), 1, 1).data ?? [];
  return [red, green, blue];
}

/** The highest value of red, green or blue that there is in a video. */
export function lightestOf(video: HTMLVideoElement): number {
  const { videoWidth: width, videoHeight: height } = video;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(video, 0, 0);
  const parts = context?.getImageData(0, 0, width, height).data.filter((_, index) => index % 4 < 3);
  return parts?.reduce((most, part) => Math.max(most, part), 0) ?? 0;
}

/** Waits until an assertion holds. */
export const eventually = (assertion: () => void | Promise<void>): Promise<void> =>
  waitFor(assertion, { timeout: 8000, interval: 50 });
