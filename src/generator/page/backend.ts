import { describeValue } from '../../signals/describe-value.js';

/** How a track is made in this browser. */
export type Backend = 'native' | 'worker' | 'canvas' | 'worklet';

/** The backends of each kind, best first. `worker` serves stand-alone sources only. */
export const backendNames: Readonly<Record<'video' | 'audio', readonly Backend[]>> = {
  video: ['native', 'worker', 'canvas'],
  audio: ['native', 'worklet'],
};

/** @throws {TypeError} for a backend that the kind does not have. */
export function checkBackend(kind: 'video' | 'audio', name: Backend | undefined): void {
  if (name !== undefined && !backendNames[kind].includes(name)) {
    throw new TypeError(`backend is ${describeValue(name)}; for ${kind} it is ${backendNames[kind].join(', ')}.`);
  }
}

/** Whether this browser has `MediaStreamTrackGenerator`, the native backend of both kinds, and not our own polyfill of it. */
export const hasNative = (): boolean =>
  typeof MediaStreamTrackGenerator === 'function' && !('polyfill' in MediaStreamTrackGenerator);

/** What every output of a backend has: it made the track and ends it. */
export interface Output {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  /** Ends the track so that `ended` fires on it, and frees what made it. */
  end(): void;
}

/** Ends a track that the platform would end in silence. */
export function endTrack(track: MediaStreamTrack): void {
  if (track.readyState === 'ended') return;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}

/**
 * Lets a track's listeners hear events that scripts fire. Firefox keeps those from the listeners of a track unless a
 * fourth argument, its own, asks for them; the others ignore it.
 */
export function hearScriptedEvents(track: MediaStreamTrack): void {
  const native = track.addEventListener.bind(track) as (...args: unknown[]) => void;
  Object.defineProperty(track, 'addEventListener', {
    configurable: true,
    value: (type: string, listener: unknown, options: unknown = false) => native(type, listener, options, true),
  });
}

/** Numbers that `getSettings()` has to tell and that browsers lack or misstate. */
export type Settings = Pick<MediaTrackSettings, 'width' | 'height' | 'frameRate' | 'sampleRate' | 'channelCount'>;

const corrected = new WeakMap<MediaStreamTrack, Settings>();

/** Corrects `getSettings()` of a track, whoever it comes from: what was said last holds. */
export function correctSettings(track: MediaStreamTrack, settings: Settings = {}): void {
  const known = corrected.get(track);
  if (known) {
    Object.assign(known, settings);
    return;
  }
  corrected.set(track, settings);
  const native = track.getSettings.bind(track);
  Object.defineProperty(track, 'getSettings', {
    configurable: true,
    value: () => {
      const told = { ...native(), ...settings };
      // Chromium says 0 of a canvas.
      if (!told.frameRate) delete told.frameRate;
      return told;
    },
  });
}
