import { assert } from './suite.js';

/** What is expected of a rejection: its class or a `DOMException`'s name, and what its sentence says. */
export interface Refusal {
  readonly name: string;
  readonly says: readonly RegExp[];
}

/** Resolves to what a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  let answer: unknown;
  try {
    answer = await promise;
  } catch (error) {
    assert.instanceOf(error, Error);
    return error as Error;
  }
  return assert.fail(`resolved to ${String(answer)} where a rejection was expected`);
}

/** Resolves when a promise rejects as expected: by class and by what the message says. */
export async function refuses(promise: Promise<unknown>, { name, says }: Refusal): Promise<void> {
  const error = await rejection(promise);
  assert.equal(error.name, name, error.message);
  if (name.endsWith('Error') && name in globalThis) {
    assert.instanceOf(error, (globalThis as never)[name]);
  } else {
    assert.instanceOf(error, DOMException);
  }
  for (const part of says) assert.match(error.message, part);
}
