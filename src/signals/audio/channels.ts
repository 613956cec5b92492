import { checkValue } from '../checks.js';
import type { ChannelTone, PerChannel, ToneDescription } from './waveform.js';

export const MOST_CHANNELS = 8;

/** The value of a channel, from 0. */
export const ofChannel = (values: PerChannel, channel: number): number =>
  typeof values === 'number' ? values : values[Math.min(channel, values.length - 1)];

/** The phase of a channel in turns, as the user and the engine have it together. */
export const phaseOf = (
  { phase, shift = NO_SHIFT }: Pick<ToneDescription, 'phase' | 'shift'>,
  channel: number,
): number => ofChannel(phase, channel) + ofChannel(shift, channel);

const NO_SHIFT = [0];

/** What a tone plays in one of its channels, and by how much: the gain is negative where the channel is inverted. */
export interface Channel {
  readonly tone: ChannelTone;
  readonly level: number;
  readonly sign: number;
  readonly routed: boolean;
}

/**
 * Reads and checks what a description says of each of the eight channels that there may be.
 *
 * @throws {RangeError} that says what is accepted.
 */
export function channelsOf(description: ToneDescription): Channel[] {
  const { channels, sampleRate, frequency, level, phase, seed, invert = [], routing } = description;
  checkValue(
    Number.isInteger(channels) && channels > 0 && channels <= MOST_CHANNELS,
    'Channels',
    channels,
    'a whole number from 1 to 8',
  );
  checkValue(sampleRate >= 3000 && sampleRate <= 768000, 'Sample rate', sampleRate, 'from 3000 to 768000 Hz');
  checkList('Frequency', frequency);
  checkList('Level', level);
  checkList('Phase', phase);
  checkList('Seed', seed);
  checkNumbers('Invert', invert, channels);
  checkNumbers('Routing', routing ?? [], channels);
  return Array.from({ length: MOST_CHANNELS }, (_, i) => {
    const tone = {
      ...description,
      frequency: ofChannel(frequency, i),
      level: ofChannel(level, i),
      phase: phaseOf(description, i),
      seed: ofChannel(seed, i),
    };
    checkValue(Number.isFinite(tone.seed), 'Seed', tone.seed, 'a number');
    checkFrequency('Frequency', tone.frequency, sampleRate);
    checkValue(tone.level <= 0, 'Level', tone.level, 'at most 0 dBFS');
    checkValue(Number.isFinite(tone.phase), 'Phase', tone.phase, 'a number of turns');
    const channel = routing?.length ? routing.indexOf(i + 1) : i;
    return {
      tone: { ...tone, seed: Math.trunc(tone.seed), channel },
      level: tone.level,
      sign: invert.includes(i + 1) ? -1 : 1,
      routed: channel >= 0,
    };
  });
}

/** @throws {RangeError} for a frequency that cannot be sampled. */
export function checkFrequency(what: string, frequency: number, sampleRate: number): void {
  const limit = sampleRate / 2;
  checkValue(
    frequency > 0 && frequency < limit,
    what,
    frequency,
    `above 0 and below ${limit} Hz, half the sample rate`,
  );
}

function checkList(what: string, values: PerChannel): void {
  const { length } = [values].flat();
  checkValue(length > 0 && length <= MOST_CHANNELS, `${what}, one a channel,`, length, 'a list of 1 to 8 numbers');
}

function checkNumbers(what: string, numbers: readonly number[], channels: number): void {
  for (const number of numbers) {
    const fits = Number.isInteger(number) && number > 0 && number <= channels;
    checkValue(fits, what, number, channels === 1 ? 'channel 1' : `a list of channels from 1 to ${channels}`);
  }
}
