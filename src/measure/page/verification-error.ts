import { valueError } from '../../signals/checks.js';

/** Bounds that a track did not keep. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';

  constructor(
    /** One sentence for each bound. */
    readonly failures: readonly string[],
  ) {
    if (!Array.isArray(failures)) throw valueError('failures', failures, 'a list of sentences', TypeError);
    super(failures.join(' '));
  }
}
