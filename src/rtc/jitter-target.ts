import { checkNumberOrNull } from '../signals/checks.js';

/** The longest time that WebRTC extensions allow for `RTCRtpReceiver.jitterBufferTarget`. */
const MAX_JITTER_TARGET_MS = 4000;

/** @throws {RangeError} for anything but milliseconds from 0 to 4000, and `null`, which leaves the choice to the browser. */
export function checkJitterTarget(target: number | null): number | null {
  checkNumberOrNull('jitterTarget', target, { min: 0, max: MAX_JITTER_TARGET_MS, unit: 'ms' });
  return target;
}
