import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import { valueError } from '../signals/checks.js';
import { elementById, findWrapped, isElement, observeIds } from '../sinks/named-elements.js';

/** An element that shows another one. */
export interface CapturingHost extends ReactiveControllerHost, HTMLElement {
  /** The id of the element, or of one around it, in the host's document or shadow tree. */
  readonly from: string;
}

export interface CapturedElementInit {
  /** The tags of the elements that are accepted. */
  readonly tags: () => readonly string[];
  /** The name of the property that is set in place of `from`. */
  readonly property: string;
  /** The value of that property; `null` unless it is set. */
  readonly given: () => unknown;
  /** Called when another element is meant than before, without a change of a property. */
  readonly changed: () => void;
}

/**
 * The element that a source captures: the one that its page gives, or the one that `from` names. It is found whenever it is
 * added, renamed or exchanged, as the sinks of `for` are.
 */
export class CapturedElementController<T extends Element> implements ReactiveController {
  readonly #host: CapturingHost;
  readonly #init: CapturedElementInit;
  /** The element that was meant last. One that is taken out of the page is shown until another has its id. */
  #last: T | null = null;
  #lastFrom = '';
  #stopObserving: (() => void) | undefined;

  constructor(host: CapturingHost, init: CapturedElementInit) {
    this.#host = host;
    this.#init = init;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stopObserving = observeIds(this.#host.getRootNode(), this.#look);
    this.#look();
  }

  hostDisconnected(): void {
    this.#stopObserving?.();
  }

  /** Differs when another element is meant. */
  get key(): readonly unknown[] {
    return [this.#host.from, this.#init.given(), this.#update()];
  }

  /**
   * The element. One that is missing is waited for: two seconds, and until the document is parsed.
   *
   * @param signal Ends the wait: the call then rejects with its reason.
   * @throws {TypeError} that says which elements are accepted.
   */
  async find(signal: AbortSignal): Promise<T> {
    const { property, tags, given } = this.#init;
    const isSet = given() !== null;
    // A framework may set a property some frames after it has rendered the element.
    const mayCome = !isSet || isElement(given());
    const deadline = performance.now() + ELEMENT_WAIT_MS;
    const isDue = () => performance.now() > deadline && this.#host.ownerDocument.readyState !== 'loading';
    let found = this.#find();
    // There is no event for changes in a shadow tree.
    while (!found && mayCome && !isDue()) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_INTERVAL_MS));
      signal.throwIfAborted();
      found = this.#find();
    }
    if (found) return found;
    this.#last = null;
    const tag = tags().join('> or <');
    if (isSet) throw valueError(property, given(), `a <${tag}>, or an element around one`, TypeError);
    const accepted = `the id of a <${tag}>, or of an element around one, in the same document or shadow tree`;
    throw valueError('from', this.#named ?? this.#host.from, accepted, TypeError);
  }

  get #named(): Element | null {
    const { from } = this.#host;
    return from ? elementById(this.#host, from) : null;
  }

  #find(): T | null {
    const { given, tags } = this.#init;
    const selector = tags().join();
    const element = given() ?? this.#named;
    if (!isElement(element)) return null;
    return (element.matches(selector) ? element : findWrapped(element, selector)) as T | null;
  }

  #update(): T | null {
    const { from } = this.#host;
    const found = this.#find();
    if (found || from !== this.#lastFrom) this.#last = found;
    this.#lastFrom = from;
    return this.#last;
  }

  readonly #look = (): void => {
    const before = this.#last;
    if (this.#update() !== before && this.#last) this.#init.changed();
  };
}

/** An element that is added later than this is first reported as missing, and is shown when it is added. */
const ELEMENT_WAIT_MS = 2000;
const LOOK_INTERVAL_MS = 100;
