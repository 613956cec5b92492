/**
 * The functions of a test, the same in a browser and in Node: `describe`, `it`, the hooks and `assert`.
 *
 *     import { assert, describe, it } from '../support/suite.js';
 *
 * In a browser mocha has put its functions on the global object; in Node they come from `node:test`. A test that is a
 * `function` can call `this.skip()` and `this.timeout(milliseconds)` in a browser.
 */
import { assert } from 'chai';

interface Context {
  skip(): never;
  timeout(milliseconds: number): void;
}

type Body = (this: Context) => void | Promise<void>;

interface Runner {
  describe(name: string, body: () => void): unknown;
  it: { (name: string, body: Body): unknown; skip(name: string, body?: Body): unknown };
  before(body: Body): unknown;
  after(body: Body): unknown;
  beforeEach(body: Body): unknown;
  afterEach(body: Body): unknown;
}

// Its name in a variable, so that a browser's module resolution leaves it alone.
const node = 'node:test';
const runner: Runner = 'document' in globalThis ? (globalThis as unknown as Runner) : await import(node);

/**
 * The test runner sends an error's `actual` and `expected` to its server by `structuredClone`, and hangs when that
 * throws, as it does for an element, a track or a function. Such values become text.
 */
function sendable(error: unknown): unknown {
  for (const key of ['actual', 'expected'] as const) {
    const compared = error as Partial<Record<typeof key, unknown>>;
    if (!(error instanceof Error) || !(key in error)) continue;
    try {
      structuredClone(compared[key]);
    } catch {
      compared[key] = Object.prototype.toString.call(compared[key]);
    }
  }
  return error;
}

function guarded(body: Body): Body {
  return async function (this: Context) {
    try {
      await body.call(this);
    } catch (error) {
      throw sendable(error);
    }
  };
}

export const describe: Runner['describe'] = runner.describe;
export const it: Runner['it'] = Object.assign((name: string, body: Body) => runner.it(name, guarded(body)), {
  skip: (name: string, body?: Body) => runner.it.skip(name, body),
});
export const before: Runner['before'] = (body) => runner.before(guarded(body));
export const after: Runner['after'] = (body) => runner.after(guarded(body));
export const beforeEach: Runner['beforeEach'] = (body) => runner.beforeEach(guarded(body));
export const afterEach: Runner['afterEach'] = (body) => runner.afterEach(guarded(body));
export { assert };
