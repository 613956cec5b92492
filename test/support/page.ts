import { afterwards } from './afterwards.js';
import { eventOf } from './until.js';

/** Opens a page in a frame and resolves when its `load` event has come. Gone when the test is over. */
export async function openPage(url: string | URL, seconds = 10): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  Object.assign(frame, { src: String(url), allow: 'autoplay', width: 640, height: 360 });
  const loaded = eventOf(frame, 'load', seconds);
  document.body.append(frame);
  afterwards(() => frame.remove());
  await loaded;
  return frame;
}
