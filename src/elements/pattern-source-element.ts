import type { PropertyValues } from '@lit/reactive-element';
import { LayerController } from '../controllers/layer-controller.js';
import { TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import type { VideoComposition, VideoLayer } from '../engine/composition.js';
import { resolveColor, resolveColors } from '../engine/page/css-color.js';
import type { Playback } from '../engine/page/playback.js';
import { warnOfUnreadableTexts } from '../engine/page/text-check.js';
import { openVideoPlayback } from '../engine/page/video-playback.js';
import type { PatternName } from '../signals/catalogue/signal-names.js';
import type { MarkPlace } from '../signals/mark/mark-layout.js';
import type { ColorSpace } from '../signals/picture.js';
import { parseRate } from '../signals/rate.js';
import type { CompletePatternDescription, Flip } from '../signals/video/pattern.js';
import { boolean, checkParams, jsonObject, number, oneOf, rate, sendable, text, type ValueType } from './converters.js';
import { PictureSourceElement } from './picture-source-element.js';
import { hasConfigurationChanged, property, sendableConfiguration } from './property.js';
import { openSingleLayer, playSingleLayer } from './source-element.js';

/**
 * A test pattern as a live video track.
 *
 * ```html
 * <video id="screen" autoplay muted playsinline></video>
 * <pattern-source for="screen" pattern="smpte-hd" width="1280" height="720" frame-rate="30"></pattern-source>
 * ```
 *
 * @summary A test pattern as a live video track.
 * @tag pattern-source
 */
export class PatternSourceElement extends PictureSourceElement<Playback<VideoComposition>> {
  /** The name of the pattern: one of the catalogue, or one that the page has defined with `definePattern()`. */
  @property({ type: text, reflect: true, configures: true })
  pattern: PatternName = 'smpte-hd';

  /** Width in pixels, even, 2 to 16384. Inside a generator, the default is the width of the generator. */
  @property({ type: number, reflect: true, configures: true })
  width = 1280;

  /**
   * Height in pixels, even, 2 to 16384. In Chromium, where a track carries its colour space, the picture is BT.709 from a
   * height of 720 on, and BT.601 below, unless `color-space` is set. In other browsers it is always BT.601, because pictures
   * pass through RGB bitmaps. Inside a generator, the default is the height of the generator.
   */
  @property({ type: number, reflect: true, configures: true })
  height = 720;

  /**
   * Frames per second: a number or a fraction such as `30000/1001`. 23.976, 29.97 and 59.94 stand for 24000/1001, 30000/1001
   * and 60000/1001.
   */
  @property({ type: rate, attribute: 'frame-rate', reflect: true, configures: true })
  frameRate: number | string = 30;

  /** A CSS color: the foreground, if the pattern has one. */
  @property({ type: text, reflect: true, configures: true })
  color = '';

  /** A CSS color: the background, if the pattern has one. */
  @property({ type: text, reflect: true, configures: true })
  background = '';

  /** Factor for the speed of a moving pattern: 1 is its usual speed, 0 stands still. */
  @property({ type: number, reflect: true, configures: true })
  speed = 1;

  /**
   * Colour space of the picture. Unset, it depends on the height. Inside a generator, the generator's colour space is used. It
   * has an effect only in Chromium, where a track carries its colour space. In other browsers pictures are BT.601, because they
   * pass through RGB bitmaps.
   */
  @property({ type: oneOf<ColorSpace | ''>(), attribute: 'color-space', reflect: true, configures: true })
  colorSpace: ColorSpace | '' = '';

  /**
   * `timeline`: frames are numbered from the start of the page's engine. `wall-clock`: frames are numbered since 1970 by
   * the machine's clock, so that machines with synchronised clocks show the same frame at the same time.
   */
  @property({ type: oneOf<'timeline' | 'wall-clock'>(), reflect: true, configures: true })
  animation: 'timeline' | 'wall-clock' = 'timeline';

  /** Mirrors the pattern, but not the label, the time code and the frame counter. */
  @property({ type: oneOf<Flip>(), reflect: true, configures: true })
  flip: Flip = 'none';

  /** Pixels by which the pattern moves to the left in each frame, times `speed`. It comes back at the right edge. */
  @property({ type: number, attribute: 'scroll-x', reflect: true, configures: true })
  scrollX = 0;

  /** Pixels by which the pattern moves up in each frame, times `speed`. It comes back at the bottom. */
  @property({ type: number, attribute: 'scroll-y', reflect: true, configures: true })
  scrollY = 0;

  /**
   * Text that is shown in the picture. The built-in font has the characters of ASCII; accents are left out, and a `warning`
   * event names other characters that it lacks.
   */
  @property({ type: text, reflect: true, configures: true })
  label = '';

  /** Shows the frame's time code, HH:MM:SS:FF. */
  @property({ type: boolean, reflect: true, configures: true })
  timecode = false;

  /**
   * The time zone of the time code, if `animation` is `wall-clock`: `UTC`, `local`, or a name such as `Europe/Berlin`. The
   * numbers of frames do not depend on it.
   */
  @property({ type: text, attribute: 'time-zone', reflect: true, configures: true })
  timeZone = 'UTC';

  /** Counts the time code as drop-frame, HH:MM:SS;FF, at 29.97 and 59.94 frames per second. */
  @property({ type: boolean, attribute: 'drop-frame', reflect: true, configures: true })
  dropFrame = false;

  /** Shows the frame's number. */
  @property({ type: boolean, attribute: 'frame-counter', reflect: true, configures: true })
  frameCounter = false;

  /**
   * Paints the mark over the picture and its label. The mark has the number of the frame, its wall-clock time, the frame rate
   * and `sourceId`, as dark and light cells that survive codecs, scaling and cropping. `readMark()` reads it. The picture must
   * have at least 40 × 32 pixels.
   */
  @property({ type: boolean, reflect: true, configures: true })
  mark = false;

  /** Where in the picture the mark is. */
  @property({ type: oneOf<MarkPlace>(), attribute: 'mark-place', reflect: true, configures: true })
  markPlace: MarkPlace = 'top-left';

  /** The largest share of the picture that the mark covers, in percent, 1 to 50. A larger mark survives more damage. */
  @property({ type: number, attribute: 'mark-size', reflect: true, configures: true })
  markSize = 7.9;

  /** The number of the source in the mark, 0 to 65535. With `null` it is a random number, which `sourceId` tells. */
  @property({ type: number as ValueType<number | null>, attribute: 'mark-source', reflect: true, configures: true })
  markSource: number | null = null;

  /** Seed of random patterns: a 32-bit integer. The same seed gives the same pictures. */
  @property({ type: number, reflect: true, configures: true })
  seed = 0;

  /** Options of a single pattern, as a JSON object: `{"size": 64}` for `checkers`. The catalogue lists them. */
  @property({ type: jsonObject, reflect: true, configures: true })
  params: Readonly<Record<string, unknown>> = {};

  /** @internal */
  override readonly lifecycle = new TrackLifecycleController<Playback<VideoComposition>>(
    this,
    { states: this.states, output: this.output },
    {
      open: (signal, listener) => {
        const composition = this.#composeAlone();
        return openSingleLayer(openVideoPlayback(listener), composition, this, signal);
      },
      change: (playback) => playSingleLayer(playback, this.#composeAlone()),
    },
  );

  protected override readonly layer = new LayerController(
    this,
    { states: this.states, lifecycle: this.lifecycle },
    () => this.#describeLayer(),
  );

  /** The kind of the track: `video`. */
  override get kind(): 'video' {
    return 'video';
  }

  readonly #randomId = (Math.random() * 0x10000) | 0;

  /** The number of the source in the mark: `markSource`, or a random number that the element keeps. */
  get sourceId(): number {
    return this.markSource ?? this.#randomId;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (hasConfigurationChanged(this, changed)) this.lifecycle.applyChange();
    if (changed.has('label') || changed.has('params')) warnOfUnreadableTexts(this, (error) => this.states.warn(error));
  }

  #describeLayer(): VideoLayer {
    const { x, y, opacity } = this;
    return { id: this.layer.id, signal: this.#describe(), x, y, opacity };
  }

  #composeAlone(): VideoComposition {
    const signal = this.#describe();
    const { width, height, colorSpace, frameRate } = signal;
    const layers = [{ id: this.layer.id, signal, x: 0, y: 0, opacity: 1 }];
    const { faults } = this;
    return { width, height, frameRate, ...(colorSpace && { colorSpace }), isSingleLayer: true, layers, faults };
  }

  #describe(): CompletePatternDescription {
    const { colorSpace, ...signal } = sendableConfiguration<CompletePatternDescription>(this);
    return {
      ...signal,
      markSource: sendable(this.sourceId),
      kind: 'video',
      frameRate: parseRate(this.frameRate),
      color: resolveColor('color', this.color, this),
      background: resolveColor('background', this.background, this),
      ...(colorSpace && { colorSpace }),
      params: resolveColors(checkParams(this.params), this),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pattern-source': PatternSourceElement;
  }
}
