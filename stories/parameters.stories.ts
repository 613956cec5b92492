import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html, nothing } from 'lit';
import { expect } from 'storybook/test';
import { patterns } from 'track-elements/signals';
import 'track-elements/define/pattern-source';
import { attributes } from './attributes.js';
import { complaints } from './complaints.js';
import { playground } from './playground.js';
import { eventually, only, screen, shows } from './screen.js';

/**
 * What only one signal knows is a member of `params`, a JSON object. The catalogue has the type, the range, the unit and
 * the default of each: tables like this one, the fields of the desk and the checks of the engine are made from it.
 */
const meta: Meta = {
  title: 'Signals/Parameters',
  args: { pattern: 'checkers', params: '' },
  argTypes: { pattern: { control: 'select', options: patterns.map(({ name }) => name) } },
  render: (given, { id }) =>
    playground(
      { kind: 'video', name: String(given.pattern) },
      given.params,
      screen(`screen-${id}`, 'The pattern', nothing),
      html`<pattern-source
        ${attributes({ ...given, for: `screen-${id}` }, {})}
        @error=${complaints.error}
        @statechange=${complaints.statechange}
      ></pattern-source>`,
    ),
};

export default meta;
type Story = StoryObj;

/** A number of whole pixels. What the pattern does not take, the source says in its own words, and plays on. */
export const Editing: Story = {
  play: async ({ canvasElement }) => {
    const source = only(canvasElement, 'pattern-source');
    const complaint = canvasElement.querySelector('.complaint');
    const write = (value: string) => {
      const field = only(canvasElement, 'input');
      field.value = value;
      field.dispatchEvent(new Event('change'));
    };
    await shows(only(canvasElement, 'video'));
    write('160');
    await eventually(() => expect(source.getAttribute('params')).toBe('{"size": 160}'));
    await expect(source.state).toBe('live');
    write('"large"');
    await eventually(() => expect(complaint).toHaveTextContent(/params\.size .*number/));
    await expect(source.track?.readyState).toBe('live');
    write('');
    await eventually(() => expect(complaint).toBeEmptyDOMElement());
    await expect(source.state).toBe('live');
  },
};
