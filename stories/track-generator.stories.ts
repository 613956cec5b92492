import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { attributes } from './attributes.js';
import { controlsOf } from './controls.js';
import { peakOf } from './peak.js';
import { drawRings } from './rings.js';
import { colorAt, eventually, only, screen, shows, speaker } from './screen.js';

const { args, argTypes } = controlsOf('track-generator', { kind: ['video', 'audio'] });

type Args = Readonly<Record<string, unknown>>;

/** The element with its args, and a `<video>` that it is for. */
const generating = (given: Args, id: string, caption?: unknown) => html`
  ${screen(`screen-${id}`, 'What is written', caption)}
  <track-generator ${attributes({ ...given, for: `screen-${id}` }, args)}></track-generator>
`;

/**
 * A track of your own frames or samples: `await generator.write(canvas)`. Or, with sources inside, of these: pictures are
 * painted in their order, sounds are summed.
 */
const meta: Meta = {
  title: 'Elements/Track generator',
  component: 'track-generator',
  args: { ...args, kind: 'video' },
  argTypes,
  render: (given, { id }) => generating(given, id),
};

export default meta;
type Story = StoryObj;

export const Playground: Story = {
  play: async ({ canvasElement, args: given }) => {
    const generator = only(canvasElement, 'track-generator');
    await expect((await generator.ready).kind).toBe(given.kind);
    await expect(await generator.write(drawRings())).toBe(true);
    await shows(only(canvasElement, 'video'), 640, 360);
  },
};

/** Its track is there at once, so that it can be sent before the first frame. A viewer who comes late sees the last one. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'Rings, written from a canvas')}
    <track-generator kind="video" for="screen-${id}"></track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    await expect(generator.track?.readyState).toBe('live');
    await generator.write(drawRings());
    await shows(video, 640, 360);
    await eventually(async () => expect(Math.max(...colorAt(video, 0.02, 0.02))).toBeLessThan(40));
  },
};

/**
 * A generator has a **kind**, `video` or `audio`; a **track** of it; **`write()`** and **`writable`** to feed it. The
 * **slot** is for sources: while one stands inside, it feeds the generator, and `write()` rejects.
 */
export const Anatomy: Story = {
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await expect(generator.kind).toBe('video');
    await expect(generator.writable).toBeInstanceOf(WritableStream);
    await expect(generator.stream.getTracks()).toEqual([generator.track]);
    await generator.write(drawRings());
    await shows(only(canvasElement, 'video'), 640, 360);
  },
};

/** A picture in a picture: each source has its place in the generator's pixels, by `x`, `y`, `width` and `height`. */
export const OptionComposition: Story = {
  name: 'Options: sources inside',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'A ball in front of color bars')}
    <track-generator kind="video" for="screen-${id}">
      <pattern-source pattern="smpte-hd"></pattern-source>
      <pattern-source pattern="ball" color="gold" background="navy" x="816" y="56" width="416" height="234">
      </pattern-source>
    </track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    await shows(video);
    for (const source of generator.querySelectorAll('pattern-source')) await expect(source.track).toBeNull();
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.66, 0.1);
      await expect(blue - red).toBeGreaterThan(80);
    });
  },
};

/** Tones are summed, each with its `gain` and `pan`. Two of −24 dBFS are −18 dBFS where they meet. */
export const OptionMix: Story = {
  name: 'Options: tones inside',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${speaker(`speaker-${id}`, 'A chord of three tones')}
    <track-generator kind="audio" for="speaker-${id}">
      <tone-source frequency="440" level="-24"></tone-source>
      <tone-source frequency="550" level="-24" pan="-0.5"></tone-source>
      <tone-source frequency="660" level="-24" pan="0.5"></tone-source>
    </track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const track = await generator.ready;
    await expect(track.kind).toBe('audio');
    await eventually(async () => {
      const peak = (await peakOf(track)) ?? -18;
      await expect(peak).toBeGreaterThan(-24);
      await expect(peak).toBeLessThan(-12);
    });
  },
};

/** Frames keep the size that they have: the track follows, and stays the same. */
export const BehaviourSize: Story = {
  name: 'Behaviours: frames keep their size',
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    const { track } = generator;
    await generator.write(drawRings(640, 360));
    await shows(video, 640, 360);
    await generator.write(drawRings(320, 240));
    await shows(video, 320, 240);
    await expect(generator.track).toBe(track);
  },
};

/** While paused a generator drops what is written: `write()` resolves to `false`. While muted it takes it, and is black. */
export const BehaviourPausedAndMuted: Story = {
  name: 'Behaviours: paused and muted',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'Rings that the buttons command')}
    <track-generator id="mine-${id}" kind="video" for="screen-${id}"></track-generator>
    <div class="commands">
      ${['--pause', '--resume', '--mute', '--unmute'].map(
        (command) => html`<button commandfor="mine-${id}" command=${command}>${command.slice(2)}</button>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const press = (command: string) => canvasElement.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
    await generator.write(drawRings());
    press('--pause');
    await eventually(async () => expect(await generator.write(drawRings())).toBe(false));
    press('--resume');
    await eventually(async () => expect(await generator.write(drawRings())).toBe(true));
    await shows(only(canvasElement, 'video'), 640, 360);
  },
};

/** Data of another kind is refused by a rejection that says what was given and what is taken; the track lives on. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => generating(given, id, html`<span class="complaint" role="alert"></span>`),
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await generator.write(drawRings());
    const refusal = await generator.write('a frame' as unknown as ImageData).catch((error: Error) => error);
    await expect(refusal).toBeInstanceOf(TypeError);
    canvasElement.querySelector('.complaint')?.replaceChildren((refusal as Error).message);
    await expect(generator.track?.readyState).toBe('live');
    await shows(only(canvasElement, 'video'), 640, 360);
  },
};

/** Without a kind there is no track, and the error says what to write. */
export const BehaviourKind: Story = {
  name: 'Behaviours: kind is required',
  args: { kind: '' },
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await expect(generator.ready).rejects.toThrow('<track-generator kind="video">');
    await expect(generator.state).toBe('failed');
    generator.kind = 'video';
    await generator.updateComplete;
    await expect((await generator.ready).kind).toBe('video');
    await generator.write(drawRings());
    await shows(only(canvasElement, 'video'), 640, 360);
  },
};

/**
 * A generator has no box and nothing to announce. What is written is a picture to its viewers: say in the name of the
 * `<video>` what there is to see, as an `alt` would.
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'Six rings in the colors of the bars', 'The video has a name that says what is seen.')}
    <track-generator kind="video" for="screen-${id}"></track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await generator.write(drawRings());
    await shows(only(canvasElement, 'video'), 640, 360);
    await expect(only(canvasElement, 'video')).toHaveAccessibleName('Six rings in the colors of the bars');
    await expect(getComputedStyle(generator).display).toBe('none');
  },
};
