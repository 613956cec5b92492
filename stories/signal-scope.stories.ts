import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, type TemplateResult } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { errorOf, eventually, only } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { errorPlace, sideBySide, withoutControls } from './players.js';
import { showErrors } from './show-errors.js';

const views = {
  video: ['waveform', 'parade', 'vectorscope', 'histogram'],
  audio: ['oscilloscope', 'spectrum', 'spectrogram', 'goniometer'],
};

const controls = controlsOf('signal-scope', {
  view: [...views.video, ...views.audio],
  graticule: ['percent', 'ire', '8-bit', '10-bit', 'none'],
  components: ['rgb', 'ycbcr'],
});

const bars = html`<pattern-source pattern="smpte-hd" color-space="bt709"></pattern-source>`;
const tone = html`<tone-source frequency="1000" level="-12"></tone-source>`;

/** A scope with the args of the story. */
const scope = (given: Args, sources: unknown = html`${bars}${tone}`) => html`
  ${errorPlace}
  <signal-scope ${argsOf(controls, given)} ${showErrors()}>${sources}</signal-scope>
`;

/** A scope of a view with a caption. */
const captioned = (element: TemplateResult, caption: string) => html`
  <figure class="player">
    ${element}
    <figcaption>${caption}</figcaption>
  </figure>
`;

/** Waits until the reading of a scope is as expected. Audio that waits for a user gesture has none. */
const reads = (element: Element & { readonly summary: string }, reading: RegExp): Promise<void> =>
  eventually(() => {
    const message = element.shadowRoot?.querySelector('[part=message]')?.textContent ?? '';
    expect(message || element.summary).toMatch(message.startsWith('Click') ? /run audio/ : reading);
  });

/**
 * `<signal-scope>` shows a track as the instruments of a studio do: `waveform`, `parade`, `vectorscope` and `histogram` of a
 * picture, `oscilloscope`, `spectrum`, `spectrogram` and `goniometer` of audio.
 */
const meta: Meta = {
  title: 'Elements/Signal scope',
  ...controls,
  render: (given) => scope(given),
};

export default meta;
type Story = StoryObj;

/** Try every attribute. The scope has a picture and audio: each view shows the one that it needs. */
export const Playground: Story = {
  play: async ({ canvasElement }) => {
    await reads(only(canvasElement, 'signal-scope'), /^Luma from −2 % to 10\d %/);
  },
};

/** One element around a source shows its waveform. */
export const Overview: Story = {
  parameters: withoutControls,
  render: () => html`<signal-scope>${bars}</signal-scope>`,
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'signal-scope');
    await reads(element, /^Luma from/);
    await expect(element.state).toBe('measuring');
  },
};

/** Luma over the width of the picture: the ramp of SMPTE RP 219-1 is a slope, its bars are steps. Black is 0 %, white 100 %. */
export const OptionWaveform: Story = {
  name: 'Options: waveform',
  args: { view: 'waveform' },
  play: async ({ canvasElement }) => reads(only(canvasElement, 'signal-scope'), /^Luma from/),
};

/** A waveform of each component. `components="ycbcr"` shows Y′, Cb and Cr. */
export const OptionParade: Story = {
  name: 'Options: parade',
  parameters: withoutControls,
  render: () =>
    sideBySide([
      captioned(scope({ view: 'parade' }, bars), 'R′, G′ and B′'),
      captioned(scope({ view: 'parade', components: 'ycbcr' }, bars), 'Y′, Cb and Cr'),
    ]),
  play: async ({ canvasElement }) => {
    const [rgb, ycbcr] = canvasElement.querySelectorAll('signal-scope');
    await reads(rgb, /^Red from .* to 10\d %, green from .*, blue from/);
    await reads(ycbcr, /^Luma from .*, Cb from −50 % to 50 %, Cr from/);
  },
};

/** Bars of 75 % are in the boxes of `targets="75"`, bars of 100 % in the boxes of `targets="100"`. */
export const OptionVectorscope: Story = {
  name: 'Options: vectorscope',
  parameters: withoutControls,
  render: () =>
    sideBySide(
      [75, 100].map((targets) =>
        captioned(
          scope(
            { view: 'vectorscope', targets },
            html`<pattern-source pattern=${`ebu-${targets}`} color-space="bt709"></pattern-source>`,
          ),
          `Bars of ${targets} %`,
        ),
      ),
    ),
  play: async ({ canvasElement }) => {
    const [small, large] = canvasElement.querySelectorAll('signal-scope');
    await reads(small, /^Chroma amplitude up to (89|90) %$/);
    await reads(large, /^Chroma amplitude up to (119|120) %$/);
    await expect(small.shadowRoot?.querySelectorAll('rect')).toHaveLength(6);
  },
};

/** How often each level occurs: luma as a line, red, green and blue as areas. */
export const OptionHistogram: Story = {
  name: 'Options: histogram',
  args: { view: 'histogram' },
  play: async ({ canvasElement }) => reads(only(canvasElement, 'signal-scope'), /^Mean luma 4\d %/),
};

