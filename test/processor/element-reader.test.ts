/* The pictures of a track that an element shows, for a worker. */
import type { ShownFrame } from '../../dist/processor/messages.js';
import { readByElement } from '../../dist/processor/page/element-reader.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { describeIf, encodesVideo, noVideoEncoder } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { collectTimeouts } from '../support/timers.js';
import { eventually, sleep } from '../support/waiting.js';

const MAX_WAITING = 30;

/** A track of one picture after the other, until `stop()`. */
function movingTrack() {
  const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
  const context = canvas.getContext('2d');
  const [track] = canvas.captureStream().getVideoTracks();
  let count = 0;
  const timer = setInterval(() => context?.fillRect(count++ % 64, 0, 1, 64), 15);
  const stop = () => clearInterval(timer);
  onCleanup(stop);
  return { track: stopAfterTest(track as MediaStreamTrack), stop };
}

/** Reads a track as a worker does, and collects the times of its pictures. */
async function readTrack(track: MediaStreamTrack) {
  const { input, close } = await readByElement(track, new AbortController().signal);
  onCleanup(close);
  if (!('port' in input)) throw new Error('The pictures come by a port.');
  const { port } = input;
  const arrivals: number[] = [];
  port.onmessage = ({ data }: MessageEvent<ShownFrame>) => {
    data.frame.close();
    arrivals.push(data.arrival);
  };
  return { port, arrivals, close };
}

/** Refreshes of a screen at 100 Hz, as far as their times say; a page that is busy misses every third one. */
function fakeRefreshes() {
  const { requestAnimationFrame, cancelAnimationFrame } = globalThis;
  onCleanup(() => Object.assign(globalThis, { requestAnimationFrame, cancelAnimationFrame }));
  let refresh = 0;
  const waiting = new Map<number, ReturnType<typeof setTimeout>>();
  Object.assign(globalThis, {
    requestAnimationFrame(callback: FrameRequestCallback) {
      refresh += refresh % 3 === 2 ? 2 : 1;
      const number = refresh;
      const run = () => {
        waiting.delete(number);
        callback(1000 + number * 10);
      };
      waiting.set(number, setTimeout(run));
      return number;
    },
    cancelAnimationFrame(number: number) {
      clearTimeout(waiting.get(number));
      waiting.delete(number);
    },
  });
  return { waiting };
}

describeIf(encodesVideo, noVideoEncoder, 'readByElement()', () => {
  it('makes no more pictures than wait for a busy worker, and hands over the newest one when it may', async () => {
    const { track, stop } = movingTrack();
    const { port, arrivals } = await readTrack(track);
    await eventually(() => assert.lengthOf(arrivals, MAX_WAITING));
    await sleep(400);
    stop();
    await sleep(100);
    assert.lengthOf(arrivals, MAX_WAITING);
    // The track has no more pictures: this is the last one that was shown.
    port.postMessage('taken');
    await eventually(() => assert.lengthOf(arrivals, MAX_WAITING + 1));
    assert.isAbove(arrivals[MAX_WAITING] - arrivals[MAX_WAITING - 1], 200, 'milliseconds between the last two');
  });

  it('dates a picture by one and a half refreshes of the screen, whatever its rate', async () => {
    fakeRefreshes();
    const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
    onCleanup(() => Object.assign(HTMLVideoElement.prototype, { requestVideoFrameCallback }));
    const shown: number[] = [];
    HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
      return requestVideoFrameCallback.call(this, (now, metadata) => {
        shown.push(performance.timeOrigin + now);
        callback(now, metadata);
      });
    };
    const { arrivals } = await readTrack(movingTrack().track);
    // A measurement of a reader before holds until that of this one is there.
    await eventually(() => {
      assert.isNotEmpty(arrivals);
      const last = arrivals.at(-1) as number;
      assert.isTrue(shown.some((time) => Math.abs(time - last - 15) < 0.01));
    });
    const start = arrivals.length;
    await eventually(() => assert.isAtLeast(arrivals.length, start + 5));
    for (const arrival of arrivals.slice(start)) {
      assert.isTrue(
        shown.some((time) => Math.abs(time - arrival - 15) < 0.01),
        `${arrival} ms`,
      );
    }
  });

  it('hands over the first picture of a track that has no other', async () => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 64, height: 64 });
    canvas.getContext('2d')?.fillRect(0, 0, 64, 64);
    const [track] = canvas.captureStream().getVideoTracks();
    const { arrivals } = await readTrack(stopAfterTest(track as MediaStreamTrack));
    await eventually(() => assert.isNotEmpty(arrivals));
  });

  it('tries a picture again that could not be read', async () => {
    const { track, stop } = movingTrack();
    const { arrivals } = await readTrack(track);
    await eventually(() => assert.isNotEmpty(arrivals));
    const { VideoFrame } = globalThis;
    const restore = () => Object.assign(globalThis, { VideoFrame });
    onCleanup(restore);
    let failures = 0;
    class FailingFrame {
      constructor() {
        failures++;
        throw new DOMException('The picture cannot be read.', 'InvalidStateError');
      }
    }
    Object.assign(globalThis, { VideoFrame: FailingFrame });
    await eventually(() => assert.isAtLeast(failures, 3));
    stop();
    await sleep(100);
    const { length } = arrivals;
    restore();
    // The track has no more pictures: this is the last one that was shown.
    await eventually(() => assert.lengthOf(arrivals, length + 1));
  });

  it('leaves no timer and no animation frame after its end, also while it measures the screen', async () => {
    const { waiting } = fakeRefreshes();
    const timeouts = collectTimeouts();
    const { close } = await readTrack(movingTrack().track);
    close();
    assert.deepEqual([[...timeouts.values()], [...waiting.keys()]], [[], []]);
  });
});
