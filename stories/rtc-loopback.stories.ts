import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { LoopbackStats } from 'track-elements';
import 'track-elements/define/all';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { controlsOf } from './controls.js';
import { figures, plain, showFigures } from './figures.js';
import { colorAt, eventually, only, screen, shows } from './screen.js';

const { args, argTypes } = controlsOf('rtc-loopback', {
  degradation: ['', 'balanced', 'maintain-framerate', 'maintain-resolution'],
});

type Loopback = HTMLElementTagNameMap['rtc-loopback'];
type Args = Readonly<Record<string, unknown>>;

const isRed = (video: HTMLVideoElement) => {
  const [red, green, blue] = colorAt(video, 0.5, 0.5);
  expect(red).toBeGreaterThan(230);
  expect(Math.max(green, blue)).toBeLessThan(25);
};

/** Waits for figures of which something holds. */
async function measured(loopback: Loopback, holds: (stats: LoopbackStats) => void): Promise<LoopbackStats> {
  await eventually(() => {
    expect(loopback.stats).not.toBeNull();
    holds(loopback.stats as LoopbackStats);
  });
  return loopback.stats as LoopbackStats;
}

/** The element with its args, sources inside, and a `<video>` for what arrives. */
const looping = (given: Args, id: string, sources: unknown = plain('red'), label = 'What has arrived') => html`
  ${screen(`screen-${id}`, label, figures(label))}
  <p class="complaint" role="alert"></p>
  <rtc-loopback
    ${attributes({ ...given, for: `screen-${id}` }, args)}
    @stats=${showFigures}
    @error=${complaints.error}
    @statechange=${complaints.statechange}
  >
    ${sources}
  </rtc-loopback>
`;

/**
 * Two real peer connections in the page: what stands inside is encoded, sent and decoded, with what goes wrong on the
 * way. What arrives is a source like any other. An engine without `RTCPeerConnection` has the state `failed`.
 */
const meta: Meta = {
  title: 'Elements/RTC loopback',
  component: 'rtc-loopback',
  args,
  argTypes,
  render: (given, { id }) => looping(given, id),
};

export default meta;
type Story = StoryObj;

export const Playground: Story = {
  args: { 'max-bitrate': 500_000 },
  render: (given, { id }) =>
    looping(
      given,
      id,
      html`
        <pattern-source pattern="ball" width="640" height="360" timecode></pattern-source>
        <tone-source></tone-source>
      `,
    ),
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await eventually(() => expect(only(canvasElement, 'video').videoWidth).toBeGreaterThan(0));
    await expect(loopback.state).toBe('live');
    await measured(loopback, ({ video, audio }) => {
      expect(video?.bitrate).toBeGreaterThan(0);
      expect(audio?.bitrate).toBeGreaterThan(0);
    });
  },
};

/** The color that is sent is the color that arrives, on another track: the receiver's. */
export const Overview: Story = {
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const video = only(canvasElement, 'video');
    await shows(video, 640, 360);
    await eventually(() => isRed(video));
    await expect(loopback.track).not.toBe(only(canvasElement, 'pattern-source').track);
  },
};

/**
 * **Sources** stand inside, or name it with `for`. What arrives is **`track`** (the first video, else the first audio),
 * **`tracks`** and **`stream`**, and goes to the sinks that its own `for` names. **`stats`** has the newest figures, and an
 * event of that name tells of them once a second.
 */
export const Anatomy: Story = {
  render: (given, { id }) => html`
    ${looping({ ...given, id: `loopback-${id}` }, id)}
    <tone-source for="loopback-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await eventually(() => expect(loopback.tracks.map(({ kind }) => kind)).toEqual(['video', 'audio']));
    await expect(loopback.track?.kind).toBe('video');
    await expect(loopback.stream.getTracks()).toHaveLength(2);
    await measured(loopback, ({ roundTripTime }) => expect(roundTripTime).not.toBeNull());
  },
};

/** Codecs by name, in the order of preference. Another one may be chosen while it runs: the track stays the same. */
export const OptionCodecs: Story = {
  name: 'Options: codecs',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${['VP8', 'VP9'].map(
        (codec) => html`<div>${looping({ codec }, `${codec}-${id}`, plain('red'), `Sent as ${codec}`)}</div>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    for (const loopback of canvasElement.querySelectorAll('rtc-loopback')) {
      await measured(loopback, ({ video }) => expect(video?.codec).toBe(`video/${loopback.codec}`));
    }
    for (const video of canvasElement.querySelectorAll('video')) await eventually(() => isRed(video));
  },
};

