import { describe, it } from './suite.js';

/** Tests of what not every engine has; one line says why they are skipped where it is missing. */
export function describeWhere(has: boolean, whyNot: string, name: string, body: () => void): void {
  describe(name, has ? body : () => it.skip(`skipped: ${whyNot}`));
}
