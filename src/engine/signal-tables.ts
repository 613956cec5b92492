import type { Waveform, WaveformAlias } from '../signals/audio/waveform.js';
import { valueError } from '../signals/checks.js';
import type { Pattern, PatternAlias } from '../signals/video/pattern.js';
import type { SignalName } from './messages.js';

/** The signals that a worker or a worklet knows. If a name occurs twice, the first record counts. */
export interface SignalTables {
  readonly video: (Pattern | PatternAlias)[];
  readonly audio: (Waveform | WaveformAlias)[];
}

/**
 * Adds a custom signal in front of the others, so that it replaces a signal of the same name.
 * @param signal The default export of the page's module.
 * @throws {TypeError} if it is not a signal.
 */
export function defineSignal(
  tables: SignalTables,
  { kind, name }: SignalName,
  signal: Partial<Pattern & Waveform>,
): void {
  if (typeof signal?.prepare !== 'function') {
    throw valueError('Its default export', signal, 'an object with prepare(description, params)', TypeError);
  }
  const { params } = signal;
  (tables[kind] as unknown[]).unshift({ ...signal, params, name, prepare: signal.prepare.bind(signal) });
}
