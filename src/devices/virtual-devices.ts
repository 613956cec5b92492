import { acquireEngine, type WorkerLease } from '../engine/page/engine-client.js';
import { policyAllows } from '../generator/features.js';
import { checkOneOf } from '../signals/check-names.js';
import { checkObject, valueError } from '../signals/checks.js';
import { type DeviceKind, supportedConstraints } from './constrainable-properties.js';
import type { Constraints } from './constraints.js';
import { replaceDeviceClasses } from './device-classes.js';
import { faultError } from './device-fault.js';
import { deviceInfo } from './device-info.js';
import { type DevicePermission, DevicePermissions } from './device-permissions.js';
import { tracksOf } from './device-tracks.js';
import { replaceLegacyUserMedia } from './legacy-user-media.js';
import { mediaDevices, rejectNotFound } from './page-media-devices.js';
import { ReplacedMembers } from './replaced-members.js';
import { openControlled, readScreenRequest, replaceCaptureController, type ScreenRequest } from './screen-request.js';
import {
  type ChosenDevice,
  checkActive,
  checkPolicy,
  chooseDevice,
  isActive,
  isAllowedByPolicy,
  namesDevice,
  openDevices,
  type RequestedKind,
  readRequest,
  succeeds,
} from './user-media.js';
import { VirtualCamera, type VirtualCameraInit } from './virtual-camera.js';
import { type DevicesMode, devicesModes, type VirtualDevice } from './virtual-device.js';
import { VirtualMicrophone, type VirtualMicrophoneInit } from './virtual-microphone.js';
import { VirtualScreen, type VirtualScreenInit } from './virtual-screen.js';

export type { CameraControls, ControlRange } from './camera-controls.js';
export type { AudioClip } from './clip-content.js';
export type { DeviceContent, PlayedTone, ShownPattern } from './device-content.js';
export type { DeviceFault } from './device-fault.js';
export type { AudioFormat, TrackFormat, VideoFormat } from './device-format.js';
export type { FacingMode } from './facing-mode.js';
export type { ShownFile } from './file-content.js';
export { VirtualCamera, type VirtualCameraInit } from './virtual-camera.js';
export {
  type DevicesMode,
  VirtualDevice,
  type VirtualDeviceEventMap,
  type VirtualDeviceInit,
} from './virtual-device.js';
export { VirtualMicrophone, type VirtualMicrophoneInit } from './virtual-microphone.js';
export { type DisplaySurface, VirtualScreen, type VirtualScreenInit } from './virtual-screen.js';

export interface VirtualDevicesInit {
  /** Default: `add`. */
  mode?: DevicesMode;
}

/**
 * Virtual cameras, microphones and screens, which the page's own `navigator.mediaDevices` knows while they are installed.
 *
 * ```ts
 * const devices = new VirtualDevices({ mode: 'replace' });
 * const camera = devices.addCamera({ label: 'Front camera', facingMode: 'user' });
 * await camera.show({ pattern: 'card', mark: true });
 * devices.install();
 * const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640 } });
 * devices.uninstall();
 * ```
 */
export class VirtualDevices {
  /** With the label by which each has its number. */
  readonly #devices = new Map<VirtualDevice, string>();
  readonly #replaced = new ReplacedMembers();
  readonly #permissions = new DevicePermissions((name, real) => this.#permissionOf(name, real));
  /** The kinds that a request of the page was granted. */
  readonly #granted = new Set<DeviceKind>();
  #mode: DevicesMode = 'add';
  #isInstalled = false;
  #isChangeAnnounced = false;
  /** The worker of the pictures, between two requests. */
  #engine: Promise<WorkerLease | null> | null = null;
  /** The browser's own `enumerateDevices()`. */
  #listReal: () => Promise<MediaDeviceInfo[]> = async () => [];

  /** @throws {TypeError} for an unknown mode, and for anything but options. */
  constructor(init: VirtualDevicesInit = {}) {
    checkObject('init', init, 'options: { mode: "replace" }');
    this.mode = init.mode ?? 'add';
  }

  /**
   * Whether the real devices stay beside the virtual ones.
   *
   * @throws {TypeError} for anything but a mode.
   */
  get mode(): DevicesMode {
    return this.#mode;
  }

  set mode(mode: DevicesMode) {
    checkOneOf('mode', devicesModes, mode);
    this.#mode = mode;
    this.#announceChange();
  }

  /** Whether the devices are available by the page's `navigator.mediaDevices`. */
  get installed(): boolean {
    return this.#isInstalled;
  }

