/* Elements that measure and show, in a container that takes the width of its content: a flexbox whose items are not stretched. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

type Shown = HTMLElementTagNameMap['track-monitor' | 'track-probe' | 'signal-scope' | 'level-meter'];

describe('An element that measures, in a flexbox', () => {
  for (const markup of [
    '<track-monitor></track-monitor>',
    '<track-probe></track-probe>',
    '<signal-scope></signal-scope>',
    '<signal-scope view="vectorscope"></signal-scope>',
    '<level-meter></level-meter>',
    '<level-meter orientation="vertical"></level-meter>',
  ]) {
    for (const direction of ['row', 'column']) {
      it(`${markup} has a width in a ${direction}, and no more than there is`, async () => {
        const flexbox = place<HTMLElement>(
          `<div style="display: flex; flex-direction: ${direction}; align-items: center; width: 900px">${markup}</div>`,
        );
        const element = flexbox.firstElementChild as Shown;
        // The table of a probe is loaded when it is needed.
        await waitFor(() => element.offsetWidth > 350, 'a width');
        assert.isAtMost(element.offsetWidth, 900);
        flexbox.style.width = '300px';
        assert.equal(element.offsetWidth, 300);
      });
    }
  }
});
