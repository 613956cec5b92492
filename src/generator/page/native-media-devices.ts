/** The functions of `navigator.mediaDevices` that open devices. */
export type NativeMediaDevices = Pick<MediaDevices, 'getUserMedia' | 'getDisplayMedia'>;

/** Where code that replaces the functions of `navigator.mediaDevices` leaves those of the browser. */
const NATIVE = Symbol.for('track-elements/native-media-devices');

/**
 * The functions that open the real devices, also while virtual ones stand in for them.
 *
 * @throws {DOMException} `NotSupportedError` in a page that has no devices.
 */
export function nativeMediaDevices(): NativeMediaDevices {
  const devices = navigator.mediaDevices as (MediaDevices & { [NATIVE]?: NativeMediaDevices }) | undefined;
  if (!devices) {
    const message = 'This page has no navigator.mediaDevices: serve it by https, or from localhost.';
    throw new DOMException(message, 'NotSupportedError');
  }
  return (
    devices[NATIVE] ?? {
      getUserMedia: (constraints) => devices.getUserMedia(constraints),
      getDisplayMedia: (options) => devices.getDisplayMedia(options),
    }
  );
}
