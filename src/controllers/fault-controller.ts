import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import type { TrackFault } from '../engine/composition.js';
import type { FaultDescription } from '../engine/fault-timeline.js';

/** An element that makes a track, as the faults inside it see it. */
export interface FaultHost extends HTMLElement {
  faults?: readonly TrackFault[];
  /** Plays what has changed. */
  readonly lifecycle: { applyChange(): void };
}

/**
 * Gives a fault to the outermost source around its element: that one makes the track, and those inside it are layers.
 *
 * It walks up the tree by itself, also out of shadow trees. The context protocol would need code in every source, for pages
 * that have no fault.
 */
export class FaultController implements ReactiveController {
  readonly #id = ++faults;
  readonly #element: HTMLElement;
  readonly #describe: () => FaultDescription | null;
  #host: FaultHost | null = null;

  /** @param describe The fault, or `null` while its description is not valid. */
  constructor(element: ReactiveControllerHost & HTMLElement, describe: () => FaultDescription | null) {
    this.#element = element;
    this.#describe = describe;
    element.addController(this);
  }

  /** The source whose track has the fault, or `null`. */
  get host(): FaultHost | null {
    return this.#host;
  }

  hostConnected(): void {
    this.#join();
    for (const { localName } of ancestorsOf(this.#element).filter((element) => element.matches(':not(:defined)'))) {
      void customElements.whenDefined(localName).then(() => this.#join());
    }
  }

  hostDisconnected(): void {
    this.#leave();
  }

  hostUpdated(): void {
    this.#update();
  }

  #join(): void {
    const host = this.#element.isConnected ? ancestorsOf(this.#element).filter(isFaultHost).at(-1) : null;
    if (host !== this.#host) this.#leave();
    this.#host = host ?? null;
    this.#update();
  }

  #leave(): void {
    if (this.#host) change(this.#host, this.#id, null);
    this.#host = null;
  }

  #update(): void {
    if (this.#host) change(this.#host, this.#id, this.#describe());
  }
}

let faults = 0;

const isFaultHost = (element: Element): element is FaultHost => 'lifecycle' in element;

/** The elements around an element, the nearest first, also those around its shadow tree. */
function ancestorsOf(element: Element): Element[] {
  const ancestors: Element[] = [];
  for (let node: Node | null = element; node; node = node.parentNode ?? (node as Partial<ShadowRoot>).host ?? null) {
    if (node !== element && node.nodeType === Node.ELEMENT_NODE) ancestors.push(node as Element);
  }
  return ancestors;
}

/** The faults of each source that waits for a microtask: several changes of one task, such as a move, are one. */
const changed = new Map<FaultHost, Map<number, TrackFault>>();

function change(host: FaultHost, id: number, fault: FaultDescription | null): void {
  if (!changed.has(host)) queueMicrotask(() => apply(host));
  const list = changed.get(host) ?? new Map((host.faults ?? []).map((each) => [each.id, each]));
  if (fault) list.set(id, { ...fault, id });
  else list.delete(id);
  changed.set(host, list);
}

function apply(host: FaultHost): void {
  const list = [...(changed.get(host)?.values() ?? [])].sort((a, b) => a.id - b.id);
  changed.delete(host);
  if (JSON.stringify(list) === JSON.stringify(host.faults ?? [])) return;
  host.faults = list;
  host.lifecycle.applyChange();
}
