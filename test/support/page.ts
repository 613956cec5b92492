/** The page of a test: put markup in, find elements, click, open another page in a frame. */
import { sendMouse } from '@web/test-runner-commands';
import { onCleanup } from './cleanup.js';
import { nextEvent, type WaitOptions } from './waiting.js';

let placed: Element[] = [];

/** Puts markup into the page, until the test is over, and returns its first element. */
export function place<T extends Element = HTMLElement>(markup: string, into: ParentNode = document.body): T {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const elements = [...document.importNode(template.content, true).children];
  if (placed.length === 0) onCleanup(removePlaced);
  placed.push(...elements);
  into.append(...elements);
  return elements[0] as T;
}

/** Removes all that was placed. This happens after each test; call it only where a test continues without the elements. */
export function removePlaced(): void {
  const elements = placed;
  placed = [];
  for (const element of elements) element.remove();
}

/** The element with this id. Throws if the page has none. */
export function byId<T extends Element = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as unknown as T;
}

/** Clicks the middle of an element as a user does: the event is trusted, and counts as a user gesture. */
export async function click(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}

/** Opens a page in an `<iframe>`, until the test is over. Resolves after its `load` event. */
export async function openPage(
  url: string | URL,
  { timeoutMs = 30_000 }: WaitOptions = {},
): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  Object.assign(frame, { src: String(url), allow: 'autoplay', width: 640, height: 360 });
  const loaded = nextEvent(frame, 'load', { timeoutMs });
  document.body.append(frame);
  onCleanup(() => frame.remove());
  await loaded;
  return frame;
}
