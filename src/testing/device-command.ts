/* The requests of a test's driver to the devices of a page, as plain data. */
import type { DeviceType } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import type { ProbeBounds } from '../measure/verification.js';

/** The bounds that the media of an element has to keep. */
export interface MediaExpectation extends Omit<ProbeBounds, 'latency'> {
  /** The camera or the screen whose picture it has to be, by its name. */
  readonly mark?: string;
  /** Milliseconds from the making of a frame to its showing that 95 of 100 frames keep. */
  readonly within?: number;
  /** Milliseconds until the test fails. Default: 30000. */
  readonly timeout?: number;
}

/** A request of a test's driver, as plain data. */
export type DeviceCommand =
  | { readonly run: 'list' }
  | { readonly run: 'expectMedia'; readonly selector: string; readonly expected: MediaExpectation }
  | {
      readonly run: 'direct';
      readonly device: DeviceType;
      readonly name?: string;
      readonly action: DeviceAction;
      readonly value?: unknown;
    };

/** A file of audio for a microphone: its bytes in base64, or a URL that the page loads. */
export type SentClip = { readonly data: string } | { readonly url: string };

/** The things that a test can do with a device. */
export type DeviceAction = 'show' | 'play' | 'fail' | 'delay' | 'plug' | 'unplug' | 'mute' | 'unmute';

/** A device, as `list` tells it. */
export interface ListedDevice {
  readonly kind: string;
  readonly label: string;
  readonly deviceId: string;
  readonly plugged: boolean;
  readonly muted: boolean;
  readonly fault: DeviceFault;
  /** How many tracks of it the page has open. */
  readonly openTracks: number;
  /** The settings of each of them: its size and rate, and its torch where the camera has one. */
  readonly settings: readonly (MediaTrackSettings & { readonly [name: string]: unknown })[];
}
