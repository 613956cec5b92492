import type { Capabilities } from './capabilities.js';
import type { DeviceKind } from './constrainable-properties.js';
import type { VirtualDevice } from './virtual-device.js';

/**
 * The entry of a device in the list of `enumerateDevices()`: an object of the browser's own class.
 *
 * @param isHidden Whether the page may not know the label and the ids yet.
 */
export function deviceInfo(device: VirtualDevice, isHidden: boolean): MediaDeviceInfo {
  const { deviceId, groupId, label } = isHidden ? { deviceId: '', groupId: '', label: '' } : device;
  const kind = device.kind as Exclude<DeviceKind, 'screen'>;
  const values = { deviceId, kind, label, groupId };
  const { InputDeviceInfo: Class = globalThis.MediaDeviceInfo } = globalThis as Partial<typeof globalThis>;
  const info = Object.create(Class?.prototype ?? Object.prototype);
  // The members of the prototype ask for an object that the browser has made.
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(info, name, { value, enumerable: true, configurable: true });
  }
  const capabilities = (): Capabilities => (isHidden ? {} : structuredClone(device.capabilities));
  for (const [name, value] of Object.entries({ toJSON: () => ({ ...values }), getCapabilities: capabilities })) {
    Object.defineProperty(info, name, { value, configurable: true });
  }
  return info;
}
