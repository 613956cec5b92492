import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { until } from 'lit/directives/until.js';
import { expect } from 'storybook/test';
import { definePattern, defineWaveform } from 'track-elements/define-signals';
import 'track-elements/define/all';
import { complaints } from './complaints.js';
import { peakOf } from './peak.js';
import { colorAt, eventually, only, screen, shows, speaker } from './screen.js';

const interference = new URL('./own/interference.js', import.meta.url);
const stairs = new URL('./own/stairs.js', import.meta.url);

definePattern('interference', interference);
defineWaveform('stairs', stairs);
definePattern('missing', new URL('./own/there-is-no-such.js', document.baseURI));

/**
 * Signals of a page's own: `definePattern(name, url)` and `defineWaveform(name, url)`. The module's default export has the
 * shape of the library's own signals; it is loaded into the engine when the name is first asked for. From then on the name
 * works in markup, with size, rate, label, composition and all.
 */
const meta: Meta = {
  title: 'Signals/Your own',
  parameters: { controls: { disable: true } },
};

export default meta;
type Story = StoryObj;

const textOf = async (url: URL) => (await fetch(url)).text();

const code = (use: string, url: URL) => html`
  <pre class="code"><code>${use}</code></pre>
  <pre class="code"><code>${until(textOf(url), '')}</code></pre>
`;

/** A pattern: `prepare()` gets the description and the checked `params`, and returns what renders frame number `n`. */
export const Pattern: Story = {
  render: (_, { id }) => html`
    ${screen(`screen-${id}`, 'Rings from two points that meet')}
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
    await shows(video, 640, 360);
    const before = colorAt(video, 0.5, 0.2);
    await eventually(async () => expect(colorAt(video, 0.5, 0.2)).not.toEqual(before));
    await eventually(() => expect(canvasElement).toHaveTextContent('export default'));
  },
};

/** A waveform: `render()` fills a block with sample number `n` and those after it, from −1 to 1. */
export const Waveform: Story = {
  render: (_, { id }) => html`
    ${speaker(`speaker-${id}`, 'A tone of a few steps')}
    <tone-source for="speaker-${id}" waveform="stairs" frequency="220" params='{"steps": 7}'></tone-source>
    ${code(`defineWaveform('stairs', new URL('./stairs.js', import.meta.url));`, stairs)}
  `,
  play: async ({ canvasElement }) => {
    const track = await only(canvasElement, 'tone-source').ready;
    await eventually(async () => expect((await peakOf(track)) ?? -18).toBeCloseTo(-18, 1));
  },
};

/** A module that does not load, or throws, fails the sources that ask for it and no others: the ball plays on. */
export const Failing: Story = {
  name: 'A module that does not load',
  render: (_, { id }) => html`
    <div class="screens">
      <div>
        ${screen(`missing-${id}`, 'Nothing: its module is missing', html`<code>missing</code>`)}
        <p class="complaint" role="alert"></p>
        <pattern-source
          for="missing-${id}"
          pattern="missing"
          @error=${complaints.error}
          @statechange=${complaints.statechange}
        ></pattern-source>
      </div>
      <div>
        ${screen(`ball-${id}`, 'A ball', html`<code>ball</code>`)}
        <pattern-source for="ball-${id}" pattern="ball"></pattern-source>
      </div>
    </div>
  `,
  play: async ({ canvasElement }) => {
    const [missing, ball] = canvasElement.querySelectorAll('pattern-source');
    await eventually(() => expect(missing.state).toBe('failed'));
    await eventually(() => expect(canvasElement.querySelector('.complaint')).toHaveTextContent('there-is-no-such'));
    await shows(canvasElement.querySelectorAll('video')[1]);
    await expect(ball.state).toBe('live');
  },
};
