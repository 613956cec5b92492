/* Corrections of the tracks that browsers make, and a timer by which to notice that the page has stopped one. */

/** Ends a track with the `ended` event, which the platform does not fire after `stop()`. */
export function endTrack(track: MediaStreamTrack): void {
  if (track.readyState === 'ended') return;
  track.stop();
  track.dispatchEvent(new Event('ended'));
}

/**
 * A clone with the same frames, for reading them. A track's own `clone()` may do more: that of a virtual device opens the
 * device once more.
 */
export const cloneForReading = (track: MediaStreamTrack): MediaStreamTrack =>
  MediaStreamTrack.prototype.clone.call(track);

/** The numbers of `getSettings()` that browsers lack or misstate. */
export type Settings = Pick<MediaTrackSettings, 'width' | 'height' | 'frameRate' | 'sampleRate' | 'channelCount'>;

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

/** Makes `getSettings()` of a track, and of each clone of it, follow the same corrections. */
function follow(track: MediaStreamTrack, corrected: Settings): void {
  corrections.set(track, corrected);
  const native = { getSettings: track.getSettings.bind(track), clone: track.clone.bind(track) };
  define(track, 'getSettings', () => {
    const seen = native.getSettings();
    const { width, height, aspectRatio, frameRate } = track.getConstraints();
    const all = { ...seen, ...corrected };
    // A browser that tells how it resizes does so by the constraints, and tells the size that comes of it.
    const obeys = 'resizeMode' in seen;
    if (obeys && (width ?? height ?? aspectRatio)) Object.assign(all, sizeOf(seen));
    if (obeys && all.frameRate && frameRate) all.frameRate = Math.min(all.frameRate, mostOf(frameRate));
    // Chromium reports a rate of 0 for a captured canvas.
    if (!all.frameRate) delete all.frameRate;
    return all;
  });
  define(track, 'clone', () => {
    const clone = native.clone();
    follow(clone, corrected);
    return clone;
  });
}

const sizeOf = ({ width, height }: MediaTrackSettings) => (width && height ? { width, height } : {});

/** The most that a constraint allows, or asks for. */
const mostOf = (constraint: ConstrainDouble): number =>
  typeof constraint === 'number'
    ? constraint
    : Math.min(
        constraint.exact ?? constraint.ideal ?? Number.POSITIVE_INFINITY,
        constraint.max ?? Number.POSITIVE_INFINITY,
      );

const define = <Name extends 'getSettings' | 'clone'>(
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
