/* The reading of a track in a worker: every frame is closed, also where its listener throws or nobody listens any more. */
import type { ShownFrame } from '../../dist/processor/messages.js';
import { type TrackInputListener, TrackInputReader } from '../../dist/processor/worker/track-input.js';
import { UnhurriedReader } from '../../dist/processor/worker/unhurried-reader.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { eventually, sleep } from '../support/waiting.js';

/** A frame that knows whether it was closed. */
class Frame {
  readonly [Symbol.toStringTag] = 'VideoFrame';
  isClosed = false;

  close(): void {
    this.isClosed = true;
  }
}

const frames = (count: number): Frame[] => Array.from({ length: count }, () => new Frame());

/** A stream to which a test gives frames. */
function openStream() {
  let cancelled = false;
  let controller: ReadableStreamDefaultController<Frame> | undefined;
  const readable = new ReadableStream<Frame>({
    start(opened) {
      controller = opened;
    },
    cancel() {
      cancelled = true;
    },
  });
  return {
    input: { readable: readable as unknown as ReadableStream<VideoFrame> },
    send: (sent: readonly Frame[]) => {
      for (const frame of sent) controller?.enqueue(frame);
    },
    isCancelled: () => cancelled,
  };
}

function listen(frame: (frame: VideoFrame) => void) {
  const failures: unknown[] = [];
  const listener: TrackInputListener = {
    frame,
    data: () => {},
    block: () => {},
    failed: (error) => failures.push(error),
  };
  return { listener, failures };
}

const fault = new Error('cannot be read');

describe('TrackInputReader', () => {
  it('closes a frame at which its listener throws, and reads on', async () => {
    const [bad, good] = frames(2) as [Frame, Frame];
    const taken: unknown[] = [];
    const { listener, failures } = listen((frame) => {
      if ((frame as unknown) === bad) throw fault;
      taken.push(frame);
    });
    const { input, send } = openStream();
    new TrackInputReader(input, listener, () => 0);
    send([bad, good]);
    await eventually(() => assert.deepEqual(taken, [good]));
    assert.isTrue(bad.isClosed);
    // It is the listener's.
    assert.isFalse(good.isClosed);
    assert.isEmpty(failures);
  });

  it('tells once that ten frames in a row could not be read', async () => {
    const { listener, failures } = listen(() => {
      throw fault;
    });
    const { input, send } = openStream();
    new TrackInputReader(input, listener, () => 0);
    const [nine, more] = [frames(9), frames(10)];
    send(nine);
    await eventually(() => assert.isTrue(nine.every(({ isClosed }) => isClosed)));
    assert.isEmpty(failures);
    send(more);
    await eventually(() => assert.isTrue(more.every(({ isClosed }) => isClosed)));
    assert.deepEqual(failures, [fault]);
  });

  it('closes the frame that was on its way at close(), and cancels the stream only then', async () => {
    let taken = 0;
    const { listener } = listen(() => taken++);
    const { input, send, isCancelled } = openStream();
    const reader = new TrackInputReader(input, listener, () => 0);
    reader.close();
    await sleep(0);
    assert.isFalse(isCancelled());
    const [late] = frames(1) as [Frame];
    send([late]);
    await eventually(() => assert.isTrue(isCancelled()));
    assert.isTrue(late.isClosed);
    assert.equal(taken, 0);
  });

  it('that is in no hurry rests when it has read everything, and afterwards reads what has come in that time', async () => {
    const taken: unknown[] = [];
    const { listener } = listen((frame) => taken.push(frame));
    const { input, send } = openStream();
    const rests: (() => void)[] = [];
    const rest = () => new Promise<void>((resolve) => rests.push(resolve));
    const readable = { getReader: () => new UnhurriedReader(input.readable.getReader(), rest) };
    new TrackInputReader({ readable }, listener, () => 0);
    // A reader that waited rests after the frame for which it did.
    await sleep(20);
    const [first, ...others] = frames(6);
    send([first as Frame]);
    await eventually(() => assert.lengthOf(rests, 1));
    send(others);
    await sleep(0);
    assert.deepEqual(taken, [first]);
    rests[0]?.();
    await eventually(() => assert.deepEqual(taken, [first, ...others]));
  });

  it('closes the pictures that a port delivers after close()', async () => {
    const { port1, port2 } = new MessageChannel();
    onCleanup(() => {
      port1.close();
      port2.close();
    });
    let taken = 0;
    const { listener } = listen(() => taken++);
    const reader = new TrackInputReader({ port: port2 }, listener, () => 0);
    reader.close();
    const late = new Frame();
    const message = { frame: late as unknown as VideoFrame, arrival: 0, unread: 0 } satisfies ShownFrame;
    port2.onmessage?.({ data: message } as MessageEvent);
    assert.isTrue(late.isClosed);
    assert.equal(taken, 0);
  });
});
