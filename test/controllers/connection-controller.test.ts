/* An element that is moved keeps its track; an element that is removed frees everything. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { collectUnhandledRejections } from '../support/rejections.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];
type Mover = ParentNode & { moveBefore?(node: Node, child: Node | null): void };

// Counted over the whole file, so that a worker that an earlier test left behind counts too.
const workers = countWorkers();

const markup = {
  'pattern-source': '<pattern-source for="screen" width="64" height="64"></pattern-source>',
  'tone-source': '<tone-source for="screen"></tone-source>',
  'track-generator': '<track-generator for="screen" kind="video"></track-generator>',
};

function afterFrames(count: number, callback: () => void): void {
  requestAnimationFrame(() => (count > 1 ? afterFrames(count - 1, callback) : callback()));
}

const moves: Record<string, (source: Source, to: HTMLElement) => void> = {
  'append()': (source, to) => to.append(source),
  'insertBefore()': (source, to) => to.insertBefore(source, to.firstChild),
  'remove() and append()': (source, to) => {
    source.remove();
    to.append(source);
  },
  'remove(), a microtask later append()': (source, to) => {
    source.remove();
    queueMicrotask(() => to.append(source));
  },
  'remove(), three frames later append()': (source, to) => {
    source.remove();
    afterFrames(3, () => to.append(source));
  },
  'a move of its parent': (source, to) => {
    const around = document.createElement('div');
    source.replaceWith(around);
    around.append(source);
    to.append(around);
  },
  // Not in every browser.
  ...('moveBefore' in document.body && {
    'moveBefore()': (source: Source, to: HTMLElement) => (to as Mover).moveBefore?.(source, null),
  }),
};

for (const [tag, text] of Object.entries(markup)) {
  describe(`a ${tag} that is moved`, () => {
    it(`keeps its track: by ${Object.keys(moves).join('; ')}`, async () => {
      const moved = Object.entries(moves).map(async ([name, move]) => {
        const from = place('<div></div>');
        const to = place('<div><p></p></div>');
        const source = place<Source>(text, from);
        const track = await source.ready;
        const { state, ready, stream } = source;
        let changes = 0;
        for (const type of ['addtrack', 'removetrack'] as const) source.addEventListener(type, () => changes++);
        move(source, to);
        // Longer than a source that was removed is kept.
        await sleep(400);
        assert.isTrue(to.contains(source), name);
        assert.isTrue(source.track === track, name);
        assert.equal(track.readyState, 'live', name);
        assert.equal(source.state, state, name);
        assert.isTrue(source.ready === ready, name);
        assert.deepEqual(stream.getTracks(), [track], name);
        assert.equal(changes, 0, name);
      });
      await Promise.all(moved);
    });
  });

  describe(`a ${tag} that is removed`, () => {
    it('stops its track and frees the worker', async () => {
      const video = place<HTMLVideoElement>('<video id="screen" muted></video>');
      const source = place<Source>(text);
      const track = await source.ready;
      await sleep(50);
      const ended = nextEvent(track, 'ended');
      source.remove();
      await ended;
      assert.equal(track.readyState, 'ended');
      assert.equal(source.state, 'stopped');
      assert.isNull(source.track);
      assert.lengthOf(source.stream.getTracks(), 0);
      await waitFor(() => video.srcObject === null, 'the video lets go');
      await waitFor(() => workers.running === 0, 'no worker is left');
    });

    it('starts with a new track when it is connected again later', async () => {
      const source = place<Source>(text);
      const first = await source.ready;
      source.remove();
      await waitFor(() => source.state === 'stopped', 'stopped');
      document.body.append(source);
      const second = await source.ready;
      assert.isFalse(first === second);
      assert.equal(second.readyState, 'live');
      source.remove();
    });

    it('leaves nothing behind when it is removed while it starts', async () => {
      const rejections = collectUnhandledRejections();
      const source = place<Source>(text);
      const { ready } = source;
      source.remove();
      // Its track may come while it could still be put back.
      await ready.catch((error) => assert.equal(error.name, 'AbortError'));
      await waitFor(() => source.state === 'stopped', 'stopped');
      await waitFor(() => workers.running === 0, 'no worker is left');
      assert.isNull(source.track);
      rejections.stop();
      assert.deepEqual(rejections.reasons, []);
    });
  });
}

for (const [tag, text] of Object.entries({
  'pattern-source': markup['pattern-source'],
  'tone-source': markup['tone-source'],
  'track-generator': '<track-generator for="screen" kind="audio"></track-generator>',
})) {
  describe(`a ${tag} that is moved into a shadow tree`, () => {
    it('finds sinks by the ids of that tree, and keeps its track', async () => {
      const outside = place<HTMLVideoElement>('<video id="screen" muted></video>');
      const source = place<Source>(text);
      const track = await source.ready;
      await waitFor(() => outside.srcObject, 'the video of the document has it');
      const root = place('<div></div>').attachShadow({ mode: 'open' });
      const inside = place<HTMLVideoElement>('<video id="screen" muted></video>', root);
      root.append(source);
      await waitFor(() => inside.srcObject, 'the video of the shadow tree has it');
      await waitFor(() => outside.srcObject === null, 'the other has not');
      assert.isTrue(source.track === track);
      source.remove();
    });
  });
}
