/* The audio contexts that a page shares: when they close. */
import { acquireContext } from '../../dist/generator/page/audio-contexts.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';

class FakeContext {
  isClosed = false;

  async resume(): Promise<void> {}

  async close(): Promise<void> {
    this.isClosed = true;
  }
}

/** Contexts that know whether they were closed, and timeouts that pass when a test says so. */
function fakePage() {
  const { setTimeout } = globalThis;
  const waiting: (() => void)[] = [];
  Object.assign(globalThis, {
    AudioContext: FakeContext,
    setTimeout: (callback: () => void) => waiting.push(callback),
  });
  onCleanup(() => Object.assign(globalThis, { AudioContext: undefined, setTimeout }));
  const acquire = (sampleRate: number) => {
    const { context, release } = acquireContext(sampleRate);
    return { context: context as unknown as FakeContext, release };
  };
  const pass = () => {
    for (const callback of waiting.splice(0)) callback();
  };
  return { acquire, pass };
}

describe('A shared audio context', () => {
  it('closes some time after its last holder, and not under one that has come meanwhile', () => {
    const { acquire, pass } = fakePage();
    const [first, second] = [acquire(48_000), acquire(48_000)];
    assert.equal(first.context, second.context);
    first.release();
    pass();
    assert.isFalse(first.context.isClosed);
    second.release();
    assert.isFalse(first.context.isClosed);
    const third = acquire(48_000);
    assert.equal(third.context, first.context);
    pass();
    assert.isFalse(first.context.isClosed);
    third.release();
    pass();
    assert.isTrue(first.context.isClosed);
    const fourth = acquire(48_000);
    assert.notEqual(fourth.context, first.context);
    fourth.release();
    pass();
  });

  it('is released once by each holder, however often that releases it', () => {
    const { acquire, pass } = fakePage();
    const [first, second] = [acquire(44_100), acquire(44_100)];
    first.release();
    first.release();
    pass();
    assert.isFalse(second.context.isClosed);
    second.release();
    pass();
    assert.isTrue(second.context.isClosed);
  });

  it('closes at once if nobody could use it', () => {
    const { acquire, pass } = fakePage();
    const refused = acquire(32_000);
    refused.release(true);
    assert.isTrue(refused.context.isClosed);
    // A holder that has used it may just have started a worklet in it.
    const [used, other] = [acquire(32_000), acquire(32_000)];
    used.release();
    other.release(true);
    assert.isFalse(used.context.isClosed);
    pass();
    assert.isTrue(used.context.isClosed);
  });
});
