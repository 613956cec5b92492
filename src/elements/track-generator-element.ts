import type { PropertyValues } from '@lit/reactive-element';
import type { Layer } from '../controllers/layer-controller.js';
import { LayerHostController } from '../controllers/layer-host-controller.js';
import { TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import { type Composition, faultsFor } from '../engine/composition.js';
import { ComposedGenerator } from '../engine/page/composed-generator.js';
import { resolveColor } from '../engine/page/css-color.js';
import type { PlaybackListener } from '../engine/page/playback.js';
import { checkAudioFormat } from '../generator/audio-format.js';
import { hasNative } from '../generator/features.js';
import type { AudioInput, TrackGeneratorInit, VideoInput, WriteOptions } from '../generator/page/track-generator.js';
import { checkPacing } from '../generator/page/track-writer.js';
import { valueError } from '../signals/checks.js';
import type { ColorSpace } from '../signals/picture.js';
import { parseRate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import { boolean, number, numberOrNull, oneOf, rate, sendable, text } from './converters.js';
import { type Composed, LayerComposer } from './layer-composer.js';
import { hasConfigurationChanged, property } from './property.js';
import { SourceElement } from './source-element.js';

/**
 * A track of frames or samples that you write, in every browser, or a track that is composed of the sources inside.
 *
 * ```html
 * <track-generator id="mine" kind="video" for="screen"></track-generator>
 * <script type="module">
 *   await mine.write(canvas);
 *   peer.addTrack(mine.track, mine.stream);
 * </script>
 * ```
 *
 * @summary A track of your own frames or samples.
 * @tag track-generator
 * @event {Event} played - Everything that was written has been played.
 * @slot - Sources: patterns are painted in document order, tones are summed.
 */
export class TrackGeneratorElement extends SourceElement<ComposedGenerator> {
  /** The kind of the track: `video` or `audio`. Required. */
  @property({ type: oneOf<TrackKind | null>(), reflect: true, configures: true })
  kind: TrackKind | null = null;

  /** Width in pixels, even, at which sources inside are composed. Written frames keep their own size. */
  @property({ type: number, reflect: true, configures: true })
  width = 1280;

  /** Height in pixels, even, at which sources inside are composed. Written frames keep their own size. */
  @property({ type: number, reflect: true, configures: true })
  height = 720;

  /** Frames per second at which sources inside are composed: a number or a fraction such as `30000/1001`. */
  @property({ type: rate, attribute: 'frame-rate', reflect: true, configures: true })
  frameRate: number | string = 30;

  /** A CSS color behind the sources inside; black unless given. */
  @property({ type: text, reflect: true, configures: true })
  background = '';

  /**
   * Colour space of the composed picture. Unset, it depends on the height. It has an effect only in Chromium, where a track
   * carries its colour space. In other browsers pictures are BT.601, because they pass through RGB bitmaps.
   */
  @property({ type: oneOf<ColorSpace | ''>(), attribute: 'color-space', reflect: true, configures: true })
  colorSpace: ColorSpace | '' = '';

  /**
   * Sample rate in hertz, 3000 to 384000: of the track, and of written samples that do not carry their rate. For written
   * samples, a change takes effect at the next start.
   */
  @property({ type: number, attribute: 'sample-rate', reflect: true, configures: true })
  sampleRate = 48000;

  /**
   * Channels of the track, 1 to 8. Unset, the track has the channels of the first written samples, or 2 with sources inside.
   * For written samples, a change takes effect at the next start.
   */
  @property({ type: numberOrNull, reflect: true, configures: true })
  channels: number | null = null;

  /**
   * Keeps the sum of the sources inside at or below −1 dBFS: louder passages are turned down in all channels at once, and
   * come back smoothly. Quieter passages are not changed.
   */
  @property({ type: boolean, reflect: true, configures: true })
  limiter = false;

  /**
   * Seconds of written data that may wait to be played, or to be shown with `pacing`: a number above 0. If there is no room,
   * `write()` resolves to `false` at once. If you await each write, there is always room. With `pacing`, at most thirty
   * pictures wait.
   */
  @property({ type: number, attribute: 'queue-limit', reflect: true, configures: true })
  queueLimit = 300;

  /**
   * `timestamp` shows each written picture, and plays written samples, when their timestamp is due. By default pictures are
   * shown when they are written, and samples play one after the other. A change takes effect at the next start.
   */
  @property({ type: oneOf<'timestamp' | ''>(), reflect: true, configures: true })
  pacing: 'timestamp' | '' = '';

  /**
   * With `pacing`: the name of the clock. The generators of the page with the same name are timed together, so that the audio
   * and video of a file stay together. A change takes effect at the next start.
   */
  @property({ type: text, reflect: true })
  clock = '';

  /** @internal */
  override readonly lifecycle = new TrackLifecycleController<ComposedGenerator>(
    this,
    { states: this.states, output: this.output },
    {
      open: (_signal, listener) => this.#open(listener),
      change: (live, signal) => this.#change(live, signal),
      // The page may write as soon as the element is connected.
      opensAtOnce: () => this.kind !== null,
    },
  );

  readonly #layers = new LayerHostController(this, () => this.lifecycle.applyChange());
  /** Whether layers feed the track, also if none of them is visible or audible. */
  #isComposed = false;
  readonly #composer = new LayerComposer('track-generator');

  /** A stream with the same checks as `write()`; while it is locked, `write()` rejects. `null` without a track. */
  get writable(): WritableStream<VideoInput | AudioInput> | null {
    return this.lifecycle.live?.generator.writable ?? null;
  }

  /** Seconds until everything that was written has been played; for pictures, 0 unless they are paced. */
  get queued(): number {
    return this.lifecycle.live?.generator.queued ?? 0;
  }

  /**
   * Drops the data that waits: written audio fades out within 10 ms, and paced frames are closed. Waiting writes resolve to
   * `false`. The track continues, and the next write is played at once.
   */
  clear(): void {
    this.lifecycle.live?.generator.clear();
  }

  /**
   * Resolves to `true` when everything that was written has been played, and to `false` if `clear()` or the end of the track
   * came first.
   */
  async played(): Promise<boolean> {
    return this.lifecycle.live?.generator.played() ?? true;
  }

  /**
   * Shows a picture, or plays samples after those written before. Resolves to `true` when the track has taken the data, to
   * `false` when it was dropped. It closes a `VideoFrame` or `AudioData`; if it rejects, it leaves this open, and the caller
   * has to close it. Any other data stays the caller's.
   *
   * @throws {TypeError} for data of another kind, a closed frame, or samples that are not numbers.
   * @throws {RangeError} for planes of a wrong length, or a rate out of range.
   * @throws {DOMException} `InvalidStateError` for an empty picture, without a track, while sources are inside, and while
   * `writable` is locked; `SecurityError` for a picture of another origin.
   */
  async write(data: VideoInput | AudioInput, options?: WriteOptions): Promise<boolean> {
    // In Firefox, audio without a user gesture opens its track in a moment.
    if (this.state === 'starting') await this.ready.catch(() => {});
    const { live } = this.lifecycle;
    if (!live) {
      const message = `write() was called while the track-generator was ${this.state}: call start() first.`;
      throw new DOMException(message, 'InvalidStateError');
    }
    if (this.#isComposed) {
      const message = 'write() was called while sources inside the track-generator feed it: remove them first.';
      throw new DOMException(message, 'InvalidStateError');
    }
    return live.generator.write(data, options);
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (hasConfigurationChanged(this, changed)) this.lifecycle.applyChange();
  }

  #open(listener: PlaybackListener): ComposedGenerator | Promise<ComposedGenerator> {
    const { kind, sampleRate, channels } = this;
    if (kind !== 'video' && kind !== 'audio') {
      throw valueError('kind', kind, '"video" or "audio": <track-generator kind="video">', TypeError);
    }
    this.#checkStart();
    const init: TrackGeneratorInit = { kind, clock: this.clock };
    if (this.pacing) init.pacing = this.pacing;
    if (kind === 'audio') {
      if (this.hasAttribute('sample-rate')) init.sampleRate = sampleRate;
      if (channels !== null) init.channels = channels;
    }
    const opened = ComposedGenerator.open(init, {
      ...listener,
      failed: (failure) => this.#layers.addError(failure),
      played: () => this.dispatchEvent(new Event('played')),
    });
    if (kind === 'video' && !hasNative('VideoFrame')) void failWithoutStandIn(listener);
    const prepare = (live: ComposedGenerator): ComposedGenerator => {
      live.generator.queueLimit = this.queueLimit;
      return live;
    };
    if (!(opened instanceof Promise)) {
      this.#layers.requestCompose();
      return prepare(opened);
    }
    // A change before the track exists would open another one.
    this.ready.then(() => this.#layers.requestCompose()).catch(() => {});
    return opened.then(prepare);
  }

  async #change(live: ComposedGenerator, signal: AbortSignal): Promise<void> {
    if (live.generator.kind !== this.kind) {
      this.stop();
      await this.start();
      return;
    }
    this.#checkStart();
    live.generator.queueLimit = this.queueLimit;
    const { layers } = this.#layers;
    this.#isComposed = layers.length > 0;
    const { composition, errors } = this.#compose(layers);
    const refused = await live.play({ ...composition, faults: faultsFor(this.faults, this.kind as TrackKind) });
    // A composition that waited for a module may be older than what plays now.
    if (!signal.aborted) this.#layers.setErrors([...errors, ...refused]);
  }

  /** Checks the properties that take effect at the next start, so that an error comes now and not only then. */
  #checkStart(): void {
    checkPacing(this.pacing || undefined);
    if (this.kind === 'audio') checkAudioFormat({ sampleRate: this.sampleRate, channels: this.channels ?? undefined });
  }

  #compose(layers: readonly Layer[]): Composed<Composition> {
    if (this.kind === 'audio') {
      const { limiter } = this;
      const format = { sampleRate: sendable(this.sampleRate), channels: sendable(this.channels ?? 2), limiter };
      return this.#composer.composeAudio(layers, format);
    }
    const { colorSpace } = this;
    return this.#composer.composeVideo(layers, {
      width: sendable(this.width),
      height: sendable(this.height),
      frameRate: parseRate(this.frameRate),
      background: resolveColor('background', this.background, this),
      ...(colorSpace && { colorSpace }),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'track-generator': TrackGeneratorElement;
  }
}

/** Fails if no class can replace `VideoFrame`, because every write would reject. */
async function failWithoutStandIn(listener: PlaybackListener): Promise<void> {
  const { standInClass } = await import('../generator/rgb-frame.js');
  try {
    standInClass();
  } catch (error) {
    listener.failed({ id: 0, error: error as Error });
  }
}
