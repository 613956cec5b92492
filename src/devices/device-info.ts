import type { Capabilities } from './capabilities.js';
import type { VirtualDevice } from './virtual-device.js';

/** The members of an entry in the list of `enumerateDevices()`. */
export interface DeviceInfo {
  readonly deviceId: string;
  readonly kind: MediaDeviceKind;
  readonly label: string;
  readonly groupId: string;
  toJSON(): object;
  getCapabilities(): Capabilities;
}

const deviceInfos = new WeakMap<object, DeviceInfo>();

/** The members of an entry of a virtual device; `undefined` for one of the browser's own. */
export const deviceInfoOf = (info: object): DeviceInfo | undefined => deviceInfos.get(info);

/** The browser's class of the entries; `undefined` in a page that is not secure. */
export function infoClass(): typeof InputDeviceInfo | undefined {
  const { InputDeviceInfo: Class = globalThis.MediaDeviceInfo } = globalThis as Partial<typeof globalThis>;
  return Class as typeof InputDeviceInfo | undefined;
}

/**
 * The entry of a device in the list of `enumerateDevices()`: an object of the browser's own class.
 *
 * @param isHidden Whether the page may not know the label and the ids yet.
 */
export function deviceInfo(device: VirtualDevice, isHidden: boolean): MediaDeviceInfo {
  const { deviceId, groupId, label } = isHidden ? { deviceId: '', groupId: '', label: '' } : device;
  const values = { deviceId, kind: device.kind as MediaDeviceKind, label, groupId };
  const methods = {
    toJSON: () => ({ ...values }),
    getCapabilities: () => (isHidden ? {} : structuredClone(device.capabilities)),
  };
  const { prototype } = infoClass() ?? {};
  const info = Object.create(prototype ?? Object.prototype);
  deviceInfos.set(info, { ...values, ...methods });
  // Those that the class lacks, and all of them in a page without the class.
  for (const [name, value] of Object.entries({ ...values, ...methods })) {
    const isHere = prototype && name in prototype;
    if (!isHere) Object.defineProperty(info, name, { value, enumerable: name in values, configurable: true });
  }
  return info;
}
