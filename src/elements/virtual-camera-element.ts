import type { PropertyValues } from '@lit/reactive-element';
import type { CameraControls } from '../devices/camera-controls.js';
import { videoFormat } from '../devices/device-content.js';
import type { FacingMode } from '../devices/facing-mode.js';
import { scaledComposition } from '../devices/scaled-composition.js';
import { VirtualCamera } from '../devices/virtual-camera.js';
import { framesPerSecond, parseRate } from '../signals/rate.js';
import { jsonObject, number, oneOf, rate } from './converters.js';
import { property } from './property.js';
import { VirtualDeviceElement } from './virtual-device-element.js';

/**
 * A camera that the page's own `getUserMedia()` knows, with the patterns inside as its picture.
 *
 * ```html
 * <virtual-camera label="Front camera" facing-mode="user">
 *   <pattern-source pattern="card" mark></pattern-source>
 * </virtual-camera>
 * ```
 *
 * @summary A camera that `getUserMedia()` knows, with content of your choice.
 * @tag virtual-camera
 */
export class VirtualCameraElement extends VirtualDeviceElement<VirtualCamera> {
  /** The direction that the camera faces: `user`, `environment`, `left` or `right`. Unset, the camera does not tell it. */
  @property({ type: oneOf<FacingMode>(), attribute: 'facing-mode', reflect: true })
  facingMode: FacingMode = '';

  /**
   * Width in pixels, even, of a track that a page requests without a width. Sources inside are placed in a picture of this
   * size.
   */
  @property({ type: number, reflect: true })
  width = 1280;

  /**
   * Height in pixels, even, of a track that a page requests without a height. Sources inside are placed in a picture of this
   * size.
   */
  @property({ type: number, reflect: true })
  height = 720;

  /** Frames per second of a track that a page requests without a rate: a number or a fraction such as `30000/1001`. */
  @property({ type: rate, attribute: 'frame-rate', reflect: true })
  frameRate: number | string = 30;

  /**
   * Further controls of the camera, which pages find with `getCapabilities()`: an object, or its JSON text: `{"torch": true,
   * "zoom": {"min": 1, "max": 5}}`. Pages read and set the values; the picture does not follow them. The names are those of
   * Image Capture, such as `torch`, `zoom`, `focusMode` and `exposureCompensation`: `true`, a range or a list of modes.
   */
  @property({ type: jsonObject, reflect: true })
  controls: CameraControls = {};

  protected readonly trackKinds = ['video'] as const;
  readonly device = this.follow(new VirtualCamera(), (format) => {
    const { width, height, frameRate } = this.device.format;
    const frame = { width, height, frameRate: parseRate(frameRate) };
    const { composition, errors } = this.withTrackBehind(this.composer.composeVideo(this.layers.layers, frame));
    return { composition: scaledComposition(composition, videoFormat(format)), errors };
  });

  protected override configure(changed: PropertyValues<this>): void {
    const { device, width, height } = this;
    device.setFormat({ width, height, frameRate: framesPerSecond(parseRate(this.frameRate)) });
    device.facingMode = this.facingMode;
    device.controls = this.controls;
    super.configure(changed);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'virtual-camera': VirtualCameraElement;
  }
}
