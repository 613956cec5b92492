import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { click, errorOf, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { commandButtons, errorPlace } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('track-probe');

type Probe = HTMLElementTagNameMap['track-probe'];

const markedPattern = html`<pattern-source mark pattern="ball" width="640" height="360"></pattern-source>`;
const markedSources = html`${markedPattern}<tone-source mark></tone-source>`;

/** A probe with the args of the story, and sources inside. */
const measuring = (given: Args, id: string, sources: unknown = markedPattern) => html`
  ${errorPlace}
  <track-probe ${argsOf(controls, { ...given, id: `probe-${id}` })} ${showErrors()}>${sources}</track-probe>
`;

/** The text of a row of the table. */
const rowOf = (probe: Probe, part: string): string =>
  probe.shadowRoot?.querySelector(`[part~="${part}"]`)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';

/** Waits until pictures with marks have come. */
async function hasMarks(canvas: HTMLElement): Promise<Probe> {
  const probe = only(canvas, 'track-probe');
  await eventually(() => expect(probe.report.video?.sources).toHaveLength(1));
  return probe;
}

/**
 * `<track-probe>` reads the marks in a track and tells what happened to it: frames that were lost, repeated or damaged,
 * latency, freezes, the offset between audio and picture, and the quality of the pictures. It measures sources inside, those
 * that name it with `for`, or its `srcObject`.
 */
const meta: Meta = {
  title: 'Elements/Track probe',
  ...controls,
  render: (given, { id }) => measuring(given, id),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. */
export const Playground: Story = {
  render: (given, { id }) => html`
    ${measuring(given, id, markedSources)} ${commandButtons(`probe-${id}`, ['--reset'])}
  `,
  play: async ({ canvasElement }) => {
    const probe = await hasMarks(canvasElement);
    await eventually(() => expect(rowOf(probe, 'received')).toMatch(/^Received \d+/));
    click(canvasElement, '--reset');
    await eventually(() => expect(probe.report.video?.received).toBeGreaterThan(0));
  },
};

/** A marked pattern that is measured directly: nothing is lost, and the latency is a few milliseconds. */
export const Overview: Story = {
  play: async ({ canvasElement }) => {
    const probe = await hasMarks(canvasElement);
    await expect(probe.state).toBe('measuring');
    await eventually(() => expect(probe.report.video?.latency.median).toBeGreaterThan(-5));
    await eventually(() => expect(rowOf(probe, 'latency')).toMatch(/^Latency [\d.]+ ± [\d.]+ ms$/));
  },
};

/** With a picture and a tone of one page, the probe tells how much later the audio comes. */
export const OptionAudio: Story = {
  name: 'Options: audio',
  render: (given, { id }) => measuring(given, id, markedSources),
  play: async ({ canvasElement }) => {
    const probe = await hasMarks(canvasElement);
    await eventually(() => expect(rowOf(probe, 'offset')).toMatch(/^Audio to picture /));
    await expect(probe.tracks).toHaveLength(2);
  },
};

/** A network between the source and the probe. */
export const OptionNetwork: Story = {
  name: 'Options: over a network with faults',
  render: (given, { id }) => measuring(given, id, html`<rtc-loopback delay="40">${markedPattern}</rtc-loopback>`),
  play: async ({ canvasElement }) => {
    if (!('RTCPeerConnection' in window)) return;
    const probe = await hasMarks(canvasElement);
    await eventually(() => expect(probe.report.video?.latency.median).toBeGreaterThan(40));
  },
};

/** Without a mark, the probe shows only the figures that need none, and a finding that says what to do. */
export const BehaviourUnmarked: Story = {
  name: 'Behaviours: no mark',
  render: (given, { id }) => measuring(given, id, html`<pattern-source width="640" height="360"></pattern-source>`),
  play: async ({ canvasElement }) => {
    const probe = only(canvasElement, 'track-probe');
    await eventually(() => expect(rowOf(probe, 'findings')).toContain('set the attribute mark of its source'));
    await expect(probe.report.video?.lost).toBeNull();
  },
};

/** A wrong value fires an `error` event. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  args: { 'compare-every': 0 },
  render: (given, { id }) => measuring(given, id, nothing),
  play: async ({ canvasElement }) => {
    const error = errorOf(canvasElement);
    await eventually(() => expect(error).toHaveTextContent('compareEvery is 0'));
  },
};

/** The figures are a table with row headings, the findings a status region. The reasons can be opened with the keyboard. */
export const Accessibility: Story = {
  render: (given, { id }) => measuring(given, id, markedSources),
  play: async ({ canvasElement }) => {
    const probe = await hasMarks(canvasElement);
    await eventually(() => expect(probe.shadowRoot?.querySelector('caption')).toHaveTextContent('Measuring'));
    const summary = probe.shadowRoot?.querySelector('summary');
    summary?.focus();
    await expect(probe.shadowRoot?.activeElement).toBe(summary);
  },
};
