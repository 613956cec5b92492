import type { CapturedTrack } from '../engine/page/captured-input.js';
import { captureMethod } from '../generator/features.js';
import type { TrackKind } from '../signals/track-kind.js';

/**
 * Captures a media element where the browser can: also in a hidden page.
 *
 * @param loaded Called when the element plays something else, which this capture does not show.
 * @throws {DOMException} `SecurityError` for media of another origin; `NotFoundError` if the element plays nothing of the kind.
 */
export function captureMedia(element: HTMLMediaElement, kind: TrackKind, loaded: () => void): CapturedTrack {
  const { stream, release } = acquireStream(element);
  // Chromium keeps the track of the file that was loaded before, and it is silent.
  const track = stream.getTracks().findLast((each) => each.kind === kind && each.readyState === 'live');
  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener('loadeddata', loaded, { signal });
  // Chromium also fires the event for the first tracks.
  stream.addEventListener('addtrack', (event) => event.track !== track && loaded(), { signal });
  const close = () => {
    listening.abort();
    release();
  };
  if (!track) {
    close();
    throw nothingError(kind);
  }
  if (kind === 'audio') return { track, close };
  const video = element as HTMLVideoElement;
  const { videoWidth: width, videoHeight: height } = video;
  return { track, width, height, firstFrame: () => firstFrameOf(video), close };
}

interface SharedStream {
  readonly stream: MediaStream;
  holders: number;
}

const streams = new WeakMap<HTMLMediaElement, SharedStream>();

/**
 * The captured stream of an element. All captures share it: Chromium gives the audio of an element to the newest stream alone, and
 * to none as soon as a track of it is stopped.
 */
function acquireStream(element: HTMLMediaElement): { readonly stream: MediaStream; readonly release: () => void } {
  // The tracks of a stream that the element plays are the page's.
  if (element.srcObject) return { stream: streamOf(element), release() {} };
  const shared = streams.get(element) ?? { stream: streamOf(element), holders: 0 };
  streams.set(element, shared);
  shared.holders++;
  return {
    stream: shared.stream,
    release() {
      if (--shared.holders > 0) return;
      streams.delete(element);
      for (const track of shared.stream.getTracks()) track.stop();
    },
  };
}

function streamOf(element: HTMLMediaElement): MediaStream {
  const method = captureMethod() ?? 'captureStream';
  try {
    return (element as unknown as Record<typeof method, () => MediaStream>)[method]();
  } catch (error) {
    throw (error as Error).name === 'SecurityError' ? otherOriginError() : error;
  }
}

/**
 * Draws each picture of a video on a canvas, which is captured: where the browser captures canvases alone (WebKit). It shows
 * whatever the video plays, while the page is in front.
 *
 * @throws {DOMException} `SecurityError` for a video of another origin; `NotFoundError` for one without pictures.
 */
export function drawVideo(video: HTMLVideoElement): CapturedTrack {
  if (video.videoWidth === 0) throw nothingError('video');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const draw = () => {
    const { videoWidth: width, videoHeight: height } = video;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.drawImage(video, 0, 0);
    request = video.requestVideoFrameCallback(draw);
  };
  let request = 0;
  draw();
  const close = () => {
    video.cancelVideoFrameCallback(request);
    track?.stop();
  };
  let track: MediaStreamTrack | undefined;
  try {
    [track] = canvas.captureStream().getVideoTracks();
  } catch (error) {
    close();
    throw (error as Error).name === 'SecurityError' ? otherOriginError() : error;
  }
  const { width, height } = canvas;
  return { track: track as MediaStreamTrack, width, height, firstFrame: () => firstFrameOf(video), close };
}

/** A video that does not play delivers nothing. */
const firstFrameOf = (video: HTMLVideoElement): VideoFrame => new VideoFrame(video, { timestamp: 0 });

function nothingError(kind: TrackKind): DOMException {
  const reason = kind === 'video' ? 'an <audio>, or audio alone, has no pictures' : 'what it plays has pictures alone';
  return new DOMException(`The element plays no ${kind}: ${reason}.`, 'NotFoundError');
}

/** WebKit has no capture of elements. A context that plays an element takes the audio away from the page, until the element is removed. */
export const noAudioError = (): DOMException =>
  new DOMException(
    'This browser cannot capture the audio of elements: give the file to a <file-source>, or the stream to the sink.',
    'NotSupportedError',
  );

const otherOriginError = (): DOMException =>
  new DOMException(
    'The element plays media of another origin, so it cannot be captured: load it with the attribute crossorigin, from a server that ' +
      'allows it by CORS.',
    'SecurityError',
  );
