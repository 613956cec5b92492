import { checkNumber } from '../signals/checks.js';
import type { Capabilities, Settings } from './capabilities.js';
import { VirtualDevice, type VirtualDeviceInit } from './virtual-device.js';

/** The options of devices with pictures. */
export interface PictureDeviceInit extends VirtualDeviceInit {
  /** Pixels of a track without constraints. Default: 1280, of a screen 1920. */
  width?: number;
  /** Pixels of a track without constraints. Default: 720, of a screen 1080. */
  height?: number;
  /** Frames per second of a track without constraints. Default: 30. */
  frameRate?: number;
}

/** The size and the rate of a track without constraints. */
export type PictureFormat = Required<Pick<PictureDeviceInit, 'width' | 'height' | 'frameRate'>>;

/** A device whose tracks are pictures. */
export abstract class PictureDevice extends VirtualDevice {
  readonly trackKind = 'video';
  readonly #defaultFormat: PictureFormat;
  #format: PictureFormat;

  /** @throws {RangeError} for an option that is not accepted. */
  constructor(init: PictureDeviceInit, defaultLabel: string, defaultFormat: PictureFormat) {
    super(init, defaultLabel);
    this.#defaultFormat = defaultFormat;
    this.#format = defaultFormat;
    this.setFormat(init);
  }

  /** The size and the rate of a track without constraints. */
  get format(): PictureFormat {
    return this.#format;
  }

  /**
   * Sets the values of a track without constraints. Open tracks do not change.
   *
   * @throws {RangeError} for a size or a rate that a track cannot have.
   */
  setFormat(format: Partial<PictureFormat>): void {
    const { width, height, frameRate } = this.#defaultFormat;
    const next = {
      width: format.width ?? width,
      height: format.height ?? height,
      frameRate: format.frameRate ?? frameRate,
    };
    checkNumber('width', next.width, SIZES);
    checkNumber('height', next.height, SIZES);
    checkNumber('frameRate', next.frameRate, { min: 1, max: 240 });
    this.#format = next;
  }

  /** The largest size that a track can have. */
  protected get largestSize(): { readonly width: number; readonly height: number } {
    return this.#format;
  }

  override get capabilities(): Capabilities {
    const { width, height } = this.largestSize;
    return {
      deviceId: this.deviceId,
      groupId: this.groupId,
      width: { min: SIZES.min, max: width },
      height: { min: SIZES.min, max: height },
      aspectRatio: { min: SIZES.min / height, max: width / SIZES.min },
      frameRate: { min: 1, max: Math.max(this.#format.frameRate, USUAL_FRAME_RATE) },
      resizeMode: ['none', 'crop-and-scale'],
    };
  }

  override get defaults(): Settings {
    const { width, height, frameRate } = this.#format;
    return {
      deviceId: this.deviceId,
      groupId: this.groupId,
      width,
      height,
      aspectRatio: width / height,
      frameRate,
      resizeMode: 'none',
    };
  }
}

const SIZES = { min: 2, max: 16384, even: true, whole: true, unit: 'px' };

/** The most frames per second that every device can have. */
const USUAL_FRAME_RATE = 60;
