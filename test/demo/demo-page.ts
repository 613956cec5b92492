/** The demo in a frame, as its visitors see it, and the ways in which they use it. */
import { after, assert, before } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

const LOAD_TIMEOUT_MS = 30_000;

export class DemoPage {
  #frame: HTMLIFrameElement | null = null;

  get document(): Document {
    const { contentDocument } = this.#frame ?? {};
    if (!contentDocument) throw new Error('The demo is not open.');
    return contentDocument;
  }

  /** The element of a selector. The test fails if there is none. */
  find<T extends Element = HTMLElement>(selector: string): T {
    const found = this.document.querySelector<T>(selector);
    assert.isNotNull(found, `the demo has a ${selector}`);
    return found as T;
  }

  /** The video of a monitor. */
  videoOf(monitor: string): HTMLVideoElement {
    return this.find(monitor).shadowRoot?.querySelector('video') as HTMLVideoElement;
  }

  has(selector: string): boolean {
    return this.document.querySelector(selector) !== null;
  }

  textOf(selector: string): string {
    return this.document.querySelector(selector)?.textContent ?? '';
  }

  /** The values of the menu or the radio buttons of a field. */
  valuesOf(field: string): string[] {
    const choices = this.find(field).querySelectorAll<HTMLOptionElement | HTMLInputElement>(
      'option, input[type="radio"]',
    );
    return [...choices].map(({ value }) => value);
  }

  /** Types a value into a field and leaves the field. */
  type(selector: string, value: string): void {
    const field = this.find<HTMLInputElement>(selector);
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }

  /** Clicks the radio button of a value. */
  choose(name: string, value: string): void {
    this.find(`[name="${name}"][value="${value}"]`).click();
  }

  async open(): Promise<void> {
    const frame = document.createElement('iframe');
    Object.assign(frame, { allow: 'autoplay', src: '/demo/index.html' });
    frame.style.cssText = 'width: 1280px; height: 900px; border: 0';
    document.body.append(frame);
    this.#frame = frame;
    await nextEvent(frame, 'load', { timeoutMs: LOAD_TIMEOUT_MS });
    // The forms are made after the page has loaded the manifest.
    await waitFor(() => this.has('[data-fields-of="player"] .field'), 'the forms', { timeoutMs: LOAD_TIMEOUT_MS });
  }

  async close(): Promise<void> {
    // WebKitGTK's web process sometimes crashes when a frame is removed whose videos still play tracks.
    for (const button of this.document.querySelectorAll<HTMLElement>('[command="--stop"]')) button.click();
    this.find<HTMLElement & { stop(): void }>('#canvas-track').stop();
    for (const video of this.document.querySelectorAll('video')) video.srcObject = null;
    for (const element of this.document.querySelectorAll('track-monitor, track-probe, signal-scope')) element.remove();
    await sleep(1000);
    this.#frame?.remove();
    this.#frame = null;
  }
}

/**
 * Opens the demo before the tests of a suite, and closes it after them.
 *
 * @param isMeasured Whether the probe and the scopes run: they take much of a small machine.
 */
export function useDemoPage({ isMeasured = true } = {}): DemoPage {
  const page = new DemoPage();
  before(async function () {
    this.timeout(LOAD_TIMEOUT_MS + 5000);
    await page.open();
    if (!isMeasured) page.find('.measures').remove();
  });
  after(() => page.close());
  return page;
}

const SAMPLE = { width: 64, height: 36 };

/** The picture of a video, scaled down. */
export function smallPicture(video: HTMLVideoElement): ImageData {
  const context = new OffscreenCanvas(SAMPLE.width, SAMPLE.height).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('The browser gave no canvas context.');
  context.drawImage(video, 0, 0, SAMPLE.width, SAMPLE.height);
  return context.getImageData(0, 0, SAMPLE.width, SAMPLE.height);
}

/** The color above the middle of a video, where no label covers it. */
export function colorOf(video: HTMLVideoElement): readonly [red: number, green: number, blue: number] {
  const { data } = smallPicture(video);
  const offset = 4 * (12 * SAMPLE.width + 32);
  return [data[offset], data[offset + 1], data[offset + 2]];
}
