import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { catalogue, waveforms } from 'track-elements/signals';
import 'track-elements/define/tone-source';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { controlsOf } from './controls.js';
import { peakOf } from './peak.js';
import { playground } from './playground.js';
import { eventually, only, speaker } from './screen.js';

const { args, argTypes } = controlsOf('tone-source', { waveform: waveforms.map(({ name }) => name) });

type Args = Readonly<Record<string, unknown>>;

/** The element with its args, and an `<audio>` that it is for. */
const sounding = (given: Args, id: string, caption?: unknown) => html`
  ${speaker(`speaker-${id}`, 'The tone', caption)}
  <tone-source ${attributes({ ...given, for: `speaker-${id}` }, args)}></tone-source>
`;

/** Where a page may not make sound before a user gesture, the track is there all the same. */
const running = ['live', 'suspended'];

/**
 * A tone or noise as a live audio track: levels to the tenth of a dB, no click when anything changes. The players in
 * these stories are silent until you let them sound.
 */
const meta: Meta = {
  title: 'Elements/Tone source',
  component: 'tone-source',
  args,
  argTypes,
  render: (given, { id }) => sounding(given, id),
};

export default meta;
type Story = StoryObj;

/** Below the player stands what only the chosen waveform knows: what is written there goes into `params`. */
export const Playground: Story = {
  render: (given, { id }) =>
    playground(
      { kind: 'audio', name: String(given.waveform) },
      given.params,
      speaker(`speaker-${id}`, 'The tone', nothing),
      html`<tone-source
        ${attributes({ ...given, for: `speaker-${id}` }, args)}
        @error=${complaints.error}
        @statechange=${complaints.statechange}
      ></tone-source>`,
    ),
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    await expect((await source.ready).kind).toBe('audio');
    await eventually(() => expect(running).toContain(source.state));
  },
};

/** One line of markup: a sine of 1000 Hz at −18 dBFS, the line-up tone of EBU R 68. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${speaker(`speaker-${id}`, 'Line-up tone')}
    <tone-source for="speaker-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    const { srcObject } = only(canvasElement, 'audio');
    await expect((srcObject as MediaStream).getTracks()).toContain(track);
    await eventually(async () => expect((await peakOf(track)) ?? -18).toBeCloseTo(-18, 1));
  },
};

/**
 * A tone has a **waveform**, a **frequency** in hertz, a **level** in dBFS, at most 0, and a number of **channels**. The
 * level is the peak; of noise it is such that its RMS equals that of a sine of the same level.
 */
export const Anatomy: Story = {
  args: { waveform: 'triangle', frequency: 440, level: -12, channels: 1 },
  play: async ({ canvasElement }) => {
    const track = await only(canvasElement, 'tone-source').ready;
    await expect(track.getSettings().channelCount).toBe(1);
  },
};

const groups = [...new Set(catalogue.filter(({ kind }) => kind === 'audio').map(({ group }) => group))];

/** One waveform of each group. All of them are in the gallery: Signals, Gallery. */
export const OptionWaveforms: Story = {
  name: 'Options: waveforms',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${groups.map((group) => {
        const { name = '', title = '' } = catalogue.find((record) => record.group === group) ?? {};
        return html`<div>
          ${speaker(`${name}-${id}`, title, html`${group}: <code>${name}</code>`)}
          <tone-source for="${name}-${id}" waveform=${name}></tone-source>
        </div>`;
      })}
    </div>
  `,
  play: async ({ canvasElement }) => {
    for (const source of canvasElement.querySelectorAll('tone-source')) {
      await expect((await source.ready).readyState).toBe('live');
      await eventually(() => expect(running).toContain(source.state));
    }
  },
};

/** −18 dBFS (EBU R 68) is what `level` is by default; −20 dBFS is SMPTE's. */
export const OptionLevels: Story = {
  name: 'Options: levels',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    <div class="screens">
      ${[-6, -18, -20, -40].map(
        (level) => html`<div>
          ${speaker(`level${-level}-${id}`, `${level} dBFS`.replace('-', '−'))}
          <tone-source for="level${-level}-${id}" level=${level}></tone-source>
        </div>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    for (const source of canvasElement.querySelectorAll('tone-source')) {
      const track = await source.ready;
      const level = source.level as number;
      await eventually(async () => expect((await peakOf(track)) ?? level).toBeCloseTo(level, 1));
    }
  },
};

/** A new waveform, frequency or level fades in on the same track, without a click. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    source.waveform = 'square';
    source.frequency = 220;
    source.level = -30;
    await eventually(async () => expect((await peakOf(track)) ?? -30).toBeLessThan(-26));
    await expect(source.track).toBe(track);
    await expect(track.readyState).toBe('live');
  },
};

/** `muted` and `paused` send silence: for every clone of the track and every peer. `track.enabled` stays the page's. */
export const BehaviourMuted: Story = {
  name: 'Behaviours: muted',
  parameters: { controls: { disable: true } },
  render: (_, { id }) => html`
    ${speaker(`speaker-${id}`, 'A tone that the buttons command')}
    <tone-source id="tone-${id}" for="speaker-${id}"></tone-source>
    <div class="commands">
      ${['--mute', '--unmute', '--pause', '--resume'].map(
        (command) => html`<button commandfor="tone-${id}" command=${command}>${command.slice(2)}</button>`,
      )}
    </div>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    canvasElement.querySelector<HTMLElement>('[command="--mute"]')?.click();
    await eventually(async () => expect((await peakOf(track)) ?? -200).toBeLessThan(-150));
    await expect(track.enabled).toBe(true);
    canvasElement.querySelector<HTMLElement>('[command="--unmute"]')?.click();
    await eventually(async () => expect((await peakOf(track)) ?? -18).toBeGreaterThan(-19));
  },
};

/** What cannot be played is said by an `error` event; the tone that is there goes on. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => sounding(given, id, html`<span class="complaint" role="alert"></span>`),
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const complaint = canvasElement.querySelector('.complaint');
    const track = await source.ready;
    source.addEventListener('error', ({ message }) => complaint?.replaceChildren(message));
    source.level = 6;
    await eventually(() => expect(complaint).toHaveTextContent(/Level .*at most 0 dBFS, not 6/));
    await expect(track.readyState).toBe('live');
  },
};

/**
 * Sound that starts by itself has to be silent, or to be stopped easily: give its player `muted` or `controls`. The
 * source has no box and nothing to announce; the `<audio>` or `<video>` is what has a name.
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${speaker(`speaker-${id}`, 'Line-up tone, 1000 hertz', 'The player has a name and controls, and is muted.')}
    <tone-source for="speaker-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const audio = only(canvasElement, 'audio');
    await expect(audio.muted).toBe(true);
    await expect(audio.controls).toBe(true);
    await expect(getComputedStyle(only(canvasElement, 'tone-source')).display).toBe('none');
  },
};
