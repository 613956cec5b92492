import { createContext } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';
import type { AudioLayer, VideoLayer } from '../engine/composition.js';
import { onSignalDefined } from '../engine/page/custom-signals.js';
import type { TrackKind } from '../signals/track-kind.js';
import { ancestorsOf, isUndefined } from '../sinks/ancestors.js';
import { AncestorController } from './ancestor-controller.js';
import { ConnectionController } from './connection-controller.js';
import type { ElementStateController } from './element-state-controller.js';
import type { LiveTrack, SourceState, TrackLifecycleController } from './track-lifecycle-controller.js';

/** A generator element, as the sources inside it see it. */
export interface LayerHost {
  readonly ready: Promise<MediaStreamTrack>;
  readonly state: SourceState;
  addLayer(layer: Layer): void;
  removeLayer(layer: Layer): void;
  /** Whether an element is inside: also in another shadow tree, and while neither of them is connected. */
  contains(element: Element): boolean;
  /** Call it when a layer has changed. Several calls in one task lead to one composition. */
  requestCompose(): void;
}

/** A source inside a generator element, as the generator sees it. */
export interface Layer {
  /** Tells the layer from others in a composition. */
  readonly id: number;
  readonly element: LayerElement;
  /**
   * The source as a layer, with the size and the rate that it would have alone.
   *
   * @param kind Of the generator. Only a source of both kinds is asked for either.
   * @throws {TypeError | RangeError} for a property that cannot be read.
   */
  describe(kind: TrackKind): VideoLayer | AudioLayer;
  /** Called when the generator's state or the layer's own error has changed. */
  hostChanged(error: Error | null): void;
}

export interface LayerElement extends ReactiveControllerHost, HTMLElement {
  /** `null` for both kinds. */
  readonly kind: string | null;
  /** Whether a pause holds what it plays, and not only the layer. */
  readonly pausesItself?: boolean;
  readonly manual: boolean;
  readonly muted: boolean;
  readonly paused: boolean;
}

/** The context by which a source finds the generator around it. Its key is the same for every copy of the library. */
export const layerContext = createContext<LayerHost, symbol>(Symbol.for('track-elements/layers'));

/** The controllers of the same element that a layer works with. */
export interface LayerCollaborators {
  readonly states: ElementStateController<SourceState>;
  readonly lifecycle: TrackLifecycleController<LiveTrack>;
}

/**
 * Makes a source a layer while it is inside a generator element: then it makes no track, and shows the generator's state.
 * Outside it makes its own track.
 */
export class LayerController implements ReactiveController, Layer {
  readonly id = ++layers;
  readonly element: LayerElement;
  readonly describe: (kind: TrackKind) => VideoLayer | AudioLayer;
  readonly #states: ElementStateController<SourceState>;
  readonly #lifecycle: TrackLifecycleController<LiveTrack>;
  readonly #generator: AncestorController<LayerHost>;
  /** The generator that has the layer, or had it until the element was removed a moment ago and may only be moving. */
  #joined: LayerHost | null = null;
  /** Whether it was connected inside a generator that was not upgraded. */
  #wasWaiting = false;
  #error: Error | null = null;
  readonly #activeChanged: (isActive: boolean) => void;
  #isActive = false;
  #stopListening = (): void => {};

  /** @param activeChanged Called when the layer comes into a running generator, and when it leaves it or that stops. */
  constructor(
    host: LayerElement,
    { states, lifecycle }: LayerCollaborators,
    describe: (kind: TrackKind) => VideoLayer | AudioLayer,
    activeChanged: (isActive: boolean) => void = () => {},
  ) {
    this.element = host;
    this.describe = describe;
    this.#activeChanged = activeChanged;
    this.#states = states;
    this.#lifecycle = lifecycle;
    this.#generator = new AncestorController(host, layerContext, (generator) => this.#join(generator));
    host.addController(this);
    new ConnectionController(host, { onRemoved: () => this.#removed() });
  }

  /** The generator element around the source, or `null`, also while the source is not connected. */
  get generator(): LayerHost | null {
    return this.element.isConnected ? this.#generator.value : null;
  }

  /** Whether the source makes no track because a generator is around it, also one that is not upgraded yet. */
  get isLayer(): boolean {
    return this.generator !== null || isInUndefinedGenerator(this.element);
  }

  hostConnected(): void {
    this.#stopListening = onSignalDefined(this.#retry);
    const { isLayer } = this;
    const wasLayer = this.#joined !== null || this.#wasWaiting;
    this.#wasWaiting = isLayer && this.generator === null;
    if (this.generator) {
      this.#showState();
    } else {
      this.#leave();
      this.#states.substitute(null);
      if (wasLayer && !isLayer) this.#startAlone();
    }
    if (this.#wasWaiting) {
      // The class that is registered for the tag may be one that composes nothing.
      void customElements.whenDefined(GENERATOR_TAG).then(() => {
        if (this.element.isConnected && !this.isLayer) this.#startAlone();
      });
    }
  }

  /** Keeps the state, and the place in a generator that leaves with the source, until the removal is certain. */
  hostDisconnected(): void {
    this.#stopListening();
    if (!this.#joined?.contains(this.element)) this.#joined?.removeLayer(this);
  }

  hostUpdated(): void {
    this.#joined?.requestCompose();
  }

  hostChanged(error: Error | null): void {
    const isKnown = error?.message === this.#error?.message;
    this.#error = error;
    this.#showState();
    if (error && !isKnown) this.#states.reportError(error);
  }

  #join(generator: LayerHost): void {
    if (generator !== this.#joined) this.#leave();
    this.#joined = generator;
    this.#showState();
    // Stops the track that the source made before it was inside.
    if (this.#states.own !== 'idle') this.#lifecycle.stop();
    generator.addLayer(this);
  }

  #leave(): void {
    this.#joined?.removeLayer(this);
    this.#joined = null;
    this.#error = null;
    this.#updateActive();
  }

  #removed(): void {
    if (!this.#joined?.contains(this.element)) this.#leave();
    this.#states.substitute(null);
  }

  #showState(): void {
    if (this.#joined && this.element.isConnected) this.#states.substitute(this.#error ? 'failed' : this.#joined.state);
    this.#updateActive();
  }

  #updateActive(): void {
    const isActive = this.#joined !== null && !/idle|stopped/.test(this.#joined.state);
    if (isActive === this.#isActive) return;
    this.#isActive = isActive;
    this.#activeChanged(isActive);
  }

  #startAlone(): void {
    if (!this.element.manual) void this.#lifecycle.start();
  }

  /** A signal that the source asked for may be defined now, or by another module than before. */
  readonly #retry = (isReplaced: boolean): void => {
    if (this.#states.state !== 'failed' && !isReplaced) return;
    if (this.#joined) this.#joined.requestCompose();
    else this.#lifecycle.applyChange();
  };
}

let layers = 0;

/** Sources wait for this tag only. If a generator of another name is upgraded late, its layers give up their own tracks then. */
const GENERATOR_TAG = 'track-generator';

/** Whether a generator is around an element, or around its shadow tree, that is not upgraded and so cannot answer yet. */
const isInUndefinedGenerator = (element: Element): boolean =>
  element.isConnected &&
  ancestorsOf(element).some((around) => around.localName === GENERATOR_TAG && isUndefined(around));
