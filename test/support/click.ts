import { sendMouse } from '@web/test-runner-commands';

/** Clicks the middle of an element as a user does: a trusted event, and a user gesture to the browser. */
export async function click(element: Element): Promise<void> {
  element.scrollIntoView({ block: 'center' });
  const { x, y, width, height } = element.getBoundingClientRect();
  await sendMouse({ type: 'click', position: [Math.round(x + width / 2), Math.round(y + height / 2)] });
}
