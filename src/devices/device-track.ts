import type { Composition } from '../engine/composition.js';
import { openVideoPlaybackNow } from '../engine/page/instant-video-playback.js';
import type { LayerError, PlaybackListener } from '../engine/page/playback.js';
import { defer } from '../generator/deferred.js';
import { openAudioSoon } from '../generator/page/open-audio.js';
import { openAudio } from '../generator/page/open-output.js';
import { endTrack, leaveSettings } from '../generator/page/tracks.js';
import type { TrackKind } from '../signals/track-kind.js';
import type { Capabilities, Settings } from './capabilities.js';
import { type ClonablePlayback, playClonable } from './clonable-playback.js';
import type { DeviceKind } from './constrainable-properties.js';
import { type Constraints, readConstraints } from './constraints.js';
import { type DeviceFault, overconstrainedError } from './device-fault.js';
import { formatOf, type TrackFormat } from './device-format.js';
import type { Overconstrained, Settled } from './select-settings.js';

/** A virtual device, as far as its tracks need to know it. */
export interface TrackOwner extends EventTarget {
  readonly kind: DeviceKind;
  readonly trackKind: TrackKind;
  readonly label: string;
  readonly muted: boolean;
  readonly plugged: boolean;
  readonly fault: DeviceFault;
  readonly capabilities: Capabilities;
  readonly defaults: Settings;
}

/** The tracks of a device, as each of them sees it. */
export interface TrackedDevice {
  readonly owner: TrackOwner;
  /** The open tracks. */
  readonly tracks: Set<DeviceTrack>;
  /** @throws {TypeError | RangeError} for content that cannot be described. */
  compose(format: TrackFormat): Composition;
  /** The settings that constraints lead to from the current ones, or the constraint that cannot be satisfied. */
  settle(constraints: Constraints, current: Settings): Settled | Overconstrained;
  layersFailed(failures: readonly LayerError[]): void;
  reportError(error: Error): void;
  warn(error: Error): void;
  /** A track plays the content. */
  played(): void;
  /** A track was opened or has ended. */
  tracksChanged(): void;
}

const deviceTracks = new WeakMap<MediaStreamTrack, DeviceTrack>();

/** The track of a device that stands behind a `MediaStreamTrack`; `undefined` for any other. */
export const deviceTrackOf = (track: MediaStreamTrack): DeviceTrack | undefined => deviceTracks.get(track);

/**
 * A track of a device: a real `MediaStreamTrack` of its own, at the size and the rate that were asked for. While devices are
 * installed, its members tell what those here tell. Its clones are such tracks, too.
 */
export class DeviceTrack {
  readonly track: MediaStreamTrack;
  /** Resolves when the content plays, or cannot be described. Rejects where this browser can play none. */
  readonly ready: Promise<void>;
  readonly #device: TrackedDevice;
  readonly #playback: ClonablePlayback;
  #settings: Settings;
  #constraints: Constraints;
  #isMuted = false;
  readonly #released = defer<void>();

  /** Opens a track by the best backend of the browser. */
  static async open(device: TrackedDevice, settings: Settings, constraints: Constraints): Promise<DeviceTrack> {
    const opening = newOpening();
    const format = formatOf(device.owner.trackKind, settings);
    const listener = listenerOf(device, opening);
    const playback =
      format.kind === 'audio'
        ? playClonable(await openAudioSoon(format), format, listener)
        : openVideoPlaybackNow(listener);
    return new DeviceTrack(device, settings, constraints, playback, opening);
  }

  private constructor(
    device: TrackedDevice,
    settings: Settings,
    constraints: Constraints,
    playback: ClonablePlayback,
    opening: Opening,
  ) {
    this.#device = device;
    this.#settings = settings;
    this.#constraints = constraints;
    this.#playback = playback;
    opening.onEnd = () => this.#release();
    this.track = playback.track;
    leaveSettings(this.track);
    // Like the track of a device: tracks of scripts may have other classes.
    Object.setPrototypeOf(this.track, MediaStreamTrack.prototype);
    deviceTracks.set(this.track, this);
    device.tracks.add(this);
    if (device.owner.muted) this.setMuted(true);
    this.ready = this.#play();
    // A clone is returned without it.
    this.ready.catch(() => {});
  }

