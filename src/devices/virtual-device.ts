import type { Composition, TrackFault } from '../engine/composition.js';
import type { LayerError } from '../engine/page/playback.js';
import { warnOfUnreadableTexts } from '../engine/page/text-check.js';
import { LatestRun } from '../generator/latest-run.js';
import { report } from '../generator/page/report.js';
import type { TypedListenerMethod } from '../generator/typed-event-target.js';
import { checkNumber, checkObject, checkOneOf, valueError } from '../signals/checks.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { Candidate, Capabilities, Settings } from './capabilities.js';
import type { DeviceKind } from './constrainable-properties.js';
import type { Constraints } from './constraints.js';
import {
  type DeviceContent,
  emptyContent,
  type PlayedTone,
  type ShownPattern,
  signalContent,
} from './device-content.js';
import { checkFault, type DeviceFault, faultError } from './device-fault.js';
import { DeviceFaults } from './device-faults.js';
import type { TrackFormat } from './device-format.js';
import { createDeviceId, createGroupId } from './device-ids.js';
import { DeviceTrack, type TrackedDevice } from './device-track.js';
import { type Overconstrained, type Settled, settle } from './select-settings.js';
import { TrackContent } from './track-content.js';

/**
 * `add`: beside the real devices. `replace`: in place of the real devices of the same kind. Of screens `getDisplayMedia()` gives one
 * without asking, so that a virtual one comes before the real ones; with `add` the browser asks for a real one while none is plugged in.
 */
export type DevicesMode = 'add' | 'replace';

export const devicesModes: readonly DevicesMode[] = ['add', 'replace'];

/** By what pages know a device. */
export interface DeviceNames extends Pick<VirtualDeviceInit, 'label' | 'deviceId' | 'groupId' | 'seed'> {}

/** The options that all devices have. */
export interface VirtualDeviceInit {
  /** The device's name in `enumerateDevices()` and in its tracks. */
  label?: string;
  /** Default: 64 hexadecimal digits that follow from the kind, the label and the seed. */
  deviceId?: string;
  /** The same for devices that are one piece of hardware. Default: follows from the label and the seed. */
  groupId?: string;
  /** Changes the ids that follow from the label: an integer. Default: 0. */
  seed?: number;
  /** The number of the source in the marks of its pictures, 0 to 65535. Default: a random one. */
  markSource?: number;
  /** Default: that of the {@link VirtualDevices} that have the device. */
  mode?: DevicesMode;
  /** The way in which requests for the device fail. Default: they do not. */
  fault?: DeviceFault;
  /** Milliseconds until a request is answered. Default: 0. */
  delay?: number;
  /** Whether the device is absent, until `plug()`. Default: no. */
  unplugged?: boolean;
  /** Whether the system mutes it: its tracks are black, or silent, and `muted`. Default: no. */
  muted?: boolean;
}

/** Not by instanceof: a track of another document has another class. */
const isTrack = (content: unknown): content is MediaStreamTrack =>
  'readyState' in Object(content) && /^(audio|video)$/.test((content as MediaStreamTrack).kind);

/** The events of a device, for `addEventListener`. */
export interface VirtualDeviceEventMap {
  /** The device was plugged in or unplugged, or renamed. */
  devicechange: Event;
  /** A page has opened or stopped a track of the device. */
  trackschange: Event;
  /** Its permission was withdrawn, or given back. */
  permissionchange: Event;
  /** Something is wrong: `error` says what. */
  error: ErrorEvent;
  /** Something is not as it should be, and the device works. */
  warning: ErrorEvent;
}

/**
 * A device that pages find and open by `navigator.mediaDevices` while the {@link VirtualDevices} that have it are installed.
 * Its content can change at any time, and each of its tracks continues with the new one.
 */
