import { checkOneOf } from '../signals/checks.js';
import type { Capabilities, Settings } from './capabilities.js';
import { type FacingMode, facingModes } from './facing-mode.js';
import { PictureDevice, type PictureDeviceInit } from './picture-device.js';

export interface VirtualCameraInit extends PictureDeviceInit {
  /** Default: the camera does not tell. */
  facingMode?: FacingMode;
}

/** A camera that shows a pattern, or anything else. */
export class VirtualCamera extends PictureDevice {
  readonly kind = 'videoinput';
  #facingMode: FacingMode = '';

  /** @throws {RangeError} for an option that is not accepted. */
  constructor(init: VirtualCameraInit = {}) {
    super(init, 'Virtual camera', { width: 1280, height: 720, frameRate: 30 });
    this.facingMode = init.facingMode ?? '';
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

  override get capabilities(): Capabilities {
    return { ...super.capabilities, facingMode: this.#facingMode ? [this.#facingMode] : [] };
  }

  override get defaults(): Settings {
    return { ...super.defaults, ...(this.#facingMode && { facingMode: this.#facingMode }) };
  }

  protected override get largestSize(): { readonly width: number; readonly height: number } {
    const { width, height } = this.format;
    return { width: Math.max(width, 3840), height: Math.max(height, 2160) };
  }
}
