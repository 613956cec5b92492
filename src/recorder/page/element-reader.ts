import type { ShownFrame } from '../messages.js';
import type { TrackReader } from './reader.js';

/**
 * Reads video by an element that shows it, and hands over each picture. The worker answers each one that it takes. While it
 * has not answered {@link MAX_WAITING} of them no more are made, except the newest one as soon as it has.
 */
export function readByElement(track: MediaStreamTrack): TrackReader {
  const { port1, port2 } = new MessageChannel();
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  /** Milliseconds; `null` until it is measured. */
  let refreshInterval: number | null = null;
  let waiting = 0;
  /** The newest picture that was not handed over: when it was shown, in milliseconds of `performance.now()`. */
  let missed: number | null = null;
  const post = (shownAt: number) => {
    // While its track is exchanged, a video may have no picture.
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    missed = shownAt;
    if (refreshInterval === null || waiting >= MAX_WAITING) return;
    missed = null;
    const frame = new VideoFrame(video, { timestamp: Math.round(shownAt * 1000) });
    const shown: ShownFrame = { frame, arrival: performance.timeOrigin + shownAt - SHOWN_LATE * refreshInterval };
    port1.postMessage(shown, [frame]);
    waiting++;
  };
  const callback = (shownAt: number) => {
    // Requested first: one picture that cannot be read must not end the reading.
    request = video.requestVideoFrameCallback(callback);
    post(shownAt);
  };
  let request = video.requestVideoFrameCallback(callback);
  port1.onmessage = ({ data }) => {
    if (data !== 'taken') return;
    waiting--;
    if (missed !== null) post(missed);
  };
  video.play().catch(() => {});
  void measureRefreshInterval().then((interval) => {
    refreshInterval = interval;
    if (missed !== null) post(missed);
  });
  return {
    input: { port: port2 },
    transfer: [port2],
    close() {
      video.cancelVideoFrameCallback(request);
      video.srcObject = null;
      missed = null;
      port1.close();
    },
  };
}

/** Pictures that wait while the worker is busy: a second of them, as in browsers that read a track without an element. */
const MAX_WAITING = 30;

/**
 * How long before its callback a picture came to the element, in refreshes of the screen: it is shown at the next refresh, and
 * the callback is called at the one after that. In Firefox the median was 48.7 ms at 30 Hz, 21.5 ms at 60 Hz and 12.4 ms at
 * 120 Hz. Of the callback's metadata, `presentationTime` and `expectedDisplayTime` are the time of the callback, and `mediaTime`
 * follows it; the timestamp of a `VideoFrame` of the element is always 0: nothing tells when the picture came.
 */
const SHOWN_LATE = 1.5;

/** The time between two refreshes of the screen, in milliseconds. */
function measureRefreshInterval(): Promise<number> {
  return new Promise((resolve) => {
    const times: number[] = [];
    const read = (time: number) => {
      times.push(time);
      if (times.length <= REFRESH_READINGS) {
        requestAnimationFrame(read);
        return;
      }
      const intervals = times.slice(1).map((each, index) => each - (times[index] as number));
      // A busy page misses refreshes, so that the longer half does not count.
      resolve(intervals.sort((a, b) => a - b)[REFRESH_READINGS >> 2] as number);
    };
    requestAnimationFrame(read);
    // A hidden page has no animation frames.
    setTimeout(() => resolve(USUAL_REFRESH_INTERVAL_MS), MEASURE_TIMEOUT_MS);
  });
}

const REFRESH_READINGS = 8;
const MEASURE_TIMEOUT_MS = 500;
const USUAL_REFRESH_INTERVAL_MS = 1000 / 60;