  /** All devices, in the order in which they were added. */
  get devices(): readonly VirtualDevice[] {
    return [...this.#devices.keys()];
  }

  /** Adds a camera. @throws {RangeError} for an option that is not accepted. */
  addCamera(init: VirtualCameraInit = {}): VirtualCamera {
    return this.add(new VirtualCamera(init));
  }

  /** Adds a microphone. @throws {RangeError} for an option that is not accepted. */
  addMicrophone(init: VirtualMicrophoneInit = {}): VirtualMicrophone {
    return this.add(new VirtualMicrophone(init));
  }

  /** Adds a screen, which `getDisplayMedia()` gives. @throws {RangeError} for an option that is not accepted. */
  addScreen(init: VirtualScreenInit = {}): VirtualScreen {
    return this.add(new VirtualScreen(init));
  }

  /** Adds a device that was made before. @throws {TypeError} for anything else. */
  add<Device extends VirtualDevice>(device: Device): Device {
    // Not by instanceof: a device of another copy of the library has another class.
    if (!('openTracks' in Object(device))) {
      throw valueError('device', device, 'a VirtualCamera, a VirtualMicrophone or a VirtualScreen', TypeError);
    }
    if (this.#devices.has(device)) return device;
    this.#number(device);
    device.addEventListener('devicechange', this.#deviceChanged);
    device.addEventListener('permissionchange', this.#permissions.update);
    this.#announceChange(device);
    return device;
  }

  /** Removes a device: its tracks end, and a track or a clip that it shows is released. */
  remove(device: VirtualDevice): void {
    if (!this.#devices.delete(device)) return;
    device.removeEventListener('devicechange', this.#deviceChanged);
    device.removeEventListener('permissionchange', this.#permissions.update);
    tracksOf(device).endAll();
    tracksOf(device).release();
    this.#announceChange(device);
  }

  /** Makes the devices available by the page's `navigator.mediaDevices`, until `uninstall()`. */
  install(): void {
    if (this.#isInstalled) return;
    this.#isInstalled = true;
    const replaced = this.#replaced;
    const media = mediaDevices(replaced);
    this.#listReal = media.enumerateDevices?.bind(media) ?? (async () => []);
    // Elements that show the real camera or screen take these.
    const native = {
      getUserMedia: media.getUserMedia?.bind(media),
      getDisplayMedia: media.getDisplayMedia?.bind(media),
    };
    // It is added to the prototype, because WebKit may make the object again when nothing refers to it, and then lacks what was
    // added to the object.
    const isStandIn = Object.hasOwn(navigator, 'mediaDevices');
    replaced.shareMember(isStandIn ? media : Object.getPrototypeOf(media), NATIVE, native);
    replaced.replaceMethod(
      media,
      'getUserMedia',
      (before) => (constraints) => this.#getUserMedia(constraints, (real) => before.call(media, real)),
    );
    const { getUserMedia: openNative = rejectNotFound } = native;
    replaceLegacyUserMedia(replaced, (constraints) => this.#getUserMedia(constraints, openNative));
    replaced.replaceMethod(
      media,
      'getDisplayMedia',
      (before) => (options) => this.#getDisplayMedia(options, () => before.call(media, options)),
    );
    replaced.replaceMethod(
      media,
      'enumerateDevices',
      (before) => () => this.#enumerateDevices(() => before.call(media)),
    );
    replaced.replaceMethod(media, 'getSupportedConstraints', (before) => () => ({
      ...before.call(media),
      ...Object.fromEntries(supportedConstraints().map((name) => [name, true])),
    }));
    replaceDeviceClasses(replaced);
    replaceCaptureController(replaced);
    const { permissions } = navigator as { permissions?: Permissions };
    replaced.replaceMethod(permissions, 'query', (before) => (descriptor) => {
      const answer = before.call(permissions as Permissions, descriptor);
      // Firefox runs no promise jobs of a document that no window shows.
      return isActive() ? this.#queryPermission(descriptor, answer) : answer;
    });
    for (const device of this.devices) this.#announceChange(device);
  }

  /** Restores everything: the page has its previous functions again, and the tracks of the devices end. */
  uninstall(): void {
    if (!this.#isInstalled) return;
    this.#isInstalled = false;
    for (const device of this.devices) tracksOf(device).endAll();
    this.#replaced.restore();
    void this.#engine?.then((lease) => lease?.release());
    this.#engine = null;
    this.#granted.clear();
    this.#permissions.clear();
    fireDeviceChange();
  }

  /** Removes all devices, and restores everything. */
  close(): void {
    for (const device of this.devices) this.remove(device);
    this.uninstall();
  }

  /** Whether devices of a kind replace the real ones. */
  #replaces(devices: readonly VirtualDevice[]): boolean {
    return devices.some(({ mode = this.#mode }) => mode === 'replace');
  }

  /** The devices of a kind, also those that are unplugged. */
  #of(kind: DeviceKind): VirtualDevice[] {
    return this.devices.filter((device) => device.kind === kind);
  }

  /** @param refused The kinds of which no real device satisfies the constraints. */
  async #getUserMedia(
    given: MediaStreamConstraints | undefined,
    openReal: (constraints: MediaStreamConstraints) => Promise<MediaStream>,
    refused: readonly string[] = [],
  ): Promise<MediaStream> {
    if (!this.#isInstalled) return openReal(given as MediaStreamConstraints);
    const requested = readRequest(given);
    checkActive();
    const kinds = ['audio', 'video'] as const;
    const wanted: ('audio' | 'video')[] = [];
    const real: MediaStreamConstraints = {};
    for (const kind of kinds) {
      const part = requested[kind];
      if (!part) continue;
      const isVirtual = refused.includes(kind) || (await this.#isForVirtual(`${kind}input`, part.constraints));
      if (isVirtual) wanted.push(kind);
      else real[kind] = part.given;
    }
    // A page must not learn which devices there are by other errors.
    checkPolicy(wanted);
    const isReal = wanted.length === 0;
    // They may have gone since the request.
    if (!isReal && !this.#isInstalled) throw faultError('aborted');
    const choose = (kind: 'audio' | 'video') =>
      chooseDevice(this.#of(`${kind}input`), (requested[kind] as RequestedKind).constraints);
    const chosen = wanted.map(choose);
    let stream: MediaStream | null = null;
    try {
      if (real.audio || real.video) stream = await openReal(isReal ? (given as MediaStreamConstraints) : real);
      const tracks = await this.#open(chosen);
      // The permission applies to all devices of a kind, real and virtual.
      for (const kind of Object.keys(requested)) this.#granted.add(`${kind}input` as DeviceKind);
      this.#permissions.update();
      if (isReal) return stream as MediaStream;
      return new MediaStream([...tracks, ...(stream?.getTracks() ?? [])]);
    } catch (error) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      // If no real device satisfies a constraint, a virtual device that does is used.
      const { constraint = '' } = Object(error) as Partial<OverconstrainedError>;
      const isServed = (kind: 'audio' | 'video') =>
        kind in real && constraint in (requested[kind]?.constraints ?? {}) && succeeds(() => choose(kind));
      const kind = stream ? undefined : kinds.find(isServed);
      if (!kind) throw error;
      return this.#getUserMedia(given, openReal, [...refused, kind]);
    }
  }

  /** Whether a part of a request goes to the virtual devices. */
  async #isForVirtual(kind: DeviceKind, constraints: Constraints): Promise<boolean> {
    const devices = this.#of(kind);
    if (devices.length === 0) return false;
    if (this.#replaces(devices) || devices.some((device) => device.plugged && namesDevice(constraints, device)))
      return true;
    const others = await this.#listReal().catch(() => []);
    return !others.some((other) => other.kind === kind);
  }

  async #getDisplayMedia(
    options: ScreenRequest | undefined,
    openReal: () => Promise<MediaStream>,
  ): Promise<MediaStream> {
    const screens = this.#of('screen') as VirtualScreen[];
    const isReal = !this.#replaces(screens) && screens.every(({ plugged }) => !plugged);
    if (!this.#isInstalled || isReal) return openReal();
    const { video, audio, controller, monitorTypeSurfaces, systemAudio } = readScreenRequest(options);
    checkActive();
    checkPolicy(['screen']);
    const wanted = screens.filter(
      ({ displaySurface }) => displaySurface !== 'monitor' || monitorTypeSurfaces !== 'exclude',
    );
    return openControlled(controller, async () => {
      const chosen = chooseDevice(wanted, video);
      const screen = chosen.device as VirtualScreen;
      // The audio of a window or a tab is not the audio of the system.
      const isExcluded = systemAudio === 'exclude' && screen.displaySurface === 'monitor';
      const heard = audio && screen.hasAudio && !isExcluded ? [chooseDevice([screen.audio], audio)] : [];
      return new MediaStream(await this.#open([chosen, ...heard]));
    });
  }

  /**
   * Opens devices. After the first picture the engine keeps running, because its start takes longer than that of a real camera.
   */
  async #open(chosen: readonly ChosenDevice[]): Promise<MediaStreamTrack[]> {
    const tracks = await openDevices(chosen);
    const hasPicture = tracks.some(({ kind }) => kind === 'video');
    if (hasPicture && this.#isInstalled) this.#engine ??= acquireEngine().catch(() => null);
    return tracks;
  }

  async #enumerateDevices(listReal: () => Promise<MediaDeviceInfo[]>): Promise<MediaDeviceInfo[]> {
    if (!this.#isInstalled) return listReal();
    // By the specification, a document that no window shows is never answered.
    if (!isActive()) return new Promise(() => {});
    const real = await listReal().catch(() => []);
    const kinds = ['audioinput', 'videoinput'] as const;
    const listed = kinds.flatMap((kind) => {
      const devices = this.#of(kind);
      const others = real.filter((info) => info.kind === kind);
      if (devices.length === 0) return others;
      if (!isAllowedByPolicy(kind === 'audioinput' ? 'audio' : 'video')) return [];
      const kept = this.#replaces(devices) ? [] : others;
      const present = devices.filter(({ plugged }) => plugged);
      // A browser may remember its permission.
      const isGranted = (this.#granted.has(kind) && !isDenied(devices)) || kept.some(({ label }) => label);
      if (isGranted) return [...kept, ...present.map((device) => deviceInfo(device, false))];
      // Before a page was granted a device, it only learns whether there is one.
      return kept.length > 0 ? kept : present.slice(0, 1).map((device) => deviceInfo(device, true));
    });
    return [...listed, ...real.filter((info) => info.kind === 'audiooutput')];
  }

  /** Answers a query of the page; `answer` is the browser's answer. */
  async #queryPermission(
    descriptor: PermissionDescriptor | undefined,
    answer: Promise<PermissionStatus>,
  ): Promise<PermissionStatus> {
    // Some browsers do not know the permissions of devices.
    const real = await answer.catch(() => null);
    // Not the name in the browser's answer: Chromium calls the camera "video_capture".
    const name = descriptor?.name;
    return this.#isPermission(name) ? this.#permissions.query(name as DevicePermission, real) : answer;
  }

  /** Whether a permission is one of the virtual devices. */
  #isPermission(name: string | undefined): boolean {
    const kind = permissionKinds[name as DevicePermission];
    return this.#isInstalled && kind !== undefined && this.#of(kind).length > 0;
  }

  /** The permission of the virtual devices; beside real ones, the better of the two. */
  #permissionOf(name: DevicePermission, real: PermissionState | null): PermissionState {
    // When there are no virtual devices any more, the browser's permission is used.
    if (!this.#isPermission(name)) return real ?? 'prompt';
    const kind = permissionKinds[name];
    // A policy has the same names.
    if (!policyAllows(name)) return 'denied';
    const devices = this.#of(kind);
    const virtual = isDenied(devices) ? 'denied' : this.#granted.has(kind) ? 'granted' : 'prompt';
    if (real === null || this.#replaces(devices)) return virtual;
    return permissionStates.find((state) => state === virtual || state === real) ?? virtual;
  }

  readonly #deviceChanged = ({ target }: Event): void => {
    this.#number(target as VirtualDevice);
    this.#announceChange(target as VirtualDevice);
  };

  /** Gives a device whose label is new the smallest number that no other one of its kind and label has. */
  #number(device: VirtualDevice): void {
    const { kind, label } = device;
    if (this.#devices.get(device) === label) return;
    this.#devices.set(device, label);
    const tracks = tracksOf(device);
    tracks.occurrence = -1;
    const namesakes = this.#of(kind).filter((other) => other.label === label);
    const taken = namesakes.map((namesake) => tracksOf(namesake).occurrence);
    while (taken.includes(tracks.occurrence)) tracks.occurrence++;
  }

  /** Fires `devicechange`, once for all changes of a task. Screens are not in the list of devices. */
  #announceChange(device?: VirtualDevice): void {
    if (!this.#isInstalled || this.#isChangeAnnounced || device?.kind === 'screen') return;
    this.#isChangeAnnounced = true;
    queueMicrotask(() => {
      this.#isChangeAnnounced = false;
      this.#permissions.update();
      if (this.#isInstalled) fireDeviceChange();
    });
  }
}

/** The key under which the browser's own functions are kept while others replace them. */
const NATIVE = Symbol.for('track-elements/native-media-devices');

/** The best first. */
const permissionStates: readonly PermissionState[] = ['granted', 'prompt', 'denied'];

const permissionKinds: Record<DevicePermission, 'videoinput' | 'audioinput'> = {
  camera: 'videoinput',
  microphone: 'audioinput',
};

/** Whether there are devices, and the page may have none of them. */
function isDenied(devices: readonly VirtualDevice[]): boolean {
  const present = devices.filter(({ plugged }) => plugged);
  return present.length > 0 && present.every(({ fault }) => fault === 'denied');
}

const fireDeviceChange = (): void => void navigator.mediaDevices?.dispatchEvent(new Event('devicechange'));
