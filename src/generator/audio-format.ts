import { MAX_CHANNELS, SAMPLE_RATE_HZ } from '../signals/audio/channels.js';
import { checkValue } from '../signals/checks.js';

/** The format of an audio track. Without it, the track takes the format of the samples that are played. */
export interface AudioFormat {
  /** Hertz, 3000 to 384000. */
  readonly sampleRate?: number;
  /** 1 to 8. */
  readonly channels?: number;
}

/** Hertz. */
export const DEFAULT_SAMPLE_RATE_HZ = 48_000;

/** @throws {RangeError} for a rate or a number of channels that no browser plays. */
export function checkAudioFormat({ sampleRate = DEFAULT_SAMPLE_RATE_HZ, channels = 1 }: AudioFormat): void {
  // checkNumber() would bring the sentences of all ranges into generators, which are small.
  const { min, max } = SAMPLE_RATE_HZ;
  const isRate = typeof sampleRate === 'number' && sampleRate >= min && sampleRate <= max;
  checkValue(isRate, 'sampleRate', sampleRate, `a number from ${min} to ${max} Hz`);
  const isCount = Number.isInteger(channels) && channels >= 1 && channels <= MAX_CHANNELS;
  checkValue(isCount, 'channels', channels, `a whole number from 1 to ${MAX_CHANNELS}`);
}
