/*
 * The browser's own classes of tracks, of streams and of the entries of `enumerateDevices()`. A page must not find members on
 * the objects themselves, so the members of the classes are replaced while virtual devices are installed.
 */
import { has } from '../generator/features.js';
import { NATIVE_CLONE, nativeClone } from '../generator/page/tracks.js';
import { deviceInfoOf, infoClass } from './device-info.js';
import { deviceTrackOf } from './device-track.js';
import type { ReplacedMembers } from './replaced-members.js';

/** Makes the classes tell what virtual devices have. */
export function replaceDeviceClasses(replaced: ReplacedMembers): void {
  if (has('MediaStreamTrack')) replaceTrackMembers(replaced, MediaStreamTrack.prototype);
  if (has('MediaStream')) replaceStreamMembers(replaced, MediaStream.prototype);
  const info = infoClass()?.prototype;
  if (info) replaceInfoMembers(replaced, info);
}

function replaceTrackMembers(replaced: ReplacedMembers, track: MediaStreamTrack): void {
  for (const name of ['label', 'muted'] as const) {
    replaced.replaceGetter<MediaStreamTrack, typeof name>(
      track,
      name,
      (before) =>
        function () {
          return deviceTrackOf(this)?.[name] ?? before.call(this);
        },
    );
  }
  const clone = nativeClone();
  for (const name of ['getSettings', 'getCapabilities', 'getConstraints', 'applyConstraints', 'clone'] as const) {
    replaced.replaceMethod(
      track,
      name,
      (before) =>
        function (...args) {
          const device = deviceTrackOf(this);
          return device ? Reflect.apply(device[name], device, args) : Reflect.apply(before, this, args);
        },
    );
  }
  // A function of ours by now.
  Object.defineProperty(track.clone, NATIVE_CLONE, { value: clone });
  replaced.replaceMethod(
    track,
    'stop',
    (before) =>
      function () {
        before.call(this);
        deviceTrackOf(this)?.stopped();
      },
  );
}

/** The browser's own `clone()` of a stream does not call `clone()` of its tracks. */
function replaceStreamMembers(replaced: ReplacedMembers, stream: MediaStream): void {
  replaced.replaceMethod(
    stream,
    'clone',
    (before) =>
      function () {
        const tracks = this.getTracks();
        return tracks.some(deviceTrackOf) ? new MediaStream(tracks.map((track) => track.clone())) : before.call(this);
      },
  );
}

function replaceInfoMembers(replaced: ReplacedMembers, info: InputDeviceInfo): void {
  for (const name of ['deviceId', 'kind', 'label', 'groupId'] as const) {
    replaced.replaceGetter<InputDeviceInfo, typeof name>(
      info,
      name,
      (before) =>
        function () {
          return deviceInfoOf(this)?.[name] ?? before.call(this);
        },
    );
  }
  for (const name of ['toJSON', 'getCapabilities'] as const) {
    replaced.replaceMethod(
      info,
      name,
      (before) =>
        function () {
          const device = deviceInfoOf(this);
          return device ? device[name]() : before.call(this);
        },
    );
  }
}
