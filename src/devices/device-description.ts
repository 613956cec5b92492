import { checkOneOf } from '../signals/check-names.js';
import { type PlayedTone, type ShownPattern, signalContent } from './device-content.js';
import { VirtualCamera, type VirtualCameraInit } from './virtual-camera.js';
import type { DevicesMode, VirtualDevice, VirtualDeviceInit } from './virtual-device.js';
import { VirtualDevices } from './virtual-devices.js';
import { VirtualMicrophone, type VirtualMicrophoneInit } from './virtual-microphone.js';
import { VirtualScreen, type VirtualScreenInit } from './virtual-screen.js';

/** A description of devices as plain data, which can also be JSON. */
export interface DevicesDescription {
  /** Default: `replace`. */
  readonly mode?: DevicesMode;
  /** An integer that changes the ids that are derived from the labels. Default: 0. */
  readonly seed?: number;
  /** Default: a front camera and a back camera. */
  readonly cameras?: readonly CameraDescription[];
  /** Default: one microphone. */
  readonly microphones?: readonly MicrophoneDescription[];
  /** Default: a screen, a window and a tab. A page gets the screen unless it asks for another one. */
  readonly screens?: readonly ScreenDescription[];
}

const descriptionNames: readonly (keyof DevicesDescription)[] = ['mode', 'seed', 'cameras', 'microphones', 'screens'];

interface Named {
  /** The name by which a test finds the device. A test can also find it by its label. */
  readonly name?: string;
}

export interface CameraDescription extends Named, VirtualCameraInit {
  /** Default: a test card with a mark. */
  readonly show?: ShownPattern;
}

export interface MicrophoneDescription extends Named, VirtualMicrophoneInit {
  /** Default: a tone of 440 Hz with a mark. */
  readonly play?: PlayedTone;
}

export interface ScreenDescription extends Named, VirtualScreenInit {
  /** Default: a test card with a mark. */
  readonly show?: ShownPattern;
  /** The audio of the screen. Default: none; a page that asks for audio then gets only the picture. */
  readonly play?: PlayedTone;
}

/** The names that the description of any device may have. Records, so that the compiler finds a name that is missing. */
const commonNames: Record<keyof VirtualDeviceInit | 'name', true> = {
  name: true,
  label: true,
  deviceId: true,
  groupId: true,
  seed: true,
  markSource: true,
  mode: true,
  fault: true,
  delay: true,
  unplugged: true,
  muted: true,
};

type OwnNames<Description> = Record<Exclude<keyof Description, keyof typeof commonNames>, true>;

const pictureNames = { show: true, width: true, height: true, frameRate: true } as const;

/** The further names of each type of device. */
const deviceNames: {
  readonly camera: OwnNames<CameraDescription>;
  readonly microphone: OwnNames<MicrophoneDescription>;
  readonly screen: OwnNames<ScreenDescription>;
} = {
  camera: { ...pictureNames, facingMode: true, controls: true },
  microphone: { play: true, sampleRate: true, channels: true },
  screen: { ...pictureNames, play: true, displaySurface: true },
};

const card: ShownPattern = { pattern: 'card', mark: true };
const bars: ShownPattern = { pattern: 'smpte-hd', mark: true };
const tone: PlayedTone = { waveform: 'sine', frequency: 440, mark: true };

const usualCameras: readonly CameraDescription[] = [
  { name: 'front', label: 'Front camera', facingMode: 'user' },
  { name: 'back', label: 'Back camera', facingMode: 'environment', show: bars },
];

const usualMicrophones: readonly MicrophoneDescription[] = [{ label: 'Microphone' }];

const usualScreens: readonly ScreenDescription[] = [
  { label: 'Screen' },
  { label: 'Window', displaySurface: 'window' },
  { label: 'Tab', displaySurface: 'browser' },
];

/** The types of devices, by the names that tests use. */
export type DeviceType = 'camera' | 'microphone' | 'screen';

