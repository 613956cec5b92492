/** How native blocks are made where the sound itself does not say it. */
export interface AudioFormat {
  /** Hertz, 3000 to 384000. */
  readonly sampleRate?: number;
  /** 1 to 8. */
  readonly channels?: number;
}

/** @throws {RangeError} for a rate or a number of channels that no browser plays. */
export function checkAudioFormat({ sampleRate = 48000, channels = 2 }: AudioFormat): void {
  if (!(sampleRate >= 3000 && sampleRate <= 384000)) {
    throw new RangeError(`Sample rate must be from 3000 to 384000 Hz, not ${sampleRate}.`);
  }
  if (![1, 2, 3, 4, 5, 6, 7, 8].includes(channels)) {
    throw new RangeError(`Channels must be a whole number from 1 to 8, not ${channels}.`);
  }
}
