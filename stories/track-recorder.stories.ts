import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import type { RecordingProgressEvent, TrackRecorderElement } from 'track-elements';
import 'track-elements/define/all';
import { click, colorAt, errorOf, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { ballAndTone, commandButtons, errorPlace, solidSource, videoPlayer } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('track-recorder');

const buttonTexts: Readonly<Record<string, string>> = {
  '--start': 'Record',
  '--start-file': 'Record into a file',
  '--pause': 'Pause',
  '--resume': 'Resume',
  '--stop': 'Stop',
};

const showProgress = ({ currentTarget, duration, size }: RecordingProgressEvent & Event) => {
  const place = (currentTarget as Element).parentElement?.querySelector('.progress');
  if (place) place.textContent = `${duration.toFixed(1)} s, ${Math.ceil(size / 1000)} kB`;
};

/** Plays the recording once it is complete. */
const playRecording = ({ currentTarget }: Event) => {
  const { parentElement: place, url, state } = currentTarget as TrackRecorderElement;
  const video = place?.querySelector('video');
  if (video && state === 'stopped') Object.assign(video, { src: url, loop: true });
};

/** A recorder with the args of the story and sources inside, buttons, and a `<video>` that plays the recording. */
const recording = (
  given: Args,
  id: string,
  sources: unknown = html`${solidSource('red')}<tone-source></tone-source>`,
  commands: readonly string[] = ['--start', '--stop'],
) => html`
  ${videoPlayer(`screen-${id}`, 'The last recording', html`The last recording <span class="progress"></span>`)}
  ${errorPlace}
  <track-recorder
    ${argsOf(controls, { ...given, id: `recorder-${id}` })}
    @progress=${showProgress}
    @statechange=${playRecording}
    ${showErrors()}
  >
    ${sources}
  </track-recorder>
  ${commandButtons(`recorder-${id}`, commands, buttonTexts)}
`;

/** Waits until the sources have their tracks. */
async function sourcesReady(canvas: HTMLElement): Promise<void> {
  for (const source of canvas.querySelectorAll<HTMLElement & { ready: Promise<unknown> }>(
    'pattern-source, tone-source',
  )) {
    await source.ready;
  }
}

/** Clicks “Record”, and “Stop” after some seconds. Resolves to the recording. */
async function record(canvas: HTMLElement, seconds = 1): Promise<Blob> {
  const recorder = only(canvas, 'track-recorder');
  await sourcesReady(canvas);
  click(canvas, '--start');
  await eventually(() => {
    expect(recorder.duration).toBeGreaterThan(seconds);
    // Something is written, and a progress event has told so: on a busy machine that is later.
    expect(recorder.size).toBeGreaterThan(0);
  });
  click(canvas, '--stop');
  await eventually(() => expect(recorder.state).toBe('stopped'));
  return recorder.blob as Blob;
}

/**
 * `<track-recorder>` records one video track and one audio track, of the sources inside it or of sources that have its id in
 * their `for`. It starts by a command or by `start()`. After the recording it shows a link that saves it.
 */
const meta: Meta = {
  title: 'Elements/Track recorder',
  ...controls,
  render: (given, { id }) => recording(given, id),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. Click “Record”, then “Stop”. */
export const Playground: Story = {
  args: { timeslice: 250 },
  render: (given, { id }) => recording(given, id, ballAndTone),
  play: async ({ canvasElement }) => {
    const blob = await record(canvasElement);
    await expect(blob.size).toBeGreaterThan(1000);
    await expect(canvasElement.querySelector('.progress')).toHaveTextContent(/\d\.\d s, \d+ kB/);
  },
};

/** A red picture and a tone are recorded and played. */
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
    const audio = await context.decodeAudioData(await blob.arrayBuffer());
    await expect(audio.duration).toBeGreaterThan(0.7);
    await expect(Math.max(...audio.getChannelData(0).subarray(4800, 24_000))).toBeGreaterThan(0.08);
    await context.close();
  },
};

/**
 * The **slot** is for sources. `blob` and `url` are the last recording, `duration` and `size` its seconds and bytes. The
 * link that saves it is the **part** `download`; its text is in the **slot** `download`.
 */
export const Anatomy: Story = {
  render: (given, { id }) => html`
    <style>
      .green-link::part(download) { color: light-dark(#17775a, #7fd6ad); }
    </style>
    ${recording(
      { ...given, class: 'green-link', filename: 'bars' },
      id,
      html`${solidSource('red')}<span slot="download">Save these bars</span>`,
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
    await expect(recorder).toHaveTextContent('Save these bars');
  },
};

/** `type` sets container and codecs, if the browser supports them. Audio alone can be recorded, too. */
export const OptionType: Story = {
  name: 'Options: container and codec',
  args: { type: 'audio/webm;codecs=opus', 'audio-bitrate': 64_000 },
  render: (given, { id }) => recording(given, id, html`<tone-source></tone-source>`),
  play: async ({ canvasElement }) => {
    const blob = await record(canvasElement);
    await expect(blob.type).toMatch(/^audio\/webm/);
  },
};

/**
 * `--start-file` asks for a file and records into it, so that a long recording needs little memory. Only Chromium has the file
 * picker.
 */
export const OptionFile: Story = {
  name: 'Options: recording into a file',
  render: (given, { id }) =>
    'showSaveFilePicker' in window
      ? recording(given, id, undefined, ['--start-file', '--stop'])
      : recording(given, id, undefined, ['--start', '--stop']),
  play: async ({ canvasElement }) => {
    await expect(only(canvasElement, 'track-recorder').state).toBe('idle');
  },
};

/** A paused recorder records nothing. After `--resume` the recording continues without a gap. */
export const BehaviourPause: Story = {
  name: 'Behaviours: pause and resume',
  render: (given, { id }) => recording(given, id, undefined, ['--start', '--pause', '--resume', '--stop']),
  play: async ({ canvasElement }) => {
    const recorder = only(canvasElement, 'track-recorder');
    await sourcesReady(canvasElement);
    click(canvasElement, '--start');
    await eventually(() => expect(recorder.duration).toBeGreaterThan(0.5));
    click(canvasElement, '--pause');
    await eventually(() => expect(recorder.state).toBe('paused'));
    const { duration } = recorder;
    await new Promise((resolve) => setTimeout(resolve, 600));
    await expect(recorder.duration).toBe(duration);
    click(canvasElement, '--resume');
    await eventually(() => expect(recorder.duration).toBeGreaterThan(duration));
    click(canvasElement, '--stop');
    await eventually(() => expect(recorder.state).toBe('stopped'));
  },
};

/** Without a track there is nothing to record. The error says what to do. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  render: (given, { id }) => recording(given, id, nothing),
  play: async ({ canvasElement }) => {
    click(canvasElement, '--start');
    const error = errorOf(canvasElement);
    await eventually(() => expect(error).toHaveTextContent('put a source inside'));
    await expect(only(canvasElement, 'track-recorder').state).toBe('failed');
  },
};

/** The only visible part is a link, and only while there is a recording. Buttons with commands are plain buttons. */
export const Accessibility: Story = {
  play: async ({ canvasElement }) => {
    const recorder = only(canvasElement, 'track-recorder');
    const findLink = () => recorder.shadowRoot?.querySelector('a') ?? null;
    await expect(findLink()).toBeNull();
    await record(canvasElement, 0.5);
    await recorder.updateComplete;
    await expect(findLink()).toHaveTextContent('Save the recording');
  },
};
