import type { DegradationPreference, SendOptions } from '../rtc/send-options.js';

/** The properties of elements that send tracks. 0 and empty text mean the browser's choice. */
export interface SendProperties {
  readonly codec: string;
  readonly maxBitrate: number;
  readonly maxFramerate: number;
  readonly scaleDown: number;
  readonly scalabilityMode: string;
  readonly degradation: DegradationPreference;
  readonly audioBitrate: number;
  readonly audioDtx: boolean;
  readonly noAudioFec: boolean;
}

/** The options that an element's properties stand for. */
export function sendOptionsOf(element: SendProperties): Omit<SendOptions, 'codec'> & { readonly codec: string } {
  const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, degradation } = element;
  const { audioBitrate, audioDtx, noAudioFec } = element;
  return {
    codec,
    maxBitrate: maxBitrate || undefined,
    maxFramerate: maxFramerate || undefined,
    scaleDown,
    scalabilityMode: scalabilityMode || undefined,
    degradation,
    audioBitrate: audioBitrate || undefined,
    audioDtx: audioDtx || undefined,
    audioFec: noAudioFec ? false : undefined,
  };
}
