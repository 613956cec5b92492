import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { until } from 'lit/directives/until.js';
import { expect } from 'storybook/test';
import { definePattern, defineWaveform } from 'track-elements/define-signals';
import 'track-elements/define/all';
import { colorAt, errorOf, eventually, only, showsSize } from './checks.js';
import { peakLevelOf } from './peak-level.js';
import { audioPlayer, errorPlace, sideBySide, videoPlayer, withoutControls } from './players.js';
import { showErrors } from './show-errors.js';

const interference = new URL('./custom-signals/interference.js', import.meta.url);
const stairs = new URL('./custom-signals/stairs.js', import.meta.url);

definePattern('interference', interference);
defineWaveform('stairs', stairs);
definePattern('missing', new URL('./custom-signals/does-not-exist.js', document.baseURI));

/**
 * A page can define patterns and waveforms: `definePattern(name, url)` and `defineWaveform(name, url)`. The default export
 * of the module has the form of the library's own signals. The engine loads the module when a source first uses the name.
 */
const meta: Meta = {
  title: 'Signals/Custom signals',
  parameters: withoutControls,
};

export default meta;
type Story = StoryObj;

const sourceOf = async (url: URL) => (await fetch(url)).text();

const code = (use: string, url: URL) => html`
  <pre class="code"><code>${use}</code></pre>
  <pre class="code"><code>${until(sourceOf(url), '')}</code></pre>
`;

/** `prepare()` of a pattern gets the description and the checked `params`. It returns a `render()` that draws frame `n`. */
export const Pattern: Story = {
  render: (_, { id }) => html`
    ${videoPlayer(`screen-${id}`, 'Rings around two points, which interfere')}
    <pattern-source
      for="screen-${id}"
      pattern="interference"
      width="640"
      height="360"
      label="interference"
      params='{"wavelength": 36}'
    ></pattern-source>
    ${code(`definePattern('interference', new URL('./interference.js', import.meta.url));`, interference)}
  `,
  play: async ({ canvasElement }) => {
    const video = only(canvasElement, 'video');
    await showsSize(video, 640, 360);
    const before = colorAt(video, 0.5, 0.2);
    await eventually(async () => expect(colorAt(video, 0.5, 0.2)).not.toEqual(before));
    await eventually(() => expect(canvasElement).toHaveTextContent('export default'));
  },
};

/** `render()` of a waveform fills a block with the samples from number `n` on. They are from −1 to 1. */
export const Waveform: Story = {
  render: (_, { id }) => html`
    ${audioPlayer(`speaker-${id}`, 'A sawtooth in steps')}
    <tone-source for="speaker-${id}" waveform="stairs" frequency="220" params='{"steps": 7}'></tone-source>
    ${code(`defineWaveform('stairs', new URL('./stairs.js', import.meta.url));`, stairs)}
  `,
  play: async ({ canvasElement }) => {
    const track = await only(canvasElement, 'tone-source').ready;
    await eventually(async () => expect((await peakLevelOf(track)) ?? -18).toBeCloseTo(-18, 1));
  },
};

/** If a module does not load or throws, only sources that use it fail. The ball beside it keeps playing. */
export const Failing: Story = {
  name: 'A module that does not load',
  render: (_, { id }) => html`
    ${sideBySide([
      html`
        ${videoPlayer(`missing-${id}`, 'No picture: the module is missing', html`<code>missing</code>`)}
        ${errorPlace}
        <pattern-source
          for="missing-${id}"
          pattern="missing" ${showErrors()}></pattern-source>
      `,
      html`
        ${videoPlayer(`ball-${id}`, 'A ball', html`<code>ball</code>`)}
        <pattern-source for="ball-${id}" pattern="ball"></pattern-source>
      `,
    ])}
  `,
  play: async ({ canvasElement }) => {
    const [missing, ball] = canvasElement.querySelectorAll('pattern-source');
    await eventually(() => expect(missing.state).toBe('failed'));
    await eventually(() => expect(errorOf(canvasElement)).toHaveTextContent('does-not-exist'));
    await showsSize(canvasElement.querySelectorAll('video')[1]);
    await expect(ball.state).toBe('live');
  },
};
