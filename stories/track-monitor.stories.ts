import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { click, errorOf, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons, errorPlace } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('track-monitor', { fit: ['contain', 'actual-size'] });

const barsAndTone = html`
  <pattern-source pattern="smpte-hd" width="640" height="360" timecode></pattern-source>
  <tone-source></tone-source>
`;

const monitor = (given: Args, inside: unknown = barsAndTone) => html`
  <style>
    .monitor { inline-size: min(760px, 100vw - 48px); }
  </style>
  ${errorPlace}
  <track-monitor class="monitor" ${argsOf(controls, given)} ${showErrors()}>${inside}</track-monitor>
`;

const partOf = (element: HTMLElementTagNameMap['track-monitor'], part: string) =>
  element.shadowRoot?.querySelector(`[part~="${part}"]`) ?? null;

/** Waits until the monitor shows a picture of a size. */
const showsSize = (element: HTMLElementTagNameMap['track-monitor'], size: string) =>
  eventually(() => expect(partOf(element, 'badge-size')).toHaveTextContent(size));

/**
 * `<track-monitor>` shows a track as a monitor does: the picture or the trace of the audio, meters, the size, the rate and
 * the state, and buttons.
 */
const meta: Meta = {
  title: 'Elements/Track monitor',
  ...controls,
  render: (given) => monitor(given),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. */
export const Playground: Story = {
  args: { label: 'Camera 1', guides: 'safe-areas center' },
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await showsSize(element, '640×360');
    await expect(partOf(element, 'label')).toHaveTextContent('Camera 1');
    await expect(partOf(element, 'guides')).not.toBeNull();
  },
};

/** Picture and audio, with the meters beside the picture. */
export const Overview: Story = {
  args: { label: 'Studio' },
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await showsSize(element, '640×360');
    await eventually(() => expect(partOf(element, 'badge-state')).toHaveTextContent('Live'));
    await eventually(() => expect(partOf(element, 'meter')?.firstElementChild?.localName).toBe('level-meter'));
  },
};

/** **Slots** are for sources, `label` and `empty`. Each **part** can be styled. */
export const Anatomy: Story = {
  render: (given) => html`
    <style>
      .plain::part(controls) { display: none; }
      .plain::part(picture) { border-radius: 0; }
    </style>
    ${monitor({ ...given, class: 'plain' }, html`${barsAndTone}<em slot="label">Bars and tone</em>`)}
  `,
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await showsSize(element, '640×360');
    await expect(element).toHaveTextContent('Bars and tone');
  },
};

/** If there is only audio, the monitor shows its trace. */
export const OptionAudio: Story = {
  name: 'Options: audio alone',
  args: { label: 'Microphone' },
  render: (given) => monitor(given, html`<tone-source></tone-source>`),
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await eventually(() => expect(partOf(element, 'trace')?.firstElementChild?.localName).toBe('signal-scope'));
  },
};

/** `figures` shows the figures of a probe. Losses, latency and lip sync are measured with the marks of the sources. */
export const OptionFigures: Story = {
  name: 'Options: figures',
  args: { figures: true, label: 'Received' },
  render: (given) =>
    monitor(
      given,
      html`
        <pattern-source pattern="smpte-hd" width="640" height="360" timecode mark></pattern-source>
        <tone-source mark></tone-source>
      `,
    ),
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await eventually(() => expect(partOf(element, 'figures')?.firstElementChild?.localName).toBe('track-probe'));
    const probe = partOf(element, 'figures')?.querySelector('track-probe');
    await eventually(() => expect(probe?.report.video?.latency.median).not.toBeNull());
  },
};

/** A monitor without a track says how to fill it. */
export const BehaviourEmpty: Story = {
  name: 'Behaviours: no track',
  args: { label: 'Camera 2' },
  render: (given) => monitor(given, html``),
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await expect(partOf(element, 'empty')).toHaveTextContent('Put a source');
  },
};

/** Buttons outside can give the same commands as the monitor's own buttons. */
export const BehaviourCommands: Story = {
  name: 'Behaviours: commands',
  render: (given, { id }) => html`
    ${monitor({ ...given, id: `monitor-${id}` })}
    ${commandButtons(`monitor-${id}`, ['--toggle-guides', '--toggle-fit', '--toggle-figures'])}
  `,
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'track-monitor');
    await showsSize(element, '640×360');
    click(canvasElement, '--toggle-guides');
    await eventually(() => expect(element.guides).toEqual(['safe-areas', 'center']));
  },
};

/** An unknown guide is an error, and the monitor continues. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  args: { guides: 'middle' },
  play: async ({ canvasElement }) => {
    await eventually(() => expect(errorOf(canvasElement)).toHaveTextContent('guides is "middle"'));
    await showsSize(only(canvasElement, 'track-monitor'), '640×360');
  },
};
