/** The functions of `navigator.mediaDevices` that open devices. */
export type NativeMediaDevices = Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia'>;

/** The key under which code that replaces the functions of `navigator.mediaDevices` keeps the browser's functions. */
const NATIVE = Symbol.for('track-elements/native-media-devices');

/**
 * The functions that open the real devices, also while virtual devices replace them.
 *
 * @throws {DOMException} `NotSupportedError` in a page that has no devices.
 */
export function nativeMediaDevices(): NativeMediaDevices {
  const devices = navigator.mediaDevices as (MediaDevices & { [NATIVE]?: NativeMediaDevices }) | undefined;
  if (!devices) {
    const message = 'This page has no navigator.mediaDevices: serve it by https, or from localhost.';
    throw new DOMException(message, 'NotSupportedError');
  }
  const native = devices[NATIVE] ?? devices;
  return {
    // Asynchronous, so that a browser without one of them rejects.
    getUserMedia: async (constraints) => methodOf(native, 'getUserMedia').call(devices, constraints),
    getDisplayMedia: async (options) => methodOf(native, 'getDisplayMedia').call(devices, options),
  };
}

/** @throws {DOMException} `NotSupportedError` for a method that the browser lacks: phones share no screens. */
function methodOf<Name extends keyof NativeMediaDevices>(
  native: NativeMediaDevices,
  name: Name,
): NativeMediaDevices[Name] {
  const method: NativeMediaDevices[Name] | undefined = native[name];
  if (typeof method === 'function') return method;
  throw new DOMException(`This browser has no navigator.mediaDevices.${name}().`, 'NotSupportedError');
}
