import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import type { LoopbackStats } from 'track-elements';
import 'track-elements/define/all';
import { click, colorAt, errorOf, eventually, only, showsRed, showsSize } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { showStats, statsCaption } from './loopback-stats.js';
import { ballAndTone, commandButtons, errorPlace, solidSource, videoPlayer, withoutControls } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('rtc-loopback', {
  degradation: ['', 'auto', 'balanced', 'maintain-framerate', 'maintain-resolution'],
});

type Loopback = HTMLElementTagNameMap['rtc-loopback'];
/** Waits until an assertion about the statistics holds. Resolves to them. */
async function statsOf(loopback: Loopback, assertion: (stats: LoopbackStats) => void): Promise<LoopbackStats> {
  await eventually(() => {
    expect(loopback.stats).not.toBeNull();
    assertion(loopback.stats as LoopbackStats);
  });
  return loopback.stats as LoopbackStats;
}

/** A loopback with the args of the story and sources inside, and a `<video>` that plays the received track. */
const connecting = (
  given: Args,
  id: string,
  sources: unknown = solidSource('red'),
  label = 'The received track',
) => html`
  ${videoPlayer(`screen-${id}`, label, statsCaption(label))}
  ${errorPlace}
  <rtc-loopback
    ${argsOf(controls, { ...given, for: `screen-${id}` })}
    @stats=${showStats} ${showErrors()}>
    ${sources}
  </rtc-loopback>
`;

/**
 * `<rtc-loopback>` sends the tracks of the sources inside through two real peer connections in the page: they are encoded, sent
 * and decoded, with simulated network faults. The element has the received tracks, and is a source like any other. In a browser
 * without `RTCPeerConnection`, its state is `failed`.
 */
const meta: Meta = {
  title: 'Elements/RTC loopback',
  ...controls,
  render: (given, { id }) => connecting(given, id),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. The caption shows the statistics. */
export const Playground: Story = {
  args: { 'max-bitrate': 500_000 },
  render: (given, { id }) => connecting(given, id, ballAndTone),
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await eventually(() => expect(only(canvasElement, 'video').videoWidth).toBeGreaterThan(0));
    await expect(loopback.state).toBe('live');
    await statsOf(loopback, ({ video, audio }) => {
      expect(video?.bitrate).toBeGreaterThan(0);
      expect(audio?.bitrate).toBeGreaterThan(0);
    });
  },
};

/** A red picture is sent, and received as another track, which the receiver has made. */
export const Overview: Story = {
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const video = only(canvasElement, 'video');
    await showsSize(video, 640, 360);
    await showsRed(video);
    await expect(loopback.track).not.toBe(only(canvasElement, 'pattern-source').track);
  },
};

/**
 * **Sources** are inside the loopback, or have its id in their `for`. The received tracks are **`track`** (the first video,
 * else the first audio), **`tracks`** and **`stream`**; the loopback's own `for` plays them. **`stats`** has the latest
 * statistics, and the event `stats` is fired once per second.
 */
