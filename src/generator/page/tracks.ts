/* Corrections of the tracks that browsers make, and a timer by which to notice that the page has stopped one. */

/** Ends a track with the `ended` event, which the platform does not fire after `stop()`. */
export function endTrack(track: MediaStreamTrack): void {
  if (track.readyState === 'ended') return;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}

/** Makes a track `muted` or not, as browsers do while its source gives nothing, with the event. Clones stay as they are. */
export function setTrackMuted(track: MediaStreamTrack, muted: boolean): void {
  define(track, 'muted', muted);
  track.dispatchEvent(new Event(muted ? 'mute' : 'unmute'));
}

/** Code that replaces `clone()` of tracks keeps the browser's `clone()` here, as a property of its own function. */
export const NATIVE_CLONE = Symbol.for('track-elements/native-clone');

type NativeClone = (this: MediaStreamTrack) => MediaStreamTrack;

/** The browser's own `clone()` of tracks. */
export function nativeClone(): NativeClone {
  const { clone } = MediaStreamTrack.prototype as { clone: NativeClone & { readonly [NATIVE_CLONE]?: NativeClone } };
  return clone[NATIVE_CLONE] ?? clone;
}

/**
 * A clone with the same frames, for reading them. A track's own `clone()` may do more: for a track of a virtual device, it
 * opens the device once more.
 */
export const cloneForReading = (track: MediaStreamTrack): MediaStreamTrack => nativeClone().call(track);

/** The numbers of `getSettings()` that browsers lack or misstate. */
export type Settings = Pick<MediaTrackSettings, 'width' | 'height' | 'frameRate' | 'sampleRate' | 'channelCount'>;

/** Loaded before constraints are first applied to a track. */
let constrained: typeof import('./constrained-settings.js') | undefined;

const corrections = new WeakMap<MediaStreamTrack, Settings>();

/** Corrects `getSettings()` of a track and of its clones. Later corrections replace earlier ones, property by property. */
export function correctSettings(track: MediaStreamTrack, settings: Settings): void {
  const known = corrections.get(track);
  if (known) {
    Object.assign(known, settings);
    return;
  }
  follow(track, { ...settings });
}

/** Leaves `getSettings()` of a track to its owner: corrections that were made, and later ones, have no effect. */
export function leaveSettings(track: MediaStreamTrack): void {
  corrections.set(track, {});
  for (const name of ['getSettings', 'clone', 'applyConstraints']) Reflect.deleteProperty(track, name);
}

/** Makes `getSettings()` of a track, and of each clone of it, follow the same corrections. */
function follow(track: MediaStreamTrack, corrected: Settings): void {
  corrections.set(track, corrected);
  const native = {
    getSettings: track.getSettings.bind(track),
    clone: track.clone.bind(track),
    applyConstraints: track.applyConstraints.bind(track),
  };
  define(track, 'getSettings', () => {
    const seen = native.getSettings();
    const all = { ...seen, ...corrected };
    constrained?.applySeenConstraints(all, seen, track.getConstraints());
    // Chromium reports a rate of 0 for a captured canvas.
    if (!all.frameRate) delete all.frameRate;
    return all;
  });
  define(track, 'clone', () => {
    const clone = native.clone();
    follow(clone, corrected);
    return clone;
  });
  define(track, 'applyConstraints', async (constraints) => {
    constrained ??= await import('./constrained-settings.js');
    await native.applyConstraints(constraints);
  });
}

/** A stream of tracks. The tracks of its clones are clones of such tracks: the browser's own would lack their corrections. */
export function streamOf(tracks: Iterable<MediaStreamTrack>): MediaStream {
  const stream = new MediaStream([...tracks]);
  const clone = () => streamOf(stream.getTracks().map((track) => track.clone()));
  Object.defineProperty(stream, 'clone', { value: clone, configurable: true, writable: true });
  return stream;
}

const define = <Name extends 'getSettings' | 'clone' | 'applyConstraints' | 'muted'>(
  track: MediaStreamTrack,
  name: Name,
  value: MediaStreamTrack[Name],
) => Object.defineProperty(track, name, { configurable: true, value });

const POLL_INTERVAL_MS = 500;

const callbacks = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/**
 * Calls back about every half second: a track that its page has stopped fires no event, so that its state has to be
 * polled. All callbacks share one timer. Returns what ends the calls.
 */
export function everyHalfSecond(callback: () => void): () => void {
  callbacks.add(callback);
  timer ??= setInterval(() => {
    for (const each of callbacks) each();
  }, POLL_INTERVAL_MS);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
