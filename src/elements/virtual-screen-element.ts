import type { PropertyValues } from '@lit/reactive-element';
import type { Layer } from '../controllers/layer-controller.js';
import { audioFormat, videoFormat } from '../devices/device-content.js';
import { scaledComposition } from '../devices/scaled-composition.js';
import { type DisplaySurface, VirtualScreen } from '../devices/virtual-screen.js';
import { framesPerSecond, parseRate } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import { number, oneOf, rate } from './converters.js';
import { property } from './property.js';
import { VirtualDeviceElement } from './virtual-device-element.js';

/**
 * A screen that the page's own `getDisplayMedia()` gives, with the patterns inside as its picture and the tones inside as its
 * audio.
 *
 * ```html
 * <virtual-screen label="Slides"><pattern-source pattern="card"></pattern-source></virtual-screen>
 * ```
 *
 * @summary A screen that `getDisplayMedia()` gives, with content of your choice.
 * @tag virtual-screen
 */
export class VirtualScreenElement extends VirtualDeviceElement<VirtualScreen> {
  /** The surface that is shown, as the track's `displaySurface` tells: `monitor`, `window` or `browser`. */
  @property({ type: oneOf<DisplaySurface>(), attribute: 'display-surface', reflect: true })
  displaySurface: DisplaySurface = 'monitor';

  /** Pixels, even, of the screen. Sources inside are placed in this size. */
  @property({ type: number, reflect: true })
  width = 1920;

  /** Pixels, even, of the screen. Sources inside are placed in this size. */
  @property({ type: number, reflect: true })
  height = 1080;

  /** Frames per second of a track that a page requests without a rate: a number or a fraction such as `30000/1001`. */
  @property({ type: rate, attribute: 'frame-rate', reflect: true })
  frameRate: number | string = 30;

  protected readonly trackKinds = ['video', 'audio'] as const;
  readonly device = this.follow(new VirtualScreen(), (format) => {
    const { width, height, frameRate } = this.device.format;
    const frame = { width, height, frameRate: parseRate(frameRate) };
    const composed = this.composer.composeVideo(this.#layersOf('video'), frame);
    const { composition, errors } = this.withTrackBehind(composed);
    return { composition: scaledComposition(composition, videoFormat(format)), errors };
  });

  constructor() {
    super();
    this.follow(this.device.audio, (format) => {
      const { sampleRate, channels } = audioFormat(format);
      return this.withTrackBeside(this.composer.composeAudio(this.#layersOf('audio'), { sampleRate, channels }));
    });
  }

  protected override configure(changed: PropertyValues<this>): void {
    const { device, width, height } = this;
    device.setFormat({ width, height, frameRate: framesPerSecond(parseRate(this.frameRate)) });
    device.displaySurface = this.displaySurface;
    super.configure(changed);
  }

  protected override async refresh(): Promise<void> {
    const { device } = this;
    device.hasAudio = this.hasAudioTrack || this.#layersOf('audio').length > 0;
    await Promise.all([device.refresh(), device.audio.refresh()]);
  }

  #layersOf(kind: TrackKind): readonly Layer[] {
    return this.layers.layers.filter(({ element }) => element.kind === kind || element.kind === null);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'virtual-screen': VirtualScreenElement;
  }
}
