import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons, errorPlace } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('file-source');

const SAMPLE_RATE = 16_000;

/** A WAVE file of tones in turn: their frequencies, half a second each. */
function waveOf(...frequencies: readonly number[]): Blob {
  const length = SAMPLE_RATE / 2;
  const file = new DataView(new ArrayBuffer(44 + frequencies.length * length * 2));
  const write = (at: number, text: string) => {
    for (const [i, character] of [...text].entries()) file.setUint8(at + i, character.charCodeAt(0));
  };
  write(0, 'RIFF');
  file.setUint32(4, file.byteLength - 8, true);
  write(8, 'WAVEfmt ');
  file.setUint32(16, 16, true);
  file.setUint16(20, 1, true);
  file.setUint16(22, 1, true);
  file.setUint32(24, SAMPLE_RATE, true);
  file.setUint32(28, SAMPLE_RATE * 2, true);
  file.setUint16(32, 2, true);
  file.setUint16(34, 16, true);
  write(36, 'data');
  file.setUint32(40, file.byteLength - 44, true);
  for (const [index, frequency] of frequencies.entries()) {
    for (let n = 0; n < length; n++) {
      const sample = 0.25 * Math.sin((2 * Math.PI * frequency * n) / SAMPLE_RATE);
      file.setInt16(44 + (index * length + n) * 2, Math.round(sample * 32767), true);
    }
  }
  return new Blob([file], { type: 'audio/wav' });
}

const question = waveOf(440, 550, 660);
const answer = waveOf(660, 550, 440);

/**
 * `<file-source>` plays a media file as live tracks: MP4, WebM, WAVE and more, decoded in a worker. It is a source like all
 * others: for players, recorders, publishers and virtual devices, and as a layer.
 */
const meta: Meta = {
  title: 'Elements/File source',
  ...controls,
  args: { ...controls.args, loop: true },
  render: (given: Args, { id }) => html`
    ${errorPlace}
    <level-meter id="meter-${id}"></level-meter>
    <file-source
      ${argsOf(controls, { ...given, id: `file-${id}`, for: `meter-${id}` })}
      .srcObject=${given.src ? null : question}
      ${showErrors()}
    ></file-source>
    ${commandButtons(`file-${id}`, ['--pause', '--resume', '--mute', '--unmute'])}
  `,
};

export default meta;
type Story = StoryObj;

/** Three tones in a WAVE file, which is repeated. To play another file, set its URL as `src`. */
export const Playground: Story = {
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'file-source');
    await eventually(() => expect(source.state).toBe('live'));
    await expect(source.duration).toBe(1.5);
    const meter = only(canvasElement, 'level-meter');
    await eventually(() => expect(meter.levels?.channels[0]?.peak).toBeGreaterThan(-13));
  },
};

/** Two speakers, as layers of one track. The second begins when the first one has ended. */
export const Speakers: Story = {
  name: 'Two speakers',
  render: (_, { id }) => html`
    <level-meter id="meter-${id}"></level-meter>
    <track-generator kind="audio" for="meter-${id}">
      <file-source .srcObject=${question} paused @ended=${({ target }: Event) => answerOf(target).play()}></file-source>
      <file-source .srcObject=${answer} paused></file-source>
    </track-generator>
    <div class="buttons">
      <button type="button" @click=${({ target }: Event) => ask(target as HTMLElement)}>Ask the question</button>
    </div>
  `,
  play: async ({ canvasElement }) => {
    const [first, second] = canvasElement.querySelectorAll('file-source');
    await eventually(() => expect(first?.duration).toBe(1.5));
    canvasElement.querySelector('button')?.click();
    await eventually(() => expect(first?.ended).toBe(true));
    await eventually(() => expect(second?.ended).toBe(true));
  },
};

const answerOf = (target: EventTarget | null) =>
  (target as HTMLElement).nextElementSibling as HTMLElementTagNameMap['file-source'];

function ask(button: HTMLElement): void {
  const [first] = button.closest('.buttons')?.parentElement?.querySelectorAll('file-source') ?? [];
  void first?.play();
}
