import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

export interface ConnectionCallbacks {
  /** The element was connected to a document. Not called when it was only moved. */
  onConnected?(): void;
  /** The element was removed, and not put back within `KEEP_ALIVE_MS`. */
  onRemoved(): void;
}

/**
 * Milliseconds in which an element that was removed can be put back as if it had only been moved: fifteen frames of a
 * screen. Frameworks put kept elements back some frames later, after a transition or the rendering of a route.
 */
const KEEP_ALIVE_MS = 250;

/**
 * Tells a removed element from a moved one: an element that is put back within 250 ms was moved. One that was moved to another
 * window, or into a frame, is removed with that.
 */
export class ConnectionController implements ReactiveController {
  readonly #host: Node;
  readonly #callbacks: ConnectionCallbacks;
  #isPresent = false;
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & Node, callbacks: ConnectionCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#removal);
    const { ownerDocument } = this.#host;
    // Browsers do not disconnect the elements of a window that closes, or of a frame that is removed.
    if (ownerDocument !== document) {
      ownerDocument?.defaultView?.addEventListener('pagehide', ({ persisted }) => {
        if (!persisted && this.#host.ownerDocument === ownerDocument) this.hostDisconnected();
      });
    }
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
    }, KEEP_ALIVE_MS);
  }
}
