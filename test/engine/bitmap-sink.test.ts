/* The sink that takes frames to the page as bitmaps, when the browser makes none. */
import { BitmapSink } from '../../dist/engine/worker/frame-sink.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually } from '../support/waiting.js';

/** Lets each call of `createImageBitmap()` fail or succeed, until the end of the test. */
function controlBitmaps(fails: () => boolean): void {
  const original = globalThis.createImageBitmap;
  globalThis.createImageBitmap = (() =>
    fails()
      ? Promise.reject(new DOMException('No memory.', 'OperationError'))
      : original(new ImageData(1, 1))) as typeof createImageBitmap;
  onCleanup(() => {
    globalThis.createImageBitmap = original;
  });
}

/** Sends frames one after the other. */
async function send(sink: BitmapSink, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    sink.send({ close() {} } as VideoFrame);
    await eventually(() => assert.isFalse(sink.isBusy));
  }
}

describe('BitmapSink', () => {
  it('reports once that one frame after the other fails, and not that a single one does', async () => {
    const { port1, port2 } = new MessageChannel();
    onCleanup(() => port1.close());
    const sink = new BitmapSink(port2);
    port1.onmessage = ({ data: { bitmap } }) => {
      bitmap.close();
      sink.bitmapShown();
    };
    const errors: unknown[] = [];
    sink.onfail = (error) => errors.push(error);
    let calls = 0;
    let isBroken = false;
    controlBitmaps(() => isBroken || calls++ % 2 === 0);

    await send(sink, 25);
    assert.deepEqual(errors, []);

    isBroken = true;
    await send(sink, 25);
    assert.lengthOf(errors, 1);
    assert.equal((errors[0] as DOMException).name, 'OperationError');
  });
});
