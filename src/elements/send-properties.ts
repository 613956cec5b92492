import type { SendOptions } from '../rtc/send-options.js';
import { checkOneOf } from '../signals/checks.js';

/** The values of `RTCDegradationPreference`; empty for the browser's choice. */
export type DegradationPreference = '' | 'balanced' | 'maintain-framerate' | 'maintain-resolution';

/** The properties of elements that send tracks. 0 and empty text mean the browser's choice. */
export interface SendProperties {
  readonly codec: string;
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  readonly scaleDown: number;
  readonly scalabilityMode: string;
  readonly degradation: DegradationPreference;
}

/** @throws {TypeError} for an unknown degradation preference: browsers differ in what they say to one. */
export function sendOptionsOf(element: SendProperties): Omit<SendOptions, 'codec'> & { readonly codec: string } {
  const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, degradation } = element;
  if (degradation) checkOneOf('degradation', DEGRADATION_PREFERENCES, degradation);
  return {
    codec,
    maxBitrate: maxBitrate || undefined,
    maxFramerate: maxFramerate || undefined,
    scaleDown,
    scalabilityMode: scalabilityMode || undefined,
    degradation: degradation || undefined,
  };
}

const DEGRADATION_PREFERENCES: readonly DegradationPreference[] = [
  'balanced',
  'maintain-framerate',
  'maintain-resolution',
];
