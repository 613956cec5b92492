import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/pattern-source';
import { attributes } from './attributes.js';
import { colorAt, eventually, screen, shows } from './screen.js';

/** Attributes that every pattern follows, whatever it shows. What is written on the picture is neither mirrored nor moved. */
const meta: Meta = {
  title: 'Signals/On every pattern',
  parameters: { controls: { disable: true } },
};

export default meta;
type Story = StoryObj;
type Given = Readonly<Record<string, string | number | boolean>>;

/** Screens side by side, each with a source of 640 by 360 unless it says else, and its attributes below it. */
const sideBySide = (id: string, sources: readonly Given[]) => html`
  <div class="screens">
    ${sources.map((given, index) => {
      const text = Object.entries(given)
        .filter(([name]) => name !== 'pattern')
        .map(([name, value]) => (value === true ? name : `${name}="${value}"`))
        .join(' ');
      const place = `screen${index}-${id}`;
      return html`<div>
        ${screen(place, `${given.pattern} ${text}`, html`<code>${text || 'neither'}</code>`)}
        <pattern-source ${attributes({ width: 640, height: 360, ...given, for: place }, {})}></pattern-source>
      </div>`;
    })}
  </div>
`;

const videos = (canvas: HTMLElement) => [...canvas.querySelectorAll('video')];

async function allShow(canvas: HTMLElement, width = 640, height = 360): Promise<void> {
  for (const video of videos(canvas)) await shows(video, width, height);
  for (const source of canvas.querySelectorAll('pattern-source')) await expect(source.state).toBe('live');
}

/** `flip` mirrors the pattern at one axis or both: for a picture that is seen in a mirror, or from behind. */
export const Flip: Story = {
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'smpte', label: 'as it is' },
      { pattern: 'smpte', label: 'horizontal', flip: 'horizontal' },
      { pattern: 'smpte', label: 'vertical', flip: 'vertical' },
      { pattern: 'smpte', label: 'both', flip: 'both' },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement);
    const corner = (index: number) => colorAt(videos(canvasElement)[index], 0.03, 0.05);
    // At the top left: grey, the blue bar, −I, black.
    await eventually(async () => expect(Math.min(...corner(0))).toBeGreaterThan(150));
    await eventually(async () => expect(corner(1)[2] - corner(1)[0]).toBeGreaterThan(120));
    await eventually(async () => expect(Math.max(...corner(3))).toBeLessThan(40));
  },
};

/**
 * `scroll-x` and `scroll-y` move the pattern by so many pixels a frame, to the left and up; what leaves comes back at the
 * other side. `speed` goes for it too.
 */
export const Scroll: Story = {
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'ebu-75', 'scroll-x': 8 },
      { pattern: 'card', 'scroll-y': -2 },
      { pattern: 'checkers', 'scroll-x': 1, 'scroll-y': 1, speed: 0.5 },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement);
    const [bars] = videos(canvasElement);
    const before = colorAt(bars, 0.5, 0.5);
    await eventually(async () => expect(colorAt(bars, 0.5, 0.5)).not.toEqual(before));
  },
};

/**
 * How colours are coded follows from the height: BT.709 from 720 lines on, BT.601 below. `color-space` says otherwise. The
 * frames tell which it is, so the colours look the same where the browser heeds that, while the numbers differ.
 */
export const ColorSpace: Story = {
  name: 'Color space',
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'ebu-75', 'color-space': 'bt601', width: 1280, height: 720 },
      { pattern: 'ebu-75', 'color-space': 'bt709', width: 1280, height: 720 },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement, 1280, 720);
    const [one, other] = videos(canvasElement).map((video) => colorAt(video, 0.56, 0.5));
    for (const [index, part] of one.entries()) await expect(Math.abs(part - other[index])).toBeLessThan(40);
  },
};

/**
 * Frames are counted from the page's start, or with `animation="wall-clock"` since 1970: then machines whose clocks agree
 * show the same frame at the same time, and the time code is that of the day in UTC.
 */
export const Animation: Story = {
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'clock', timecode: true },
      { pattern: 'clock', timecode: true, animation: 'wall-clock' },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement);
    const [, wall] = canvasElement.querySelectorAll('pattern-source');
    await expect(wall.animation).toBe('wall-clock');
  },
};

/** `timecode` is `HH:MM:SS:FF`; `frame-counter` is the number of the frame, as counted by whoever looks for lost ones. */
export const FrameCounter: Story = {
  name: 'Time code and frame counter',
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'gradient', timecode: true },
      { pattern: 'gradient', 'frame-counter': true },
      { pattern: 'gradient', label: 'Studio 1', timecode: true, 'frame-counter': true },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement);
    // The gradient by itself is lighter there than its text's black box.
    for (const video of videos(canvasElement)) {
      await eventually(async () => expect(darkest(video)).toBeLessThan(100));
    }
  },
};

/** Where the lowest line of text begins, a little to the left of the middle. */
function darkest(video: HTMLVideoElement): number {
  const places = [0.86, 0.89, 0.92, 0.94].flatMap((y) => [0.42, 0.44, 0.46].map((x) => colorAt(video, x, y)));
  return Math.min(...places.map((color) => Math.max(...color)));
}

/**
 * At 29.97 and 59.94 frames a second a time code that counts every frame falls behind the clock by 3.6 seconds an hour.
 * `drop-frame` skips two numbers (four at 59.94) in each minute but every tenth, and writes `HH:MM:SS;FF`.
 */
export const DropFrame: Story = {
  name: 'Drop-frame time code',
  render: (_, { id }) =>
    sideBySide(id, [
      { pattern: 'smpte', 'frame-rate': '29.97', timecode: true, animation: 'wall-clock' },
      { pattern: 'smpte', 'frame-rate': '29.97', timecode: true, animation: 'wall-clock', 'drop-frame': true },
    ]),
  play: async ({ canvasElement }) => {
    await allShow(canvasElement);
    const [, dropping] = canvasElement.querySelectorAll('pattern-source');
    await expect(dropping.dropFrame).toBe(true);
  },
};
