import type { PropertyValues } from '@lit/reactive-element';
import { LayerController } from '../controllers/layer-controller.js';
import { TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import {
  type AudioComposition,
  type AudioLayer,
  type Composition,
  faultsFor,
  type PictureFit,
  type VideoComposition,
  type VideoInputDescription,
  type VideoLayer,
} from '../engine/composition.js';
import { CapturedInput, type CapturedTrack, type SourceInputListener } from '../engine/page/captured-input.js';
import { InputPlayback, isSameKey, type SourceInput } from '../engine/page/input-playback.js';
import type { Playback, PlaybackListener } from '../engine/page/playback.js';
import { openVideoPlayback } from '../engine/page/video-playback.js';
import { LatestRun } from '../generator/latest-run.js';
import { isError } from '../signals/describe-value.js';
import { parseRate, type Rate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { AudioProperties } from './audio-properties.js';
import { numberOrNull, oneOf, rateOrNull, sendable } from './converters.js';
import { PictureSourceElement } from './picture-source-element.js';
import { hasConfigurationChanged, property } from './property.js';
import { openSingleLayer } from './source-element.js';

/**
 * A source that shows pictures from elsewhere, or plays audio from there: of a canvas, an element, a camera, a screen or a file.
 * They are read in the engine's worker, and shown on the library's timeline, so that they can be scaled, held, muted, exchanged,
 * and composed with other layers, while the track stays the same object.
 */
export abstract class InputSourceElement extends PictureSourceElement<InputPlayback> {
  /**
   * Width in pixels, even, 2 to 16384. With `null`, it is the width of what is shown; if only the height is set, the width
   * follows from it. Inside a generator, the default is the width of the generator.
   */
  @property({ type: numberOrNull, reflect: true, configures: true })
  width: number | null = null;

  /**
   * Height in pixels, even, 2 to 16384. With `null`, it is the height of what is shown; if only the width is set, the height
   * follows from it. Inside a generator, the default is the height of the generator.
   */
  @property({ type: numberOrNull, reflect: true, configures: true })
  height: number | null = null;

  /**
   * Frames per second of the track: a number or a fraction such as `30000/1001`; `null` for the rate of the file, and for 30
   * with other sources. If no new picture has come, the last one is repeated.
   */
  @property({ type: rateOrNull, attribute: 'frame-rate', reflect: true, configures: true })
  frameRate: number | string | null = null;

  /**
   * How a picture with another aspect ratio is shown: `contain` shows all of it with black bars, `cover` cuts off two sides,
   * and `fill` stretches it.
   */
  @property({ type: oneOf<PictureFit>(), reflect: true, configures: true })
  fit: PictureFit = 'contain';

  /** @internal */
  override readonly lifecycle = new TrackLifecycleController<InputPlayback>(
    this,
    { states: this.states, output: this.output },
    {
      open: async (signal, listener) => {
        this.#openedKind = this.startedKind;
        const key = this.captureKey();
        this.#openingKey = key;
        const input = await this.#openInput(signal).finally(() => {
          if (this.#openingKey === key) this.#openingKey = null;
        });
        const compositions = this.#composeAlone(input, input.kinds);
        const open = this.#openerOf(listener, signal, input.kinds.includes('video'));
        const playback = await InputPlayback.open(input, compositions, open);
        // The first picture may have come since, with another size.
        void this.lifecycle.ready.then(() => this.#resized(input)).catch(() => {});
        void this.lifecycle.ready.then(() => this.inputShown(input, input.kinds)).catch(() => {});
        return playback;
      },
      change: async (live, signal) => {
        if (this.startedKind !== this.#openedKind) {
          this.stop();
          await this.start();
          return;
        }
        const isSame = live.input.hasKey(this.captureKey());
        const input = isSame ? live.input : await this.#openInput(signal);
        // A track whose kind the new input lacks stays, and is black or silent.
        const kinds = (['video', 'audio'] as const).filter((kind) => [...live.kinds, ...input.kinds].includes(kind));
        await live.play(this.#composeAlone(input, kinds), input);
        if (!isSame) this.inputShown(input, input.kinds);
      },
      // Otherwise the user would be asked for a camera or a screen once more.
      readsLater: () => this.#openingKey !== null && isSameKey(this.#openingKey, this.captureKey()),
    },
  );

  protected override readonly layer = new LayerController(
    this,
    { states: this.states, lifecycle: this.lifecycle },
    (kind) => this.#describeLayer(kind),
    (isActive) => this.#activateLayer(isActive),
  );

  /** The key of the capture that is being opened. */
  #openingKey: readonly unknown[] | null = null;
  /** The kind for which the tracks were opened. */
  #openedKind: TrackKind | null = null;
  /** From the start to the end of the generator around it. */
  readonly #layerRun = new LatestRun();
  #layerSignal: AbortSignal | null = null;
  #layerInput: SourceInput | null = null;
  /** The key of the capture that the layer shows, waits for, or that has failed. */
  #layerKey: readonly unknown[] = [];
  #layerError: Error | null = null;
  /** The kinds of the generators that show the layer. */
  readonly #layerKinds = new Set<TrackKind>();

  /** Opens the input that is to be shown: a captured track, or an input that is no track. */
  protected abstract capture(
    signal: AbortSignal,
    listener: SourceInputListener,
  ): CapturedTrack | Promise<CapturedTrack | SourceInput>;

  /** Everything by which `capture()` differs: with another key it is called again. */
  protected abstract captureKey(): readonly unknown[];

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (hasConfigurationChanged(this, changed)) this.lifecycle.applyChange();
    if (this.#layerSignal && !isSameKey(this.#layerKey, this.captureKey())) void this.#openLayer();
  }

  /** Captures again, after `captureKey()` has changed for another reason than a property. */
  protected recapture(): void {
    // This includes a capture that is still opening and is out of date, and one that has failed.
    this.lifecycle.applyChange();
    if (this.#layerSignal) void this.#openLayer();
  }

  /** The kind of the tracks: the source starts again when it changes. */
  protected get startedKind(): TrackKind | null {
    return this.kind;
  }

  /** Called with the kinds that are shown, when an input is shown for the first time. */
  protected inputShown(_input: SourceInput, _kinds: readonly TrackKind[]): void {}

  /** The input on show; `null` before the first one. */
  protected get shownInput(): SourceInput | null {
    return this.lifecycle.live?.input ?? this.#layerInput;
  }

  /** Ends the source as its device has ended. A layer keeps its last picture. */
  protected captureEnded(track: MediaStreamTrack): void {
    const input = this.lifecycle.live?.input;
    if (input instanceof CapturedInput && input.track === track) this.stop();
  }

  /** Opens the track of a composition. Of a source with pictures and samples, the pictures say when it has started. */
  #openerOf(listener: PlaybackListener, signal: AbortSignal, hasVideo: boolean) {
    return async (composition: Composition): Promise<Playback> => {
      if (!('channels' in composition)) {
        return openSingleLayer(openVideoPlayback(listener), composition, this, signal) as Promise<Playback>;
      }
      const { openAudioPlayback } = await import('../engine/page/audio-playback.js');
      const audioListener = hasVideo ? { ...listener, started() {} } : listener;
      const opening = openAudioPlayback(audioListener, composition);
      return openSingleLayer(opening, composition, this, signal) as Promise<Playback>;
    };
  }

  async #openInput(signal: AbortSignal): Promise<SourceInput> {
    const key = this.captureKey();
    const listener: SourceInputListener = {
      resized: (input) => this.#resized(input),
      failed: (input, error) => {
        if (this.lifecycle.live?.input === input) this.lifecycle.fail(error);
        else if (this.#layerInput === input) this.#failLayer(error);
      },
    };
    const captured = await this.capture(signal, listener);
    if (signal.aborted) captured.close();
    signal.throwIfAborted();
    const input = 'track' in captured ? await CapturedInput.open(captured, key, listener, signal) : captured;
    if (signal.aborted) input.close();
    signal.throwIfAborted();
    return input;
  }

  /** A source alone has the size of its pictures, unless it has its own. */
  #resized(input: SourceInput): void {
    const { live } = this.lifecycle;
    if (live?.input !== input || !input.kinds.includes('video')) return;
    if (!live.hasSize(...this.#sizeFor(input))) this.lifecycle.applyChange();
  }

  #describeVideo(input: SourceInput | null, [width, height]: readonly [number, number]): VideoInputDescription {
    const [fit, frameRate] = [sendable(this.fit), this.rateFor(input)];
    return { kind: 'video', input: input?.id('video') ?? 0, width, height, fit, frameRate };
  }

  #composeAlone(input: SourceInput, kinds: readonly TrackKind[]): Composition[] {
    return kinds.map((kind) => (kind === 'video' ? this.#composeVideo(input) : this.#composeAudio(input)));
  }

  #composeVideo(input: SourceInput): VideoComposition {
    const [width, height] = this.#sizeFor(input);
    const layers = [{ id: this.layer.id, signal: this.#describeVideo(input, [width, height]), x: 0, y: 0, opacity: 1 }];
    const faults = faultsFor(this.faults, 'video');
    return { width, height, frameRate: this.rateFor(input), isSingleLayer: true, layers, faults };
  }

  #composeAudio(input: SourceInput): AudioComposition {
    const { sampleRate, channels } = this.#audio;
    const layers = [{ ...this.#audioLayer(input), gain: 1, pan: 0 }];
    const faults = faultsFor(this.faults, 'audio');
    return { sampleRate: sendable(sampleRate), channels: sendable(channels), isSingleLayer: true, layers, faults };
  }

  get #audio(): AudioProperties {
    // A source of audio has them.
    return this as unknown as AudioProperties;
  }

  #audioLayer(input: SourceInput | null): AudioLayer {
    const { gain, pan } = this.#audio;
    return { id: this.layer.id, signal: { kind: 'audio', input: input?.id('audio') ?? 0 }, gain, pan };
  }

  /** The frame rate of the track that shows an input. */
  protected rateFor(input: SourceInput | null): Rate {
    return this.frameRate === null ? (input?.frameRate ?? parseRate(DEFAULT_RATE)) : parseRate(this.frameRate);
  }

  #sizeFor({ size: [ownWidth, ownHeight] }: SourceInput): readonly [width: number, height: number] {
    const { width, height } = this;
    const even = (length: number) => Math.max(2, Math.round(length / 2) * 2);
    // If a side is no number, the engine reports it.
    const following = (own: number, side: unknown, ownSide: number) =>
      even(typeof side === 'number' && side > 0 ? (side * own) / ownSide : own);
    return [
      width === null ? following(ownWidth, height, ownHeight) : sendable(width),
      height === null ? following(ownHeight, width, ownWidth) : sendable(height),
    ];
  }

  /** A generator replaces a size that is not set. */
  #describeLayer(kind: TrackKind): VideoLayer | AudioLayer {
    this.#layerKinds.add(kind);
    if (this.#layerError) throw this.#layerError;
    const input = this.#layerInput;
    if (input && !input.kinds.includes(kind)) {
      throw new DOMException(`This ${this.localName} has no ${kind}: use a source that has.`, 'NotFoundError');
    }
    if (kind === 'audio') return this.#audioLayer(input);
    const { x, y, opacity, width, height } = this;
    const signal = this.#describeVideo(input, [sendable(width ?? 2), sendable(height ?? 2)]);
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

  /** Opens what the layer shows. Until then it is black, or shows the previous input. */
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
      // The generator shows the new input before the previous input closes.
      await this.updateComplete;
      before?.close();
      if (!signal.aborted) this.inputShown(input, [...this.#layerKinds]);
    } catch (error) {
      if (!signal.aborted) this.#failLayer(isError(error) ? error : new Error(String(error)));
    }
  }

  #failLayer(error: Error): void {
    this.#layerError = error;
    this.requestUpdate();
  }
}

/** Frames per second of a track whose pictures have no rate of their own. */
export const DEFAULT_RATE = 30;
