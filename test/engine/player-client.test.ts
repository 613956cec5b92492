/* The page's end of the conversation with a player. */
import { PlayerClient } from '../../dist/engine/page/player-client.js';
import { describeIf } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';

describeIf('VideoFrame' in globalThis, 'this engine has no VideoFrame', 'PlayerClient', () => {
  it('closes a frame that is written after the player has ended', async () => {
    const { port1, port2 } = new MessageChannel();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const client = new PlayerClient(port1, new Promise<Worker>(() => {}), { failed() {}, ended: resolve });
    port2.postMessage({ type: 'ended' });
    await ended;
    const canvas = new OffscreenCanvas(2, 2);
    canvas.getContext('2d');
    const frame = new VideoFrame(canvas, { timestamp: 0 });
    assert.isFalse(await client.write(frame));
    // A closed frame has no size.
    assert.equal(frame.codedWidth, 0);
    port1.close();
  });
});
