import { checkNumber, checkValue, describeRange } from '../checks.js';
import type { ChannelTone, PerChannel, ToneDescription } from './waveform.js';

export const MOST_CHANNELS = 8;

/** The sample rates that tones, audio tracks and recordings accept. */
export const SAMPLE_RATE_HZ = { min: 3000, max: 384_000, unit: 'Hz' } as const;

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
  checkNumber('channels', channels, { min: 1, max: MOST_CHANNELS, whole: true });
  checkNumber('sampleRate', sampleRate, SAMPLE_RATE_HZ);
  checkLength('frequency', frequency);
  checkLength('level', level);
  checkLength('phase', phase);
  checkLength('seed', seed);
  checkChannelNumbers('invert', invert, channels);
  checkChannelNumbers('routing', routing ?? [], channels);
  return Array.from({ length: MOST_CHANNELS }, (_, i) => {
    const tone = {
      ...description,
      frequency: ofChannel(frequency, i),
      level: ofChannel(level, i),
      phase: phaseOf(description, i),
      seed: ofChannel(seed, i),
    };
    checkNumber('seed', tone.seed);
    checkFrequency('frequency', tone.frequency, sampleRate);
    checkValue(tone.level <= 0, 'level', tone.level, 'a number of at most 0 dBFS');
    checkNumber('phase', tone.phase, { unit: 'turns' });
    const channel = routing?.length ? routing.indexOf(i + 1) : i;
    return {
      tone: { ...tone, seed: Math.trunc(tone.seed), channel },
      level: tone.level,
      sign: invert.includes(i + 1) ? -1 : 1,
      routed: channel >= 0,
    };
  });
}

/** @throws {RangeError} for a frequency that is not above 0 and below half the sample rate. */
export function checkFrequency(name: string, frequency: number, sampleRate: number): void {
  const limit = sampleRate / 2;
  const accepted = `${describeRange({ above: 0, below: limit, unit: 'Hz' })}, half the sample rate`;
  checkValue(frequency > 0 && frequency < limit, name, frequency, accepted);
}

function checkLength(name: string, values: PerChannel): void {
  const { length } = [values].flat();
  checkValue(length > 0 && length <= MOST_CHANNELS, `${name}.length`, length, 'from 1 to 8, one number per channel');
}

function checkChannelNumbers(name: string, numbers: readonly number[], channels: number): void {
  numbers.forEach((number, i) => {
    const isChannel = Number.isInteger(number) && number > 0 && number <= channels;
    const accepted = channels === 1 ? '1, the only channel' : `the number of a channel, from 1 to ${channels}`;
    checkValue(isChannel, `${name}[${i}]`, number, accepted);
  });
}
