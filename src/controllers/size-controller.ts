import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { has } from '../generator/features.js';

/** Knows the size of an element's content, in CSS pixels. The element is updated after each change. */
export class SizeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  #observer: ResizeObserver | null = null;
  width = 0;
  height = 0;

  constructor(host: ReactiveControllerHost & Element) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (!has('ResizeObserver')) {
      // Its first size remains.
      [this.width, this.height] = [this.#host.clientWidth, this.#host.clientHeight];
      return;
    }
    // In a frame or another window, one of this window reports a loop of notifications in Chromium.
    const { ResizeObserver } = (this.#host.ownerDocument.defaultView ?? globalThis) as typeof globalThis;
    this.#observer = new ResizeObserver((entries) => {
      const { width = 0, height = 0 } = entries.at(-1)?.contentRect ?? {};
      [this.width, this.height] = [width, height];
      this.#host.requestUpdate();
    });
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }
}
