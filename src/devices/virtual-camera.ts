import { checkOneOf } from '../signals/check-names.js';
import { type CameraControls, initialControls, readControls } from './camera-controls.js';
import type { Capabilities, Settings } from './capabilities.js';
import { type FacingMode, facingModes } from './facing-mode.js';
import { PictureDevice, type PictureDeviceInit } from './picture-device.js';

export interface VirtualCameraInit extends PictureDeviceInit {
  /** Default: the camera does not tell. */
  facingMode?: FacingMode;
  /**
   * Its further controls, as `getCapabilities()` tells pages: `{ torch: true, zoom: { min: 1, max: 5 } }`. Pages read and set the
   * values; the picture does not follow them. Default: nothing.
   */
  controls?: CameraControls;
}

/** A camera that shows a pattern, or anything else. */
export class VirtualCamera extends PictureDevice {
  readonly kind = 'videoinput';
  #facingMode: FacingMode = '';
  #controls: CameraControls = {};

  /** @throws {RangeError} for an option that is not accepted. */
  constructor(init: VirtualCameraInit = {}) {
    super(init, 'Virtual camera', { width: 1280, height: 720, frameRate: 30 });
    this.facingMode = init.facingMode ?? '';
    this.controls = init.controls ?? {};
  }

  /**
   * The direction that it faces.
   *
   * @throws {TypeError} for anything but a direction.
   */
  get facingMode(): FacingMode {
    return this.#facingMode;
  }

  set facingMode(facingMode: FacingMode) {
    if (facingMode !== '') checkOneOf('facingMode', facingModes, facingMode);
    this.#facingMode = facingMode;
  }

  /**
   * Its further controls, such as a torch. Tracks that are open keep their values.
   *
   * @throws {RangeError | TypeError} for a control that cameras do not have, or for values that it cannot have.
   */
  get controls(): CameraControls {
    return this.#controls;
  }

  set controls(controls: CameraControls) {
    this.#controls = readControls(controls);
  }

  override get capabilities(): Capabilities {
    return { ...super.capabilities, facingMode: this.#facingMode ? [this.#facingMode] : [], ...this.#controls };
  }

  override get defaults(): Settings {
    const { facingMode } = this;
    return { ...super.defaults, ...(facingMode && { facingMode }), ...initialControls(this.#controls) };
  }

  protected override get largestSize(): { readonly width: number; readonly height: number } {
    const { width, height } = this.format;
    return { width: Math.max(width, 3840), height: Math.max(height, 2160) };
  }
}
