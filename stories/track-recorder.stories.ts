import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import type { RecordingProgressEvent, TrackRecorderElement } from 'track-elements';
import 'track-elements/define/all';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { controlsOf } from './controls.js';
import { plain } from './figures.js';
import { colorAt, eventually, only, screen } from './screen.js';

const { args, argTypes } = controlsOf('track-recorder');

type Args = Readonly<Record<string, unknown>>;

const buttons = (id: string, commands: readonly string[]) => html`
  <div class="commands">
    ${commands.map((command) => html`<button commandfor=${id} command=${command}>${words[command]}</button>`)}
  </div>
`;

const words: Readonly<Record<string, string>> = {
  '--start': 'Record',
  '--start-file': 'Record into a file',
  '--pause': 'Pause',
  '--resume': 'Resume',
  '--stop': 'Stop',
};

const progress = ({ currentTarget, duration, size }: RecordingProgressEvent & Event) => {
  const place = (currentTarget as Element).parentElement?.querySelector('.progress');
  if (place) place.textContent = `${duration.toFixed(1)} s, ${Math.ceil(size / 1000)} kB`;
};

/** Plays a recording that is complete. */
const playback = ({ currentTarget }: Event) => {
  const { parentElement: place, url, state } = currentTarget as TrackRecorderElement;
  const video = place?.querySelector('video');
  if (video && state === 'stopped') Object.assign(video, { src: url, loop: true });
};

/** The element with its args, sources inside, buttons, and a `<video>` that plays what was recorded. */
const recording = (
  given: Args,
  id: string,
  sources: unknown = html`${plain('red')}<tone-source></tone-source>`,
  commands: readonly string[] = ['--start', '--stop'],
) => html`
  ${screen(`screen-${id}`, 'The last recording', html`The last recording <span class="progress"></span>`)}
  <p class="complaint" role="alert"></p>
  <track-recorder
    ${attributes({ ...given, id: `recorder-${id}` }, args)}
    @progress=${progress}
    @error=${complaints.error}
    @statechange=${(event: Event) => {
      complaints.statechange(event);
      playback(event);
    }}
  >
    ${sources}
  </track-recorder>
  ${buttons(`recorder-${id}`, commands)}
`;

/** Waits for the tracks that are recorded. */
async function ready(canvas: HTMLElement): Promise<void> {
  for (const source of canvas.querySelectorAll<HTMLElement & { ready: Promise<unknown> }>(
    'pattern-source, tone-source',
  )) {
    await source.ready;
  }
}

/** Presses Record, waits for a second of it, presses Stop, and waits for what there is. */
async function record(canvas: HTMLElement, seconds = 1): Promise<Blob> {
  const recorder = only(canvas, 'track-recorder');
  const press = (command: string) => canvas.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
  await ready(canvas);
  press('--start');
  await eventually(() => expect(recorder.duration).toBeGreaterThan(seconds));
  press('--stop');
  await eventually(() => expect(recorder.state).toBe('stopped'));
  return recorder.blob as Blob;
}

/**
 * Records what comes in: one track of video and one of audio, of sources that stand inside or that name it with `for`. It
 * starts when it is told to. When there is a recording, it shows a link that saves it.
 */
const meta: Meta = {
  title: 'Elements/Track recorder',
  component: 'track-recorder',
  args,
  argTypes,
  render: (given, { id }) => recording(given, id),
};

export default meta;
type Story = StoryObj;

export const Playground: Story = {
  args: { timeslice: 250 },
  render: (given, { id }) =>
    recording(
      given,
      id,
      html`
        <pattern-source pattern="ball" width="640" height="360" timecode></pattern-source>
        <tone-source></tone-source>
      `,
    ),
  play: async ({ canvasElement }) => {
    const blob = await record(canvasElement);
    await expect(blob.size).toBeGreaterThan(1000);
    await expect(canvasElement.querySelector('.progress')).toHaveTextContent(/\d\.\d s, \d+ kB/);
  },
};

/** What was recorded plays back: the color that went in, and sound with it. */
export const Overview: Story = {
  play: async ({ canvasElement }) => {
    const blob = await record(canvasElement);
    const video = only(canvasElement, 'video');
    await eventually(() => {
      expect([video.videoWidth, video.videoHeight]).toEqual([640, 360]);
      const [red, green, blue] = colorAt(video, 0.5, 0.5);
      expect(red).toBeGreaterThan(230);
      expect(Math.max(green, blue)).toBeLessThan(25);
    });
    const context = new AudioContext();
    const sound = await context.decodeAudioData(await blob.arrayBuffer());
    await expect(sound.duration).toBeGreaterThan(0.7);
    await expect(Math.max(...sound.getChannelData(0).subarray(4800, 24_000))).toBeGreaterThan(0.08);
    await context.close();
  },
};

