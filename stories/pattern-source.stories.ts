import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { catalogue, patterns } from 'track-elements/signals';
import 'track-elements/define/pattern-source';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { controlsOf } from './controls.js';
import { playground } from './playground.js';
import { colorAt, eventually, only, screen, shows } from './screen.js';

const { args, argTypes } = controlsOf('pattern-source', { pattern: patterns.map(({ name }) => name) });

type Args = Readonly<Record<string, unknown>>;

/** The element with its args, and a `<video>` that it is for. */
const playing = (given: Args, id: string, caption?: unknown) => html`
  ${screen(`screen-${id}`, 'The pattern', caption)}
  <pattern-source ${attributes({ ...given, for: `screen-${id}` }, args)}></pattern-source>
`;

/**
 * A test pattern as a live video track. The element itself shows nothing: it exposes a `track`, and gives it to the
 * media elements that its `for` names. Every attribute may change at any time; the track stays the same object.
 */
const meta: Meta = {
  title: 'Elements/Pattern source',
  component: 'pattern-source',
  args,
  argTypes,
  render: (given, { id }) => playing(given, id),
};

export default meta;
type Story = StoryObj;

/** Below the picture stands what only the chosen pattern knows: what is written there goes into `params`. */
export const Playground: Story = {
  args: { label: 'Playground', timecode: true },
  render: (given, { id }) =>
    playground(
      { kind: 'video', name: String(given.pattern) },
      given.params,
      screen(`screen-${id}`, 'The pattern', nothing),
      html`<pattern-source
        ${attributes({ ...given, for: `screen-${id}` }, args)}
        @error=${complaints.error}
        @statechange=${complaints.statechange}
      ></pattern-source>`,
    ),
  play: async ({ canvasElement, args: given }) => {
    const source = only(canvasElement, 'pattern-source');
    await shows(only(canvasElement, 'video'), Number(given.width), Number(given.height));
    await expect(source.state).toBe('live');
    const { parameters = [] } = catalogue.find(({ name }) => name === given.pattern) ?? {};
    await expect(canvasElement.querySelectorAll('tbody tr')).toHaveLength(parameters.length);
  },
};

/** Two lines of markup, and nothing to install or to allow: no camera, no permission, no server. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'Color bars')}
    <pattern-source for="screen-${id}"></pattern-source>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const video = only(canvasElement, 'video');
    await shows(video);
    await expect(source.track?.kind).toBe('video');
    await expect((video.srcObject as MediaStream).getTracks()).toContain(source.track);
  },
};

/**
 * A picture has up to three parts: the **pattern**; above it, in the lower third, the **label**; below that the **time
 * code**, `HH:MM:SS:FF`. Both texts are in the library's own bitmap font: the same pixels in every browser.
 */
export const Anatomy: Story = {
  args: { pattern: 'gradient', label: 'The label', timecode: true },
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await shows(video);
    await eventually(async () => {
      const [red, green, blue] = colorAt(video, 0.02, 0.1);
      await expect(Math.min(red, green, blue)).toBeGreaterThan(230);
    });
  },
};

const groups = [...new Set(catalogue.filter(({ kind }) => kind === 'video').map(({ group }) => group))];

/** One pattern of each group. All of them are in the gallery: Signals, Gallery. */
export const OptionPatterns: Story = {
  name: 'Options: patterns',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${groups.map((group) => {
        const { name = '', title = '' } = catalogue.find((record) => record.group === group) ?? {};
        return html`<div>
          ${screen(`${name}-${id}`, title, html`${group}: <code>${name}</code>`)}
          <pattern-source for="${name}-${id}" pattern=${name} width="640" height="360"></pattern-source>
        </div>`;
      })}
    </div>
  `,
  play: async ({ canvasElement }) => {
    for (const video of canvasElement.querySelectorAll('video')) await shows(video, 640, 360);
    for (const source of canvasElement.querySelectorAll('pattern-source')) await expect(source.state).toBe('live');
  },
};

/** Width and height are even numbers of pixels, 2 to 16384. From 720 lines on the picture is BT.709, below BT.601. */
export const OptionSizes: Story = {
  name: 'Options: sizes',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${[
        [640, 360],
        [720, 1280],
        [1920, 1080],
      ].map(
        ([width, height]) => html`<div>
          ${screen(`w${width}-${id}`, `${width} × ${height}`)}
          <pattern-source for="w${width}-${id}" width=${width} height=${height} pattern="ebu-75"></pattern-source>
        </div>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const [small, upright, large] = canvasElement.querySelectorAll('video');
    await shows(small, 640, 360);
    await shows(upright, 720, 1280);
    await shows(large, 1920, 1080);
  },
};

