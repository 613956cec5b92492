/* <whip-publisher> without a server: the tracks that it hands on, and the time in which it waits for tracks. */
import 'track-elements/define/all';
import { ContextEvent } from '@lit/context';
import { sinkContext, type TrackSink } from 'track-elements';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { eventually, sleep, waitFor } from '../support/waiting.js';

type Publisher = HTMLElementTagNameMap['whip-publisher'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const red = '<pattern-source pattern="solid" color="red" width="64" height="64"></pattern-source>';

/** A source that takes as long as a test wants. */
class SlowSource extends HTMLElement {
  state = 'starting';
  sink: TrackSink | null = null;

  connectedCallback(): void {
    this.dispatchEvent(
      new ContextEvent(
        sinkContext,
        this,
        (sink) => {
          this.sink = sink;
        },
        true,
      ),
    );
  }
}
customElements.define('slow-source', SlowSource);

/** A publisher whose server does not answer, so that it keeps trying. */
const placePublisher = (children: string, attributes = '') =>
  place<Publisher>(`<whip-publisher endpoint="http://127.0.0.1:9/whip" ${attributes}>${children}</whip-publisher>`);

describeIf(hasPeers, noPeers, 'the preview of a whip-publisher', () => {
  it('shows the published tracks in the elements that for names', async () => {
    const video = place<HTMLVideoElement>('<video id="preview" autoplay muted playsinline></video>');
    const publisher = placePublisher(`${red}<tone-source></tone-source>`, 'for="preview"');
    const [pattern, tone] = publisher.children as unknown as PatternSource[];
    await eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 32, 32), [255, 0, 0]), 8));
    assert.sameMembers([...publisher.tracks], [pattern?.track, tone?.track]);
    assert.isTrue(publisher.track === pattern?.track);
    assert.sameMembers(publisher.stream.getTracks(), [...publisher.tracks]);
  });

  it('follows an exchange of tracks, and ends with the session while the sources continue', async () => {
    const video = place<HTMLVideoElement>('<video id="preview" autoplay muted playsinline></video>');
    const publisher = placePublisher(red, 'for="preview"');
    await waitFor(() => video.srcObject, 'the preview');
    publisher.innerHTML = red.replace('red', 'lime');
    await eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 32, 32), [0, 255, 0]), 8));
    const source = publisher.firstElementChild as PatternSource;
    const removed: MediaStreamTrack[] = [];
    publisher.addEventListener('removetrack', ({ track }) => {
      removed.push(track);
      assert.equal(publisher.state, 'stopped');
    });
    publisher.stop();
    assert.deepEqual(removed, [source.track]);
    assert.isNull(publisher.track);
    assert.equal(source.track?.readyState, 'live');
    await waitFor(() => video.srcObject === null, 'no preview');
  });

  it('leaves the content hint of the sources', async () => {
    const publisher = placePublisher(red.replace(' ', ' content-hint="detail" '));
    await waitFor(() => publisher.track, 'a published track');
    await publisher.updateComplete;
    if ('contentHint' in MediaStreamTrack.prototype) assert.equal(publisher.track?.contentHint, 'detail');
    else assert.isUndefined(publisher.track?.contentHint);
  });
});

describeIf(hasPeers, noPeers, 'a whip-publisher that waits for tracks', () => {
  it('publishes a source inside that starts later than another, in the same session', async () => {
    const publisher = placePublisher(`${red}<tone-source manual></tone-source>`);
    const tone = publisher.lastElementChild as HTMLElementTagNameMap['tone-source'];
    void tone.start();
    await waitFor(() => publisher.tracks.length > 0, 'a session');
    assert.lengthOf(publisher.tracks, 2);
  });

  it('waits for a source that is added while another is starting', async () => {
    const tone = place<HTMLElementTagNameMap['tone-source']>('<tone-source></tone-source>');
    const track = await tone.ready;
    const publisher = placePublisher(`${red}<slow-source></slow-source>`);
    const [, first] = publisher.children as unknown as [PatternSource, SlowSource];
    // The publisher waits for the first only, by then.
    await sleep(400);
    const second = document.createElement('slow-source') as SlowSource;
    publisher.append(second);
    await sleep(100);
    first.state = 'failed';
    await sleep(400);
    assert.lengthOf(publisher.tracks, 0, 'the second is starting');
    second.sink?.addTrack(track, second);
    second.state = 'live';
    await waitFor(() => publisher.tracks.length > 0, 'a session');
    assert.lengthOf(publisher.tracks, 2);
  });

  it('clears no timer but its own, from its beginning to its end', async () => {
    // The elements of the test before clear theirs when it is certain that they are not put back.
    await sleep(300);
    const { setTimeout: set, clearTimeout: clear } = globalThis;
    const own = new Set<number>();
    const cleared: number[] = [];
    globalThis.setTimeout = ((...parameters: Parameters<typeof set>) => {
      const timer = set(...parameters) as unknown as number;
      own.add(timer);
      return timer;
    }) as typeof setTimeout;
    globalThis.clearTimeout = ((timer?: unknown) => {
      // As the browser reads it: `true` is the timer with the number 1, and `undefined` is none.
      if (Number(timer)) cleared.push(Number(timer));
      clear(timer as number);
    }) as typeof clearTimeout;
    onCleanup(() => Object.assign(globalThis, { setTimeout: set, clearTimeout: clear }));
    const publisher = placePublisher(red);
    await waitFor(() => publisher.tracks.length > 0, 'a session');
    publisher.innerHTML = red.replace('red', 'lime');
    await sleep(50);
    publisher.stop();
    assert.equal(publisher.state, 'stopped');
    publisher.start();
    document.body.append(publisher);
    await sleep(50);
    publisher.remove();
    await waitFor(() => publisher.state === 'stopped', 'stopped');
    assert.isNotEmpty(cleared);
    assert.deepEqual(
      cleared.filter((timer) => !own.has(timer)),
      [],
    );
  });
});

describeIf(hasPeers, noPeers, 'a whip-publisher without an endpoint', () => {
  it('connects again when it gets the endpoint back that it had', async () => {
    const publisher = placePublisher(red);
    const { endpoint } = publisher;
    await waitFor(() => publisher.track, 'a session');
    publisher.endpoint = '';
    await waitFor(() => publisher.state === 'stopped', 'stopped');
    publisher.endpoint = endpoint;
    await waitFor(() => publisher.state !== 'stopped' && publisher.track, 'another session');
  });

  it('waits for one', async () => {
    const publisher = place<Publisher>(`<whip-publisher>${red}</whip-publisher>`);
    await sleep(100);
    assert.equal(publisher.state, 'idle');
    assert.isNull(publisher.track);
  });
});
