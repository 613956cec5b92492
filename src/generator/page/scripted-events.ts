/**
 * Makes a track's listeners hear events that scripts dispatch. Firefox ignores such events unless a fourth argument of
 * `addEventListener()`, which only Firefox has, asks for them.
 */
export function hearScriptedEvents(track: MediaStreamTrack): void {
  const native = track.addEventListener.bind(track) as (...args: unknown[]) => void;
  Object.defineProperty(track, 'addEventListener', {
    configurable: true,
    value: (type: string, listener: unknown, options: unknown = false) => native(type, listener, options, true),
  });
}
