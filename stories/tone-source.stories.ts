import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { AUDIO_MARK_FRAMES, catalogue, waveforms } from 'track-elements/signals';
import 'track-elements/define/tone-source';
import { audioFramesOf, click, errorOf, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { peakLevelOf } from './peak-level.js';
import { audioPlayer, commandButtons, sideBySide, withoutControls } from './players.js';
import { playground } from './playground.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('tone-source', { waveform: waveforms.map(({ name }) => name) });

/** A source with the args of the story, and an `<audio>` that plays it. */
const playing = (given: Args, id: string, caption?: unknown) => html`
  ${audioPlayer(`speaker-${id}`, 'The tone', caption)}
  <tone-source ${argsOf(controls, { ...given, for: `speaker-${id}` })}></tone-source>
`;

/** A source is suspended until the page may play audio: after a click, by the rules of browsers. It has a track already. */
const statesWithTrack = ['live', 'suspended'];

/**
 * `<tone-source>` makes a live audio track of a tone or of noise. Levels are exact, and changes do not click. The players
 * in these stories are muted until you unmute them.
 */
const meta: Meta = {
  title: 'Elements/Tone source',
  ...controls,
  render: (given, { id }) => playing(given, id),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. The table below the player edits `params`: the parameters that only the chosen waveform has. */
export const Playground: Story = {
  render: (given, { id }) =>
    playground(
      { kind: 'audio', name: String(given.waveform) },
      given.params,
      audioPlayer(`speaker-${id}`, 'The tone', nothing),
      html`<tone-source
        ${argsOf(controls, { ...given, for: `speaker-${id}` })} ${showErrors()}></tone-source>`,
    ),
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    await expect((await source.ready).kind).toBe('audio');
    await eventually(() => expect(statesWithTrack).toContain(source.state));
  },
};

/** One line of markup makes a sine of 1000 Hz at −18 dBFS: the line-up tone of EBU R 68. */
export const Overview: Story = {
  render: (_, { id }) => html`
    ${audioPlayer(`speaker-${id}`, 'Line-up tone')}
    <tone-source for="speaker-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    const { srcObject } = only(canvasElement, 'audio');
    await expect((srcObject as MediaStream).getTracks()).toContain(track);
    await eventually(async () => expect((await peakLevelOf(track)) ?? -18).toBeCloseTo(-18, 1));
  },
};

/**
 * A tone has a **waveform**, a **frequency** in hertz, a **level** in dBFS (at most 0), and a number of **channels**. The level
 * is the peak level. Noise has the RMS of a sine with the same level.
 */
export const Anatomy: Story = {
  args: { waveform: 'triangle', frequency: 440, level: -12, channels: 1 },
  play: async ({ canvasElement }) => {
    const track = await only(canvasElement, 'tone-source').ready;
    await expect(track.getSettings().channelCount).toBe(1);
  },
};

const groups = [...new Set(catalogue.filter(({ kind }) => kind === 'audio').map(({ group }) => group))];

/** One waveform of each group. “Signals / Gallery” shows all of them. */
export const OptionWaveforms: Story = {
  name: 'Options: waveforms',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${sideBySide(
      groups.map((group) => {
        const { name = '', title = '' } = catalogue.find((record) => record.group === group) ?? {};
        return html`
          ${audioPlayer(`${name}-${id}`, title, html`${group}: <code>${name}</code>`)}
          <tone-source for="${name}-${id}" waveform=${name}></tone-source>
        `;
      }),
    )}
  `,
  play: async ({ canvasElement }) => {
    for (const source of canvasElement.querySelectorAll('tone-source')) {
      await expect((await source.ready).readyState).toBe('live');
      await eventually(() => expect(statesWithTrack).toContain(source.state));
    }
  },
};

/** The default of `level` is −18 dBFS (EBU R 68). SMPTE uses −20 dBFS. */
export const OptionLevels: Story = {
  name: 'Options: levels',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${sideBySide(
      [-6, -18, -20, -40].map(
        (level) => html`
          ${audioPlayer(`level${-level}-${id}`, `${level} dBFS`.replace('-', '−'))}
          <tone-source for="level${-level}-${id}" level=${level}></tone-source>
        `,
      ),
    )}
  `,
  play: async ({ canvasElement }) => {
    for (const source of canvasElement.querySelectorAll('tone-source')) {
      const track = await source.ready;
      const level = source.level as number;
      await eventually(async () => expect((await peakLevelOf(track)) ?? level).toBeCloseTo(level, 1));
    }
  },
};

/**
 * With `mark` the audio of each frame carries the number of this frame, the same as in the pattern on the page:
 * `AudioMarkReader` reads it. `mark-rate` is the frame rate of the pattern, and `mark-level` the level of the mark, which
 * sounds like a quiet noise.
 */
export const OptionMark: Story = {
  name: 'Options: mark',
  args: { level: -40, mark: true, 'mark-level': -24 },
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    // A page that may not play audio yet hears nothing.
    if (source.state === 'suspended') return;
    const frames = await audioFramesOf(track, 5);
    frames.slice(1).forEach((frame, i) => {
      expect((frame - (frames[i] ?? 0) + AUDIO_MARK_FRAMES) % AUDIO_MARK_FRAMES).toBeGreaterThan(0);
    });
  },
};

/** A new waveform, frequency or level starts on the same track without a click. */
export const BehaviourSameTrack: Story = {
  name: 'Behaviours: the track stays',
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    source.waveform = 'square';
    source.frequency = 220;
    source.level = -30;
    await eventually(async () => expect((await peakLevelOf(track)) ?? -30).toBeLessThan(-26));
    await expect(source.track).toBe(track);
    await expect(track.readyState).toBe('live');
  },
};

/** With `muted` or `paused`, the track sends silence, and so do its clones and peers. `track.enabled` is not changed. */
export const BehaviourMuted: Story = {
  name: 'Behaviours: muted and paused',
  parameters: withoutControls,
  render: (_, { id }) => html`
    ${audioPlayer(`speaker-${id}`, 'A tone')}
    <tone-source id="tone-${id}" for="speaker-${id}"></tone-source>
    ${commandButtons(`tone-${id}`, ['--mute', '--unmute', '--pause', '--resume'])}
  `,
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const track = await source.ready;
    click(canvasElement, '--mute');
    await eventually(async () => expect((await peakLevelOf(track)) ?? -200).toBeLessThan(-150));
    await expect(track.enabled).toBe(true);
    click(canvasElement, '--unmute');
    await eventually(async () => expect((await peakLevelOf(track)) ?? -18).toBeGreaterThan(-19));
  },
};

/** After a wrong value, the source fires an `error` event. The tone continues as before. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => playing(given, id, html`<span class="error" role="alert"></span>`),
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'tone-source');
    const error = errorOf(canvasElement);
    const track = await source.ready;
    source.addEventListener('error', ({ message }) => error?.replaceChildren(message));
    source.level = 6;
    await eventually(() => expect(error).toHaveTextContent(/^level is 6; .*at most 0 dBFS/));
    await expect(track.readyState).toBe('live');
  },
};

/**
 * Audio that starts by itself has to be easy to stop: give its player `muted` or `controls`. The source has
 * `display: none`, so assistive technology does not see it; the `<audio>` or `<video>` needs a name.
 */
export const Accessibility: Story = {
  render: (_, { id }) => html`
    ${audioPlayer(`speaker-${id}`, 'Line-up tone, 1000 hertz', 'The player has a name and controls, and is muted.')}
    <tone-source for="speaker-${id}"></tone-source>
  `,
  play: async ({ canvasElement }) => {
    const audio = only(canvasElement, 'audio');
    await expect(audio.muted).toBe(true);
    await expect(audio.controls).toBe(true);
    await expect(getComputedStyle(only(canvasElement, 'tone-source')).display).toBe('none');
  },
};
