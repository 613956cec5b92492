import type { Composition } from '../engine/composition.js';
import type { LayerError } from '../engine/page/playback.js';
import { LatestRun } from '../generator/latest-run.js';
import { report } from '../generator/page/report.js';
import type { Settings } from './capabilities.js';
import { areControls, type Constraints, constraintsOf } from './constraints.js';
import { type DeviceContent, emptyContent } from './device-content.js';
import { faultError } from './device-fault.js';
import type { TrackFormat } from './device-format.js';
import { DeviceTrack, type TrackedDevice, type TrackOwner } from './device-track.js';
import { type Overconstrained, type Settled, settle } from './select-settings.js';

/** The faults that mute or unplug a device at set times. Elements have such; without them the code for faults is not loaded. */
export interface TimedDeviceFaults {
  readonly isMuted: boolean;
  readonly isUnplugged: boolean;
  /** A page has opened a track. */
  start(): void;
}

const noFaults: TimedDeviceFaults = { isMuted: false, isUnplugged: false, start() {} };

const tracksByDevice = new WeakMap<TrackOwner, DeviceTracks>();

/** The tracks of a device, and what they show. Only the code of the devices sees them. */
export function tracksOf(device: TrackOwner): DeviceTracks {
  const tracks = tracksByDevice.get(device) ?? new DeviceTracks(device);
  tracksByDevice.set(device, tracks);
  return tracks;
}

/** The open tracks of a device, the requests that open them, and their content. */
class DeviceTracks implements TrackedDevice {
  readonly tracks = new Set<DeviceTrack>();
  /** A number that no other device of this kind and label has. Their ids differ by it. */
  occurrence = 0;
  /** Called when a fault has muted or unplugged the device, or no longer does. */
  onFaultChange = () => {};
  faults = noFaults;
  readonly owner: TrackOwner;
  /** The tracks of devices that are parts of this one, as the audio of a screen. */
  readonly #parts: DeviceTracks[] = [];
  readonly #showing = new LatestRun();
  #content: DeviceContent = emptyContent;
  /** The message of the error that the page knows. */
  #lastError = '';
  #endings = 0;

  constructor(owner: TrackOwner) {
    this.owner = owner;
  }

  /** How often all tracks were ended. */
  get endings(): number {
    return this.#endings;
  }

  /** Ends the tracks of another device together with these, and releases its content. */
  include(part: DeviceTracks): void {
    this.#parts.push(part);
  }

  /** @throws {DOMException} `NotReadableError` where this browser cannot make the track; as `checkPresence()`. */
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
    this.faults.start();
    return opened.track;
  }

  /**
   * Checks that no request was ended since `endings` was read.
   *
   * @throws {DOMException} for the fault; `NotFoundError` if it is unplugged, `AbortError` if it was removed.
   */
  checkPresence(endings: number): void {
    const { plugged, fault } = this.owner;
    if (!plugged) throw faultError('not-found');
    if (endings !== this.#endings) throw faultError(fault || 'aborted');
  }

  /** Ends all tracks with their `ended` event, and the requests that are not answered. */
  endAll(): void {
    this.#endings++;
    for (const track of [...this.tracks]) track.end();
    for (const part of this.#parts) part.endAll();
  }

  /** Shows content when it has been opened, unless something newer is on show by then: it is then closed. */
  async show(opening: Promise<DeviceContent>): Promise<void> {
    const signal = this.#showing.begin();
    // If the same error comes again, it belongs to other content.
    this.#lastError = '';
    const next = await opening;
    if (signal.aborted) return next.close?.();
    await this.#replace(next);
  }

  /** Shows black, or plays silence, in place of content that is still on show. */
  async drop(content: DeviceContent): Promise<void> {
    if (content === this.#content) await this.#replace(emptyContent);
  }

  /** Gives up content that holds something, such as another track: it is black, or silent, from now on. */
  release(): void {
    // Content that is being opened is closed when it has been.
    this.#showing.cancel();
    const before = this.#content;
    if (before.close) {
      this.#content = emptyContent;
      before.close();
    }
    for (const part of this.#parts) part.release();
  }

  /** Plays the content in all tracks once more. */
  async refresh(): Promise<void> {
    await Promise.all([...this.tracks].map((track) => track.play()));
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

  compose(format: TrackFormat): Composition {
    const composition = this.#content.compose(format);
    return composition.layers.length > 0 ? composition : emptyContent.compose(format);
  }

  settle(constraints: Constraints, current: Settings): Settled | Overconstrained {
    const { kind, capabilities, defaults } = this.owner;
    const known = constraintsOf(kind, constraints);
    const { width, height, frameRate, resizeMode } = current;
    // The torch leaves the size as it is, as in Chromium and WebKit.
    const kept = areControls(known) ? { width, height, frameRate, resizeMode } : {};
    return settle(capabilities, { ...defaults, ...kept }, known);
  }

  layersFailed(failures: readonly LayerError[]): void {
    if (this.#content.failed) this.#content.failed(failures);
    else for (const { error } of failures) this.reportError(error);
  }

  /** Each error is reported once in a row, even if several tracks have it. */
  reportError(error: Error): void {
    if (error.message === this.#lastError) return;
    this.#lastError = error.message;
    report(this.owner, 'error', error);
  }

  warn(error: Error): void {
    report(this.owner, 'warning', error);
  }

  /** An error after that is another one. */
  played(): void {
    this.#lastError = '';
  }

  tracksChanged(): void {
    this.owner.dispatchEvent(new Event('trackschange'));
  }
}
