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
 * Tells a removed element from a moved one: an element that is put back within 250 ms was moved. An element in another
 * window, or in a frame, is removed when that closes.
 */
export class ConnectionController implements ReactiveController {
  readonly #host: Node;
  readonly #callbacks: ConnectionCallbacks;
  #isPresent = false;
  #view: Window | null | undefined;
  #removal: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveControllerHost & Node, callbacks: ConnectionCallbacks) {
    this.#host = host;
    this.#callbacks = callbacks;
    host.addController(this);
  }

  hostConnected(): void {
    clearTimeout(this.#removal);
    this.#view = this.#host.ownerDocument?.defaultView;
    this.#view?.addEventListener('pagehide', this.#leave);
    if (this.#isPresent) return;
    this.#isPresent = true;
    this.#callbacks.onConnected?.();
  }

  hostDisconnected(): void {
    this.#view?.removeEventListener('pagehide', this.#leave);
    clearTimeout(this.#removal);
    // A timer, because a hidden page has no animation frames.
    this.#removal = setTimeout(() => {
      this.#isPresent = false;
      this.#callbacks.onRemoved();
    }, KEEP_ALIVE_MS);
  }

  /** Browsers do not disconnect the elements of a window that closes, or of a frame that is removed: they count as removed. */
  readonly #leave = ({ persisted }: PageTransitionEvent): void => {
    if (!persisted) this.hostDisconnected();
  };
}
