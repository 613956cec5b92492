/* Requests of pages: `getUserMedia()` and `getDisplayMedia()`. */
import { policyAllows } from '../generator/features.js';
import { valueError } from '../signals/checks.js';
import type { Settings } from './capabilities.js';
import {
  type Choices,
  type Constraint,
  type Constraints,
  constraintsOf,
  isRequired,
  readConstraints,
} from './constraints.js';
import { faultError, overconstrainedError } from './device-fault.js';
import { tracksOf } from './device-tracks.js';
import { selectDevice } from './select-settings.js';
import type { VirtualDevice } from './virtual-device.js';

/** A device that was chosen for a request, and how its track will be. */
export interface ChosenDevice {
  readonly device: VirtualDevice;
  readonly settings: Settings;
  readonly constraints: Constraints;
  /** How often the tracks of the device had been ended when it was chosen. */
  readonly endings: number;
}

/** A part of a request: the devices of one kind. */
export interface RequestedKind {
  /** As it was given. `true`: any device. */
  readonly given: MediaTrackConstraints | true;
  readonly constraints: Constraints;
}

export type RequestedKinds = { readonly [kind in 'audio' | 'video']?: RequestedKind };

/**
 * A member of a request by the conversion to `boolean or MediaTrackConstraints` of WebIDL: `null` is a dictionary without
 * members, and anything but an object is a boolean.
 */
export function readKind(part: unknown): MediaTrackConstraints | boolean {
  if (part === null) return {};
  return part === Object(part) ? (part as MediaTrackConstraints) : Boolean(part);
}

/**
 * The kinds that a page asks for, read at once: what the page changes later has no effect.
 *
 * @throws {TypeError} for a request of nothing, and for one that requires a camera to be turned or zoomed.
 */
export function readRequest(request: MediaStreamConstraints | null | undefined): RequestedKinds {
  const kinds: { -readonly [kind in keyof RequestedKinds]: RequestedKinds[kind] } = {};
  for (const kind of ['audio', 'video'] as const) {
    const given = readKind(request?.[kind]);
    if (given) kinds[kind] = { given, constraints: readConstraints(given) };
  }
  // Image Capture, section "Constrainable Properties".
  for (const name of ['pan', 'tilt', 'zoom']) {
    const constraint = Object(Object(kinds.video?.given)[name]);
    if (isRequired(constraint)) throw valueError(name, constraint, 'an ideal value', TypeError);
  }
  if (kinds.audio || kinds.video) return kinds;
  const text = JSON.stringify(request) ?? 'nothing';
  throw new TypeError(`getUserMedia() was given ${text}; it must be given video, audio or both: { video: true }.`);
}

/** Whether constraints name a device by its id, or by the id of its group. */
export function namesDevice(constraints: Constraints, { deviceId, groupId }: VirtualDevice): boolean {
  const sets = [constraints, ...(constraints.advanced ?? [])];
  return sets.some((set) => mentions(set.deviceId, deviceId) || mentions(set.groupId, groupId));
}

function mentions(constraint: Constraint | undefined, id: string): boolean {
  const { exact, ideal } = Object(constraint) as Choices;
  const values = Array.isArray(constraint) ? constraint : [constraint, exact, ideal];
  return values.flat().includes(id);
}

/** The features of a policy, as `Permissions-Policy` and the attribute `allow` of an `<iframe>` name them. */
const policyNames = { audio: 'microphone', video: 'camera', screen: 'display-capture' } as const;

/** Whether the policy of the document lets it have devices of a kind. */
export const isAllowedByPolicy = (kind: keyof typeof policyNames): boolean => policyAllows(policyNames[kind]);

/** @throws {DOMException} `NotAllowedError` if the policy of the document forbids one of the kinds. */
export function checkPolicy(kinds: readonly (keyof typeof policyNames)[]): void {
  const forbidden = kinds.find((kind) => !isAllowedByPolicy(kind));
  if (!forbidden) return;
  const name = policyNames[forbidden];
  const message = `The policy of this document forbids ${name}; the <iframe> must have allow="${name}", or the server must send another Permissions-Policy.`;
  throw new DOMException(message, 'NotAllowedError');
}

/** Chromium does not find the class any more once a frame was removed, unless it was looked up before. */
const { DOMException: DocumentException } = globalThis;

/** Whether a window shows the document: the document of a removed frame has no window. */
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
export function chooseDevice(devices: readonly VirtualDevice[], constraints: Constraints): ChosenDevice {
  const present = devices.filter(({ plugged, fault }) => plugged && fault !== 'not-found');
  const [first] = present;
  if (!first) throw faultError('not-found');
  const result = selectDevice(present, constraintsOf(first.kind, constraints));
  if ('failedConstraint' in result) throw overconstrainedError(result.failedConstraint, result.message);
  const { candidate: device, settings } = result;
  return { device, settings, constraints, endings: tracksOf(device).endings };
}

/** Whether something is done without an error. */
export function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}

/**
 * Opens the chosen devices, all or none.
 *
 * @throws {DOMException} for the fault of a device.
 */
export async function openDevices(chosen: readonly ChosenDevice[]): Promise<MediaStreamTrack[]> {
  const delay = Math.max(...chosen.map(({ device }) => device.delay));
  if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
  for (const { device, endings } of chosen) {
    if (device.fault) throw faultError(device.fault);
    tracksOf(device).checkPresence(endings);
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
