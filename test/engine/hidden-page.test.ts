/* Tracks continue in a page behind another tab, and in a page whose main thread is blocked. */
import 'track-elements/define/all';
import { executeServerCommand } from '@web/test-runner-commands';
import { place } from '../support/page.js';
import { connectPeers } from '../support/peers.js';
import { hasProcessor, skip } from '../support/skipping.js';
import { afterEach, assert, describe, it } from '../support/suite.js';
import { captureFramesUntil } from '../support/track-reading.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

const isWebDriver = !hasProcessor && typeof RTCPeerConnection !== 'function';
const seconds = 3;

/** Counts the frames of a track that no element shows. */
interface Counter {
  frames(): Promise<number>;
  close(): void;
}

function countRead(track: MediaStreamTrack): Counter {
  let count = 0;
  let over = false;
  captureFramesUntil(track, ({ length }) => {
    count = length;
    return over;
  }).catch(() => {});
  return {
    frames: async () => count,
    close() {
      over = true;
    },
  };
}

async function countDecoded(track: MediaStreamTrack): Promise<Counter> {
  const open = await connectPeers([track]);
  const video = place<HTMLVideoElement>('<video autoplay muted playsinline></video>');
  video.srcObject = new MediaStream(open.tracks);
  return {
    frames: async () => (await open.inboundStats('video'))?.framesDecoded ?? 0,
    close: () => open.close(),
  };
}

describe('a page that is hidden behind another tab', () => {
  afterEach(async () => {
    if (!isWebDriver) await executeServerCommand('page-hidden', false);
  });

  async function hide(): Promise<void> {
    const hidden = document.hidden ? Promise.resolve() : nextEvent(document, 'visibilitychange', { timeoutMs: 30_000 });
    await executeServerCommand('page-hidden', true);
    await hidden;
    assert.equal(document.visibilityState, 'hidden');
  }

  it('makes frames as before, and loses at most one in twenty of them', async function () {
    this.timeout(60_000);
    if (isWebDriver) skip(this, 'WebKitGTK under WebDriver has no second tab, and no peer connection to count by');
    const source = place<PatternSource>('<pattern-source pattern="ball" width="320" height="180"></pattern-source>');
    const track = await source.ready;
    await waitFor(async () => (await source.getStats()).produced > 5, 'some frames');
    const counter = hasProcessor ? countRead(track) : await countDecoded(track);
    await waitFor(async () => (await counter.frames()) > 30, 'frames arrive');
    /** The frames of some seconds: those that the source made, and those that arrived. */
    const measure = async () => {
      const [{ produced }, before] = [await source.getStats(), await counter.frames()];
      await sleep(seconds * 1000);
      const [later, after] = [await source.getStats(), await counter.frames()];
      return { made: later.produced - produced, arrived: after - before };
    };
    const visible = await measure();
    await hide();
    // A busy machine loses frames in a visible page too, and may spoil a round: the browser can be late with frames that it has.
    const share = Math.min(1, visible.arrived / visible.made);
    const rounds: Awaited<ReturnType<typeof measure>>[] = [];
    const isGood = () => rounds.some(({ made, arrived }) => arrived >= made * share * 0.95);
    while (rounds.length < 5 && !isGood()) rounds.push(await measure());
    counter.close();
    assert.isTrue(isGood(), `frames: ${JSON.stringify([visible, ...rounds])}`);
    // A hidden page has less of a busy machine. Timers that browsers slow down there would leave one frame a second.
    for (const { made } of rounds) assert.isAbove(made, visible.made / 2, 'frames that the source makes');
  });

  it('starts, pauses and stops sources as in a visible page', async function () {
    this.timeout(60_000);
    if (isWebDriver) skip(this, 'WebKitGTK under WebDriver has no second tab, and no peer connection to count by');
    await hide();
    const source = place<PatternSource>('<pattern-source width="64" height="64"></pattern-source>');
    const tone = place<ToneSource>('<tone-source></tone-source>');
    const track = await source.ready;
    await tone.ready;
    await waitFor(async () => (await source.getStats()).produced > 15, 'frames');
    await waitFor(async () => (await tone.getStats()).produced > 15, 'blocks');
    source.remove();
    await waitFor(() => source.state === 'stopped', 'a removed source stops');
    assert.equal(track.readyState, 'ended');
  });
});

describe('a page whose main thread is blocked 200 ms in every second', () => {
  it('produces 99 % of the frames and of the blocks that are made while it is not', async function () {
    this.timeout(60_000);
    if (!hasProcessor) skip(this, 'elsewhere the main thread shows the bitmaps: the bench compares that');
    const source = place<PatternSource>('<pattern-source pattern="ball" width="320" height="180"></pattern-source>');
    const tone = place<ToneSource>('<tone-source></tone-source>');
    await Promise.all([source.ready, tone.ready]);
    await waitFor(async () => (await source.getStats()).produced > 10, 'some frames');
    /** The frames and the blocks of three seconds, in parts of those that were due. */
    const measure = async (busyMs: number) => {
      const [frames, blocks] = [await source.getStats(), await tone.getStats()];
      const start = performance.now();
      for (let second = 0; second < seconds; second++) {
        const busyUntil = performance.now() + busyMs;
        while (performance.now() < busyUntil);
        await sleep(1000 - busyMs);
      }
      const elapsed = (performance.now() - start) / 1000;
      const [framesLater, blocksLater] = [await source.getStats(), await tone.getStats()];
      // One frame more or less is where the interval begins.
      return {
        frames: (framesLater.produced - frames.produced + 1) / (elapsed * 30),
        blocks: (blocksLater.produced - blocks.produced + 1) / (elapsed * 100),
      };
    };
    // A busy machine makes fewer of both, and not as many in each round.
    const rounds: unknown[] = [];
    while (rounds.length < 4) {
      const [free, blocked] = [await measure(0), await measure(200)];
      const isGood = (kind: 'frames' | 'blocks') => blocked[kind] >= 0.99 * Math.min(1, free[kind]);
      if (isGood('frames') && isGood('blocks')) return;
      rounds.push({ free, blocked });
    }
    assert.fail(JSON.stringify(rounds));
  });
});
