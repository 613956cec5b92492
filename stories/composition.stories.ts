import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { TrackGeneratorElement } from 'track-elements';
import 'track-elements/define/all';
import { colorAt, eventually, only, screen, shows } from './screen.js';

/**
 * Sources inside a `<track-generator kind="video">` are painted in their order into one picture: what comes later stands
 * in front. `x`, `y`, `width` and `height` are the generator's pixels, `opacity` is from 0 to 1.
 */
const meta: Meta = {
  title: 'Signals/Composition',
  parameters: { controls: { disable: true } },
};

export default meta;
type Story = StoryObj;

/** A card with a label, a moving inset, and a clock that the card shines through: three elements, one track. */
export const CardInsetClockLabel: Story = {
  name: 'Card, inset, clock and label',
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'A test card with a moving inset, a clock and a label')}
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
    await shows(video);
    await expect(generator.state).toBe('live');
    for (const source of generator.querySelectorAll('pattern-source')) await expect(source.track).toBeNull();
    // The inset's ground.
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.71, 0.11);
      await expect(blue - red).toBeGreaterThan(15);
    });
  },
};

const insets = ['zone-plate', 'mandelbrot', 'snow', 'countdown'];

/**
 * Children come, go, change and trade places while the track runs: no gap, and no other track. Add a few, take one away,
 * bring the first to the front.
 */
export const Replaceable: Story = {
  name: 'Replaceable children',
  render: (_, { id }) => {
    const generator = () => document.getElementById(`mix-${id}`) as TrackGeneratorElement;
    const inFront = () => [...generator().children].slice(1);
    const add = () => {
      const place = inFront().length;
      const inset = Object.assign(document.createElement('pattern-source'), {
        pattern: insets[place % insets.length],
        x: 80 + 120 * (place % 6),
        y: 60 + 70 * (place % 6),
        width: 480,
        height: 270,
      });
      generator().append(inset);
    };
    const remove = () => inFront().at(-1)?.remove();
    const toFront = () => {
      const [first] = inFront();
      if (first) generator().append(first);
    };
    return html`
      ${screen(`screen-${id}`, 'Color bars, with insets in front that come and go')}
      <track-generator id="mix-${id}" kind="video" for="screen-${id}">
        <pattern-source pattern="smpte-hd"></pattern-source>
      </track-generator>
      <div class="commands">
        <button type="button" @click=${add}>Add an inset</button>
        <button type="button" @click=${toFront}>First to the front</button>
        <button type="button" @click=${remove}>Take the last away</button>
      </div>
    `;
  },
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    const [add, toFront, remove] = canvasElement.querySelectorAll('button');
    await shows(video);
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
