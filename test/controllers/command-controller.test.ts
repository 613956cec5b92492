/* Real buttons: <button commandfor command>, clicked as a user does. */
import 'track-elements/define/all';
import { byId, click, place } from '../support/page.js';
import { hasCommands, noCommands, skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

const sources = {
  'pattern-source': 'width="320" height="240"',
  'tone-source': '',
  'track-generator': 'kind="video"',
};

for (const [tag, attributes] of Object.entries(sources)) {
  describe(`a button that commands a ${tag}`, () => {
    let source: HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];

    beforeEach(function () {
      if (!hasCommands) skip(this, noCommands);
      const names = ['start', 'stop', 'pause', 'resume', 'toggle', 'mute', 'unmute', 'nonsense'];
      const buttons = names.map(
        (name) => `<button id="${name}" commandfor="source" command="--${name}">${name}</button>`,
      );
      source = place(`<${tag} id="source" manual ${attributes}></${tag}><div>${buttons.join('')}</div>`);
    });

    const press = (id: string) => click(byId(id));

    it('starts and stops it', async () => {
      await press('start');
      const track = await source.ready;
      assert.equal(track.readyState, 'live');
      await press('stop');
      await waitFor(() => source.state === 'stopped', 'stopped');
      assert.equal(track.readyState, 'ended');
      await press('start');
      assert.equal((await waitFor(() => source.track, 'another track')).readyState, 'live');
    });

    it('pauses it, resumes it, and toggles between the two', async () => {
      const track = await source.start();
      for (const [command, paused] of [
        ['pause', true],
        ['pause', true],
        ['resume', false],
        ['toggle', true],
        ['toggle', false],
      ] as const) {
        await press(command);
        await waitFor(() => source.hasAttribute('paused') === paused, `paused is ${paused} after --${command}`);
        assert.equal(source.paused, paused);
      }
      assert.isTrue(source.track === track);
      assert.equal(track.readyState, 'live');
    });

    it('mutes and unmutes it', async () => {
      const track = await source.start();
      await press('mute');
      await waitFor(() => source.hasAttribute('muted'), 'muted');
      assert.isTrue(source.muted);
      await press('unmute');
      await waitFor(() => !source.hasAttribute('muted'), 'unmuted');
      assert.isTrue(source.track === track);
    });

    it('ignores an unknown command', async () => {
      const track = await source.start();
      await press('nonsense');
      assert.equal(source.state, 'live');
      assert.isTrue(source.track === track);
    });
  });
}
