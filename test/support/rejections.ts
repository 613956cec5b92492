/** Promises that reject: as a test expects it, or without a handler. */
import { assert } from './suite.js';

/** The error that a test expects. */
export interface ExpectedError {
  /** The name of its class, or of a `DOMException`. */
  readonly name: string;
  /** Each matches the message. */
  readonly says: readonly RegExp[];
}

/** Resolves to the error that a promise rejects with; fails if the promise is fulfilled. */
export async function rejectionOf(promise: Promise<unknown>): Promise<Error> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    assert.instanceOf(error, Error);
    return error as Error;
  }
  return assert.fail(`The promise was fulfilled with ${String(value)}; it should have been rejected.`);
}

/** Asserts that a promise rejects with an error of this name and message. */
export async function assertRejects(promise: Promise<unknown>, { name, says }: ExpectedError): Promise<void> {
  const error = await rejectionOf(promise);
  assert.equal(error.name, name, error.message);
  if (name.endsWith('Error') && name in globalThis) {
    assert.instanceOf(error, (globalThis as never)[name]);
  } else {
    assert.instanceOf(error, DOMException);
  }
  for (const part of says) assert.match(error.message, part);
}

/** Collects the reasons of rejected promises without a handler, until `stop()`. */
export function collectUnhandledRejections(): { readonly reasons: unknown[]; stop(): void } {
  const reasons: unknown[] = [];
  const listener = (event: PromiseRejectionEvent) => {
    event.preventDefault();
    reasons.push(event.reason);
  };
  addEventListener('unhandledrejection', listener);
  return { reasons, stop: () => removeEventListener('unhandledrejection', listener) };
}
