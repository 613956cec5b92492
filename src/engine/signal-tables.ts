import type { Waveform, WaveformAlias } from '../signals/audio/waveform.js';
import type { Pattern, PatternAlias } from '../signals/video/pattern.js';
import type { SignalName } from './messages.js';

/** The signals that a worker or a worklet knows; the first of a name counts. */
export interface SignalTables {
  readonly video: (Pattern | PatternAlias)[];
  readonly audio: (Waveform | WaveformAlias)[];
}

/**
 * Adds a signal of the page's own, in place of one of that name.
 * @throws {TypeError} for what is no signal.
 */
export function define(tables: SignalTables, { kind, name }: SignalName, signal: Partial<Pattern & Waveform>): void {
  if (typeof signal?.prepare !== 'function') {
    throw new TypeError(`Its default export is ${signal}; it is an object with prepare(description, params).`);
  }
  const { params } = signal;
  (tables[kind] as unknown[]).unshift({ ...signal, params, name, prepare: signal.prepare.bind(signal) });
}
