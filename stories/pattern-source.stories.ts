import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { catalogue, patterns } from 'track-elements/signals';
import 'track-elements/define/pattern-source';
import { click, colorAt, errorOf, eventually, markIn, only, showsSize } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons, sideBySide, videoPlayer, withoutControls } from './players.js';
import { playground } from './playground.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('pattern-source', { pattern: patterns.map(({ name }) => name) });

/** A source with the args of the story, and a `<video>` that plays it. */
const playing = (given: Args, id: string, caption?: unknown) => html`
  ${videoPlayer(`screen-${id}`, 'The pattern', caption)}
  <pattern-source ${argsOf(controls, { ...given, for: `screen-${id}` })}></pattern-source>
`;

/**
 * `<pattern-source>` makes a live video track of a test pattern. The element itself is not visible: it has a `track`, and
 * plays it in the media elements whose ids are in `for`. Every attribute can change at any time; the track stays the same
 * object.
 */
const meta: Meta = {
  title: 'Elements/Pattern source',
  ...controls,
  render: (given, { id }) => playing(given, id),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. The table below the picture edits `params`: the parameters that only the chosen pattern has. */
export const Playground: Story = {
  args: { label: 'Playground', timecode: true },
  render: (given, { id }) =>
    playground(
      { kind: 'video', name: String(given.pattern) },
      given.params,
      videoPlayer(`screen-${id}`, 'The pattern', nothing),
      html`<pattern-source
        ${argsOf(controls, { ...given, for: `screen-${id}` })} ${showErrors()}></pattern-source>`,
    ),
  play: async ({ canvasElement, args: given }) => {
    const source = only(canvasElement, 'pattern-source');
    await showsSize(only(canvasElement, 'video'), Number(given.width), Number(given.height));
    await expect(source.state).toBe('live');
    const { parameters = [] } = catalogue.find(({ name }) => name === given.pattern) ?? {};
    await expect(canvasElement.querySelectorAll('tbody tr')).toHaveLength(parameters.length);
  },
};

/** One line of markup beside the `<video>`. It needs no camera, no permission and no server. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'Color bars')}
    <pattern-source for="screen-${id}"></pattern-source>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const video = only(canvasElement, 'video');
    await showsSize(video);
    await expect(source.track?.kind).toBe('video');
    await expect((video.srcObject as MediaStream).getTracks()).toContain(source.track);
  },
};

/**
 * A picture has up to three parts: the **pattern**, the **label** in the lower third, and below it the **time code**,
 * `HH:MM:SS:FF`. The library draws text in a bitmap font, so that its pixels are the same in every browser.
 */
export const Anatomy: Story = {
  args: { pattern: 'gradient', label: 'The label', timecode: true },
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await showsSize(video);
    await eventually(async () => {
      const [red, green, blue] = colorAt(video, 0.02, 0.1);
      await expect(Math.min(red, green, blue)).toBeGreaterThan(230);
    });
  },
};

const groups = [...new Set(catalogue.filter(({ kind }) => kind === 'video').map(({ group }) => group))];

/** One pattern of each group. “Signals / Gallery” shows all of them. */
export const OptionPatterns: Story = {
  name: 'Options: patterns',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${sideBySide(
      groups.map((group) => {
        const { name = '', title = '' } = catalogue.find((record) => record.group === group) ?? {};
        return html`
          ${videoPlayer(`${name}-${id}`, title, html`${group}: <code>${name}</code>`)}
          <pattern-source for="${name}-${id}" pattern=${name} width="640" height="360"></pattern-source>
        `;
      }),
    )}
  `,
  play: async ({ canvasElement }) => {
    for (const video of canvasElement.querySelectorAll('video')) await showsSize(video, 640, 360);
    for (const source of canvasElement.querySelectorAll('pattern-source')) await expect(source.state).toBe('live');
  },
};

/** `width` and `height` are even numbers of pixels, 2 to 16384. Colors are coded as BT.709 from 720 lines, as BT.601 below. */
export const OptionSizes: Story = {
  name: 'Options: sizes',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${sideBySide(
      [
        [640, 360],
        [720, 1280],
        [1920, 1080],
      ].map(
        ([width, height]) => html`
          ${videoPlayer(`w${width}-${id}`, `${width} × ${height}`)}
          <pattern-source for="w${width}-${id}" width=${width} height=${height} pattern="ebu-75"></pattern-source>
        `,
      ),
    )}
  `,
  play: async ({ canvasElement }) => {
    const [small, portrait, large] = canvasElement.querySelectorAll('video');
    await showsSize(small, 640, 360);
    await showsSize(portrait, 720, 1280);
    await showsSize(large, 1920, 1080);
  },
};

