import type { PropertyValues } from '@lit/reactive-element';
import { LayerController } from '../controllers/layer-controller.js';
import { TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import type { PictureFit, VideoComposition, VideoInputDescription, VideoLayer } from '../engine/composition.js';
import {
  CapturedInput,
  type CapturedInputListener,
  type CapturedTrack,
  InputPlayback,
  isSameKey,
} from '../engine/page/captured-input.js';
import { openVideoPlayback } from '../engine/page/video-playback.js';
import { LatestRun } from '../generator/latest-run.js';
import { isError } from '../signals/describe-value.js';
import { parseRate } from '../signals/rate.js';
import { numberOrNull, oneOf, rate, sendable } from './converters.js';
import { PictureSourceElement } from './picture-source-element.js';
import { hasConfigurationChanged, property } from './property.js';
import { openSingleLayer } from './source-element.js';

/**
 * A source that shows pictures from elsewhere: of a canvas, an element, a camera or a screen. They are read in the engine's
 * worker, and shown on the library's timeline, so that they can be scaled, held, muted, exchanged, and composed with other
 * layers, while the track stays the same object.
 */
export abstract class InputSourceElement extends PictureSourceElement<InputPlayback> {
  /**
   * Width in pixels, even, 2 to 16384; `null` for that of what is shown. If only the height is given, the width follows it.
   * Inside a generator: that of the generator unless it is set.
   */
  @property({ type: numberOrNull, reflect: true, configures: true })
  width: number | null = null;

  /**
   * Height in pixels, even, 2 to 16384; `null` for that of what is shown. If only the width is given, the height follows it.
   * Inside a generator: that of the generator unless it is set.
   */
  @property({ type: numberOrNull, reflect: true, configures: true })
  height: number | null = null;

  /** Frames per second of the track: a number or a fraction such as `30000/1001`. A picture without a successor is repeated. */
  @property({ type: rate, attribute: 'frame-rate', reflect: true, configures: true })
  frameRate: number | string = 30;

  /** How pictures of another shape are shown: as a whole with black bars, cut off at two sides, or stretched. */
  @property({ type: oneOf<PictureFit>(), reflect: true, configures: true })
  fit: PictureFit = 'contain';

  /** @internal */
  override readonly lifecycle = new TrackLifecycleController<InputPlayback>(
    this,
    { states: this.states, output: this.output },
    {
      open: async (signal, listener) => {
        const input = await this.#openInput(signal);
        try {
          const composition = this.#composeAlone(input);
          const playback = await openSingleLayer(openVideoPlayback(listener), composition, this, signal);
          // The first picture may have come since, with another size.
          void this.lifecycle.ready.then(() => this.#resized(input)).catch(() => {});
          return new InputPlayback(playback, composition, input);
        } catch (error) {
          input.close();
          throw error;
        }
      },
      change: async (live, signal) => {
        const input = live.input.hasKey(this.captureKey()) ? live.input : await this.#openInput(signal);
        await live.play(this.#composeAlone(input), input);
      },
    },
  );

  protected override readonly layer = new LayerController(
    this,
    { states: this.states, lifecycle: this.lifecycle },
    () => this.#describeLayer(),
    (isActive) => this.#activateLayer(isActive),
  );

  /** From the start to the end of the generator around it. */
  readonly #layerRun = new LatestRun();
  #layerSignal: AbortSignal | null = null;
  #layerInput: CapturedInput | null = null;
  /** The key of the capture that the layer shows, waits for, or that has failed. */
  #layerKey: readonly unknown[] = [];
  #layerError: Error | null = null;

  /** Opens what is to be shown. */
  protected abstract capture(signal: AbortSignal): CapturedTrack | Promise<CapturedTrack>;

  /** Everything by which `capture()` differs: with another key it is called again. */
  protected abstract captureKey(): readonly unknown[];

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (hasConfigurationChanged(this, changed)) this.lifecycle.applyChange();
    if (this.#layerSignal && !isSameKey(this.#layerKey, this.captureKey())) void this.#openLayer();
  }

  /** Captures again, after `captureKey()` has changed for another reason than a property. */
  protected recapture(): void {
    // Also one that is opening, which has captured what is out of date, or that has failed.
    this.lifecycle.applyChange();
    if (this.#layerSignal) void this.#openLayer();
  }

  /** Ends the source as its device has ended. A layer keeps its last picture. */
  protected captureEnded(track: MediaStreamTrack): void {
    if (this.lifecycle.live?.input.track === track) this.stop();
  }

  async #openInput(signal: AbortSignal): Promise<CapturedInput> {
    const key = this.captureKey();
    const captured = await this.capture(signal);
    if (signal.aborted) captured.close();
    signal.throwIfAborted();
    const listener: CapturedInputListener = {
      resized: (input) => this.#resized(input),
      failed: (input, error) => {
        if (this.lifecycle.live?.input === input) this.lifecycle.fail(error);
        else if (this.#layerInput === input) this.#failLayer(error);
      },
    };
    const input = await CapturedInput.open(captured, key, listener, signal);
    if (signal.aborted) input.close();
    signal.throwIfAborted();
    return input;
  }

  /** A source alone has the size of its pictures, unless it has its own. */
  #resized(input: CapturedInput): void {
    const { live } = this.lifecycle;
    if (live?.input === input && !live.hasSize(...this.#sizeFor(input))) this.lifecycle.applyChange();
  }

  #describe(input: CapturedInput | null, [width, height]: readonly [number, number]): VideoInputDescription {
    return { kind: 'video', input: input?.id ?? 0, width, height, fit: sendable(this.fit) };
  }

  #composeAlone(input: CapturedInput): VideoComposition {
    const [width, height] = this.#sizeFor(input);
    const layers = [{ id: this.layer.id, signal: this.#describe(input, [width, height]), x: 0, y: 0, opacity: 1 }];
    const { faults } = this;
    return { width, height, frameRate: parseRate(this.frameRate), isSingleLayer: true, layers, faults };
  }

  #sizeFor({ size: [ownWidth, ownHeight] }: CapturedInput): readonly [width: number, height: number] {
    const { width, height } = this;
    const even = (length: number) => Math.max(2, Math.round(length / 2) * 2);
    // The engine tells of a side that is no number.
    const following = (own: number, side: unknown, ownSide: number) =>
      even(typeof side === 'number' && side > 0 ? (side * own) / ownSide : own);
    return [
      width === null ? following(ownWidth, height, ownHeight) : sendable(width),
      height === null ? following(ownHeight, width, ownWidth) : sendable(height),
    ];
  }

  /** A generator replaces a size that is not set. */
  #describeLayer(): VideoLayer {
    if (this.#layerError) throw this.#layerError;
    const { x, y, opacity, width, height } = this;
    const signal = this.#describe(this.#layerInput, [sendable(width ?? 2), sendable(height ?? 2)]);
    return { id: this.layer.id, signal, x, y, opacity };
  }

  #activateLayer(isActive: boolean): void {
    if (isActive) {
      this.#layerSignal = this.#layerRun.begin();
      void this.#openLayer();
      return;
    }
    this.#layerRun.cancel();
    this.#layerSignal = null;
    this.#layerInput?.close();
    this.#layerInput = null;
    this.#layerError = null;
  }

  /** Opens what the layer shows. It shows black until then, or what it has shown before. */
  async #openLayer(): Promise<void> {
    const signal = this.#layerRun.begin();
    this.#layerSignal = signal;
    this.#layerKey = this.captureKey();
    try {
      const input = await this.#openInput(signal);
      const before = this.#layerInput;
      this.#layerInput = input;
      this.#layerError = null;
      this.requestUpdate();
      // The generator shows the new input before the one before it closes.
      await this.updateComplete;
      before?.close();
    } catch (error) {
      if (!signal.aborted) this.#failLayer(isError(error) ? error : new Error(String(error)));
    }
  }

  #failLayer(error: Error): void {
    this.#layerError = error;
    this.requestUpdate();
  }
}
