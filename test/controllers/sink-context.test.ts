/* Sink elements around sources: sources find them by the context protocol, in any order of upgrades. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { TestSink } from '../support/test-sink.js';
import { waitFor } from '../support/waiting.js';

type Source = HTMLElementTagNameMap['pattern-source' | 'tone-source'];

customElements.define('test-sink', TestSink);

const pattern = '<pattern-source width="64" height="64"></pattern-source>';
const has = (sink: TestSink, track: MediaStreamTrack) =>
  waitFor(() => sink.tracks.includes(track), 'the sink has the track');
const lacks = (sink: TestSink, track: MediaStreamTrack) =>
  waitFor(() => !sink.tracks.includes(track), 'the sink lacks the track');

describe('a source inside a sink element', () => {
  it('gives its track to the sink', async () => {
    const sink = place<TestSink>(`<test-sink><div>${pattern}<tone-source></tone-source></div></test-sink>`);
    const [video, audio] = sink.querySelectorAll<Source>('pattern-source, tone-source');
    await has(sink, await video.ready);
    await has(sink, await audio.ready);
    assert.isTrue(sink.notes.find(({ track }) => track === video.track)?.source === video);
    assert.lengthOf(sink.notes, 2);
  });

  it('gives its track only to the nearest sink', async () => {
    const outer = place<TestSink>(`<test-sink><test-sink>${pattern}</test-sink></test-sink>`);
    const inner = outer.firstElementChild as TestSink;
    const source = inner.firstElementChild as Source;
    await has(inner, await source.ready);
    assert.lengthOf(outer.notes, 0);
  });

  it('finds the sink from inside a shadow tree', async () => {
    const sink = place<TestSink>('<test-sink><div></div></test-sink>');
    const root = (sink.firstElementChild as HTMLElement).attachShadow({ mode: 'open' });
    const source = place<Source>(pattern, root);
    await has(sink, await source.ready);
  });

  it('finds a sink that is upgraded later', async () => {
    const sink = place<TestSink>(`<late-sink>${pattern}</late-sink>`);
    const source = sink.firstElementChild as Source;
    const track = await source.ready;
    customElements.define('late-sink', class extends TestSink {});
    await has(sink, track);
    assert.lengthOf(sink.notes, 1);
  });

  it('gives its track to that sink and to those that it names with for, once each', async () => {
    const other = place<TestSink>('<test-sink id="other"></test-sink>');
    const sink = place<TestSink>(
      '<test-sink id="around"><pattern-source for="other around" width="64" height="64"></pattern-source></test-sink>',
    );
    const track = await (sink.firstElementChild as Source).ready;
    await has(sink, track);
    await has(other, track);
    assert.lengthOf(sink.notes, 1);
  });

  it('takes its track from the sink that it leaves, and gives it to the one that it is moved to', async () => {
    const one = place<TestSink>(`<test-sink>${pattern}</test-sink>`);
    const two = place<TestSink>('<test-sink></test-sink>');
    const source = one.firstElementChild as Source;
    const track = await source.ready;
    await has(one, track);
    two.append(source);
    await has(two, track);
    await lacks(one, track);
    document.body.append(source);
    await lacks(two, track);
    assert.isTrue(source.track === track);
    assert.equal(track.readyState, 'live');
    source.remove();
  });

  it('takes its track from a sink that is removed together with it', async () => {
    const sink = place<TestSink>(`<test-sink>${pattern}</test-sink>`);
    const source = sink.firstElementChild as Source;
    const track = await source.ready;
    await has(sink, track);
    sink.remove();
    await lacks(sink, track);
    assert.equal(source.state, 'stopped');
  });
});

describe('a sink element that a source names with for', () => {
  it('gets the track once it is upgraded', async () => {
    const sink = place<TestSink>('<later-sink id="later"></later-sink>');
    const source = place<Source>('<pattern-source for="later" width="64" height="64"></pattern-source>');
    const track = await source.ready;
    customElements.define('later-sink', class extends TestSink {});
    await has(sink, track);
  });

  it('sees a change of track as removeTrack and addTrack in one task, so that it can replace', async () => {
    const sink = place<TestSink>('<test-sink id="sink"></test-sink>');
    const source = place<HTMLElementTagNameMap['track-generator']>(
      '<track-generator kind="video" for="sink"></track-generator>',
    );
    const first = await source.ready;
    await has(sink, first);
    source.stop();
    const second = await source.start();
    await has(sink, second);
    source.kind = 'audio';
    const third = await waitFor(
      () => (source.track?.kind === 'audio' ? source.track : null),
      'a track of the other kind',
    );
    await has(sink, third);
    assert.deepEqual(
      sink.notes.map(({ what, track }) => [what, [first, second, third].indexOf(track)]),
      [
        ['add', 0],
        ['remove', 0],
        ['add', 1],
        ['remove', 1],
        ['add', 2],
      ],
    );
    const [, removed, added, removedToo, addedToo] = sink.notes;
    assert.equal(removed.task, added.task);
    assert.equal(removedToo.task, addedToo.task);
    assert.isTrue(added.source === source);
  });

  it('keeps the same track through every change of the signal', async () => {
    const sink = place<TestSink>('<test-sink id="sink"></test-sink>');
    const source = place<HTMLElementTagNameMap['pattern-source']>(
      '<pattern-source for="sink" width="64" height="64"></pattern-source>',
    );
    await has(sink, await source.ready);
    source.width = 128;
    source.pattern = 'ball';
    source.frameRate = 15;
    await waitFor(() => source.track?.getSettings().width === 128, 'the new size');
    assert.lengthOf(sink.notes, 1);
  });
});
