/* The pictures of a track that an element shows, for a worker. */
import { readByElement } from '../../dist/recorder/page/element-reader.js';
import { onCleanup, stopAfterTest } from '../support/cleanup.js';
import { describeIf, encodesVideo, noVideoEncoder } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
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

describeIf(encodesVideo, noVideoEncoder, 'readByElement()', () => {
  it('makes no more pictures than wait for a busy worker, and hands over the newest one when it may', async () => {
    const { track, stop } = movingTrack();
    const { input, close } = readByElement(track);
    onCleanup(close);
    if (!('port' in input)) throw new Error('The pictures come by a port.');
    const { port } = input;
    const arrivals: number[] = [];
    port.onmessage = ({ data }: MessageEvent<{ frame: VideoFrame; arrival: number }>) => {
      data.frame.close();
      arrivals.push(data.arrival);
    };
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
    // Refreshes of a screen at 100 Hz, as far as their times say; a page that is busy misses every third one.
    const { requestAnimationFrame } = globalThis;
    onCleanup(() => Object.assign(globalThis, { requestAnimationFrame }));
    let refresh = 0;
    const fake = (callback: FrameRequestCallback) => {
      refresh += refresh % 3 === 2 ? 2 : 1;
      setTimeout(() => callback(1000 + refresh * 10));
      return refresh;
    };
    Object.assign(globalThis, { requestAnimationFrame: fake });
    const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
    onCleanup(() => Object.assign(HTMLVideoElement.prototype, { requestVideoFrameCallback }));
    const shown: number[] = [];
    HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
      return requestVideoFrameCallback.call(this, (now, metadata) => {
        shown.push(performance.timeOrigin + now);
        callback(now, metadata);
      });
    };
    const { input, close } = readByElement(movingTrack().track);
    onCleanup(close);
    if (!('port' in input)) throw new Error('The pictures come by a port.');
    const { port } = input;
    const arrivals: number[] = [];
    port.onmessage = ({ data }: MessageEvent<{ frame: VideoFrame; arrival: number }>) => {
      data.frame.close();
      arrivals.push(data.arrival);
    };
    await eventually(() => assert.isAtLeast(arrivals.length, 5));
    // A callback may have come before the measurement.
    const first = shown.findIndex((time) => time > arrivals[0] + 10);
    for (const [index, arrival] of arrivals.slice(0, 5).entries()) {
      assert.closeTo(shown[first + index] - arrival, 15, 0.01);
    }
  });
});
