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

describe('an element that is given a command', () => {
  /** The messages of its warnings, each with the console's line prevented. */
  function warningsOf(element: HTMLElement): string[] {
    const messages: string[] = [];
    element.addEventListener('warning', (event) => {
      event.preventDefault();
      messages.push((event as ErrorEvent).message);
    });
    return messages;
  }

  const give = (element: HTMLElement, command: string) =>
    element.dispatchEvent(Object.assign(new Event('command', { cancelable: true }), { command }));

  it('warns of a misspelt one, once, and names those of all its classes', async () => {
    const source = place('<pattern-source manual></pattern-source>');
    const warnings = warningsOf(source);
    give(source, '--strat');
    give(source, '--strat');
    give(source, '--puase');
    await waitFor(() => warnings.length >= 2, 'two warnings');
    assert.deepEqual(warnings, [
      '<pattern-source> has no command "--strat"; it has --start, --stop, --pause, --resume, --toggle, --mute, --unmute. Did you mean "--start"?',
      '<pattern-source> has no command "--puase"; it has --start, --stop, --pause, --resume, --toggle, --mute, --unmute. Did you mean "--pause"?',
    ]);
  });

  it('does not warn of its own commands, of commands of the browser, or of commands that the page handles', async () => {
    const device = place('<virtual-camera></virtual-camera>');
    const warnings = warningsOf(device);
    device.addEventListener('command', (event) => {
      if ((event as Event & { command: string }).command === '--of-the-page') event.preventDefault();
    });
    for (const command of ['--of-the-page', 'toggle-popover', '--mute', '--unplugg']) give(device, command);
    await waitFor(() => warnings.length > 0, 'the warning of the last one');
    assert.deepEqual(
      warnings.map((message) => message.split(';')[0]),
      ['<virtual-camera> has no command "--unplugg"'],
    );
    assert.isTrue((device as HTMLElementTagNameMap['virtual-camera']).muted);
  });

  it('says what to do about one that is like none of its own', async () => {
    const device = place('<level-meter></level-meter>');
    const warnings = warningsOf(device);
    give(device, '--add-to-favourites');
    await waitFor(() => warnings.length > 0, 'the warning');
    assert.match(
      warnings[0] ?? '',
      /it has --reset\. If it is a command of the page, call preventDefault\(\) of its event\.$/,
    );
  });
});
