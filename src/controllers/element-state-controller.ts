import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { report } from '../generator/page/report.js';

/**
 * The state of an element: readable as a property, selectable as `:state(live)`, and announced by `statechange`. It also
 * reports the element's errors and warnings.
 *
 * ```ts
 * readonly #states = new ElementStateController<State>(this, 'idle');
 * get state(): State { return this.#states.state; }
 * ```
 */
export class ElementStateController<State extends string> implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #customStates: CustomStateSet | undefined;
  #own: State;
  #substitute: State | null = null;
  #announced: State;
  /** The message of the fault that has brought about the present state. */
  #failure = '';

  constructor(host: ReactiveControllerHost & HTMLElement, initial: State) {
    this.#host = host;
    this.#own = initial;
    this.#announced = initial;
    // The DOM of a component test, such as happy-dom, may have no internals.
    this.#customStates = host.attachInternals?.().states;
    this.#customStates?.add(initial);
    host.addController(this);
  }

  /** Part of the interface; states do not depend on the connection. */
  hostConnected(): void {}

  /** The element's state. */
  get state(): State {
    return this.#substitute ?? this.#own;
  }

  /** The element's own state, also while another one stands in for it. */
  get own(): State {
    return this.#own;
  }

  /** @param isRetry Whether the fault that was reported last need not be reported again. */
  set(state: State, isRetry = false): void {
    if (state !== this.#own && !isRetry) this.#failure = '';
    this.#own = state;
    this.#announce();
  }

  /** Shows another state in place of the element's own; `null` shows its own again. */
  substitute(state: State | null): void {
    this.#substitute = state;
    this.#announce();
  }

  /** Adds a custom state beside the element's state, such as `:state(clipped)`, or takes it away. */
  toggleCustomState(name: string, isSet: boolean): void {
    // If a state is set once more, the browser computes styles and draws a frame although nothing has changed.
    if (this.#customStates?.has(name) === isSet) return;
    if (isSet) this.#customStates?.add(name);
    else this.#customStates?.delete(name);
  }

  /**
   * Changes to the state `failed`, or another one, and fires the `error` event: for the same fault once, until the state
   * changes by more than a retry.
   */
  fail(error: Error, state: State = 'failed' as State): void {
    const isReported = this.#failure === error.message;
    this.set(state);
    this.#failure = error.message;
    if (!isReported) this.reportError(error);
  }

  /** Fires the `error` event without a change of state. */
  reportError(error: Error): void {
    report(this.#host, 'error', error);
  }

  /** Fires the `warning` event. */
  warn(error: Error): void {
    report(this.#host, 'warning', error);
  }

  #announce(): void {
    const { state } = this;
    if (state === this.#announced) return;
    this.#customStates?.delete(this.#announced);
    this.#customStates?.add(state);
    this.#announced = state;
    this.#host.dispatchEvent(new Event('statechange'));
  }
}
