import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

export interface ConnectionCallbacks {
  /** The element was connected to a document. Not called when it was only moved. */
  onConnected?(): void;
  /** The element was removed. Called in a later task, once it is clear that it was not only moved. */
  onRemoved(): void;
}

/** Tells a removed element from a moved one: an element that is connected again in the same task was moved. */
export class ConnectionController implements ReactiveController {
  readonly #callbacks: ConnectionCallbacks;
  #isPresent = false;
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost, callbacks: ConnectionCallbacks) {
    this.#callbacks = callbacks;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#removal);
    if (this.#isPresent) return;
    this.#isPresent = true;
    this.#callbacks.onConnected?.();
  }

  hostDisconnected(): void {
    clearTimeout(this.#removal);
    // A timer, because a hidden page has no animation frames.
    this.#removal = setTimeout(() => {
      this.#isPresent = false;
      this.#callbacks.onRemoved();
    });
  }
}
