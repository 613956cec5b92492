import type { TrackKind } from '../signals/track-kind.js';

/**
 * Resolves when a media element has a picture or its first samples. If it has none for two seconds, this is reported, and the
 * function continues to wait.
 *
 * @param signal Ends the wait: the call then rejects with its reason.
 * @throws {DOMException} if what it plays cannot be played.
 */
export function untilLoaded(
  element: HTMLMediaElement,
  kind: TrackKind,
  signal: AbortSignal,
  warn: (error: Error) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = new AbortController();
    const timer = setTimeout(() => warn(nothingError(element, kind)), MEDIA_WAIT_MS);
    const look = () => {
      if (signal.aborted) reject(signal.reason);
      else if (element.error) reject(playbackError(element, element.error));
      else if (element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) resolve();
      else return;
      clearTimeout(timer);
      waiting.abort();
    };
    for (const type of ['loadeddata', 'error']) element.addEventListener(type, look, { signal: waiting.signal });
    signal.addEventListener('abort', look, { signal: waiting.signal });
    look();
  });
}

/** The time after which an element without media is reported, the same as for a missing sink. */
const MEDIA_WAIT_MS = 2000;

function playbackError(element: HTMLMediaElement, { code, message }: MediaError): DOMException {
  const why = message ? ` (${message})` : '';
  return new DOMException(
    `The <${element.localName}> cannot play ${addressOf(element)}${why}: check the address, and whether this browser plays the format. The source ` +
      'starts when the element plays something else.',
    errorNames[code] ?? 'NotSupportedError',
  );
}

/** By the code of a `MediaError`. */
const errorNames: Readonly<Record<number, string>> = { 1: 'AbortError', 2: 'NetworkError', 3: 'EncodingError' };

function nothingError(element: HTMLMediaElement, kind: TrackKind): DOMException {
  const [missing, start] = kind === 'video' ? ['picture', 'with the first one'] : ['audio', 'when it comes'];
  return new DOMException(
    `The <${element.localName}> has had no ${missing} for two seconds: ${reasonOf(element)}. The source starts ${start}.`,
    'NotFoundError',
  );
}

function reasonOf(element: HTMLMediaElement): string {
  const { srcObject, networkState } = element;
  if (srcObject) return 'the stream in its srcObject has delivered none';
  if (networkState === HTMLMediaElement.NETWORK_EMPTY) return 'it has nothing to play; set its src or srcObject';
  if (networkState === HTMLMediaElement.NETWORK_NO_SOURCE) {
    return 'none of its sources can be played; check their addresses and types';
  }
  if (networkState === HTMLMediaElement.NETWORK_IDLE) {
    return `it has stopped loading ${addressOf(element)}; set autoplay, or call its play()`;
  }
  return `it is loading ${addressOf(element)}`;
}

function addressOf({ currentSrc, src }: HTMLMediaElement): string {
  const address = currentSrc || src;
  return address.length > MAX_ADDRESS ? `${address.slice(0, MAX_ADDRESS)}…` : address;
}

/** Characters: a `data:` URL has the whole film in it. */
const MAX_ADDRESS = 200;
