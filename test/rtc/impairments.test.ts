/* Simulated network faults: the decision about each encoded frame, and the impairer that carries it out. */
import { deliveryTime, type Impairments, NO_IMPAIRMENTS } from '../../dist/rtc/impairments.js';
import { FrameImpairer } from '../../dist/rtc/worker/impairment-part.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep } from '../support/waiting.js';

const FRAME_COUNT = 1000;
const FRAME_INTERVAL_MS = 20;

/** When each of many frames is delivered; `null` for a dropped one. */
function deliveryTimes(impairments: Partial<Impairments>): (number | null)[] {
  let previous = 0;
  return Array.from({ length: FRAME_COUNT }, (_, index) => {
    const time = deliveryTime({ ...NO_IMPAIRMENTS, ...impairments }, index, index * FRAME_INTERVAL_MS, previous);
    previous = time ?? previous;
    return time;
  });
}

const droppedFrames = (impairments: Partial<Impairments>): number[] =>
  deliveryTimes(impairments).flatMap((time, index) => (time === null ? [index] : []));

describe('Impairments', () => {
  it('deliver every frame at once if there are none', () => {
    assert.deepEqual(
      deliveryTimes({}),
      Array.from({ length: FRAME_COUNT }, (_, index) => index * FRAME_INTERVAL_MS),
    );
  });

  it('drop the share of frames that `loss` says, the same ones for the same seed', () => {
    const dropped = droppedFrames({ loss: 0.25, seed: 7 });
    assert.closeTo(dropped.length / FRAME_COUNT, 0.25, 0.05);
    assert.deepEqual(droppedFrames({ loss: 0.25, seed: 7 }), dropped);
    assert.notDeepEqual(droppedFrames({ loss: 0.25, seed: 8 }), dropped);
  });

  it('drop no frame for a loss of 0, and all for a loss of 1', () => {
    assert.lengthOf(droppedFrames({ loss: 0, seed: 3 }), 0);
    assert.lengthOf(droppedFrames({ loss: 1, seed: 3 }), FRAME_COUNT);
  });

  it('delay every frame by `delay`, and by up to `jitter` more, in order', () => {
    const times = deliveryTimes({ delay: 100, jitter: 50, seed: 1 }) as number[];
    const delays = times.map((time, index) => time - index * FRAME_INTERVAL_MS);
    assert.isAtLeast(Math.min(...delays), 100);
    assert.isAtMost(Math.max(...delays), 150);
    assert.isAbove(Math.max(...delays) - Math.min(...delays), 40);
    assert.isTrue(times.every((time, index) => index === 0 || time >= times[index - 1]));
  });

  it('hold the frames of the last `freeze` ms of each ten seconds until their end', () => {
    const times = deliveryTimes({ freeze: 3000 }) as number[];
    for (const [index, time] of times.entries()) {
      const arrival = index * FRAME_INTERVAL_MS;
      const isFrozen = arrival % 10_000 > 7000;
      assert.equal(time, isFrozen ? Math.ceil(arrival / 10_000) * 10_000 : arrival);
    }
  });
});

describe('A frame impairer', () => {
  /** Sends 200 numbered frames through an impairer. Resolves to the numbers of those that it delivers. */
  async function deliver(impairments: Partial<Impairments>): Promise<number[]> {
    const { port1, port2: port } = new MessageChannel();
    const { readable, writable: input } = new TransformStream<RTCEncodedAudioFrame, RTCEncodedAudioFrame>();
    const delivered: number[] = [];
    const writable = new WritableStream<RTCEncodedAudioFrame>({
      write: ({ timestamp }) => void delivered.push(timestamp),
    });
    new FrameImpairer({ readable, writable: writable as WritableStream, options: { port } });
    port1.postMessage({ ...NO_IMPAIRMENTS, ...impairments });
    await sleep(50);
    const writer = input.getWriter();
    for (let timestamp = 0; timestamp < 200; timestamp++) await writer.write({ timestamp } as RTCEncodedAudioFrame);
    await sleep(50);
    await writer.close();
    port1.close();
    return delivered;
  }

  it('delivers all frames in order without impairments', async () => {
    assert.deepEqual(
      await deliver({}),
      Array.from({ length: 200 }, (_, index) => index),
    );
  });

  it('drops the same frames in each run with the same seed', async () => {
    const delivered = await deliver({ loss: 0.25, seed: 7 });
    assert.closeTo(delivered.length, 150, 25);
    assert.deepEqual(await deliver({ loss: 0.25, seed: 7 }), delivered);
    assert.notDeepEqual(await deliver({ loss: 0.25, seed: 8 }), delivered);
  });
});