/** `frame-rate` is a number, or a fraction such as `30000/1001`. The time code counts frames of that rate. */
export const OptionFrameRates: Story = {
  name: 'Options: frame rates',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${sideBySide(
      ['5', '25', '30000/1001'].map(
        (rate, index) => html`
          ${videoPlayer(`rate${index}-${id}`, `${rate} frames per second`)}
          <pattern-source for="rate${index}-${id}" frame-rate=${rate} pattern="ball" timecode width="640" height="360">
          </pattern-source>
        `,
      ),
    )}
  `,
  play: async ({ canvasElement }) => {
    const [slow, fast] = canvasElement.querySelectorAll('pattern-source');
    for (const video of canvasElement.querySelectorAll('video')) await showsSize(video, 640, 360);
    await eventually(async () => expect((await slow.getStats()).produced).toBeGreaterThan(5));
    await expect((await fast.getStats()).produced).toBeGreaterThan(3 * (await slow.getStats()).produced);
  },
};

/** `color` and `background` accept any CSS color. Patterns without a foreground or a background ignore them. */
export const OptionColors: Story = {
  name: 'Options: colors',
  args: { pattern: 'checkers', color: 'oklch(80% 0.16 85)', background: '#1d2a6b', params: '{"size": 80}' },
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await showsSize(video);
    await eventually(async () => {
      const [red, , blue] = colorAt(video, 0.02, 0.04);
      await expect(red - blue).toBeGreaterThan(100);
    });
  },
};

/**
 * With `mark` each frame carries its number, its time and the number of the source, as a pattern of cells that `readMark()`
 * finds in the picture: here in the picture that the video shows. It survives codecs at low bit rates, scaling and cropping.
 * `mark-place` and `mark-size` say where it is.
 */
export const OptionMark: Story = {
  name: 'Options: mark',
  args: { pattern: 'card', mark: true, 'mark-place': 'bottom-right', 'mark-source': 7 },
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await showsSize(video);
    await eventually(async () => expect(markIn(video)?.source).toBe(7));
    const first = markIn(video)?.frame ?? 0;
    await eventually(async () => expect(markIn(video)?.frame).toBeGreaterThan(first));
  },
};

/** After a change of pattern, size or frame rate, the track is the same object: a peer connection or a recorder keeps it. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const video = only(canvasElement, 'video');
    const track = await source.ready;
    await showsSize(video);
    source.pattern = 'ball';
    source.width = 640;
    source.height = 360;
    source.frameRate = 25;
    await showsSize(video, 640, 360);
    await expect(source.track).toBe(track);
    await expect(track.readyState).toBe('live');
  },
};

/**
 * Buttons command a source without script: `<button commandfor="bars" command="--pause">`. While it is paused, a source
 * repeats its last picture; while it is muted, it sends black. `--stop` ends the track, and `--start` makes a new one.
 */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'A ball')}
    <pattern-source id="bars-${id}" for="screen-${id}" pattern="ball" timecode></pattern-source>
    ${commandButtons(`bars-${id}`, ['--pause', '--resume', '--mute', '--unmute', '--stop', '--start'])}
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const track = await source.ready;
    click(canvasElement, '--pause');
    await eventually(() => expect(source.paused).toBe(true));
    click(canvasElement, '--resume');
    await eventually(() => expect(source.paused).toBe(false));
    await expect(source.track).toBe(track);
    click(canvasElement, '--stop');
    await eventually(() => expect(source.state).toBe('stopped'));
    await expect(track.readyState).toBe('ended');
    click(canvasElement, '--start');
    await eventually(() => expect(source.state).toBe('live'));
    await expect(source.track).not.toBe(track);
  },
};

/** A source with `manual` starts only when its `start()` is called. */
export const BehaviourManual: Story = {
  name: 'Behaviours: manual start',
  args: { manual: true },
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    await expect(source.state).toBe('idle');
    await expect(source.track).toBeNull();
    await expect((await source.start()).readyState).toBe('live');
    await showsSize(only(canvasElement, 'video'));
  },
};

/**
 * After a wrong value, the source fires an `error` event that names the value and the accepted ones. The track stays live
 * with the last picture, and the next valid value corrects the error.
 */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => playing(given, id, html`<span class="error" role="alert"></span>`),
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const error = errorOf(canvasElement);
    const track = await source.ready;
    source.addEventListener('error', ({ message }) => error?.replaceChildren(message));
    source.pattern = 'smtpe';
    await eventually(() => expect(error).toHaveTextContent('Did you mean "smpte"?'));
    await expect(source.state).toBe('failed');
    await expect(track.readyState).toBe('live');
  },
};

/**
 * A source has `display: none`, so assistive technology does not see it. Give the `<video>` a name, as any video needs
 * one. Buttons with commands are plain buttons. Visitors who are disturbed by motion need a way to pause a moving pattern
 * (`paused`) or to slow it down (`speed`).
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'A ball that moves slowly', 'The video has a name, by aria-label.')}
    <pattern-source id="slow-${id}" for="screen-${id}" pattern="ball" speed="0.5"></pattern-source>
    ${commandButtons(`slow-${id}`, ['--toggle'], { '--toggle': 'Pause or resume' })}
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    await showsSize(only(canvasElement, 'video'));
    await expect(getComputedStyle(source).display).toBe('none');
    await expect(source).not.toHaveAttribute('role');
  },
};
