import { ContextProvider } from '@lit/context';
import type { ReactiveControllerHost } from '@lit/reactive-element';
import type { LayerError } from '../engine/page/playback.js';
import { type Layer, type LayerHost, layerContext } from './layer-controller.js';
import type { SourceState } from './track-lifecycle-controller.js';

/** A generator element. */
export interface LayerHostElement extends ReactiveControllerHost, HTMLElement {
  readonly ready: Promise<MediaStreamTrack>;
  readonly state: SourceState;
}

/**
 * Keeps the sources inside a generator element as its layers, in the order in which they are painted. Sources find it by
 * the context protocol, also from inside other shadow trees. It is a context provider, and so a `ReactiveController`.
 */
export class LayerHostController extends ContextProvider<typeof layerContext> implements LayerHost {
  readonly #host: LayerHostElement;
  readonly #compose: () => void;
  readonly #layers = new Set<Layer>();
  #errors: readonly LayerError[] = [];
  #isComposeRequested = false;

  /** @param compose Called when the layers have changed: in a microtask, once for all changes of a task. */
  constructor(host: LayerHostElement, compose: () => void) {
    super(host, { context: layerContext });
    this.#host = host;
    this.#compose = compose;
    this.setValue(this);
    host.addEventListener('statechange', () => this.#notify());
  }

  get ready(): Promise<MediaStreamTrack> {
    return this.#host.ready;
  }

  get state(): SourceState {
    return this.#host.state;
  }

  /** The layers in document order. */
  get layers(): readonly Layer[] {
    if (!this.#host.isConnected) this.#announceInside();
    return [...this.#layers]
      .filter(({ element }) => this.contains(element))
      .sort((a, b) => compareFlatTreeOrder(a.element, b.element));
  }

  contains(element: Element): boolean {
    const path = flatTreePath(element);
    return path.includes(this.#host) || slottedIn(this.#host).some((shown) => path.includes(shown));
  }

  addLayer(layer: Layer): void {
    this.#layers.add(layer);
    this.requestCompose();
  }

  removeLayer(layer: Layer): void {
    if (this.#layers.delete(layer)) this.requestCompose();
  }

  requestCompose(): void {
    if (this.#isComposeRequested) return;
    this.#isComposeRequested = true;
    queueMicrotask(() => {
      this.#isComposeRequested = false;
      this.#compose();
    });
  }

  /** Replaces the errors of all layers. A layer with an error fails; the others do not. */
  setErrors(errors: readonly LayerError[]): void {
    this.#errors = errors;
    this.#notify();
  }

  /** Adds the error of a layer that broke while it played. */
  addError(error: LayerError): void {
    this.setErrors([...this.#errors, error]);
  }

  /** Elements that have never been connected have not asked for a generator yet. */
  #announceInside(): void {
    for (const element of this.#host.querySelectorAll('*')) {
      element.dispatchEvent(Object.assign(new Event('context-provider'), { context: layerContext }));
    }
  }

  #notify(): void {
    for (const layer of [...this.#layers]) {
      layer.hostChanged(this.#errors.find(({ id }) => id === layer.id)?.error ?? null);
    }
  }
}

/** The elements that slots inside an element show. A closed shadow root hides the slot from them. */
const slottedIn = (host: Element): Element[] =>
  [...host.querySelectorAll('slot')].flatMap((slot) => slot.assignedElements({ flatten: true }));

/** Orders two elements of a page as they are rendered: elements of a shadow tree come where their host is. */
function compareFlatTreeOrder(a: Element, b: Element): number {
  const [pathToA, pathToB] = [flatTreePath(a), flatTreePath(b)];
  const depth = pathToA.findIndex((node, i) => node !== pathToB[i]);
  const [nodeA, nodeB] = [pathToA[depth], pathToB[depth]];
  // One of them contains the other.
  if (!nodeA || !nodeB) return pathToA.length - pathToB.length;
  // Beside a shadow root: a child of the host that has no slot, or whose slot a closed root hides.
  if (nodeA.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return -1;
  if (nodeB.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return 1;
  return nodeA.compareDocumentPosition(nodeB) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

/** The nodes from the root down to an element, each in its slot. */
function flatTreePath(element: Element): Node[] {
  const path: Node[] = [];
  for (let node: Node | null = element; node; node = flatTreeParent(node)) path.unshift(node);
  return path;
}

function flatTreeParent(node: Node): Node | null {
  if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) return (node as Partial<ShadowRoot>).host ?? null;
  return (node as Partial<Element>).assignedSlot ?? node.parentNode;
}
