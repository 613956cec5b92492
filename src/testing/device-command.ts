/* The requests of a test's driver to the devices of a page, as plain data. */
import type { DeviceType } from '../devices/device-description.js';
import type { DeviceFault } from '../devices/device-fault.js';
import type { ProbeBounds } from '../measure/verification.js';

/** The bounds for the media that an element plays. */
export interface MediaExpectation extends Omit<ProbeBounds, 'latency'> {
  /** The camera or the screen whose picture it has to be, by its name. */
  readonly mark?: string;
  /** The highest latency in milliseconds, from when a frame is made until it is shown, for 95 of 100 frames. */
  readonly within?: number;
  /** Milliseconds until the expectation fails. Default: 20000, which is before the usual limit of drivers, 30 seconds. */
  readonly timeout?: number;
}

/** A request of a test's driver, as plain data. */
export type DeviceCommand =
  | { readonly run: 'list' }
  | { readonly run: 'expectMedia'; readonly selector: string; readonly expected: MediaExpectation }
  /** Whether the page still lacks a file of the library, which the script does not have. */
  | { readonly run: 'lacks'; readonly file: string }
  /** Hands the text of such a file over. */
  | { readonly run: 'take'; readonly file: string; readonly text: string }
  | {
      readonly run: 'direct';
      readonly device: DeviceType;
      readonly name?: string;
      readonly action: DeviceAction;
      readonly value?: unknown;
    };

/** A file: its bytes in base64, with the name by which errors call it; or a URL that the page loads. */
export type SentFile = { readonly data: string; readonly name: string } | { readonly url: string };

/** A file that a device repeats unless `loop` is `false`. */
export interface SentShownFile {
  readonly file: SentFile;
  readonly loop?: boolean;
}

/** The worker that decodes media files. It is 100 kB with gzip: the script has it when a driver hands it over. */
export const FILE_WORKER = 'track-elements-file-worker';

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
  /** The settings of each of these tracks: its size and rate, and its torch if the camera has one. */
  readonly settings: readonly (MediaTrackSettings & { readonly [name: string]: unknown })[];
}
