/* This file is loaded when an element with `autoplay` gets audio: others cannot be blocked. */
import type { MediaElementSink } from './media-element-sink.js';

const warned = new WeakSet<HTMLMediaElement>();

/** Fires one `warning` event at the source of the audio if the browser does not let a media element play it. */
export async function warnIfBlocked(sink: MediaElementSink, source: HTMLElement): Promise<void> {
  const { element } = sink;
  if (element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) await nextEvent(element, 'canplay');
  await startTime();
  // Browsers need not play in a hidden page.
  while (document.hidden) {
    await nextEvent(document, 'visibilitychange');
    await startTime();
  }
  if (!sink.isBlocked || warned.has(element)) return;
  warned.add(element);
  const name = `<${element.localName}${element.id && ` id="${element.id}"`}>`;
  const message =
    `The browser does not let ${name} play audio before a user gesture: call its play() in a click, or set its muted ` +
    'attribute so that it shows its picture meanwhile.';
  const error = new DOMException(message, 'NotAllowedError');
  const isShown = source.dispatchEvent(new ErrorEvent('warning', { error, message, cancelable: true }));
  if (isShown) console.warn(`track-elements: ${message}`);
}

/** An element that may play begins within this time. */
const START_TIMEOUT_MS = 1000;

const startTime = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, START_TIMEOUT_MS));

const nextEvent = (target: EventTarget, type: string): Promise<unknown> =>
  new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
