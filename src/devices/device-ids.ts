/*
 * Identifiers of virtual devices, which have the form of Chromium's: 64 hexadecimal digits. They depend on nothing but what
 * is given, so a device has the same one in each session, in each browser and on each machine. They are no secrets.
 */
import { random32 } from '../signals/random.js';
import type { DeviceKind } from './constrainable-properties.js';

/** One of 32 bits for each eight digits. */
const HASHES = 8;

/**
 * The `deviceId` of a device. Two devices of one kind with equal labels have different occurrences: the number of such
 * devices before it.
 */
export const createDeviceId = (seed: number | string, kind: DeviceKind, label: string, occurrence = 0): string =>
  hexDigest(['deviceId', seed, kind, label, occurrence]);

/** The `groupId` of the devices that are parts of one thing, a headset for example. Two equal headsets have different occurrences. */
export const createGroupId = (seed: number | string, group: string, occurrence = 0): string =>
  hexDigest(['groupId', seed, group, ...(occurrence > 0 ? [occurrence] : [])]);

function hexDigest(parts: readonly (number | string)[]): string {
  // As JSON, so that ["a", "bc"] and ["ab", "c"] differ.
  const text = JSON.stringify(parts);
  return Array.from({ length: HASHES }, (_, index) => hash(index, text).toString(16).padStart(8, '0')).join('');
}

function hash(seed: number, text: string): number {
  let state = random32(seed, text.length);
  for (let index = 0; index < text.length; index++) state = random32(state, text.charCodeAt(index));
  return state;
}
