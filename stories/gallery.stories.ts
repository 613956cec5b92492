import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing, render } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { expect } from 'storybook/test';
import { catalogue, type SignalRecord } from 'track-elements/signals';
import 'track-elements/define/all';
import { renderPicture, renderTone } from '../demo/render-signals.js';
import { runWhenIdle } from '../demo/run-when-idle.js';
import { prose } from '../demo/signal-picker.js';
import { brightestLevel, eventually, showsSize } from './checks.js';
import { pauseOffScreen } from './pause-off-screen.js';
import { oscillogram, spectrum } from './waveform-graphs.js';

/** All patterns and waveforms of the catalogue, in groups. Sources off screen are paused. */
const meta: Meta = {
  title: 'Signals/Gallery',
  parameters: { layout: 'padded', controls: { disable: true } },
};

export default meta;
type Story = StoryObj;

const signals = (kind: SignalRecord['kind']) => catalogue.filter((signal) => signal.kind === kind);

/** Signals of a kind under the headings of their groups. */
function grouped(kind: SignalRecord['kind'], show: (signal: SignalRecord) => unknown) {
  const groups = [...new Set(signals(kind).map(({ group }) => group))];
  return html`<div class="gallery">
    ${groups.map((group) => {
      const members = signals(kind).filter((signal) => signal.group === group);
      return html`<section>
        <h2>${group} <small>${members.length}</small></h2>
        <div class="tiles">${members.map(show)}</div>
      </section>`;
    })}
  </div>`;
}

const caption = ({ title, name, standard, summary }: SignalRecord, more: unknown = nothing) => html`
  <figcaption>
    <div class="names"><b>${title}</b> <code>${name}</code>${more}</div>
    <p>${prose(summary)}</p>
    ${standard ? html`<p class="standard">${standard}</p>` : nothing}
  </figcaption>
`;

/** All patterns, live, with 320 × 180 pixels and 15 frames per second. One worker draws all of them. */
export const Patterns: Story = {
  render: (_, { id }) =>
    grouped(
      'video',
      (signal) => html`
        <figure class="tile" ${pauseOffScreen()}>
          <video id="${signal.name}-${id}" autoplay muted playsinline aria-label=${signal.title}></video>
          <pattern-source
            for="${signal.name}-${id}"
            pattern=${signal.name}
            width="320"
            height="180"
            frame-rate="15"
          ></pattern-source>
          ${caption(signal)}
        </figure>
      `,
    ),
  play: async ({ canvasElement }) => {
    const sources = [...canvasElement.querySelectorAll('pattern-source')];
    await expect(sources.map(({ pattern }) => pattern)).toEqual(signals('video').map(({ name }) => name));
    for (const video of canvasElement.querySelectorAll('video')) await showsSize(video, 320, 180);
    for (const { state, track, pattern, htmlFor } of sources) {
      await expect(state).toBe('live');
      await expect(track?.readyState).toBe('live');
      const brightest = Math.max(...renderPicture(pattern, 320, 180).y);
      const video = document.getElementById(htmlFor) as HTMLVideoElement;
      if (brightest > 60) await eventually(() => expect(brightestLevel(video)).toBeGreaterThan(20));
    }
    await eventually(() => expect(sources[0].paused).toBe(false));
    await eventually(() => expect(sources.at(-1)?.paused).toBe(true));
  },
};

/** All waveforms, with their oscillogram and their spectrum at 0 dBFS. */
export const Waveforms: Story = {
  render: (_, { id }) =>
    grouped(
      'audio',
      (signal) => html`
        <figure class="tile" ${pauseOffScreen()}>
          <audio id="${signal.name}-${id}" autoplay muted></audio>
          <tone-source for="${signal.name}-${id}" waveform=${signal.name}></tone-source>
          <div class="graphs" ${ref((place) => runWhenIdle([() => drawGraphs(place, signal)]))}></div>
          ${caption(
            signal,
            html`<button type="button" aria-pressed="false" aria-label="Listen: ${signal.title}" @click=${listen}>
              Listen
            </button>`,
          )}
        </figure>
      `,
    ),
  play: async ({ canvasElement }) => {
    const sources = [...canvasElement.querySelectorAll('tone-source')];
    await expect(sources.map(({ waveform }) => waveform)).toEqual(signals('audio').map(({ name }) => name));
    for (const source of sources) {
      await expect((await source.ready).readyState).toBe('live');
      // A source is suspended until the page may play audio: after a click, by the rules of browsers.
      await eventually(() => expect(['live', 'suspended']).toContain(source.state));
    }
    for (const place of canvasElement.querySelectorAll('.graphs')) {
      await eventually(() => expect(place.querySelectorAll('svg')).toHaveLength(2));
    }
    const button = canvasElement.querySelector('button');
    button?.click();
    await expect(canvasElement.querySelectorAll('audio')[0].muted).toBe(false);
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    button?.click();
    await expect(canvasElement.querySelectorAll('audio')[0].muted).toBe(true);
  },
};

function drawGraphs(place: Element | undefined, { name, title }: SignalRecord): void {
  // Storybook renders a story a second time, outside the document, to show its source.
  if (!(place instanceof HTMLElement) || !place.isConnected) return;
  const channels = renderTone(name, 4);
  render([oscillogram(channels, title), spectrum(channels[0].subarray(0, 96000), title)], place);
}

/** Unmutes one tone and mutes all others, or mutes it if it is audible. */
function listen({ currentTarget }: Event): void {
  const chosen = currentTarget as HTMLElement;
  const gallery = chosen.closest('.gallery');
  for (const tile of gallery?.querySelectorAll('.tile') ?? []) {
    const [audio, button] = [tile.querySelector('audio'), tile.querySelector('button')];
    if (!audio || !button) continue;
    audio.muted = button !== chosen || !audio.muted;
    button.setAttribute('aria-pressed', String(!audio.muted));
    if (!audio.muted) void audio.play();
  }
}