/**
 * The **slot** is for sources. `blob` and `url` have the last recording, `duration` and `size` how much there is. The
 * link that saves it is the **part** `download`; its words are the **slot** of that name.
 */
export const Anatomy: Story = {
  render: (given, { id }) => html`
    <style>
      .tinted::part(download) { color: light-dark(#17775a, #7fd6ad); }
    </style>
    ${recording(
      { ...given, class: 'tinted', filename: 'bars' },
      id,
      html`${plain('red')}<span slot="download">Keep these bars</span>`,
    )}
  `,
  play: async ({ canvasElement }) => {
    const recorder = only(canvasElement, 'track-recorder');
    await expect(recorder.blob).toBeNull();
    const blob = await record(canvasElement);
    await expect(recorder.size).toBe(blob.size);
    const link = recorder.shadowRoot?.querySelector('a');
    await expect(link?.download).toMatch(/^bars\.\w+$/);
    await expect(link?.href).toBe(recorder.url);
    await expect(recorder).toHaveTextContent('Keep these bars');
  },
};

/** Container and codecs by `type`, where the browser has them; else the best of the usual ones. Sound alone records too. */
export const OptionType: Story = {
  name: 'Options: container and codec',
  args: { type: 'audio/webm;codecs=opus', 'audio-bitrate': 64_000 },
  render: (given, { id }) => recording(given, id, html`<tone-source></tone-source>`),
  play: async ({ canvasElement }) => {
    const blob = await record(canvasElement);
    await expect(blob.type).toMatch(/^audio\/webm/);
  },
};

/** A long recording need not fit into memory: `--start-file` asks for a file and writes into it, where there is a picker. */
export const OptionFile: Story = {
  name: 'Options: into a file',
  render: (given, { id }) =>
    'showSaveFilePicker' in window
      ? recording(given, id, undefined, ['--start-file', '--stop'])
      : recording(given, id, undefined, ['--start', '--stop']),
  play: async ({ canvasElement }) => {
    await expect(only(canvasElement, 'track-recorder').state).toBe('idle');
  },
};

/** While it is paused nothing is recorded: the recording goes on where it stopped. */
export const BehaviourPause: Story = {
  name: 'Behaviours: pause and resume',
  render: (given, { id }) => recording(given, id, undefined, ['--start', '--pause', '--resume', '--stop']),
  play: async ({ canvasElement }) => {
    const recorder = only(canvasElement, 'track-recorder');
    const press = (command: string) => canvasElement.querySelector<HTMLElement>(`[command="${command}"]`)?.click();
    await ready(canvasElement);
    press('--start');
    await eventually(() => expect(recorder.duration).toBeGreaterThan(0.5));
    press('--pause');
    await eventually(() => expect(recorder.state).toBe('paused'));
    const { duration } = recorder;
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(recorder.duration).toBe(duration);
    press('--resume');
    await eventually(() => expect(recorder.duration).toBeGreaterThan(duration));
    press('--stop');
    await eventually(() => expect(recorder.state).toBe('stopped'));
  },
};

/** Without a track there is nothing to record, and the error says what to do. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => recording(given, id, nothing),
  play: async ({ canvasElement }) => {
    canvasElement.querySelector<HTMLElement>('[command="--start"]')?.click();
    const complaint = canvasElement.querySelector('.complaint');
    await eventually(() => expect(complaint).toHaveTextContent('put a source inside'));
    await expect(only(canvasElement, 'track-recorder').state).toBe('failed');
  },
};

/** All that there is to see of it is a link, and that only when it leads somewhere. Buttons are plain buttons. */
export const Accessibility: Story = {
  play: async ({ canvasElement }) => {
    const recorder = only(canvasElement, 'track-recorder');
    const link = recorder.shadowRoot?.querySelector('a') as HTMLAnchorElement;
    await expect(getComputedStyle(link).display).toBe('none');
    await record(canvasElement, 0.5);
    await expect(getComputedStyle(link).display).not.toBe('none');
    await expect(link).toHaveTextContent('Save the recording');
  },
};
