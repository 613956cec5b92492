import { warnOfUnreadableTexts } from '../engine/page/text-check.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { checkOneOf } from '../signals/check-names.js';
import { checkNumber, checkObject, valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { Candidate, Capabilities, Settings } from './capabilities.js';
import type { DeviceKind } from './constrainable-properties.js';
import { type DeviceContent, type PlayedTone, type ShownPattern, signalContent } from './device-content.js';
import { checkFault, type DeviceFault } from './device-fault.js';
import { createDeviceId, createGroupId } from './device-ids.js';
import { tracksOf } from './device-tracks.js';
import type { ShownFile } from './file-content.js';
import { TrackContent } from './track-content.js';

/**
 * `add`: pages see the device beside the real ones. `replace`: pages see it instead of the real devices of the same kind.
 * `getDisplayMedia()` gives a virtual screen without asking the user, also with `add`; while none is plugged in, with `add` the
 * browser asks for a real one.
 */
export type DevicesMode = 'add' | 'replace';

export const devicesModes: readonly DevicesMode[] = ['add', 'replace'];

/** The names and ids by which pages know a device. */
export interface DeviceNames extends Pick<VirtualDeviceInit, 'label' | 'deviceId' | 'groupId' | 'seed'> {}

/** The options that all devices have. */
export interface VirtualDeviceInit {
  /** The device's name in `enumerateDevices()` and in its tracks. */
  label?: string;
  /** Default: 64 hexadecimal digits that follow from the kind, the label and the seed. */
  deviceId?: string;
  /** The id that all devices of one piece of hardware share. Default: derived from the label and the seed. */
  groupId?: string;
  /** An integer that changes the ids that are derived from the label. Default: 0. */
  seed?: number;
  /** The number of the source in the marks of its pictures, 0 to 65535. Default: a random one. */
  markSource?: number;
  /** Default: the mode of the {@link VirtualDevices} that have the device. */
  mode?: DevicesMode;
  /** The way in which requests for the device fail. Default: they succeed. */
  fault?: DeviceFault;
  /** Milliseconds until a request is answered. Default: 0. */
  delay?: number;
  /** Whether the device is absent, until `plug()`. Default: no. */
  unplugged?: boolean;
  /** Whether the device is muted as by the operating system: its tracks are black or silent, and `muted`. Default: no. */
  muted?: boolean;
}

/** Not by instanceof: a track of another document has another class. */
const isTrack = (content: unknown): content is MediaStreamTrack =>
  'readyState' in Object(content) && /^(audio|video)$/.test((content as MediaStreamTrack).kind);

/** The events of a device, for `addEventListener`. */
export interface VirtualDeviceEventMap {
  /** The device was plugged in or unplugged, or renamed, or has another `mode`. */
  devicechange: Event;
  /** A page has opened or stopped a track of the device. */
  trackschange: Event;
  /** Its permission was withdrawn, or given back. */
  permissionchange: Event;
  /** Something is wrong: `error` says what. */
  error: ErrorEvent;
  /** Something is wrong, but the device continues to work. */
  warning: ErrorEvent;
}

/**
 * A device that pages find and open by `navigator.mediaDevices` while the {@link VirtualDevices} that have it are installed.
 * Its content can change at any time, and each of its tracks continues with the new one.
 */
export abstract class VirtualDevice extends EventTarget implements Candidate {
  abstract readonly kind: DeviceKind;
  abstract readonly trackKind: TrackKind;
  declare addEventListener: TypedListenerMethod<VirtualDeviceEventMap>;
  declare removeEventListener: TypedListenerMethod<VirtualDeviceEventMap, EventListenerOptions>;
  /** The number of the source in the marks of its pictures. */
  readonly markSource: number;
  readonly #defaultLabel: string;
  #mode: DevicesMode | undefined;
  #names: DeviceNames = {};
  #fault: DeviceFault = '';
  #delay = 0;
  #isPlugged: boolean;
  /** Whether pages know it as plugged in. */
  #isPresent: boolean;
  #muted: boolean;

  /** @throws {RangeError | TypeError} for an option that is not accepted. */
  constructor(init: VirtualDeviceInit, defaultLabel: string) {
    super();
    checkObject('init', init, 'options: { label: "Front camera" }');
    this.#defaultLabel = defaultLabel;
    this.setNames(init);
    this.mode = init.mode;
    this.markSource = init.markSource ?? Math.floor(Math.random() * 0x10000);
    this.#isPlugged = !init.unplugged;
    this.#isPresent = this.#isPlugged;
    this.#muted = init.muted ?? false;
    this.fault = init.fault ?? '';
    this.delay = init.delay ?? 0;
    tracksOf(this).onFaultChange = () => {
      this.#tellPresence();
      this.applyMuted();
    };
  }

  /** The device's name in `enumerateDevices()` and in its tracks. */
  get label(): string {
    return this.#names.label || this.#defaultLabel;
  }

  /** The id by which pages ask for the device. */
  get deviceId(): string {
    const { deviceId, seed = 0 } = this.#names;
    return deviceId || createDeviceId(seed, this.kind, this.label, tracksOf(this).occurrence);
  }

  /** The id that all devices of one piece of hardware share. */
  get groupId(): string {
    return this.#names.groupId || createGroupId(this.#names.seed ?? 0, this.label, tracksOf(this).occurrence);
  }

  /**
   * Renames the device. Pages see other ids, unless those are given, and `devicechange` fires.
   *
   * @throws {RangeError | TypeError} for a seed that is no integer, or a name that is no text.
   */
  setNames({ label, deviceId, groupId, seed = 0 }: DeviceNames): void {
    checkNumber('seed', seed, { whole: true });
    for (const [name, value] of Object.entries({ label, deviceId, groupId })) {
      if (value !== undefined && typeof value !== 'string') throw valueError(name, value, 'a text', TypeError);
    }
    const before = JSON.stringify(this.#names);
    this.#names = { label, deviceId, groupId, seed };
    if (JSON.stringify(this.#names) !== before) this.dispatchEvent(new Event('devicechange'));
  }

  /** The values that the settings of its tracks can have. */
  abstract get capabilities(): Capabilities;

  /** The settings of a track that a page requests without constraints. */
  abstract get defaults(): Settings;

  /**
   * The way in which requests for the device fail from now on. `denied` also withdraws the permission: the open tracks end.
   *
   * @throws {TypeError} for anything but a fault.
   */
  get fault(): DeviceFault {
    return this.#fault;
  }

  set fault(fault: DeviceFault) {
    checkFault(fault);
    if (fault === this.#fault) return;
    const before = this.#fault;
    this.#fault = fault;
    if (fault === 'denied') tracksOf(this).endAll();
    if (fault === 'denied' || before === 'denied') this.dispatchEvent(new Event('permissionchange'));
  }

  /**
   * Milliseconds until a request is answered.
   *
   * @throws {TypeError} for anything but a number from 0 on.
   */
  get delay(): number {
    return this.#delay;
  }

  set delay(delay: number) {
    checkNumber('delay', delay, { min: 0 });
    this.#delay = delay;
  }

  /** Whether the device is muted as by the operating system: its tracks are black or silent, and `muted`. */
  get muted(): boolean {
    return this.#muted || tracksOf(this).faults.isMuted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    this.applyMuted();
  }

  /** Whether the device is there. */
  get plugged(): boolean {
    return this.#isPlugged && !tracksOf(this).faults.isUnplugged;
  }

  /** Unplugs the device: its tracks end, and `devicechange` fires. */
  unplug(): void {
    this.#isPlugged = false;
    this.#tellPresence();
  }

  /** Plugs the device in: `devicechange` fires. */
  plug(): void {
    this.#isPlugged = true;
    this.#tellPresence();
  }

  /** Mutes the tracks, or no longer does. @internal */
  protected applyMuted(): void {
    for (const track of tracksOf(this).tracks) track.setMuted(this.muted);
  }

  /** Ends the tracks of a device that is gone, and fires `devicechange`. */
  #tellPresence(): void {
    const isPresent = this.plugged;
    if (isPresent === this.#isPresent) return;
    this.#isPresent = isPresent;
    if (!isPresent) tracksOf(this).endAll();
    this.dispatchEvent(new Event('devicechange'));
  }

  /**
   * Whether the real devices of this kind stay; unset, the {@link VirtualDevices} that have the device decide.
   *
   * @throws {TypeError} for anything but a mode.
   */
  get mode(): DevicesMode | undefined {
    return this.#mode;
  }

  set mode(mode: DevicesMode | undefined) {
    if (mode !== undefined) checkOneOf('mode', devicesModes, mode);
    if (mode === this.#mode) return;
    this.#mode = mode;
    this.dispatchEvent(new Event('devicechange'));
  }

  /** The tracks that pages have opened and not stopped, clones among them. */
  get openTracks(): readonly MediaStreamTrack[] {
    return [...tracksOf(this).tracks].map(({ track }) => track);
  }

  /**
   * Shows or plays something else from now on, in all tracks: a pattern, a tone, a media file, or another track. If the content
   * cannot be played, `error` is fired, and the previous content continues.
   *
   * @throws {TypeError} for anything else.
   * @throws {DOMException} `NetworkError`, `EncodingError` or `NotSupportedError` for a file that cannot be played.
   */
  async show(content: ShownPattern | PlayedTone | ShownFile | MediaStreamTrack | DeviceContent): Promise<void> {
    await tracksOf(this).show(this.#contentOf(content));
  }

  async #contentOf(
    content: ShownPattern | PlayedTone | ShownFile | MediaStreamTrack | DeviceContent,
  ): Promise<DeviceContent> {
    if ('file' in Object(content)) {
      const { FileContent } = await import('./file-content.js');
      return FileContent.open(content as ShownFile, this.trackKind, (error) => tracksOf(this).reportError(error));
    }
    if ('compose' in Object(content)) return content as DeviceContent;
    if (!isTrack(content)) {
      const signal = signalContent(content as ShownPattern, this.markSource);
      if ('pattern' in content) warnOfUnreadableTexts(content, (error) => tracksOf(this).warn(error));
      return signal;
    }
    return TrackContent.open(content, { failed: (error) => tracksOf(this).reportError(error) });
  }

  /** Plays the content in all tracks once more: call it when content of your own has changed. */
  refresh(): Promise<void> {
    return tracksOf(this).refresh();
  }
}
