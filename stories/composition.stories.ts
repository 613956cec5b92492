import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { TrackGeneratorElement } from 'track-elements';
import 'track-elements/define/all';
import { colorAt, eventually, only, showsSize } from './checks.js';
import { videoPlayer, withoutControls } from './players.js';

/**
 * Sources inside a `<track-generator kind="video">` are painted into one picture, in their order: later ones are in front.
 * `x`, `y`, `width` and `height` are in pixels of the generator, `opacity` is from 0 to 1.
 */
const meta: Meta = {
  title: 'Signals/Composition',
  parameters: withoutControls,
};

export default meta;
type Story = StoryObj;

/** A test card with a label, a moving inset, and a translucent clock: three elements, one track. */
export const CardInsetClockLabel: Story = {
  name: 'Card, inset, clock and label',
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'A test card with a moving inset, a clock and a label')}
    <track-generator kind="video" for="screen-${id}">
      <pattern-source pattern="card" label="Studio 1"></pattern-source>
      <pattern-source pattern="ball" color="gold" background="#14213d" x="896" y="64" width="320" height="180">
      </pattern-source>
      <pattern-source pattern="clock" opacity="0.9" x="64" y="64" width="180" height="180"></pattern-source>
    </track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    await showsSize(video);
    await expect(generator.state).toBe('live');
    for (const source of generator.querySelectorAll('pattern-source')) await expect(source.track).toBeNull();
    // The background of the inset.
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.71, 0.11);
      await expect(blue - red).toBeGreaterThan(15);
    });
  },
};

const insetPatterns = ['zone-plate', 'mandelbrot', 'snow', 'countdown'];

/**
 * Sources can be added, removed, changed and moved at any time. The track has no gap and stays the same object. Add some,
 * remove one, bring the first to the front.
 */
export const ChangingLayers: Story = {
  name: 'Changing layers',
  render: (_, { id }) => {
    const generator = () => document.getElementById(`mix-${id}`) as TrackGeneratorElement;
    const insetElements = () => [...generator().children].slice(1);
    const add = () => {
      const index = insetElements().length;
      const inset = Object.assign(document.createElement('pattern-source'), {
        pattern: insetPatterns[index % insetPatterns.length],
        x: 80 + 120 * (index % 6),
        y: 60 + 70 * (index % 6),
        width: 480,
        height: 270,
      });
      generator().append(inset);
    };
    const remove = () => insetElements().at(-1)?.remove();
    const toFront = () => {
      const [first] = insetElements();
      if (first) generator().append(first);
    };
    return html`
      ${videoPlayer(`screen-${id}`, 'Color bars, with insets in front')}
      <track-generator id="mix-${id}" kind="video" for="screen-${id}">
        <pattern-source pattern="smpte-hd"></pattern-source>
      </track-generator>
      <div class="buttons">
        <button type="button" @click=${add}>Add an inset</button>
        <button type="button" @click=${toFront}>Bring the first to the front</button>
        <button type="button" @click=${remove}>Remove the last</button>
      </div>
    `;
  },
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    const [add, toFront, remove] = canvasElement.querySelectorAll('button');
    await showsSize(video);
    const { track } = generator;
    const bar = colorAt(video, 0.3, 0.2);
    add.click();
    add.click();
    await eventually(async () => expect(colorAt(video, 0.3, 0.2)).not.toEqual(bar));
    const [, first, second] = generator.children;
    toFront.click();
    await expect([...generator.children].slice(1)).toEqual([second, first]);
    remove.click();
    remove.click();
    await eventually(async () => expect(colorAt(video, 0.3, 0.2)).toEqual(bar));
    await expect(generator.track).toBe(track);
    await expect(generator.state).toBe('live');
  },
};
