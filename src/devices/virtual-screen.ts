import { checkOneOf } from '../signals/check-names.js';
import type { Capabilities, Settings } from './capabilities.js';
import { tracksOf } from './device-tracks.js';
import { PictureDevice, type PictureDeviceInit } from './picture-device.js';
import { VirtualMicrophone } from './virtual-microphone.js';

/** The surfaces that a page can be given, as `displaySurface` names them. */
export type DisplaySurface = 'monitor' | 'window' | 'browser';

const displaySurfaces: readonly DisplaySurface[] = ['monitor', 'window', 'browser'];

export interface VirtualScreenInit extends PictureDeviceInit {
  /** Default: `monitor`. */
  displaySurface?: DisplaySurface;
}

/** A screen, window or tab that `getDisplayMedia()` gives: with pictures, and with audio if it `hasAudio`. */
export class VirtualScreen extends PictureDevice {
  readonly kind = 'screen';
  /** Plays the audio of the screen, if it `hasAudio`. It is no device of the page's list. */
  readonly audio: VirtualMicrophone;
  /** Whether `getDisplayMedia({ audio: true })` gets a track of audio. */
  hasAudio = false;
  #displaySurface: DisplaySurface = 'monitor';

  /** @throws {RangeError} for an option that is not accepted. */
  constructor(init: VirtualScreenInit = {}) {
    super(init, 'Virtual screen', { width: 1920, height: 1080, frameRate: 30 });
    this.displaySurface = init.displaySurface ?? 'monitor';
    this.audio = new VirtualMicrophone({ label: 'System audio', muted: init.muted });
    tracksOf(this).include(tracksOf(this.audio));
  }

  /**
   * The surface that is shown: a whole screen, a window or a tab.
   *
   * @throws {TypeError} for anything else.
   */
  get displaySurface(): DisplaySurface {
    return this.#displaySurface;
  }

  set displaySurface(displaySurface: DisplaySurface) {
    checkOneOf('displaySurface', displaySurfaces, displaySurface);
    this.#displaySurface = displaySurface;
  }

  override get capabilities(): Capabilities {
    const { groupId: _, ...others } = super.capabilities;
    return {
      ...others,
      displaySurface: this.#displaySurface,
      logicalSurface: [true],
      cursor: ['never', 'always', 'motion'],
    };
  }

  override get defaults(): Settings {
    const { groupId: _, ...others } = super.defaults;
    return { ...others, displaySurface: this.#displaySurface, logicalSurface: true, cursor: 'motion' };
  }

  /** The system mutes its audio, too. @internal */
  protected override applyMuted(): void {
    super.applyMuted();
    this.audio.muted = this.muted;
  }

  override get openTracks(): readonly MediaStreamTrack[] {
    return [...super.openTracks, ...this.audio.openTracks];
  }
}
