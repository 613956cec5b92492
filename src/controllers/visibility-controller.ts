import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { has } from '../generator/features.js';

/**
 * Tells whether somebody may see an element: it is in the visible part of its page, and the page is not hidden. The
 * element is updated after each change. An element that was moved to another window, such as one of picture-in-picture, is seen
 * while the page is hidden.
 *
 * ```ts
 * readonly #visibility = new VisibilityController(this);
 * protected override updated() { if (this.#visibility.isVisible) … }
 * ```
 */
export class VisibilityController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #isOnScreen = false;
  #ending = new AbortController();

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  get isVisible(): boolean {
    return this.#isOnScreen && this.#host.ownerDocument.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#ending = new AbortController();
    const { signal } = this.#ending;
    const { ownerDocument } = this.#host;
    ownerDocument.addEventListener('visibilitychange', () => this.#host.requestUpdate(), { signal });
    this.#isOnScreen = !has('IntersectionObserver');
    if (this.#isOnScreen) return;
    const { IntersectionObserver } = (ownerDocument.defaultView ?? globalThis) as typeof globalThis;
    const observer = new IntersectionObserver((entries) => {
      this.#isOnScreen = entries.at(-1)?.isIntersecting ?? false;
      this.#host.requestUpdate();
    });
    observer.observe(this.#host);
    signal.addEventListener('abort', () => observer.disconnect());
  }

  hostDisconnected(): void {
    this.#ending.abort();
    this.#isOnScreen = false;
    this.#host.requestUpdate();
  }
}
