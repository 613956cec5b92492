/* Every source: its track, its stream, its promise, its states and its events. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { collectUnhandledRejections, rejectionOf } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source' | 'track-generator'];

const sources = {
  'pattern-source': { attributes: 'width="320" height="240"', kind: 'video', leastProduced: 5 },
  'tone-source': { attributes: '', kind: 'audio', leastProduced: 5 },
  // Nothing is written: it sends no frames; audio sends silence.
  'track-generator of video': { attributes: 'kind="video"', kind: 'video', leastProduced: 0 },
  'track-generator of audio': { attributes: 'kind="audio"', kind: 'audio', leastProduced: 5 },
};

for (const [name, { attributes, kind, leastProduced }] of Object.entries(sources)) {
  const [tag = ''] = name.split(' ');
  const make = (more = '') => place<Source>(`<${tag} ${attributes} ${more}></${tag}>`);
  const create = () => {
    const source = document.createElement(tag) as Source;
    for (const [, attribute = '', value = ''] of attributes.matchAll(/(\w+)="(\w+)"/g)) {
      source.setAttribute(attribute, value);
    }
    return source;
  };

  describe(`the life of a ${name}`, () => {
    it('starts when it is connected, and has a live track', async () => {
      const source = make();
      const track = await source.ready;
      assert.isTrue(source.track === track);
      assert.equal(track.kind, kind);
      assert.equal(track.readyState, 'live');
      assert.isFalse(track.muted);
      assert.isTrue(track.enabled);
      assert.equal(source.kind, kind);
      assert.equal(source.state, 'live');
      assert.include(['native', 'worker', 'canvas', 'worklet'], source.backend);
    });

    it('has the same stream for its life, with its present track', async () => {
      const source = make();
      const { stream } = source;
      const first = await source.ready;
      assert.deepEqual(stream.getTracks(), [first]);
      source.stop();
      assert.lengthOf(stream.getTracks(), 0);
      const second = await source.start();
      assert.isTrue(source.stream === stream);
      assert.deepEqual(stream.getTracks(), [second]);
    });

    it('ends its track for good on stop(), and makes another on start()', async () => {
      const source = make();
      const first = await source.ready;
      const ended = nextEvent(first, 'ended');
      source.stop();
      assert.equal(source.state, 'stopped');
      assert.isNull(source.track);
      assert.isNull(source.backend);
      assert.equal(first.readyState, 'ended');
      await ended;
      const ready = source.start();
      assert.isTrue(source.ready === ready);
      const second = await ready;
      assert.isFalse(second === first);
      assert.equal(second.readyState, 'live');
      assert.equal(first.readyState, 'ended');
    });

    it('gives the same promise and the same track to a second start()', async () => {
      const source = make();
      const ready = source.ready;
      assert.isTrue(source.start() === ready);
      const track = await ready;
      assert.isTrue((await source.start()) === track);
      assert.isTrue(source.ready === ready);
    });

    it('waits for start() if it is manual', async () => {
      const source = make('manual');
      await sleep(50);
      assert.equal(source.state, 'idle');
      assert.isNull(source.track);
      const promised = source.ready;
      const track = await source.start();
      assert.equal(source.state, 'live');
      assert.isTrue((await promised) === track, 'what was promised before the start');
    });

    it('rejects ready with an AbortError when it is stopped early, without an unhandled rejection', async () => {
      const rejections = collectUnhandledRejections();
      const source = make('manual');
      const ready = source.start();
      // The generator has its track at once, so its promise is fulfilled.
      const early = source.track;
      source.stop();
      if (early) assert.isTrue((await ready) === early);
      else assert.equal((await rejectionOf(ready)).name, 'AbortError');
      assert.equal(source.state, 'stopped');
      void source.start();
      source.stop();
      source.remove();
      // Unhandled rejections are reported in a later task.
      await sleep(50);
      rejections.stop();
      assert.deepEqual(rejections.reasons, []);
    });

    it('has a new promise after each stop', async () => {
      const source = make();
      const first = source.ready;
      await first;
      source.stop();
      const second = source.start();
      assert.isFalse(second === first);
      assert.isFalse((await second) === (await first));
    });

    it('is live after the last of several quick starts and stops', async () => {
      const source = make();
      source.stop();
      void source.start();
      source.stop();
      const track = await source.start();
      assert.equal(source.state, 'live');
      assert.isTrue(source.track === track);
      assert.deepEqual(source.stream.getTracks(), [track]);
      assert.equal(track.readyState, 'live');
    });

    it('announces its states by events and as custom states', async () => {
      const source = create();
      const states: string[] = [];
      source.addEventListener('statechange', (event) => {
        assert.isFalse(event.bubbles);
        assert.isTrue(source.matches(`:state(${source.state})`), `:state(${source.state})`);
        states.push(source.state);
      });
      assert.isTrue(source.matches(':state(idle)'));
      place('<div></div>').append(source);
      await source.ready;
      source.stop();
      await eventually(() => assert.deepEqual(states, ['starting', 'live', 'stopped']));
      for (const state of ['idle', 'starting', 'live', 'suspended', 'failed']) {
        assert.isFalse(source.matches(`:state(${state})`), state);
      }
    });

    it('fires addtrack and removetrack as a MediaStream does, and they do not bubble', async () => {
      const around = place('<div></div>');
      const beyond: string[] = [];
      for (const type of ['addtrack', 'removetrack', 'statechange', 'error']) {
        around.addEventListener(type, () => beyond.push(type));
      }
      const source = create();
      const added = nextEvent<MediaStreamTrackEvent>(source, 'addtrack');
      around.append(source);
      const event = await added;
      assert.instanceOf(event, MediaStreamTrackEvent);
      assert.isTrue(event.track === source.track);
      const removed = nextEvent<MediaStreamTrackEvent>(source, 'removetrack');
      source.stop();
      assert.isTrue((await removed).track === event.track);
      assert.deepEqual(beyond, []);
    });

    it('is stopped before it fires removetrack, and sinks let go of the track before it ends', async () => {
      const source = make('manual');
      const notes: string[] = [];
      const sink = {
        addTrack: () => {},
        removeTrack: (track: MediaStreamTrack) => notes.push(`sink lets go, ${track.readyState}`),
      };
      source.sinks = [Object.assign(document.createElement('div'), sink)];
      await source.start();
      source.addEventListener('statechange', () => notes.push(source.state));
      source.addEventListener('removetrack', () => notes.push(`removetrack, ${source.state}`));
      source.stop();
      assert.deepEqual(notes, ['stopped', 'sink lets go, live', 'removetrack, stopped']);
    });

    it('keeps the new track when a listener of statechange starts it again', async () => {
      const source = make();
      const first = await source.ready;
      source.addEventListener('statechange', () => source.state === 'stopped' && void source.start(), { once: true });
      source.stop();
      const second = await source.ready;
      assert.equal(first.readyState, 'ended');
      assert.equal(second.readyState, 'live');
      assert.deepEqual([...source.tracks], [second]);
      assert.equal(source.state, 'live');
    });

    it('sets the content hint on the track', async function () {
      if (!('contentHint' in MediaStreamTrack.prototype)) skip(this, 'this engine has no content hints');
      const hint = kind === 'video' ? 'detail' : 'music';
      const other = kind === 'video' ? 'motion' : 'speech';
      const source = make(`content-hint="${hint}"`);
      const track = await source.ready;
      await waitFor(() => track.contentHint === hint, 'the hint of the attribute');
      source.contentHint = other;
      await waitFor(() => track.contentHint === other, 'the hint of the property');
      source.stop();
      assert.equal((await source.start()).contentHint, other);
    });

    it('counts its statistics from the start', async () => {
      const source = make();
      await source.ready;
      await waitFor(async () => (await source.getStats()).produced >= leastProduced, 'some frames or blocks');
      const stats = await source.getStats();
      assert.hasAllKeys(stats, ['kind', 'backend', 'produced', 'dropped', 'late', 'repeated', 'underruns']);
      assert.equal(stats.kind, kind);
      assert.equal(stats.backend, source.backend);
      source.stop();
      const { produced, backend } = await source.getStats();
      assert.equal(produced, 0);
      assert.isNull(backend);
    });

    it('leaves track.enabled to the page', async () => {
      const source = make('muted paused');
      const track = await source.ready;
      assert.isTrue(track.enabled);
      track.enabled = false;
      source.muted = false;
      source.paused = false;
      await source.updateComplete;
      assert.isFalse(track.enabled);
    });

    it('notices within a second when the page stops the track', async () => {
      const source = make();
      const track = await source.ready;
      const removed = nextEvent<MediaStreamTrackEvent>(source, 'removetrack', { timeoutMs: 1500 });
      track.stop();
      assert.isTrue((await removed).track === track);
      assert.equal(source.state, 'stopped');
      assert.isNull(source.track);
      const next = await source.start();
      assert.equal(next.readyState, 'live');
    });
  });
}
