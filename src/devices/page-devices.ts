import type { VirtualDevice } from './virtual-device.js';
import { VirtualDevices } from './virtual-devices.js';

/** The devices of the elements of this page. They are installed while there is one. */
const pageDevices = new VirtualDevices();

/** Makes the page's `navigator.mediaDevices` know a device, until `disconnectDevice()`. */
export function connectDevice(device: VirtualDevice): void {
  pageDevices.add(device);
  pageDevices.install();
}

/** Takes a device away: its tracks end. After the last one everything is as it was. */
export function disconnectDevice(device: VirtualDevice): void {
  pageDevices.remove(device);
  if (pageDevices.devices.length === 0) pageDevices.uninstall();
}