  /** Plays the device's content, in the format of this track. Content that cannot be played is the device's error. */
  async play(): Promise<void> {
    await this.#play().catch(() => {});
  }

  /** Settles when the track ends, too: a worklet that waits for a user gesture may never answer. */
  #play(): Promise<void> {
    return Promise.race([this.#start(), this.#released.promise]);
  }

  async #start(): Promise<void> {
    let composition: Composition;
    try {
      composition = this.#device.compose(formatOf(this.#device.owner.trackKind, this.#settings));
    } catch (error) {
      this.#failed(error as Error);
      return;
    }
    const playing = this.#playback.play(composition);
    playing.catch((error) => this.#failed(error));
    const failures = await playing;
    if (failures.length > 0) this.#device.layersFailed(failures);
    else this.#device.played();
  }

  #failed(error: Error): void {
    if (this.track.readyState === 'live') this.#device.reportError(error);
  }

  /** Mutes the track as the system does: black or silence, and the `mute` event. */
  setMuted(muted: boolean): void {
    if (muted === this.#isMuted) return;
    this.#isMuted = muted;
    this.#playback.setHold({ muted, paused: false });
    this.track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
  }

  /** Ends the track with its `ended` event, as when a device is unplugged. */
  end(): void {
    endTrack(this.track);
    this.#release();
  }

  #release(): void {
    if (!this.#device.tracks.delete(this)) return;
    this.#released.resolve();
    this.#playback.close();
    this.#device.tracksChanged();
  }

  get label(): string {
    return this.#device.owner.label;
  }

  get muted(): boolean {
    return this.#isMuted;
  }

  getSettings(): MediaTrackSettings {
    // The device may be another one by name since.
    const { deviceId, groupId, facingMode, displaySurface } = this.#device.owner.defaults;
    const settings = { ...this.#settings, deviceId, groupId, facingMode, displaySurface };
    // Without those that are undefined.
    return JSON.parse(JSON.stringify(settings));
  }

  getCapabilities(): MediaTrackCapabilities {
    return structuredClone(this.#device.owner.capabilities) as MediaTrackCapabilities;
  }

  getConstraints(): MediaTrackConstraints {
    return structuredClone(this.#constraints) as MediaTrackConstraints;
  }

  async applyConstraints(given: MediaTrackConstraints = {}): Promise<void> {
    const device = this.#device;
    const constraints = readConstraints(given);
    if (this.track.readyState === 'ended') return;
    const result = device.settle(constraints, this.#settings);
    if ('failedConstraint' in result) throw overconstrainedError(result.failedConstraint, result.message);
    const before = JSON.stringify(this.#settings);
    this.#settings = result.settings;
    this.#constraints = constraints;
    if (JSON.stringify(result.settings) !== before) await this.play();
  }

  /** Opens the device once more, in this task. */
  clone(): MediaStreamTrack {
    const { track } = this;
    const opening = newOpening();
    const format = formatOf(this.#device.owner.trackKind, this.#settings);
    const listener = listenerOf(this.#device, opening);
    const playback =
      format.kind === 'audio'
        ? (this.#playback.clone?.(listener) ?? playClonable(openAudio(format), format, listener))
        : openVideoPlaybackNow(listener);
    const { track: clone } = new DeviceTrack(this.#device, this.#settings, this.#constraints, playback, opening);
    clone.enabled = track.enabled;
    if ('contentHint' in track) clone.contentHint = track.contentHint;
    // A clone of a track that has ended has ended. In WebKit the browser's own clone() gives a live one.
    if (track.readyState === 'ended') clone.stop();
    else this.#device.tracksChanged();
    return clone;
  }

  /** Frees everything. The page has stopped the track. */
  stopped(): void {
    this.#release();
  }
}

/** A playback whose track is being made. */
interface Opening {
  onEnd: () => void;
}

const newOpening = (): Opening => ({ onEnd: () => {} });

const listenerOf = (device: TrackedDevice, opening: Opening): PlaybackListener => ({
  started: () => {},
  failed: (failure) => device.layersFailed([failure]),
  ended: () => opening.onEnd(),
  suspendChanged: () => {},
  warned: (error) => device.warn(error),
});
