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

  it('loses at most one frame in twenty', async function () {
    this.timeout(60_000);
    if (isWebDriver) skip(this, 'WebKitGTK under WebDriver has no second tab, and no peer connection to count by');
    const source = place<PatternSource>('<pattern-source pattern="ball" width="320" height="180"></pattern-source>');
    const track = await source.ready;
    await waitFor(async () => (await source.getStats()).produced > 5, 'some frames');
    const counter = hasProcessor ? countRead(track) : await countDecoded(track);
    await waitFor(async () => (await counter.frames()) > 30, 'frames arrive');
    const measureRate = async () => {
      const start = performance.now();
      const before = await counter.frames();
      await sleep(seconds * 1000);
      const frames = (await counter.frames()) - before;
      return (frames * 1000) / (performance.now() - start);
    };
    // A busy machine loses frames of a visible page too.
    const wanted = 0.95 * Math.min(30, await measureRate());
    await hide();
    // It may also spoil a round.
    const rates: number[] = [];
    while (rates.length < 3 && !(rates[rates.length - 1] >= wanted)) rates.push(await measureRate());
    counter.close();
    assert.isAbove(wanted, 15, 'frames a second of the visible page');
    assert.isAtLeast(rates[rates.length - 1], wanted, `frames a second: ${rates}`);
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
  it('produces 99 % of the frames, and every block', async function () {
    this.timeout(60_000);
    if (!hasProcessor) skip(this, 'elsewhere the main thread shows the bitmaps: the bench compares that');
    const source = place<PatternSource>('<pattern-source pattern="ball" width="320" height="180"></pattern-source>');
    const tone = place<ToneSource>('<tone-source></tone-source>');
    await Promise.all([source.ready, tone.ready]);
    await waitFor(async () => (await source.getStats()).produced > 10, 'some frames');
    // A busy machine may spoil a round.
    const rounds: string[] = [];
    while (rounds.length < 3) {
      const [frames, blocks] = [await source.getStats(), await tone.getStats()];
      const start = performance.now();
      for (let second = 0; second < 3; second++) {
        const busyUntil = performance.now() + 200;
        while (performance.now() < busyUntil);
        await sleep(800);
      }
      const elapsed = (performance.now() - start) / 1000;
      const [framesLater, blocksLater] = [await source.getStats(), await tone.getStats()];
      // One frame more or less is where the interval begins.
      const share = (framesLater.produced - frames.produced + 1) / (elapsed * 30);
      const blockShare = (blocksLater.produced - blocks.produced + 1) / (elapsed * 100);
      if (share >= 0.99 && blockShare >= 0.99) return;
      rounds.push(`${share.toFixed(3)} of the frames, ${blockShare.toFixed(3)} of the blocks`);
    }
    assert.fail(rounds.join('; '));
  });
});
