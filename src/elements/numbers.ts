import type { ComplexAttributeConverter } from '@lit/reactive-element';
import type { PerChannel } from '../signals/audio/waveform.js';

/*
 * Numbers, one or several. Frameworks set a property to the text that an attribute would have, so both are read alike:
 * "440", "440 1000" and "440, 1000" are numbers. What is none is NaN, and the signal says what it takes.
 */

export function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return (typeof value === 'string' && value.trim()) || typeof value === 'bigint' ? Number(value) : Number.NaN;
}

/** Numbers with spaces or commas between, an array, or a single number. */
export function listOf(value: unknown): readonly number[] {
  if (typeof value === 'string')
    return value
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as ArrayLike<unknown>, numberOf);
  return value === null || value === undefined ? [] : [numberOf(value)];
}

/** One number for all channels, or a list with one a channel. */
export function perChannel(value: unknown): PerChannel {
  const numbers = listOf(value);
  return numbers.length > 1 ? numbers : (numbers[0] ?? Number.NaN);
}

const converter = <T>(read: (value: unknown) => T): ComplexAttributeConverter<T | null> => ({
  // An attribute that is not there gives its property the default.
  fromAttribute: (value) => (value === null ? null : read(value)),
  toAttribute: (value) => listOf(value).join(' '),
});

export const numberConverter = converter(numberOf);
export const listConverter = converter(listOf);
export const channelsConverter = converter(perChannel);