/** `scale-down` divides width and height, `max-bitrate` is in bits a second, `max-framerate` in frames. */
export const OptionSending: Story = {
  name: 'Options: sending less',
  args: { 'scale-down': 2, 'max-bitrate': 150_000, 'max-framerate': 15 },
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await shows(only(canvasElement, 'video'), 320, 180);
    await measured(loopback, ({ video }) => {
      expect(video?.bitrate).toBeLessThan(300_000);
      expect(video?.frameRate).toBeGreaterThan(0);
      expect(video?.frameRate).toBeLessThan(20);
    });
  },
};

/**
 * `loss` is a share of the encoded frames, `delay` and `jitter` are milliseconds, `freeze` milliseconds in every ten
 * seconds. They are drawn from `seed`, so that a failure can be replayed. A lost frame of sound is concealed by the
 * decoder, and counted.
 */
export const OptionImpairments: Story = {
  name: 'Options: what goes wrong',
  args: { loss: 0.2, seed: 7 },
  render: (given, { id }) => looping(given, id, html`${plain('red')}<tone-source></tone-source>`),
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const { audio } = await measured(loopback, (stats) => {
      expect(stats.audio?.samples).toBeGreaterThan(2 * 48_000);
      expect(stats.audio?.concealedSamples).toBeGreaterThan(0.1 * 2 * 48_000);
    });
    loopback.loss = 0;
    // Without loss, more sound comes, and hardly any of it is made up.
    await measured(loopback, (stats) => expect(stats.audio?.samples).toBeGreaterThan((audio?.samples ?? 0) + 96_000));
    const before = loopback.stats?.audio?.concealedSamples ?? 0;
    const samples = loopback.stats?.audio?.samples ?? 0;
    await measured(loopback, (stats) => expect(stats.audio?.samples).toBeGreaterThan(samples + 48_000));
    await expect((loopback.stats?.audio?.concealedSamples ?? 0) - before).toBeLessThan(0.1 * 48_000);
  },
};

/** What is sent may be exchanged: nothing is negotiated, and the track that comes out is the same. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const video = only(canvasElement, 'video');
    await shows(video, 640, 360);
    const { track } = loopback;
    const other = Object.assign(document.createElement('pattern-source'), {
      pattern: 'solid',
      color: 'blue',
      width: 640,
      height: 360,
    });
    loopback.append(other);
    await eventually(() => expect(colorAt(video, 0.5, 0.5)[2]).toBeGreaterThan(225));
    await expect(loopback.track).toBe(track);
    other.remove();
    await eventually(() => isRed(video));
  },
};

/** `--stop` ends the connection and what came out of it; what is sent goes on. `--start` connects anew. */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${looping({ id: `loopback-${id}` }, id)}
    <div class="commands">
      ${['--stop', '--start'].map(
        (command) => html`<button commandfor="loopback-${id}" command=${command}>${command.slice(2)}</button>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const press = (command: string) => canvasElement.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
    await eventually(() => isRed(only(canvasElement, 'video')));
    press('--stop');
    await eventually(() => expect(loopback.state).toBe('stopped'));
    await expect(loopback.track).toBeNull();
    await expect(only(canvasElement, 'pattern-source').track?.readyState).toBe('live');
    press('--start');
    await eventually(() => isRed(only(canvasElement, 'video')));
  },
};

/** A wrong value is said by an `error` event; what was set before holds on, and the next good value brings it back. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const complaint = canvasElement.querySelector('.complaint');
    await eventually(() => expect(loopback.state).toBe('live'));
    loopback.codec = 'VP7';
    await eventually(() => expect(complaint).toHaveTextContent('codec is "VP7"'));
    await expect(loopback.state).toBe('failed');
    await eventually(() => isRed(only(canvasElement, 'video')));
  },
};

/**
 * The element has no box and nothing to announce. The `<video>` that shows what arrives has to have a name, as any
 * video does; figures that change by themselves are no live region, or they would be read out once a second.
 */
export const Accessibility: Story = {
  play: async ({ canvasElement }) => {
    await shows(only(canvasElement, 'video'), 640, 360);
    await expect(only(canvasElement, 'video')).toHaveAccessibleName('What has arrived');
    await expect(getComputedStyle(only(canvasElement, 'rtc-loopback')).display).toBe('none');
  },
};
