import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { colorAt, eventually, only, showsSize } from './checks.js';
import { commandButtons, sideBySide, videoPlayer, withoutControls } from './players.js';

/**
 * `<canvas-source>`, `<element-source>`, `<camera-source>` and `<screen-source>` show pictures from elsewhere on the timeline
 * of the library: they can be scaled, paused, muted and exchanged, while the track stays the same object. `from` names the
 * element that is captured.
 */
const meta: Meta = {
  title: 'Elements/Captured sources',
  parameters: withoutControls,
};

export default meta;
type Story = StoryObj;

/** Paints a canvas in one color. */
function paint(canvas?: Element): void {
  const context = (canvas as HTMLCanvasElement | undefined)?.getContext('2d');
  if (!context) return;
  context.fillStyle = '#3465d0';
  context.fillRect(0, 0, 320, 180);
}

/** The track has the size of the canvas, unless `width` or `height` is set. */
export const Canvas: Story = {
  render: (_, { id }) => html`
    ${sideBySide([
      html`
        <figure class="player">
          <canvas id="drawing-${id}" width="320" height="180" ${ref(paint)}></canvas>
          <figcaption>The canvas</figcaption>
        </figure>
      `,
      videoPlayer(`screen-${id}`, 'The pictures of the canvas'),
    ])}
    <canvas-source from="drawing-${id}" for="screen-${id}"></canvas-source>
  `,
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await showsSize(video, 320, 180);
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.5, 0.5);
      await expect(blue - red).toBeGreaterThan(120);
    });
  },
};

/** The track has another size than the video: `fit` says how a picture with another aspect ratio is shown. */
export const VideoElement: Story = {
  name: 'Video element',
  render: (_, { id }) => html`
    ${sideBySide([videoPlayer(`film-${id}`, 'A pattern'), videoPlayer(`screen-${id}`, 'The same, cut off')])}
    <pattern-source for="film-${id}" pattern="ball" width="640" height="360"></pattern-source>
    <element-source from="film-${id}" for="screen-${id}" width="360" height="360" fit="cover"></element-source>
  `,
  play: async ({ canvasElement }) => {
    const [film, screen] = canvasElement.querySelectorAll('video');
    await showsSize(film, 640, 360);
    await showsSize(screen, 360, 360);
    await expect(only(canvasElement, 'element-source').state).toBe('live');
  },
};

const startAndStop = (id: string, device: string) =>
  commandButtons(id, ['--start', '--stop'], { '--start': `Start ${device}`, '--stop': `Stop ${device}` });

/** The browser asks the user for the camera, and for the screen only after a click. */
export const Devices: Story = {
  render: (_, { id }) => html`
    ${sideBySide([
      html`${videoPlayer(`camera-screen-${id}`, 'The camera')} ${startAndStop(`camera-${id}`, 'the camera')}`,
      html`${videoPlayer(`shared-screen-${id}`, 'The screen')} ${startAndStop(`shared-${id}`, 'the screen')}`,
    ])}
    <camera-source id="camera-${id}" for="camera-screen-${id}" manual></camera-source>
    <screen-source id="shared-${id}" for="shared-screen-${id}" manual></screen-source>
  `,
  play: async ({ canvasElement }) => {
    await expect(only(canvasElement, 'camera-source').state).toBe('idle');
    await expect(only(canvasElement, 'screen-source').state).toBe('idle');
  },
};
