/**
 * Resolves when a video has a picture. A video that has none for two seconds is told of, and waited for.
 *
 * @param signal Ends the wait: the call then rejects with its reason.
 * @throws {DOMException} if the video cannot be played.
 */
export function untilLoaded(video: HTMLVideoElement, signal: AbortSignal, warn: (error: Error) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    const timer = setTimeout(() => warn(noPictureError(video)), PICTURE_WAIT_MS);
    const look = () => {
      if (signal.aborted) reject(signal.reason);
      else if (video.error) reject(playbackError(video, video.error));
      else if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) resolve();
      else return;
      clearTimeout(timer);
      waiting.abort();
    };
    for (const type of ['loadeddata', 'error']) video.addEventListener(type, look, { signal: waiting.signal });
    signal.addEventListener('abort', look, { signal: waiting.signal });
    look();
  });
}

/** The time after which a video without a picture is told of: that of a missing sink. */
const PICTURE_WAIT_MS = 2000;

function playbackError(video: HTMLVideoElement, { code, message }: MediaError): DOMException {
  const why = message ? ` (${message})` : '';
  return new DOMException(
    `The <video> cannot play ${addressOf(video)}${why}: check the address, and whether this browser plays the format. The source ` +
      'starts when the video plays something else.',
    errorNames[code] ?? 'NotSupportedError',
  );
}

/** By the code of a `MediaError`. */
const errorNames: Readonly<Record<number, string>> = { 1: 'AbortError', 2: 'NetworkError', 3: 'EncodingError' };

const noPictureError = (video: HTMLVideoElement): DOMException =>
  new DOMException(
    `The <video> has had no picture for two seconds: ${reasonOf(video)}. The source starts with the first one.`,
    'NotFoundError',
  );

function reasonOf(video: HTMLVideoElement): string {
  const { srcObject, networkState } = video;
  if (srcObject) return 'the stream in its srcObject has delivered none';
  if (networkState === HTMLMediaElement.NETWORK_EMPTY) return 'it has nothing to play; set its src or srcObject';
  if (networkState === HTMLMediaElement.NETWORK_NO_SOURCE) {
    return 'none of its sources can be played; check their addresses and types';
  }
  if (networkState === HTMLMediaElement.NETWORK_IDLE) {
    return `it has stopped loading ${addressOf(video)}; set autoplay, or call its play()`;
  }
  return `it is loading ${addressOf(video)}`;
}

function addressOf({ currentSrc, src }: HTMLVideoElement): string {
  const address = currentSrc || src;
  return address.length > MAX_ADDRESS ? `${address.slice(0, MAX_ADDRESS)}…` : address;
}

/** Characters: a `data:` URL has the whole film in it. */
const MAX_ADDRESS = 200;
