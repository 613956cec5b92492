import { canReadShownPictures, hasNative } from '../../generator/features.js';
import type { ShownFrame } from '../messages.js';
import type { PortReader } from './reader.js';
import { RefreshWatch } from './refresh-watch.js';
import { ShownPictures } from './shown-pictures.js';

/**
 * Reads video by an element that shows it, and hands over each picture. The worker answers each one that it takes. While it
 * has not answered {@link MAX_WAITING} of them no more are made, except the newest one as soon as it has.
 *
 * @param signal Ends the wait for the measurement of the screen: it resolves.
 * @throws {DOMException} `NotSupportedError` (as a rejection) in a browser that lacks `VideoFrame` or `requestVideoFrameCallback()`.
 */
export async function readByElement(track: MediaStreamTrack, signal: AbortSignal): Promise<PortReader> {
  if (!canReadShownPictures()) {
    const missing = hasNative('VideoFrame') ? 'requestVideoFrameCallback()' : 'VideoFrame';
    throw new DOMException(`This browser has no ${missing}: pictures cannot be read.`, 'NotSupportedError');
  }
  const refreshes = await RefreshWatch.open(signal);
  const { port1, port2 } = new MessageChannel();
  let waiting = 0;
  /** The newest picture that was not handed over: when it was shown, in milliseconds of `performance.now()`, and its number. */
  let missed: readonly [shownAt: number, shown: number] | null = null;
  let lastRead = Number.POSITIVE_INFINITY;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const postMissed = () => {
    if (missed) post(...missed);
  };
  const post = (shownAt: number, number: number) => {
    clearTimeout(retry);
    if (!pictures.hasPicture) return;
    missed = [shownAt, number];
    if (waiting >= MAX_WAITING) return;
    let frame: VideoFrame;
    try {
      frame = pictures.read(shownAt);
    } catch {
      // The next picture may be long in coming.
      retry = setTimeout(postMissed, RETRY_MS);
      return;
    }
    missed = null;
    const arrival = performance.timeOrigin + shownAt - SHOWN_LATE * refreshes.interval;
    const unread = Math.max(0, number - lastRead - 1);
    lastRead = number;
    const shown: ShownFrame = { frame, arrival, unread };
    port1.postMessage(shown, [frame]);
    waiting++;
  };
  const pictures = new ShownPictures(track, post);
  port1.onmessage = ({ data }) => {
    if (data !== 'taken') return;
    waiting--;
    postMissed();
  };
  return {
    input: { port: port2 },
    transfer: [port2],
    close() {
      pictures.close();
      missed = null;
      clearTimeout(retry);
      refreshes.close();
      port1.close();
    },
  };
}

/** Pictures that wait while the worker is busy: a second of them, as in browsers that read a track without an element. */
const MAX_WAITING = 30;

/** A picture that could not be read is tried again after this time. */
const RETRY_MS = 100;

/**
 * How long before its callback a picture came to the element, in refreshes of the screen: it is shown at the next refresh, and
 * the callback is called at the one after that. In Firefox the median was 48.7 ms at 30 Hz, 21.5 ms at 60 Hz and 12.4 ms at
 * 120 Hz. Of the callback's metadata, `presentationTime` and `expectedDisplayTime` are the time of the callback, and `mediaTime`
 * follows it; the timestamp of a `VideoFrame` of the element is always 0: nothing tells when the picture came.
 */
const SHOWN_LATE = 1.5;