/** A number, or a fraction such as `30000/1001`. The time code counts in the rate that is set. */
export const OptionFrameRates: Story = {
  name: 'Options: frame rates',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${['5', '25', '30000/1001'].map(
        (rate, index) => html`<div>
          ${screen(`rate${index}-${id}`, `${rate} frames a second`)}
          <pattern-source for="rate${index}-${id}" frame-rate=${rate} pattern="ball" timecode width="640" height="360">
          </pattern-source>
        </div>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const [slow, fast] = canvasElement.querySelectorAll('pattern-source');
    for (const video of canvasElement.querySelectorAll('video')) await shows(video, 640, 360);
    await eventually(async () => expect((await slow.getStats()).produced).toBeGreaterThan(5));
    await expect((await fast.getStats()).produced).toBeGreaterThan(3 * (await slow.getStats()).produced);
  },
};

/** `color` and `background` take any CSS color, where a pattern has a foreground and a background. */
export const OptionColors: Story = {
  name: 'Options: colors',
  args: { pattern: 'checkers', color: 'oklch(80% 0.16 85)', background: '#1d2a6b', params: '{"size": 80}' },
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await shows(video);
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.02, 0.04);
      await expect(red - blue).toBeGreaterThan(100);
    });
  },
};

/** Whatever changes, size and rate included, the track is the same object: a peer or a recorder that has it goes on. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const video = only(canvasElement, 'video');
    const track = await source.ready;
    await shows(video);
    source.pattern = 'ball';
    source.width = 640;
    source.height = 360;
    source.frameRate = 25;
    await shows(video, 640, 360);
    await expect(source.track).toBe(track);
    await expect(track.readyState).toBe('live');
  },
};

const commands = ['--pause', '--resume', '--mute', '--unmute', '--stop', '--start'];

/**
 * Buttons command a source without a line of script: `<button commandfor="bars" command="--pause">`. `paused` repeats the
 * last picture, `muted` makes black, and the track stays live; `--stop` ends it for good, and `--start` makes a new one.
 */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'The pattern that the buttons command')}
    <pattern-source id="bars-${id}" for="screen-${id}" pattern="ball" timecode></pattern-source>
    <div class="commands">
      ${commands.map((command) => html`<button commandfor="bars-${id}" command=${command}>${command.slice(2)}</button>`)}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const press = (command: string) => canvasElement.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
    const track = await source.ready;
    press('--pause');
    await eventually(() => expect(source.paused).toBe(true));
    press('--resume');
    await eventually(() => expect(source.paused).toBe(false));
    await expect(source.track).toBe(track);
    press('--stop');
    await eventually(() => expect(source.state).toBe('stopped'));
    await expect(track.readyState).toBe('ended');
    press('--start');
    await eventually(() => expect(source.state).toBe('live'));
    await expect(source.track).not.toBe(track);
  },
};

/** With `manual` a source waits for `start()`. */
export const BehaviourManual: Story = {
  name: 'Behaviours: manual start',
  args: { manual: true },
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    await expect(source.state).toBe('idle');
    await expect(source.track).toBeNull();
    await expect((await source.start()).readyState).toBe('live');
    await shows(only(canvasElement, 'video'));
  },
};

/**
 * What cannot be drawn is said by an `error` event: what was given and what is accepted. The track that is there goes on
 * with the last good picture, and the next good value brings the source back.
 */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => html`
    ${playing(given, id, html`<span class="complaint" role="alert"></span>`)}
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const complaint = canvasElement.querySelector('.complaint');
    const track = await source.ready;
    source.addEventListener('error', ({ message }) => complaint?.replaceChildren(message));
    source.pattern = 'smtpe';
    await eventually(() => expect(complaint).toHaveTextContent('Did you mean "smpte"?'));
    await expect(source.state).toBe('failed');
    await expect(track.readyState).toBe('live');
  },
};

/**
 * A source has no box and nothing to announce: `display: none` keeps it from assistive technology. The `<video>` is what
 * has to have a name, as any video does. Buttons that command a source are plain buttons. A pattern that moves can be
 * held with `paused`, or slowed down with `speed`.
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'A ball that moves slowly', 'The video has a name: aria-label.')}
    <pattern-source id="slow-${id}" for="screen-${id}" pattern="ball" speed="0.5"></pattern-source>
    <div class="commands">
      <button commandfor="slow-${id}" command="--toggle">Pause or resume</button>
    </div>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    await shows(only(canvasElement, 'video'));
    await expect(getComputedStyle(source).display).toBe('none');
    await expect(source).not.toHaveAttribute('role');
  },
};
