import type { CapturedTrack } from '../engine/page/captured-input.js';
import { captureMethod } from '../generator/features.js';

/**
 * Captures a video where the browser can: also in a hidden page.
 *
 * @param loaded Called when the video plays something else, which this capture does not show.
 * @throws {DOMException} `SecurityError` for a video of another origin; `NotFoundError` for one without pictures.
 */
export function captureVideo(video: HTMLVideoElement, loaded: () => void): CapturedTrack {
  const stream = captureStreamOf(video);
  const [track] = stream.getVideoTracks();
  // The tracks of a stream that the video plays are the page's, whatever it plays when this capture ends.
  const ours = video.srcObject ? [] : stream.getTracks();
  const listening = new AbortController();
  const { signal } = listening;
  video.addEventListener('loadeddata', loaded, { signal });
  stream.addEventListener('addtrack', loaded, { signal });
  const close = () => {
    listening.abort();
    for (const each of ours) each.stop();
  };
  if (!track) {
    close();
    throw noPicturesError();
  }
  const { videoWidth: width, videoHeight: height } = video;
  return { track, width, height, firstFrame: () => firstFrameOf(video), close };
}

function captureStreamOf(video: HTMLVideoElement): MediaStream {
  const method = captureMethod() ?? 'captureStream';
  try {
    return (video as unknown as Record<typeof method, () => MediaStream>)[method]();
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
  if (video.videoWidth === 0) throw noPicturesError();
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

const noPicturesError = (): DOMException =>
  new DOMException('The element plays no video: an <audio>, or audio alone, has no pictures.', 'NotFoundError');

const otherOriginError = (): DOMException =>
  new DOMException(
    'The video is of another origin, so that it cannot be captured: load it with the attribute crossorigin, from a server ' +
      'that allows it by CORS.',
    'SecurityError',
  );
