import { type Context, ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

/**
 * Finds the value that the nearest ancestor provides for a context. The ancestor may be in another shadow tree, and may be
 * upgraded later than the host.
 *
 * It speaks the context protocol itself. Lit's `ContextConsumer` keeps the old value after its host has moved out of the
 * provider, and misses a provider that is upgraded later unless a `ContextRoot` is attached to each document.
 */
export class AncestorController<T> implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #context: Context<symbol, T>;
  readonly #onChange: (value: T) => void;
  /** The document at the time of the connection: an element that is adopted by another one is disconnected afterwards. */
  #document: Document | null = null;
  #value: T | null = null;
  #unsubscribe: (() => void) | undefined;
  /** Whether it has asked since the host was connected. */
  #hasAsked = false;
  #isAnswered = false;

  /** @param onChange Called with each new value. `value` becomes `null` without a call when the host is disconnected. */
  constructor(host: ReactiveControllerHost & HTMLElement, context: Context<symbol, T>, onChange: (value: T) => void) {
    this.#host = host;
    this.#context = context;
    this.#onChange = onChange;
    // A provider that is not connected announces itself to single elements.
    host.addEventListener('context-provider', this.#providerConnected);
    host.addController(this);
  }

  /** The provided value, or `null` without a provider. Other controllers may need it before this one is connected. */
  get value(): T | null {
    if (!this.#hasAsked && this.#host.isConnected) this.#ask();
    return this.#value;
  }

  hostConnected(): void {
    this.#document = this.#host.ownerDocument;
    this.#document.addEventListener('context-provider', this.#providerConnected);
    if (!this.#hasAsked) this.#ask();
  }

  hostDisconnected(): void {
    this.#document?.removeEventListener('context-provider', this.#providerConnected);
    this.#forget();
    this.#hasAsked = false;
  }

  readonly #providerConnected = (event: Event): void => {
    if ((event as Event & { readonly context: unknown }).context === this.#context) this.#ask();
  };

  #ask(): void {
    this.#hasAsked = this.#host.isConnected;
    this.#isAnswered = false;
    this.#host.dispatchEvent(new ContextEvent(this.#context, this.#host, this.#answer, true));
    // It has left the provider that it found while it was not connected.
    if (!this.#isAnswered) this.#forget();
  }

  #forget(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#value = null;
  }

  /** It is the same function in each request, because a provider recognises a subscriber by it. */
  readonly #answer = (value: T, unsubscribe?: () => void): void => {
    this.#isAnswered = true;
    if (unsubscribe !== this.#unsubscribe) this.#unsubscribe?.();
    this.#unsubscribe = unsubscribe;
    if (value === this.#value) return;
    this.#value = value;
    this.#onChange(value);
  };
}
