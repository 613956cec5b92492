import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/pattern-source';
import { attributes } from './attributes.js';
import { colorAt, eventually, showsSize } from './checks.js';
import { sideBySide, videoPlayer, withoutControls } from './players.js';

/** Attributes that apply to every pattern. Text on the picture is neither mirrored nor scrolled. */
const meta: Meta = {
  title: 'Signals/Attributes of every pattern',
  parameters: withoutControls,
};

export default meta;
type Story = StoryObj;
type Attributes = Readonly<Record<string, string | number | boolean>>;

/** Sources side by side, with 640 × 360 pixels by default. The caption shows their attributes. */
const examples = (id: string, sources: readonly Attributes[]) =>
  sideBySide(
    sources.map((given, index) => {
      const text = Object.entries(given)
        .filter(([name]) => name !== 'pattern')
        .map(([name, value]) => (value === true ? name : `${name}="${value}"`))
        .join(' ');
      const player = `player${index}-${id}`;
      return html`
        ${videoPlayer(player, `${given.pattern} ${text}`, html`<code>${text}</code>`)}
        <pattern-source ${attributes({ width: 640, height: 360, ...given, for: player }, {})}></pattern-source>
      `;
    }),
  );

const videosIn = (canvas: HTMLElement) => [...canvas.querySelectorAll('video')];

async function allHaveSize(canvas: HTMLElement, width = 640, height = 360): Promise<void> {
  for (const video of videosIn(canvas)) await showsSize(video, width, height);
  for (const source of canvas.querySelectorAll('pattern-source')) await expect(source.state).toBe('live');
}

/** `flip` mirrors the pattern horizontally, vertically or both: for a picture that is seen in a mirror or from behind. */
export const Flip: Story = {
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'smpte', label: 'not flipped' },
      { pattern: 'smpte', label: 'horizontal', flip: 'horizontal' },
      { pattern: 'smpte', label: 'vertical', flip: 'vertical' },
      { pattern: 'smpte', label: 'both', flip: 'both' },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement);
    const corner = (index: number) => colorAt(videosIn(canvasElement)[index], 0.03, 0.05);
    // The top left corner of each: the grey bar, the blue bar, −I, black.
    await eventually(async () => expect(Math.min(...corner(0))).toBeGreaterThan(150));
    await eventually(async () => expect(corner(1)[2] - corner(1)[0]).toBeGreaterThan(120));
    await eventually(async () => expect(Math.max(...corner(3))).toBeLessThan(40));
  },
};

/**
 * `scroll-x` and `scroll-y` move the pattern by a number of pixels per frame, to the left and up. It wraps around at the
 * edges. The number is multiplied by `speed`.
 */
export const Scroll: Story = {
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'ebu-75', 'scroll-x': 8 },
      { pattern: 'card', 'scroll-y': -2 },
      { pattern: 'checkers', 'scroll-x': 1, 'scroll-y': 1, speed: 0.5 },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement);
    const [bars] = videosIn(canvasElement);
    const before = colorAt(bars, 0.5, 0.5);
    await eventually(async () => expect(colorAt(bars, 0.5, 0.5)).not.toEqual(before));
  },
};

/**
 * By default colors are coded as BT.709 from 720 lines, and as BT.601 below. `color-space` sets one of the two. Frames
 * carry their color space, so colors look the same in a browser that respects it; the coded values differ.
 */
export const ColorSpace: Story = {
  name: 'Color space',
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'ebu-75', 'color-space': 'bt601', width: 1280, height: 720 },
      { pattern: 'ebu-75', 'color-space': 'bt709', width: 1280, height: 720 },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement, 1280, 720);
    const [one, other] = videosIn(canvasElement).map((video) => colorAt(video, 0.56, 0.5));
    for (const [index, part] of one.entries()) await expect(Math.abs(part - other[index])).toBeLessThan(40);
  },
};

/**
 * Frames are numbered from the start of the page or, with `animation="wall-clock"`, since 1970. On the wall clock,
 * machines with synchronized clocks show the same frame at the same time, and the time code is the time of day in UTC.
 */
export const TimeBase: Story = {
  name: 'Time base',
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'clock', timecode: true },
      { pattern: 'clock', timecode: true, animation: 'wall-clock' },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement);
    const [, wall] = canvasElement.querySelectorAll('pattern-source');
    await expect(wall.animation).toBe('wall-clock');
  },
};

/** `timecode` shows `HH:MM:SS:FF`. `frame-counter` shows the number of the frame, which makes lost frames visible. */
export const FrameCounter: Story = {
  name: 'Time code and frame counter',
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'gradient', timecode: true },
      { pattern: 'gradient', 'frame-counter': true },
      { pattern: 'gradient', label: 'Studio 1', timecode: true, 'frame-counter': true },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement);
    // The box of the text is black, the gradient without text is brighter at that place.
    for (const video of videosIn(canvasElement)) {
      await eventually(async () => expect(darkestTextBox(video)).toBeLessThan(100));
    }
  },
};

/** The darkest color at the beginning of the lowest line of text. */
function darkestTextBox(video: HTMLVideoElement): number {
  const places = [0.86, 0.89, 0.92, 0.94].flatMap((y) => [0.42, 0.44, 0.46].map((x) => colorAt(video, x, y)));
  return Math.min(...places.map((color) => Math.max(...color)));
}

/**
 * At 29.97 and 59.94 frames per second, a time code that counts every frame falls behind the clock by 3.6 seconds per hour.
 * `drop-frame` skips two numbers (four at 59.94) in each minute except every tenth, and shows `HH:MM:SS;FF`.
 */
export const DropFrame: Story = {
  name: 'Drop-frame time code',
  render: (_, { id }) =>
    examples(id, [
      { pattern: 'smpte', 'frame-rate': '29.97', timecode: true, animation: 'wall-clock' },
      { pattern: 'smpte', 'frame-rate': '29.97', timecode: true, animation: 'wall-clock', 'drop-frame': true },
    ]),
  play: async ({ canvasElement }) => {
    await allHaveSize(canvasElement);
    const [, dropping] = canvasElement.querySelectorAll('pattern-source');
    await expect(dropping.dropFrame).toBe(true);
  },
};
