import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/level-meter';
import 'track-elements/define/tone-source';
import { click, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons } from './players.js';

const controls = controlsOf('level-meter', { scale: ['dBFS', 'LUFS'], orientation: ['horizontal', 'vertical'] });

const tone = html`<tone-source frequency="997" level="-23"></tone-source>`;
const noise = html`<tone-source waveform="pink-noise" level="-14" seed="1 2"></tone-source>`;

/** A meter with the args of the story. */
const metering = (given: Args, source: unknown = tone) =>
  html`<level-meter ${argsOf(controls, given)}>${source}</level-meter>`;

type LevelMeter = HTMLElementTagNameMap['level-meter'];

const barsOf = (meter: LevelMeter) => [...(meter.shadowRoot?.querySelectorAll('[role=meter]') ?? [])];

/** Waits until the meter has levels. */
async function measuring(canvas: HTMLElement): Promise<LevelMeter> {
  const meter = only(canvas, 'level-meter');
  await eventually(() => expect(meter.levels?.channels[0]?.peak).toBeGreaterThan(-60));
  return meter;
}

/**
 * `<level-meter>` measures an audio track and shows peaks, loudness, true peak and correlation: of a source inside it, of a source
 * that names it with `for`, or of its `srcObject`. It does not play the track.
 */
const meta: Meta = {
  title: 'Elements/Level meter',
  ...controls,
  render: (given) => metering(given),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. */
export const Playground: Story = {
  render: (given) => metering(given, noise),
  play: async ({ canvasElement }) => {
    await measuring(canvasElement);
  },
};

/** A tone of −23 dBFS in two channels has a loudness of −23 LUFS: the target of EBU R 128. */
export const Overview: Story = {
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    await eventually(() => {
      expect(meter.levels?.loudness.shortTerm).toBeCloseTo(-23, 0.9);
      expect(meter.levels?.channels[0]?.peak).toBeCloseTo(-23, 0.9);
    });
  },
};

/**
 * The **parts** are `panel`, `meter`, `bar`, `label`, `value`, `clip`, `scale`, `message`, `readout` and `reset`. **Custom properties**
 * set colors, fonts, and how thick the bars are. `levels` has all figures.
 */
export const Anatomy: Story = {
  render: (given) => html`
    <style>
      .bare { --level-meter-thickness: 0.5rem; --track-elements-good: light-dark(#3451d1, #93a7ff); }
      .bare::part(panel) { border: 0; padding: 0; background: none; }
      .bare::part(readout), .bare::part(reset) { display: none; }
    </style>
    ${metering({ ...given, class: 'bare' }, noise)}
  `,
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    const [bar] = barsOf(meter);
    await expect(bar.getBoundingClientRect().height).toBe(8);
    await expect(meter.shadowRoot?.querySelector('[part=readout]')).not.toBeVisible();
  },
};

/** `scale="LUFS"` shows loudness: momentary (0.4 s), short-term (3 s) and integrated, with a mark at the target. */
export const OptionScale: Story = {
  name: 'Options: scale',
  args: { scale: 'LUFS' },
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    await eventually(() => expect(barsOf(meter)[0].ariaValueText).toMatch(/^minus 2[23]\.\d LUFS$/));
  },
};

/** Upright, as on a mixer. */
export const OptionOrientation: Story = {
  name: 'Options: orientation',
  args: { orientation: 'vertical' },
  render: (given) => metering(given, noise),
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    const { width, height } = barsOf(meter)[0].getBoundingClientRect();
    await expect(height).toBeGreaterThan(width);
  },
};

/** A mono track has one bar. Its loudness is 3 dB below that of the same tone in two channels. */
export const BehaviourMono: Story = {
  name: 'Behaviours: mono',
  render: (given) => metering(given, html`<tone-source channels="1" frequency="997" level="-23"></tone-source>`),
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    await eventually(() => {
      expect(barsOf(meter)).toHaveLength(1);
      expect(meter.levels?.loudness.momentary).toBeCloseTo(-26, 0.9);
    });
  },
};

/** A square wave at full scale has peaks above full scale. A clipped channel is marked until the meter is reset. */
export const BehaviourClip: Story = {
  name: 'Behaviours: clipping and reset',
  render: (given, { id }) => html`
    ${metering(
      { ...given, id: `meter-${id}` },
      html`<tone-source waveform="square" frequency="200" level="0"></tone-source>`,
    )}
    ${commandButtons(`meter-${id}`, ['--reset'], { '--reset': 'Reset the meter' })}
  `,
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    await eventually(() => expect(meter.matches(':state(clipped)')).toBe(true));
    only(canvasElement, 'tone-source').level = -30;
    await eventually(() => expect(meter.levels?.channels[0]?.peak).toBeLessThan(-20));
    click(canvasElement, '--reset');
    await eventually(() => {
      expect(meter.levels?.channels[0]?.maxPeak).toBeLessThan(-20);
      expect(meter.matches(':state(clipped)')).toBe(false);
    });
  },
};

/** Without a track it says so. */
export const BehaviourEmpty: Story = {
  name: 'Behaviours: without a track',
  render: (given) => metering(given, nothing),
  play: async ({ canvasElement }) => {
    const meter = only(canvasElement, 'level-meter');
    await eventually(() =>
      expect(meter.shadowRoot?.querySelector('[part=message]')).toHaveTextContent('No audio track'),
    );
  },
};

/** Each bar has the role `meter`, with its name, its range, and its level in words. Zones also differ by their texture. */
export const Accessibility: Story = {
  play: async ({ canvasElement }) => {
    const meter = await measuring(canvasElement);
    await eventually(() => {
      const [left, right] = barsOf(meter);
      expect([left.ariaLabel, right.ariaLabel]).toEqual(['Left', 'Right']);
      expect(left.ariaValueText).toMatch(/^peak minus 2[23]\.\d dBFS, RMS minus 2\d\.\d dBFS$/);
    });
  },
};