/** Devices that were made from a description, and that a test finds by their names. */
export class DescribedDevices {
  readonly devices: VirtualDevices;
  readonly #names = new Map<VirtualDevice, string>();

  /** @throws {RangeError | TypeError} for a description that is not accepted. */
  constructor(description: DevicesDescription = {}) {
    for (const name of Object.keys(description)) checkOneOf('a name in the description', descriptionNames, name);
    const { mode = 'replace', seed } = description;
    const { cameras = usualCameras, microphones = usualMicrophones, screens = usualScreens } = description;
    this.devices = new VirtualDevices({ mode });
    // Each source of a page has a number of its own, which its mark carries.
    let markSource = 1;
    const add = <Device extends VirtualDevice>(
      type: DeviceType,
      device: Device,
      description: Named & { label?: string },
    ): Device => {
      const accepted = Object.keys({ ...commonNames, ...deviceNames[type] });
      for (const each of Object.keys(description)) checkOneOf(`a name in the description of a ${type}`, accepted, each);
      const { name, label = '' } = description;
      this.#names.set(this.devices.add(device), name ?? label);
      return device;
    };
    for (const camera of cameras) {
      const { show = card } = camera;
      present(add('camera', new VirtualCamera({ seed, markSource: markSource++, ...camera }), camera), show);
    }
    for (const microphone of microphones) {
      const { play = tone } = microphone;
      present(add('microphone', new VirtualMicrophone({ seed, ...microphone }), microphone), play);
    }
    for (const screen of screens) {
      const { show = card, play } = screen;
      const device = add('screen', new VirtualScreen({ seed, markSource: markSource++, ...screen }), screen);
      present(device, show);
      if (play) present(audioOf(device), play);
    }
  }

  /** A camera by its name, or a part of its label; the first without a name. @throws {RangeError} if there is none. */
  camera(name?: string): VirtualCamera {
    return this.find('camera', name) as VirtualCamera;
  }

  /** A microphone by its name, or a part of its label; the first without a name. @throws {RangeError} if there is none. */
  microphone(name?: string): VirtualMicrophone {
    return this.find('microphone', name) as VirtualMicrophone;
  }

  /** A screen by its name, or a part of its label; the first without a name. @throws {RangeError} if there is none. */
  screen(name?: string): VirtualScreen {
    return this.find('screen', name) as VirtualScreen;
  }

  /** A device by its name, its `deviceId`, or its label or a part of that. @throws {RangeError} if there is none. */
  find(type: DeviceType, name?: string): VirtualDevice {
    const { kind } = kinds[type] ?? {};
    const devices = this.devices.devices.filter((device) => device.kind === kind);
    const wanted = name?.toLowerCase();
    const found =
      wanted === undefined
        ? devices[0]
        : (devices.find((device) => this.#names.get(device)?.toLowerCase() === wanted) ??
          devices.find(({ deviceId }) => deviceId === name) ??
          devices.find(({ label }) => label.toLowerCase() === wanted) ??
          devices.find(({ label }) => label.toLowerCase().includes(wanted)));
    if (found) return found;
    const names = devices.map((device) => `"${this.#names.get(device) || device.label}"`).join(', ');
    throw new RangeError(`The ${type} "${name ?? ''}" does not exist; there is ${names || `no ${type}`}.`);
  }
}

/** The device that plays the audio of a screen, which has audio from now on. For any other device, that device itself. */
export function audioOf(device: VirtualDevice): VirtualDevice {
  if (!(device instanceof VirtualScreen)) return device;
  device.hasAudio = true;
  return device.audio;
}

/** @throws {TypeError} at once for content that is not accepted. */
const present = (device: VirtualDevice, content: ShownPattern | PlayedTone): void =>
  void device.show(signalContent(content, device.markSource));

const kinds = {
  camera: { kind: 'videoinput' },
  microphone: { kind: 'audioinput' },
  screen: { kind: 'screen' },
} as const;