export const Anatomy: Story = {
  render: (given, { id }) => html`
    ${connecting({ ...given, id: `loopback-${id}` }, id)}
    <tone-source for="loopback-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await eventually(() => expect(loopback.tracks.map(({ kind }) => kind)).toEqual(['video', 'audio']));
    await expect(loopback.track?.kind).toBe('video');
    await expect(loopback.stream.getTracks()).toHaveLength(2);
    await statsOf(loopback, ({ roundTripTime }) => expect(roundTripTime).not.toBeNull());
  },
};

/** `codec` lists codecs in order of preference. It can change at any time; the track stays the same object. */
export const OptionCodecs: Story = {
  name: 'Options: codecs',
  parameters: withoutControls,
  render: (_, { id }) => html`
    <div class="side-by-side">
      ${['VP8', 'VP9'].map(
        (codec) => html`<div>${connecting({ codec }, `${codec}-${id}`, solidSource('red'), `Sent as ${codec}`)}</div>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    for (const loopback of canvasElement.querySelectorAll('rtc-loopback')) {
      await statsOf(loopback, ({ video }) => expect(video?.codec).toBe(`video/${loopback.codec}`));
    }
    for (const video of canvasElement.querySelectorAll('video')) await showsRed(video);
  },
};

/** `scale-down` divides width and height, `max-bitrate` is in bits per second, `max-framerate` in frames per second. */
export const OptionSending: Story = {
  name: 'Options: sending less',
  args: { 'scale-down': 2, 'max-bitrate': 150_000, 'max-framerate': 15 },
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await showsSize(only(canvasElement, 'video'), 320, 180);
    await statsOf(loopback, ({ video }) => {
      expect(video?.bitrate).toBeLessThan(300_000);
      expect(video?.frameRate).toBeGreaterThan(0);
      expect(video?.frameRate).toBeLessThan(20);
    });
  },
};

/**
 * `loss` loses a share of the packets, `delay` and `jitter` hold frames back by milliseconds, `freeze` stops delivery for a
 * number of milliseconds in every ten seconds. `seed` makes a run repeatable. Lost video is sent again and comes a round trip
 * later, unless `unrecovered` loses it for good. The decoder conceals lost audio, and counts it.
 */
export const OptionImpairments: Story = {
  name: 'Options: network faults',
  args: { loss: 0.2, seed: 7 },
  render: (given, { id }) => connecting(given, id, html`${solidSource('red')}<tone-source></tone-source>`),
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const { audio } = await statsOf(loopback, (stats) => {
      expect(stats.audio?.samples).toBeGreaterThan(2 * 48_000);
      expect(stats.audio?.concealedSamples).toBeGreaterThan(0.1 * 2 * 48_000);
    });
    loopback.loss = 0;
    // Without loss, more audio is received, and almost none of it is concealed.
    await statsOf(loopback, (stats) => expect(stats.audio?.samples).toBeGreaterThan((audio?.samples ?? 0) + 96_000));
    const before = loopback.stats?.audio?.concealedSamples ?? 0;
    const samples = loopback.stats?.audio?.samples ?? 0;
    await statsOf(loopback, (stats) => expect(stats.audio?.samples).toBeGreaterThan(samples + 48_000));
    await expect((loopback.stats?.audio?.concealedSamples ?? 0) - before).toBeLessThan(0.1 * 48_000);
  },
};

/** A new source replaces the previous one without a new negotiation; the received track stays the same object. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const video = only(canvasElement, 'video');
    await showsSize(video, 640, 360);
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
    await showsRed(video);
  },
};

/** `--stop` closes the connection and ends the received tracks; the sources stay live. `--start` connects again. */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${connecting({ id: `loopback-${id}` }, id)}
    ${commandButtons(`loopback-${id}`, ['--stop', '--start'], { '--stop': 'Disconnect', '--start': 'Connect' })}
  `,
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    await showsRed(only(canvasElement, 'video'));
    click(canvasElement, '--stop');
    await eventually(() => expect(loopback.state).toBe('stopped'));
    await expect(loopback.track).toBeNull();
    await expect(only(canvasElement, 'pattern-source').track?.readyState).toBe('live');
    click(canvasElement, '--start');
    await showsRed(only(canvasElement, 'video'));
  },
};

/** After a wrong value, the element fires an `error` event. The connection stays, and the next valid value corrects it. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  play: async ({ canvasElement }) => {
    const loopback = only(canvasElement, 'rtc-loopback');
    const error = errorOf(canvasElement);
    await eventually(() => expect(loopback.state).toBe('live'));
    loopback.codec = 'VP7';
    await eventually(() => expect(error).toHaveTextContent('codec is "VP7"'));
    await expect(loopback.state).toBe('failed');
    await showsRed(only(canvasElement, 'video'));
  },
};

/**
 * A loopback has `display: none`, so assistive technology does not see it. The `<video>` needs a name, as any video does.
 * Statistics should not be a live region: a screen reader would read them every second.
 */
export const Accessibility: Story = {
  play: async ({ canvasElement }) => {
    await showsSize(only(canvasElement, 'video'), 640, 360);
    await expect(only(canvasElement, 'video')).toHaveAccessibleName('The received track');
    await expect(getComputedStyle(only(canvasElement, 'rtc-loopback')).display).toBe('none');
  },
};
