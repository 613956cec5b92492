import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import type { TrackFault } from '../engine/composition.js';
import { completeFaults, type FaultDescription, tracksWith } from '../engine/fault-timeline.js';
import { report } from '../generator/page/report.js';
import type { TrackKind } from '../signals/track-kind.js';
import { ancestorsOf } from '../sinks/ancestors.js';

/** An element that makes a track, as the faults inside it see it. */
export interface FaultHost extends HTMLElement {
  faults?: readonly TrackFault[];
  /** The kind of its track; `null` for one of each kind. */
  readonly kind?: string | null;
  /** Its tracks, of a source that may have both kinds. */
  readonly tracks?: readonly MediaStreamTrack[];
  /** The device of an element without a kind of its own. */
  readonly device?: { readonly trackKind: TrackKind };
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
  /** The message of the last fault that its track cannot have. */
  #refusal = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

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
    const isComing = (element: Element) => element.localName.includes('-') && element.matches(':not(:defined)');
    for (const { localName } of ancestorsOf(this.#element).filter(isComing)) {
      void customElements.whenDefined(localName).then(() => this.#join());
    }
    this.#waiting = setTimeout(() => {
      if (!this.#host) report(this.#element, 'warning', new DOMException(HOMELESS, 'NotFoundError'));
    }, PATIENCE_MS);
  }

  hostDisconnected(): void {
    clearTimeout(this.#waiting);
    // A fault that was taken out of its source leaves at once. A fault that was removed together with its source may be put
    // back.
    if (!this.#host || !ancestorsOf(this.#element).includes(this.#host)) this.#leave();
  }

  hostUpdated(): void {
    this.#update();
  }

  #join(): void {
    const host = this.#element.isConnected ? ancestorsOf(this.#element).filter(isFaultHost).at(-1) : null;
    if (host !== this.#host) this.#leave();
    this.#host = host ?? null;
    // Only then it is known which kinds a source of both has: a file may have no pictures.
    host?.addEventListener('addtrack', this.#update);
    this.#update();
  }

  #leave(): void {
    this.#host?.removeEventListener('addtrack', this.#update);
    if (this.#host) change(this.#host, this.#id, null);
    this.#host = null;
  }

  readonly #update = (): void => {
    const host = this.#host;
    if (!host) return;
    const fault = this.#describe();
    change(host, this.#id, fault && this.#suits(fault, host) ? fault : null);
  };

  /** Whether the track can have the fault. Otherwise an error tells: the source continues without it. */
  #suits(fault: FaultDescription, { device, tracks = [], kind = device?.trackKind }: FaultHost): boolean {
    // If there are tracks of both kinds, each fault has to be possible for at least one of them.
    const kinds = kind ? [kind] : tracks.map((track) => track.kind);
    const [only, other] = kinds as readonly TrackKind[];
    if (!only || other || !/^(video|audio)$/.test(only)) return true;
    try {
      completeFaults([fault], only);
      this.#refusal = '';
      return true;
    } catch (error) {
      const { message } = error as Error;
      if (message !== this.#refusal) report(this.#element, 'error', error as Error);
      this.#refusal = message;
      return false;
    }
  }
}

const HOMELESS =
  'This signal-fault is in no source: put it inside the source, or the virtual device, whose track has the fault.';

/** How long a source around it may take to come. */
const PATIENCE_MS = 2000;

let faults = 0;

/** Not by the name of a member alone: an element of the page may have it, too. */
const isFaultHost = (element: Element): element is FaultHost => {
  const { lifecycle } = element as Partial<FaultHost>;
  return typeof lifecycle?.applyChange === 'function';
};

/** The faults of each source that waits for a microtask: several changes of one task, such as a move, are one. */
const changed = new Map<FaultHost, Map<number, TrackFault>>();

function change(host: FaultHost, id: number, fault: FaultDescription | null): void {
  if (!changed.has(host)) queueMicrotask(() => apply(host));
  const list = changed.get(host) ?? new Map((host.faults ?? []).map((each) => [each.id, each]));
  if (fault) list.set(id, { ...fault, id, tracks: tracksWith(fault.kind) });
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
