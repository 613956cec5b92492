/* A sink waits for the tracks of the sources inside it, by their events. */
import { ContextConsumer } from '@lit/context';
import { LitElement } from 'lit';
import { TrackSinkController, type TrackSinkHost } from '../../dist/controllers/track-sink-controller.js';
import { waitForSources } from '../../dist/controllers/wait-for-sources.js';
import { sinkContext } from '../../dist/sinks/track-sink.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { assert, describe, it } from '../support/suite.js';
import { collectTimeouts } from '../support/timers.js';
import { sleep } from '../support/waiting.js';

class WaitingSink extends LitElement implements TrackSinkHost {
  readonly srcObject = null;
  readonly sink = new TrackSinkController(this, { trackChanged: () => {}, failed: () => {} });

  addTrack(track: MediaStreamTrack, source: HTMLElement): void {
    this.sink.addTrack(track, source);
  }

  removeTrack(track: MediaStreamTrack): void {
    this.sink.removeTrack(track);
  }
}

/** A source whose state a test sets. */
class WaitedSource extends LitElement {
  readonly consumer = new ContextConsumer(this, { context: sinkContext, subscribe: true });
  tracks: readonly MediaStreamTrack[] = [];
  #state = 'starting';

  get state(): string {
    return this.#state;
  }

  set state(state: string) {
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
  }

  handOver(): void {
    for (const track of this.tracks) this.consumer.value?.addTrack(track, this);
  }
}

customElements.define('waiting-sink', WaitingSink);
customElements.define('waited-source', WaitedSource);

function audioTrack(): MediaStreamTrack {
  const context = new AudioContext();
  onCleanup(() => context.close());
  return stopAfterTest(context.createMediaStreamDestination().stream.getAudioTracks()[0] as MediaStreamTrack);
}

/** A sink that waits, with sources in these states. */
function waitInside(...states: readonly string[]) {
  const sink = place<WaitingSink>(
    `<waiting-sink>${'<waited-source></waited-source>'.repeat(states.length)}</waiting-sink>`,
  );
  const sources = [...sink.children] as WaitedSource[];
  for (const [index, source] of sources.entries()) source.state = states[index] as string;
  const stopping = new AbortController();
  const wait = { isOver: false, sink, sources, stop: () => stopping.abort() };
  const waited = waitForSources(sink.sink, stopping.signal).then(() => {
    wait.isOver = true;
  });
  return { wait, waited };
}

describe('waitForSources()', () => {
  it('does not wait where no source is making a track', async () => {
    await waitInside().waited;
    await waitInside('live', 'stopped', 'failed', 'idle').waited;
  });

  for (const state of ['starting', 'connecting']) {
    it(`waits until the last source that is ${state} has another state`, async () => {
      const { wait, waited } = waitInside(state, 'live', state);
      await sleep(0);
      wait.sources[0].state = 'failed';
      await sleep(0);
      assert.isFalse(wait.isOver);
      wait.sources[2].state = 'live';
      await waited;
    });
  }

  it('waits for a track that its source has, and has not handed over', async () => {
    const { wait, waited } = waitInside('starting');
    await sleep(0);
    const [source] = wait.sources;
    source.tracks = [audioTrack()];
    source.state = 'live';
    await sleep(0);
    assert.isFalse(wait.isOver);
    source.handOver();
    await waited;
    assert.deepEqual(wait.sink.sink.tracks, source.tracks);
  });

  it('waits for a source that is added meanwhile', async () => {
    const { wait, waited } = waitInside('starting');
    await sleep(0);
    const late = new WaitedSource();
    wait.sink.append(late);
    wait.sources[0].state = 'live';
    await sleep(0);
    assert.isFalse(wait.isOver);
    late.state = 'live';
    await waited;
  });

  it('ends with its signal', async () => {
    const { wait, waited } = waitInside('starting');
    await sleep(0);
    wait.stop();
    await waited;
    const again = waitForSources(wait.sink.sink, AbortSignal.abort());
    await again;
  });

  it('waits for five seconds at most, and leaves no timer when it ends before', async () => {
    const timeouts = collectTimeouts();
    const { wait, waited } = waitInside('starting');
    await sleep(10);
    assert.deepEqual([...timeouts.values()], [5000]);
    wait.sources[0].state = 'live';
    await waited;
    assert.deepEqual([...timeouts.values()], []);
    const stopped = waitInside('starting');
    await sleep(10);
    assert.deepEqual([...timeouts.values()], [5000]);
    stopped.wait.stop();
    await stopped.waited;
    assert.deepEqual([...timeouts.values()], []);
  });
});
