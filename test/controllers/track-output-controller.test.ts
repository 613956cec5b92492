/* `for` and `sinks`: which sinks have a source's track while elements are added, removed and renamed. */
import 'track-elements/define/all';
import { byId, place, removePlaced } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { TestSink } from '../support/test-sink.js';
import { waitFor } from '../support/waiting.js';

type Source = HTMLElementTagNameMap['pattern-source'];

customElements.define('test-sink', TestSink);

const pattern = (attributes: string) => `<pattern-source width="64" height="64" ${attributes}></pattern-source>`;
const makeSource = (attributes = '') => place<Source>(pattern(attributes));
const makeSink = (id: string) => place<TestSink>(`<test-sink id="${id}"></test-sink>`);
const has = (sink: TestSink, track: MediaStreamTrack | null) =>
  waitFor(() => sink.tracks.includes(track as never), `#${sink.id} has it`);
const lacks = (sink: TestSink, track: MediaStreamTrack | null) =>
  waitFor(() => !sink.tracks.includes(track as never), `#${sink.id} lacks it`);

describe('for', () => {
  it('gives the track to several sinks, elements with addTrack and media elements alike', async () => {
    const one = makeSink('one');
    const two = makeSink('two');
    const video = place<HTMLVideoElement>('<video id="three" muted></video>');
    const source = makeSource('for="one two three"');
    const track = await source.ready;
    await has(one, track);
    await has(two, track);
    await waitFor(() => video.srcObject, 'the video has a stream');
    assert.deepEqual((video.srcObject as MediaStream).getTracks(), [track]);
    assert.isTrue(one.notes[0].source === source);
  });

  it('gives the track to the other sinks if one of them throws, and tells of its error', async () => {
    const broken = makeSink('broken');
    broken.addTrack = () => {
      throw new RangeError('no room today');
    };
    const other = makeSink('other');
    const video = place<HTMLVideoElement>('<video id="screen" muted></video>');
    const source = makeSource('for="broken other screen"');
    const errors: string[] = [];
    source.addEventListener('error', (event) => {
      event.preventDefault();
      errors.push(event.message);
    });
    const track = await source.ready;
    await has(other, track);
    await waitFor(() => video.srcObject, 'the video has a stream');
    assert.equal(source.state, 'live');
    assert.deepEqual(errors, ['no room today']);
  });

  it('reaches a sink that is added later', async () => {
    const source = makeSource('for="late"');
    const track = await source.ready;
    await has(makeSink('late'), track);
    removePlaced();
    const other = makeSource('for="box-sink"');
    await other.ready;
    // Inside a tree that is added as a whole.
    place('<div><p><test-sink id="box-sink"></test-sink></p></div>');
    await has(byId('box-sink'), other.track);
  });

  it('follows a sink that is replaced by one of the same id', async () => {
    const first = makeSink('place');
    const source = makeSource('for="place"');
    const track = await source.ready;
    await has(first, track);
    const second = document.createElement('test-sink') as TestSink;
    second.id = 'place';
    first.replaceWith(second);
    await has(second, track);
    await lacks(first, track);
    second.remove();
    await lacks(second, track);
    assert.equal(track.readyState, 'live');
  });

  it('follows ids that change', async () => {
    const one = makeSink('here');
    const two = makeSink('there');
    const source = makeSource('for="here"');
    const track = await source.ready;
    await has(one, track);
    one.id = 'elsewhere';
    await lacks(one, track);
    two.id = 'here';
    await has(two, track);
  });

  it('reaches the video of a player that wraps it and takes its id, as Video.js does', async () => {
    const video = place<HTMLVideoElement>('<video id="player" muted></video>');
    const source = makeSource('for="player"');
    const track = await source.ready;
    const tracksOf = () => (video.srcObject as MediaStream | null)?.getTracks() ?? [];
    await waitFor(() => tracksOf().includes(track), 'the video has the track');
    const wrapper = document.createElement('div');
    wrapper.className = 'video-js';
    video.before(wrapper);
    video.id = 'player_html5_api';
    video.className = 'vjs-tech';
    wrapper.id = 'player';
    wrapper.append(video, place('<button class="vjs-big-play-button"></button>'));
    const later = makeSource('for="player"');
    const other = await later.ready;
    // The source that came last has the place of its kind.
    await waitFor(() => tracksOf().includes(other), 'the wrapped video has the later track');
    assert.deepEqual(tracksOf(), [other]);
    later.remove();
    await waitFor(() => tracksOf().includes(track), 'the wrapped video has the first track again');
    wrapper.remove();
  });

  it('can be changed and removed', async () => {
    const one = makeSink('one');
    const two = makeSink('two');
    const source = makeSource('for="one"');
    const track = await source.ready;
    await has(one, track);
    source.htmlFor = 'two';
    await has(two, track);
    await lacks(one, track);
    source.setAttribute('for', '  one   two ');
    await has(one, track);
    source.removeAttribute('for');
    await lacks(one, track);
    await lacks(two, track);
    // One addTrack() and one removeTrack() for each time that the sink was named.
    assert.deepEqual(
      two.notes.map(({ what }) => what),
      ['add', 'remove'],
    );
  });

  it('means ids of its own tree, also unusual ones', async () => {
    const outside = makeSink('sink:1.2');
    const host = place('<div></div>');
    const root = host.attachShadow({ mode: 'open' });
    const inside = place<TestSink>('<test-sink id="sink:1.2"></test-sink>', root);
    const source = place<Source>(pattern('for="sink:1.2"'), root);
    const track = await source.ready;
    await has(inside, track);
    assert.lengthOf(outside.notes, 0);
  });

  it('ignores ids without an element, and elements that are not sinks', async () => {
    place('<div id="no-sink"></div>');
    const sink = makeSink('sink');
    const source = makeSource('for="nowhere no-sink sink"');
    await has(sink, await source.ready);
    assert.equal(source.state, 'live');
  });

  it('gives the track once there is one, and takes it away on stop()', async () => {
    const sink = makeSink('sink');
    const source = makeSource('for="sink" manual');
    await source.updateComplete;
    assert.lengthOf(sink.notes, 0);
    const track = await source.start();
    await has(sink, track);
    source.stop();
    await lacks(sink, track);
    const next = await source.start();
    await has(sink, next);
    source.remove();
    await lacks(sink, next);
  });
});

