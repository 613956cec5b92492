import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { patterns } from 'track-elements/signals';
import 'track-elements/define/pattern-source';
import { attributes } from './attributes.js';
import { errorOf, eventually, only, showsSize } from './checks.js';
import { videoPlayer } from './players.js';
import { playground } from './playground.js';
import { showErrors } from './show-errors.js';

/**
 * Parameters that only one pattern or waveform has are members of `params`, a JSON object. The catalogue has the type, the
 * range, the unit and the default of each. This table, the fields of the demo and the errors of elements are made from it.
 */
const meta: Meta = {
  title: 'Signals/Parameters',
  args: { pattern: 'checkers', params: '' },
  argTypes: { pattern: { control: 'select', options: patterns.map(({ name }) => name) } },
  render: (given, { id }) =>
    playground(
      { kind: 'video', name: String(given.pattern) },
      given.params,
      videoPlayer(`screen-${id}`, 'The pattern', nothing),
      html`<pattern-source
        ${attributes({ ...given, for: `screen-${id}` }, {})} ${showErrors()}></pattern-source>`,
    ),
};

export default meta;
type Story = StoryObj;

/** The size of the checkers is a whole number of pixels. After a wrong value, the source shows an error and keeps playing. */
export const Editing: Story = {
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const error = errorOf(canvasElement);
    const write = (value: string) => {
      const field = only(canvasElement, 'input');
      field.value = value;
      field.dispatchEvent(new Event('change'));
    };
    await showsSize(only(canvasElement, 'video'));
    write('160');
    await eventually(() => expect(source.getAttribute('params')).toBe('{"size": 160}'));
    await expect(source.state).toBe('live');
    write('"large"');
    await eventually(() => expect(error).toHaveTextContent(/params\.size .*number/));
    await expect(source.track?.readyState).toBe('live');
    write('');
    await eventually(() => expect(error).toBeEmptyDOMElement());
    await expect(source.state).toBe('live');
  },
};
