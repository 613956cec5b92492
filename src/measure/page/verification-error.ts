/** Bounds that a track did not keep. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError';

  constructor(
    /** One sentence for each bound. */
    readonly failures: readonly string[],
  ) {
    super(failures.join(' '));
  }
}
