/* This file is loaded when a media element that is not muted gets a track: muted ones are never blocked. */

/** A sink of a media element, as far as its playback is concerned. */
export interface BlockableSink {
  readonly element: HTMLMediaElement;
  isBlocked?: boolean;
}

const warned = new WeakSet<HTMLMediaElement>();

/**
 * Marks a media element as blocked if the browser does not let it play, until it plays. The first time, it warns.
 *
 * @param signal Ends the watching.
 */
export async function warnIfBlocked(
  sink: BlockableSink,
  warn: (error: Error) => void,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const { element } = sink;
  if (element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) await nextEvent(element, 'canplay', signal);
  await startTime(signal);
  // Browsers need not play in a hidden page.
  while (document.hidden && !signal.aborted) {
    await nextEvent(document, 'visibilitychange', signal);
    await startTime(signal);
  }
  if (signal.aborted) return;
  sink.isBlocked = isBlocked(element);
  if (!sink.isBlocked) return;
  void nextEvent(element, 'playing', signal).then(() => {
    sink.isBlocked = false;
  });
  if (warned.has(element)) return;
  warned.add(element);
  const name = `<${element.localName}${element.id && ` id="${element.id}"`}>`;
  const message =
    `The browser does not let ${name} play before a user gesture, because it is not muted: call its play() in a ` +
    'click, or set its muted attribute.';
  warn(new DOMException(message, 'NotAllowedError'));
}

/** Whether an element that has all that it needs to play does not. One that was played, and was paused, has a time. */
const isBlocked = ({ autoplay, paused, muted, currentTime, readyState, srcObject }: HTMLMediaElement): boolean =>
  autoplay && paused && !muted && currentTime === 0 && readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && !!srcObject;

/** An element that may play begins within this time. */
const START_TIMEOUT_MS = 1000;

/** Resolves after this time; never, once the signal is aborted. */
const startTime = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, START_TIMEOUT_MS);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });

/** Resolves at the next event; never, once the signal is aborted. */
const nextEvent = (target: EventTarget, type: string, signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true, signal }));