export abstract class VirtualDevice extends EventTarget implements Candidate, TrackedDevice {
  abstract readonly kind: DeviceKind;
  abstract readonly trackKind: TrackKind;
  /** The open tracks, clones among them. @internal */
  readonly tracks = new Set<DeviceTrack>();
  declare addEventListener: TypedListenerMethod<VirtualDeviceEventMap>;
  declare removeEventListener: TypedListenerMethod<VirtualDeviceEventMap, EventListenerOptions>;
  /** How many devices of this kind and label stand before it. Their ids differ by it. @internal */
  occurrence = 0;
  /** How often all tracks were ended. @internal */
  endings = 0;
  /** The number of the source in the marks of its pictures. */
  readonly markSource: number;
  readonly #defaultLabel: string;
  #mode: DevicesMode | undefined;
  #names: DeviceNames = {};
  readonly #showing = new LatestRun();
  /** The message of the error that the page knows. */
  #lastError = '';
  #content: DeviceContent = emptyContent;
  #fault: DeviceFault = '';
  readonly #faults = new DeviceFaults(() => {
    this.#tellPresence();
    this.applyMuted();
  });
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
  }

  /** The device's name in `enumerateDevices()` and in its tracks. */
  get label(): string {
    return this.#names.label || this.#defaultLabel;
  }

  /** The id by which pages ask for the device. */
  get deviceId(): string {
    return this.#names.deviceId || createDeviceId(this.#names.seed ?? 0, this.kind, this.label, this.occurrence);
  }

  /** The same for devices that are one piece of hardware. */
  get groupId(): string {
    return this.#names.groupId || createGroupId(this.#names.seed ?? 0, this.label);
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

  /** The settings of a track that was asked for without constraints. */
  abstract get defaults(): Settings;

  /**
   * The way in which requests for the device fail from now on. `denied` is also a permission that was withdrawn: it ends
   * the tracks.
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
    if (fault === 'denied') this.endTracks();
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

  /** Whether the system mutes the device: its tracks are black, or silent, and `muted`. */
  get muted(): boolean {
    return this.#muted || this.#faults.isMuted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    this.applyMuted();
  }

  /** Whether the device is there. */
  get plugged(): boolean {
    return this.#isPlugged && !this.#faults.isUnplugged;
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

  /** Mutes and unplugs the device at the times of some faults, from the first track on that a page opens. @internal */
  setFaults(faults: readonly TrackFault[]): void {
    this.#faults.set(faults);
  }

  /** Ends the faults, because the device is taken away. @internal */
  stopFaults(): void {
    this.#faults.stop();
  }

  /** Mutes the tracks, or no longer does. @internal */
  protected applyMuted(): void {
    for (const track of this.tracks) track.setMuted(this.muted);
  }

  /** Ends the tracks of a device that is gone, and fires `devicechange`. */
  #tellPresence(): void {
    const isPresent = this.plugged;
    if (isPresent === this.#isPresent) return;
    this.#isPresent = isPresent;
    if (!isPresent) this.endTracks();
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
    this.#mode = mode;
  }

  /** The tracks that pages have opened and not stopped, clones among them. */
  get openTracks(): readonly MediaStreamTrack[] {
    return [...this.tracks].map(({ track }) => track);
  }

  /**
   * Shows or plays something else from now on, in all tracks: a pattern, a tone, or another track. Content that
   * cannot be played fires `error`, and the content before continues.
   *
   * @throws {TypeError} for anything else.
   */
  async show(content: ShownPattern | PlayedTone | MediaStreamTrack | DeviceContent): Promise<void> {
    await this.showOpened(this.#contentOf(content));
  }

  /** Shows content when it has been opened, unless something newer is on show by then: it is then closed. */
  protected async showOpened(opening: Promise<DeviceContent>): Promise<void> {
    const signal = this.#showing.begin();
    // The same error once more is that of other content.
    this.#lastError = '';
    const next = await opening;
    if (signal.aborted) return next.close?.();
    await this.#replace(next);
  }

  /** Shows black, or plays silence, in place of content that is still on show. */
  protected async drop(content: DeviceContent): Promise<void> {
    if (content === this.#content) await this.#replace(emptyContent);
  }

  async #replace(next: DeviceContent): Promise<void> {
    const before = this.#content;
    this.#content = next;
    await this.refresh();
    if (this.#lastError === '') return before.close?.();
    // No track plays it.
    this.#content = before;
    next.close?.();
    await this.refresh();
  }

  async #contentOf(content: ShownPattern | PlayedTone | MediaStreamTrack | DeviceContent): Promise<DeviceContent> {
    if ('compose' in Object(content)) return content as DeviceContent;
    if (!isTrack(content)) {
      const signal = signalContent(content as ShownPattern, this.markSource);
      if ('pattern' in content) warnOfUnreadableTexts(content, (error) => this.warn(error));
      return signal;
    }
    return TrackContent.open(content, { failed: (error) => this.reportError(error) });
  }

  /** Gives up content that holds something, such as another track: it is black, or silent, from now on. @internal */
  releaseContent(): void {
    // Content that is being opened is closed when it has been.
    this.#showing.cancel();
    const { close } = this.#content;
    if (!close) return;
    close.call(this.#content);
    this.#content = emptyContent;
  }

  /** Plays the content in all tracks once more: call it when content of your own has changed. */
  async refresh(): Promise<void> {
    await Promise.all([...this.tracks].map((track) => track.play()));
  }

  /** @internal */
  compose(format: TrackFormat): Composition {
    const composition = this.#content.compose(format);
    return composition.layers.length > 0 ? composition : emptyContent.compose(format);
  }

  /** Tells of layers that cannot be played. @internal */
  layersFailed(failures: readonly LayerError[]): void {
    if (this.#content.failed) this.#content.failed(failures);
    else for (const { error } of failures) this.reportError(error);
  }

  /** The settings that a request with some constraints gets, or the constraint that cannot be satisfied. @internal */
  settle(constraints: Constraints): Settled | Overconstrained {
    return settle(this.capabilities, this.defaults, constraints);
  }

  /** @throws {DOMException} `NotReadableError` where this browser cannot make the track; as `checkPresence()`. @internal */
  async open(settings: Settings, constraints: Constraints): Promise<MediaStreamTrack> {
    const { endings } = this;
    const refuse = (error: Error): never => {
      this.reportError(error);
      throw new DOMException(error.message, 'NotReadableError');
    };
    const opened = await DeviceTrack.open(this, settings, constraints).catch(refuse);
    this.tracksChanged();
    try {
      const failure = await opened.ready.then(
        () => null,
        (error: Error) => error,
      );
      this.checkPresence(endings);
      if (failure) refuse(failure);
    } catch (error) {
      opened.track.stop();
      throw error;
    }
    this.#faults.start();
    return opened.track;
  }

  /**
   * Checks that no request was ended since `endings` was read.
   *
   * @throws {DOMException} for the fault; `NotFoundError` if it is unplugged, `AbortError` if it was removed. @internal
   */
  checkPresence(endings: number): void {
    if (!this.plugged) throw faultError('not-found');
    if (endings !== this.endings) throw faultError(this.#fault || 'aborted');
  }

  /** Ends all tracks with their `ended` event, and the requests that are not answered. @internal */
  endTracks(): void {
    this.endings++;
    for (const track of [...this.tracks]) track.end();
  }

  /** @internal */
  tracksChanged(): void {
    this.dispatchEvent(new Event('trackschange'));
  }

  /** Reports an error: the same one once in a row, though several tracks have it. @internal */
  reportError(error: Error): void {
    if (error.message === this.#lastError) return;
    this.#lastError = error.message;
    report(this, 'error', error);
  }

  /** @internal */
  warn(error: Error): void {
    report(this, 'warning', error);
  }

  /** A track plays the content: an error after that is another one. @internal */
  played(): void {
    this.#lastError = '';
  }
}
