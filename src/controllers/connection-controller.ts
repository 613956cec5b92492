import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/** What happens when an element has come into the document, and when it has left for good. */
export interface ConnectionCallbacks {
  entered(): void;
  left(): void;
}

/** Tells leaving from moving: an element that is back in the same task was only moved. */
export class ConnectionController implements ReactiveController {
  readonly #callbacks: ConnectionCallbacks;
  #present = false;
  // A timer, since a hidden page has no animation frames.
  #leaving: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, callbacks: ConnectionCallbacks) {
    this.#callbacks = callbacks;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#leaving);
    if (this.#present) return;
    this.#present = true;
    this.#callbacks.entered();
  }

  hostDisconnected(): void {
    clearTimeout(this.#leaving);
    this.#leaving = setTimeout(() => {
      this.#present = false;
      this.#callbacks.left();
    });
  }
}