describe('sinks', () => {
  it('replaces for until it is null again', async () => {
    const named = makeSink('named');
    const given = makeSink('given');
    const source = makeSource('for="named"');
    const track = await source.ready;
    await has(named, track);
    source.sinks = [given];
    await has(given, track);
    await lacks(named, track);
    source.sinks = [];
    await lacks(given, track);
    source.sinks = null;
    await has(named, track);
  });

  it('may be an iterator, which can be read once only', async () => {
    const sink = makeSink('once');
    const source = makeSource();
    Object.assign(source, { sinks: [sink].values() });
    const track = await source.ready;
    await has(sink, track);
    source.contentHint = 'detail';
    await source.updateComplete;
    assert.isTrue(sink.tracks.includes(track));
  });

  it('reaches into shadow trees, other documents and sinks that are not connected', async () => {
    const root = place('<div></div>').attachShadow({ mode: 'closed' });
    const hidden = place<TestSink>('<test-sink></test-sink>', root);
    const loose = document.createElement('test-sink') as TestSink;
    const frame = place<HTMLIFrameElement>('<iframe></iframe>');
    const video = frame.contentDocument?.createElement('video') as HTMLVideoElement;
    frame.contentDocument?.body.append(video);
    const source = makeSource();
    source.sinks = [hidden, loose, video];
    const track = await source.ready;
    await has(hidden, track);
    await has(loose, track);
    await waitFor(() => video.srcObject, 'the video of the other document has a stream');
  });

  it('gives the track once to a sink that it names twice', async () => {
    const sink = makeSink('sink');
    const source = makeSource();
    source.sinks = [sink, sink];
    await has(sink, await source.ready);
    assert.lengthOf(sink.notes, 1);
  });
});
