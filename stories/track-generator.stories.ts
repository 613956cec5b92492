import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { click, colorAt, errorOf, eventually, only, showsSize } from './checks.js';
import { drawRings } from './draw-rings.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { peakLevelOf } from './peak-level.js';
import { audioPlayer, commandButtons, videoPlayer, withoutControls } from './players.js';

const controls = controlsOf('track-generator', { kind: ['video', 'audio'] });

/** A generator with the args of the story, and a `<video>` that plays its track. */
const generating = (given: Args, id: string, caption?: unknown) => html`
  ${videoPlayer(`screen-${id}`, 'The written frames', caption)}
  <track-generator ${argsOf(controls, { ...given, for: `screen-${id}` })}></track-generator>
`;

/**
 * `<track-generator>` makes a track of your own frames or samples: `await generator.write(canvas)`. With sources inside,
 * it makes one track of them: pictures are painted in their order, tones are summed.
 */
const meta: Meta = {
  title: 'Elements/Track generator',
  ...controls,
  args: { ...controls.args, kind: 'video' },
  render: (given, { id }) => generating(given, id),
};

export default meta;
type Story = StoryObj;

/** A canvas with rings is written once; the track repeats the last frame. */
export const Playground: Story = {
  play: async ({ canvasElement, args: given }) => {
    const generator = only(canvasElement, 'track-generator');
    await expect((await generator.ready).kind).toBe(given.kind);
    await expect(await generator.write(drawRings())).toBe(true);
    await showsSize(only(canvasElement, 'video'), 640, 360);
  },
};

/** The track exists before the first frame is written, so that it can be sent already. Late viewers see the last frame. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'Rings, written from a canvas')}
    <track-generator kind="video" for="screen-${id}"></track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    await expect(generator.track?.readyState).toBe('live');
    await generator.write(drawRings());
    await showsSize(video, 640, 360);
    await eventually(async () => expect(Math.max(...colorAt(video, 0.02, 0.02))).toBeLessThan(40));
  },
};

/**
 * A generator has a **kind** (`video` or `audio`), a **track** of that kind, and **`write()`** and **`writable`**, which
 * take frames or samples. The **slot** is for sources: while the generator has one, `write()` rejects.
 */
export const Anatomy: Story = {
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await expect(generator.kind).toBe('video');
    await expect(generator.writable).toBeInstanceOf(WritableStream);
    await expect(generator.stream.getTracks()).toEqual([generator.track]);
    await generator.write(drawRings());
    await showsSize(only(canvasElement, 'video'), 640, 360);
  },
};

/** A picture in a picture: `x`, `y`, `width` and `height` place each source, in pixels of the generator. */
export const OptionComposition: Story = {
  name: 'Options: sources inside',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'A ball in front of color bars')}
    <track-generator kind="video" for="screen-${id}">
      <pattern-source pattern="smpte-hd"></pattern-source>
      <pattern-source pattern="ball" color="gold" background="navy" x="816" y="56" width="416" height="234">
      </pattern-source>
    </track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    await showsSize(video);
    for (const source of generator.querySelectorAll('pattern-source')) await expect(source.track).toBeNull();
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.66, 0.1);
      await expect(blue - red).toBeGreaterThan(80);
    });
  },
};

/** Tones are summed, each with its `gain` and `pan`. Two tones of −24 dBFS reach −18 dBFS where their peaks coincide. */
export const OptionMix: Story = {
  name: 'Options: tones inside',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${audioPlayer(`speaker-${id}`, 'A chord of three tones')}
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
      const peak = (await peakLevelOf(track)) ?? -18;
      await expect(peak).toBeGreaterThan(-24);
      await expect(peak).toBeLessThan(-12);
    });
  },
};

/** Frames keep their size. When the size changes, the track stays the same object. */
export const BehaviourSize: Story = {
  name: 'Behaviours: frames keep their size',
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    const video = only(canvasElement, 'video');
    const { track } = generator;
    await generator.write(drawRings(640, 360));
    await showsSize(video, 640, 360);
    await generator.write(drawRings(320, 240));
    await showsSize(video, 320, 240);
    await expect(generator.track).toBe(track);
  },
};

/** A paused generator drops frames: `write()` resolves to `false`. A muted one accepts them and sends black. */
export const BehaviourPausedAndMuted: Story = {
  name: 'Behaviours: paused and muted',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'Rings')}
    <track-generator id="rings-${id}" kind="video" for="screen-${id}"></track-generator>
    ${commandButtons(`rings-${id}`, ['--pause', '--resume', '--mute', '--unmute'])}
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await generator.write(drawRings());
    click(canvasElement, '--pause');
    await eventually(async () => expect(await generator.write(drawRings())).toBe(false));
    click(canvasElement, '--resume');
    await eventually(async () => expect(await generator.write(drawRings())).toBe(true));
    await showsSize(only(canvasElement, 'video'), 640, 360);
  },
};

/** `write()` rejects data of a wrong type with an error that names the type and the accepted ones. The track stays live. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => generating(given, id, html`<span class="error" role="alert"></span>`),
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await generator.write(drawRings());
    const error = await generator.write('a frame' as unknown as ImageData).catch((reason: Error) => reason);
    await expect(error).toBeInstanceOf(TypeError);
    errorOf(canvasElement)?.replaceChildren((error as Error).message);
    await expect(generator.track?.readyState).toBe('live');
    await showsSize(only(canvasElement, 'video'), 640, 360);
  },
};

/** Without `kind` a generator has no track. The error shows the markup that is missing. */
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
    await showsSize(only(canvasElement, 'video'), 640, 360);
  },
};

/**
 * A generator has `display: none`, so assistive technology does not see it. Describe the written picture in the name of
 * the `<video>`, as the `alt` of an image does.
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'Six rings in the colors of the bars', 'The name of the video describes the picture.')}
    <track-generator kind="video" for="screen-${id}"></track-generator>
  `,
  play: async ({ canvasElement }) => {
    const generator = only(canvasElement, 'track-generator');
    await generator.write(drawRings());
    await showsSize(only(canvasElement, 'video'), 640, 360);
    await expect(only(canvasElement, 'video')).toHaveAccessibleName('Six rings in the colors of the bars');
    await expect(getComputedStyle(generator).display).toBe('none');
  },
};
