/* Requests of pages: `getUserMedia()` and `getDisplayMedia()`. */
import type { Settings } from './capabilities.js';
import { type Constraints, readConstraints } from './constraints.js';
import { faultError, overconstrainedError } from './device-fault.js';
import { selectDevice } from './select-settings.js';
import type { VirtualDevice } from './virtual-device.js';

/** A device that was chosen for a request, and how its track will be. */
export interface ChosenDevice {
  readonly device: VirtualDevice;
  readonly settings: Settings;
  readonly constraints: Constraints;
}

/**
 * Chooses the device that suits constraints best.
 *
 * @throws {DOMException} `NotFoundError` if there is none; `OverconstrainedError` if none satisfies the constraints.
 */
export function chooseDevice(devices: readonly VirtualDevice[], given: MediaTrackConstraints | true): ChosenDevice {
  const present = devices.filter(({ plugged, fault }) => plugged && fault !== 'not-found');
  const [first] = present;
  if (!first) throw faultError('not-found');
  const constraints = readConstraints(first.kind, given);
  const result = selectDevice(present, constraints);
  if ('failedConstraint' in result) throw overconstrainedError(result.failedConstraint, result.message);
  return { device: result.candidate, settings: result.settings, constraints };
}

/**
 * Opens the chosen devices, all or none.
 *
 * @throws {DOMException} for the fault of a device.
 */
export async function openDevices(chosen: readonly ChosenDevice[]): Promise<MediaStreamTrack[]> {
  const delay = Math.max(...chosen.map(({ device }) => device.delay));
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  for (const { device } of chosen) {
    if (device.fault) throw faultError(device.fault);
    if (!device.plugged) throw faultError('not-found');
  }
  const opening = await Promise.allSettled(
    chosen.map(({ device, settings, constraints }) => device.open(settings, constraints)),
  );
  const tracks = opening.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = opening.find((result) => result.status === 'rejected');
  if (!failed) return tracks;
  for (const track of tracks) track.stop();
  throw failed.reason;
}