/** The wave of each channel. `time-span` is the width of the screen in milliseconds, and `gain` magnifies the wave. */
export const OptionOscilloscope: Story = {
  name: 'Options: oscilloscope',
  args: { view: 'oscilloscope', gain: 3, 'time-span': 10 },
  play: async ({ canvasElement }) => reads(only(canvasElement, 'signal-scope'), /^Peaks: Left −1[12]\.\d dBFS, Right/),
};

/** The level of each frequency: a tone of 1 kHz at −12 dBFS. */
export const OptionSpectrum: Story = {
  name: 'Options: spectrum',
  args: { view: 'spectrum' },
  play: async ({ canvasElement }) =>
    reads(only(canvasElement, 'signal-scope'), /^Highest at (999|1000|1001) Hz, −1[12]\.\d dBFS/),
};

/** The spectrum of the last ten seconds: a sweep is a line that rises. */
export const OptionSpectrogram: Story = {
  name: 'Options: spectrogram',
  parameters: withoutControls,
  render: () => scope({ view: 'spectrogram' }, html`<tone-source waveform="sweep" level="-12"></tone-source>`),
  play: async ({ canvasElement }) => reads(only(canvasElement, 'signal-scope'), /^Highest level −\d+\.\d dBFS/),
};

/** Left against right: mono is a vertical line, one channel alone a diagonal. */
export const OptionGoniometer: Story = {
  name: 'Options: goniometer',
  parameters: withoutControls,
  render: () =>
    sideBySide([
      captioned(scope({ view: 'goniometer', gain: 4 }, tone), 'The same in both channels'),
      captioned(
        scope(
          { view: 'goniometer', gain: 2 },
          html`<tone-source frequency="1000 1500" channels="2" level="-12"></tone-source>`,
        ),
        'Two tones, a fifth apart',
      ),
    ]),
  play: async ({ canvasElement }) => {
    const [mono, two] = canvasElement.querySelectorAll('signal-scope');
    await reads(mono, /^Correlation 1\.00$/);
    await reads(two, /^Correlation −?0\.\d\d$/);
  },
};

/** The scale of levels: percent, IRE, 8 bits, 10 bits, or none. */
export const OptionGraticules: Story = {
  name: 'Options: graticules',
  parameters: withoutControls,
  render: () =>
    sideBySide(
      ['percent', '8-bit', '10-bit', 'none'].map((graticule) => captioned(scope({ graticule }, bars), graticule)),
    ),
  play: async ({ canvasElement }) => {
    for (const element of canvasElement.querySelectorAll('signal-scope')) await reads(element, /^Luma from/);
    const [, , tenBit, none] = canvasElement.querySelectorAll('signal-scope');
    await expect(tenBit.shadowRoot?.querySelector('svg')).toHaveTextContent('940');
    await expect(none.shadowRoot?.querySelector('svg')).toBeNull();
  },
};

/** A view whose track is missing says so. Another view, or another source, shows the trace again. */
export const BehaviourWrongKind: Story = {
  name: 'Behaviours: a track of the other kind',
  parameters: withoutControls,
  render: () => scope({ view: 'vectorscope' }, tone),
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'signal-scope');
    await eventually(() =>
      expect(element.shadowRoot?.querySelector('[part=message]')).toHaveTextContent('needs a video track'),
    );
  },
};

/** An unknown view is an error that names the nearest one. */
export const BehaviourErrors: Story = {
  name: 'Behaviours: errors',
  parameters: withoutControls,
  render: () => scope({ view: 'vector-scope' }),
  play: async ({ canvasElement }) => {
    await eventually(() => expect(errorOf(canvasElement)).toHaveTextContent('Did you mean "vectorscope"?'));
    await expect(only(canvasElement, 'signal-scope').state).toBe('failed');
  },
};

/** Four custom properties change the colors. */
export const BehaviourColors: Story = {
  name: 'Behaviours: colors',
  parameters: withoutControls,
  render: () => html`
    <signal-scope
      style="--track-elements-scope-screen: #fff; --track-elements-scope-trace: #0a5; --track-elements-scope-graticule: #0003; --track-elements-scope-scale: #444"
      >${bars}</signal-scope
    >
  `,
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'signal-scope');
    await reads(element, /^Luma from/);
    await expect(getComputedStyle(element).backgroundColor).toBe('rgb(255, 255, 255)');
  },
};

/** The scope is an image with a name and a reading, which changes every three seconds at most. Lines and labels are hidden from screen readers. */
export const Accessibility: Story = {
  parameters: withoutControls,
  render: () => html`<signal-scope view="vectorscope">${bars}</signal-scope>`,
  play: async ({ canvasElement }) => {
    const element = only(canvasElement, 'signal-scope');
    await reads(element, /^Chroma/);
    const image = element.shadowRoot?.querySelector('[role=img]');
    await eventually(() => expect(image).toHaveAttribute('aria-label', `Vectorscope: ${element.summary}`));
    await expect(element.shadowRoot?.querySelector('svg')).toHaveAttribute('aria-hidden', 'true');
  },
};
