import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { expect } from 'storybook/test';
import 'track-elements/define/all';
import { only, showsSize } from './checks.js';
import { type Args, argsOf, controlsOf } from './element-controls.js';
import { errorPlace, videoPlayer } from './players.js';
import { showErrors } from './show-errors.js';

const controls = controlsOf('signal-fault');

/**
 * `<signal-fault>` puts faults into the track of the source around it, at times that are the same in each run. A `<track-probe>` at the other end
 * counts them.
 */
const meta: Meta = {
  title: 'Elements/Signal fault',
  ...controls,
  args: { ...controls.args, kind: 'freeze', at: 1, duration: 1, every: 3 },
  render: (given: Args, { id }) => html`
    ${errorPlace} ${videoPlayer(`screen-${id}`, 'A pattern with faults')}
    <pattern-source for="screen-${id}" pattern="ball" width="640" height="360" timecode>
      <signal-fault ${argsOf(controls, given)} ${showErrors()}></signal-fault>
    </pattern-source>
  `,
};

export default meta;
type Story = StoryObj;

/** The picture stands still for a second, every three seconds. */
export const Playground: Story = {
  play: async ({ canvasElement }) => {
    await showsSize(only(canvasElement, 'video'), 640, 360);
    await expect(only(canvasElement, 'signal-fault').kind).toBe('freeze');
  },
};
