import { checkNumber, checkValue, describeRange } from '../checks.js';
import type { ChannelTone, CompleteToneDescription, PerChannel } from './waveform.js';

export const MAX_CHANNELS = 8;

/** The sample rates that tones and audio tracks accept. */
export const SAMPLE_RATE_HZ = { min: 3000, max: 384_000, unit: 'Hz' } as const;

/** The value for a channel, counted from 0. */
export const channelValue = (values: PerChannel, channel: number): number =>
  typeof values === 'number' ? values : values[Math.min(channel, values.length - 1)];

/** The phase of a channel in turns: the phase of the description plus the shift that the engine has added. */
export const channelPhase = (
  { phase, shift = NO_SHIFT }: Pick<CompleteToneDescription, 'phase' | 'shift'>,
  channel: number,
): number => channelValue(phase, channel) + channelValue(shift, channel);

const NO_SHIFT = [0];

/** The tone of one channel and its level. */
export interface Channel {
  readonly tone: ChannelTone;
  /** dBFS. */
  readonly level: number;
  /** −1 for an inverted channel, else 1. */
  readonly sign: number;
  /** Whether the channel carries the signal. */
  readonly isRouted: boolean;
}

/**
 * Reads and checks the values for each of the eight possible channels.
 *
 * @throws {RangeError} for a value that is not accepted.
 */
export function readChannels(description: CompleteToneDescription): Channel[] {
  const { channels, sampleRate, frequency, level, phase, seed, invert, routing } = description;
  checkNumber('channels', channels, { min: 1, max: MAX_CHANNELS, whole: true });
  checkNumber('sampleRate', sampleRate, SAMPLE_RATE_HZ);
  checkLength('frequency', frequency);
  checkLength('level', level);
  checkLength('phase', phase);
  checkLength('seed', seed);
  checkChannelNumbers('invert', invert, channels);
  checkChannelNumbers('routing', routing, channels);
  return Array.from({ length: MAX_CHANNELS }, (_, i) => {
    const tone = {
      ...description,
      frequency: channelValue(frequency, i),
      level: channelValue(level, i),
      phase: channelPhase(description, i),
      seed: channelValue(seed, i),
    };
    checkNumber('seed', tone.seed);
    checkFrequency('frequency', tone.frequency, sampleRate);
    checkValue(tone.level <= 0, 'level', tone.level, 'a number of at most 0 dBFS');
    checkNumber('phase', tone.phase, { unit: 'turns' });
    const channel = routing.length ? routing.indexOf(i + 1) : i;
    return {
      tone: { ...tone, seed: Math.trunc(tone.seed), channel },
      level: tone.level,
      sign: invert.includes(i + 1) ? -1 : 1,
      isRouted: channel >= 0,
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
  const accepted = `a whole number from 1 to ${MAX_CHANNELS}, one value per channel`;
  checkValue(length > 0 && length <= MAX_CHANNELS, `${name}.length`, length, accepted);
}

function checkChannelNumbers(name: string, numbers: readonly number[], channels: number): void {
  numbers.forEach((number, i) => {
    const isChannel = Number.isInteger(number) && number > 0 && number <= channels;
    const accepted = channels === 1 ? '1, the only channel' : `a channel number from 1 to ${channels}`;
    checkValue(isChannel, `${name}[${i}]`, number, accepted);
  });
}
