import type { PropertyDeclarations } from '@lit/reactive-element';
import type { VideoComposition, VideoLayer } from '../engine/composition.js';
import type { Playback, PlaybackListener } from '../engine/page/playback.js';
import { openVideoPlayback } from '../engine/page/video-playback.js';
import type { ColorSpace } from '../signals/picture.js';
import { parseRate } from '../signals/rate.js';
import type { CompletePatternDescription, Flip } from '../signals/video/pattern.js';
import { checkParams, paramsConverter, rateConverter, resolveColor, resolveColors } from './attributes.js';
import { SignalSourceElement } from './signal-source-element.js';

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
export class PatternSourceElement extends SignalSourceElement<VideoComposition> {
  static override properties: PropertyDeclarations = {
    pattern: { type: String, reflect: true, useDefault: true },
    width: { type: Number, reflect: true, useDefault: true },
    height: { type: Number, reflect: true, useDefault: true },
    frameRate: { reflect: true, attribute: 'frame-rate', useDefault: true, converter: rateConverter },
    color: { type: String, reflect: true, useDefault: true },
    background: { type: String, reflect: true, useDefault: true },
    speed: { type: Number, reflect: true, useDefault: true },
    colorSpace: { type: String, reflect: true, attribute: 'color-space', useDefault: true },
    animation: { type: String, reflect: true, useDefault: true },
    flip: { type: String, reflect: true, useDefault: true },
    scrollX: { type: Number, reflect: true, attribute: 'scroll-x', useDefault: true },
    scrollY: { type: Number, reflect: true, attribute: 'scroll-y', useDefault: true },
    label: { type: String, reflect: true, useDefault: true },
    timecode: { type: Boolean, reflect: true },
    dropFrame: { type: Boolean, reflect: true, attribute: 'drop-frame' },
    frameCounter: { type: Boolean, reflect: true, attribute: 'frame-counter' },
    seed: { type: Number, reflect: true, useDefault: true },
    params: { reflect: true, useDefault: true, converter: paramsConverter },
    x: { type: Number, reflect: true, useDefault: true },
    y: { type: Number, reflect: true, useDefault: true },
    opacity: { type: Number, reflect: true, useDefault: true },
  };

  /**
   * The name of the pattern, from the catalogue, or one of the page's own (`definePattern()`).
   */
  declare pattern: string;
  /** Pixels, even, 2 to 16384. */
  declare width: number;
  /** Pixels, even, 2 to 16384. From 720 on the picture is BT.709, below that BT.601, unless `color-space` says else. */
  declare height: number;
  /** Frames a second: a number or a fraction such as `30000/1001`; 23.976, 29.97 and 59.94 mean n × 1000/1001. */
  declare frameRate: number | string;
  /** A CSS color: the foreground, where the pattern has one. */
  declare color: string;
  /** A CSS color behind it. */
  declare background: string;
  /** How fast a moving pattern goes: 1 is its usual pace, 0 stands still. */
  declare speed: number;
  /** `bt601` or `bt709`: how the picture's colours are coded; by its height unless given. Inside a generator, that of the generator counts. */
  declare colorSpace: ColorSpace | '';
  /**
   * `timeline`: frames are numbered from the start of the page's engine. `wall-clock`: by the machine's clock, since
   * 1970, so that machines whose clocks agree show the same frame at the same time.
   */
  declare animation: 'timeline' | 'wall-clock';
  /** Mirrors the pattern, not what is written on it: `none`, `horizontal`, `vertical` or `both`. */
  declare flip: Flip;
  /** Pixels by which the pattern moves to the left in each frame, times `speed`; what leaves comes back at the other side. */
  declare scrollX: number;
  /** Pixels by which the pattern moves up in each frame, times `speed`. */
  declare scrollY: number;
  /** Text shown in the picture. */
  declare label: string;
  /** Shows the frame's time code, HH:MM:SS:FF. */
  declare timecode: boolean;
  /** Counts the time code as drop-frame, HH:MM:SS;FF: at 29.97 and 59.94 frames a second. */
  declare dropFrame: boolean;
  /** Shows the frame's number. */
  declare frameCounter: boolean;
  /** Where random patterns start: a 32-bit integer. */
  declare seed: number;
  /** What only one pattern knows, as a JSON object: `{"size": 64}` for `checkers`. */
  declare params: Readonly<Record<string, unknown>>;
  /** Inside a generator: pixels from its left edge, even. */
  declare x: number;
  /** Inside a generator: pixels from its top edge, even. */
  declare y: number;
  /** Inside a generator: 0 (not to be seen) to 1. */
  declare opacity: number;

  constructor() {
    super();
    this.pattern = 'smpte-hd';
    this.width = 1280;
    this.height = 720;
    this.frameRate = 30;
    this.color = '';
    this.background = '';
    this.speed = 1;
    this.colorSpace = '';
    this.animation = 'timeline';
    this.flip = 'none';
    this.scrollX = 0;
    this.scrollY = 0;
    this.label = '';
    this.timecode = false;
    this.dropFrame = false;
    this.frameCounter = false;
    this.seed = 0;
    this.params = {};
    this.x = 0;
    this.y = 0;
    this.opacity = 1;
  }

  get kind(): 'video' {
    return 'video';
  }

  /** @internal */
  layer(): VideoLayer {
    const [x, y, opacity] = [this.x, this.y, this.opacity].map(Number) as [number, number, number];
    return { id: this.layerId, signal: this.#describe(), x, y, opacity };
  }

  protected compose(): VideoComposition {
    const signal = this.#describe();
    const { width, height, frameRate, colorSpace } = signal;
    const layers = [{ id: this.layerId, signal, x: 0, y: 0, opacity: 1 }];
    return { width, height, frameRate, ...(colorSpace && { colorSpace }), isSingleLayer: true, layers };
  }

  protected openPlayback(listener: PlaybackListener): Promise<Playback<VideoComposition>> {
    return openVideoPlayback(listener);
  }

  #describe(): CompletePatternDescription {
    const { pattern, colorSpace, label, animation, flip, timecode, dropFrame, frameCounter } = this;
    return {
      kind: 'video',
      pattern,
      // Frameworks set properties as text.
      width: Number(this.width),
      height: Number(this.height),
      frameRate: parseRate(this.frameRate),
      color: resolveColor('color', this.color, this),
      background: resolveColor('background', this.background, this),
      ...(colorSpace && { colorSpace }),
      speed: Number(this.speed),
      animation,
      flip,
      scrollX: Number(this.scrollX),
      scrollY: Number(this.scrollY),
      label: `${label ?? ''}`,
      timecode,
      dropFrame,
      frameCounter,
      seed: Number(this.seed),
      params: resolveColors(checkParams(this.params), this),
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pattern-source': PatternSourceElement;
  }
}
