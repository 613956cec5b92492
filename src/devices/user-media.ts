/* Requests of pages: `getUserMedia()` and `getDisplayMedia()`. */
import { policyAllows } from '../generator/features.js';
import { valueError } from '../signals/checks.js';
import type { Settings } from './capabilities.js';
import { type Constraints, isRequired, readConstraints } from './constraints.js';
import { faultError, overconstrainedError } from './device-fault.js';
import { tracksOf } from './device-tracks.js';
import { selectDevice } from './select-settings.js';
import type { VirtualDevice } from './virtual-device.js';

/** A device that was chosen for a request, and how its track will be. */
export interface ChosenDevice {
  readonly device: VirtualDevice;
  readonly settings: Settings;
  readonly constraints: Constraints;
}

/** The constraints of each kind that a request has. `true`: any device. */
export type RequestedKinds = { readonly [kind in 'audio' | 'video']?: MediaTrackConstraints | true };

/**
 * The kinds that a page asks for, read by the conversions of WebIDL: of `boolean or MediaTrackConstraints`, `null` is a
 * dictionary without members, and anything but an object is a boolean.
 *
 * @throws {TypeError} for a request of nothing, and for one that requires a camera to be turned or zoomed.
 */
export function readRequest(given: MediaStreamConstraints | null | undefined): RequestedKinds {
  const kinds: { -readonly [kind in keyof RequestedKinds]: RequestedKinds[kind] } = {};
  for (const kind of ['audio', 'video'] as const) {
    const part: unknown = given?.[kind];
    if (part === null) kinds[kind] = {};
    else if (part) kinds[kind] = part === Object(part) ? (part as MediaTrackConstraints) : true;
  }
  // Image Capture, section "Constrainable Properties".
  for (const name of ['pan', 'tilt', 'zoom']) {
    const constraint = Object(Object(kinds.video)[name]);
    if (isRequired(constraint)) throw valueError(name, constraint, 'an ideal value', TypeError);
  }
  if (kinds.audio || kinds.video) return kinds;
  const text = JSON.stringify(given) ?? 'nothing';
  throw new TypeError(`getUserMedia() was given ${text}; it must be given video, audio or both: { video: true }.`);
}

/** The features of a policy, as `Permissions-Policy` and the attribute `allow` of an `<iframe>` name them. */
const policyNames = { audio: 'microphone', video: 'camera', screen: 'display-capture' } as const;

/** Whether the policy of the document lets it have devices of a kind. */
export const isAllowedByPolicy = (kind: keyof typeof policyNames): boolean => policyAllows(policyNames[kind]);

/** @throws {DOMException} `NotAllowedError` if the policy of the document forbids one of the kinds. */
export function checkPolicy(kinds: readonly (keyof typeof policyNames)[]): void {
  const name = kinds.filter((kind) => !isAllowedByPolicy(kind)).map((kind) => policyNames[kind])[0];
  if (!name) return;
  const message = `The policy of this document forbids ${name}; the <iframe> must have allow="${name}", or the server another Permissions-Policy.`;
  throw new DOMException(message, 'NotAllowedError');
}

/** Chromium does not find the class any more once a frame was removed, unless it was looked up before. */
const { DOMException: DocumentException } = globalThis;

/** Whether a window shows the document: that of a removed frame has none. */
export const isActive = (): boolean => Boolean(document.defaultView);

/** @throws {DOMException} `InvalidStateError` for a document that no window shows. */
export function checkActive(): void {
  if (!isActive()) throw new DocumentException('The document is not fully active.', 'InvalidStateError');
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
  const endings = chosen.map(({ device }) => tracksOf(device).endings);
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  for (const [index, { device }] of chosen.entries()) {
    if (device.fault) throw faultError(device.fault);
    tracksOf(device).checkPresence(endings[index] as number);
  }
  const opening = await Promise.allSettled(
    chosen.map(({ device, settings, constraints }) => tracksOf(device).open(settings, constraints)),
  );
  const tracks = opening.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const failed = opening.find((result) => result.status === 'rejected');
  if (!failed) return tracks;
  for (const track of tracks) track.stop();
  throw failed.reason;
}
