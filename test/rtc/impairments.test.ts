/* Simulated network faults: the decision about each encoded frame, and the impairer that carries it out. */
import type { ImpairmentCounts, Passage } from '../../dist/rtc/impairments.js';
import { type EnteringFrame, type Impairments, NO_IMPAIRMENTS, passNetwork } from '../../dist/rtc/impairments.js';
import { FrameImpairer } from '../../dist/rtc/worker/impairment-part.js';
import { onCleanup } from '../support/cleanup.js';
import { assert, describe, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

const FRAME_COUNT = 2000;
const FRAME_INTERVAL_MS = 20;
const MIN_ROUND_TRIP_MS = 20;
const PACKET_BYTES = 1200;

/** How many frames of one packet pass the network, one every 20 ms. */
function passages(impairments: Partial<Impairments>, frame: Partial<EnteringFrame> = {}): Passage[] {
  let previous = 0;
  return Array.from({ length: FRAME_COUNT }, (_, index) => {
    const entering = { kind: 'video', byteLength: 100, index, time: index * FRAME_INTERVAL_MS, ...frame } as const;
    const passage = passNetwork({ ...NO_IMPAIRMENTS, ...impairments }, entering, previous);
    previous = passage.deliveryTime ?? previous;
    return passage;
  });
}

const deliveryTimes = (impairments: Partial<Impairments>): number[] =>
  passages(impairments).map(({ deliveryTime }) => deliveryTime ?? Number.NaN);

/** The numbers of the frames for which a test is true. */
const framesWhere = (list: readonly Passage[], test: (passage: Passage) => boolean): number[] =>
  list.flatMap((passage, index) => (test(passage) ? [index] : []));

const isGone = ({ deliveryTime }: Passage): boolean => deliveryTime === null;
const isHit = ({ lost }: Passage): boolean => lost > 0;
const shareOf = (frames: readonly number[]): number => frames.length / FRAME_COUNT;

describe('Impairments', () => {
  it('deliver every frame at once if there are none', () => {
    assert.deepEqual(
      deliveryTimes({}),
      Array.from({ length: FRAME_COUNT }, (_, index) => index * FRAME_INTERVAL_MS),
    );
  });

  it('lose the share of packets that `loss` says, the same ones for the same seed', () => {
    const hit = framesWhere(passages({ loss: 0.25, seed: 7 }), isHit);
    assert.closeTo(shareOf(hit), 0.25, 0.03);
    assert.deepEqual(framesWhere(passages({ loss: 0.25, seed: 7 }), isHit), hit);
    assert.notDeepEqual(framesWhere(passages({ loss: 0.25, seed: 8 }), isHit), hit);
  });

  for (const packets of [1, 4, 20]) {
    it(`hit a frame of ${packets} packets with the probability 1 − (1 − loss)^${packets}`, () => {
      const hit = framesWhere(passages({ loss: 0.05, seed: 3 }, { byteLength: packets * PACKET_BYTES }), isHit);
      assert.closeTo(shareOf(hit), 1 - 0.95 ** packets, 0.03);
    });
  }

  it('hit the same packets of a frame, however large the frames before it are', () => {
    const frame = { kind: 'video', index: 40, byteLength: 50 * PACKET_BYTES, time: 0 } as const;
    const impairments = { ...NO_IMPAIRMENTS, loss: 0.1, seed: 5 };
    const { lost } = passNetwork(impairments, frame, 0);
    for (const byteLength of [1, 90_000]) {
      passNetwork(impairments, { ...frame, index: 39, byteLength }, 0);
      assert.equal(passNetwork(impairments, frame, 0).lost, lost);
    }
    assert.isAbove(lost, 0);
  });

  it('deliver a video frame that was hit one round trip later for each time that a packet was lost', () => {
    for (const [delay, roundTrip] of [
      [0, MIN_ROUND_TRIP_MS],
      [5, MIN_ROUND_TRIP_MS],
      [80, 160],
    ] as const) {
      // The frames are far apart, so that none waits for another.
      const list = Array.from({ length: FRAME_COUNT }, (_, index) =>
        passNetwork(
          { ...NO_IMPAIRMENTS, loss: 0.3, delay, seed: 9 },
          { kind: 'video', index, byteLength: 100, time: 0 },
          0,
        ),
      );
      for (const { deliveryTime, lost } of list) assert.equal(deliveryTime, delay + lost * roundTrip);
      assert.closeTo(shareOf(framesWhere(list, ({ lost }) => lost >= 2)), 0.3 ** 2, 0.02);
    }
  });

  it('let the frames after a late one wait for it', () => {
    const times = deliveryTimes({ loss: 0.1, delay: 100, seed: 2 });
    assert.isTrue(times.every((time, index) => index === 0 || time >= (times[index - 1] as number)));
    const late = times.filter((time, index) => time > index * FRAME_INTERVAL_MS + 100);
    // A round trip of 200 ms holds ten frames.
    assert.isAbove(late.length, FRAME_COUNT * 0.1 * 3);
  });

  it('lose packets of audio for good', () => {
    const list = passages({ loss: 0.25, seed: 7 }, { kind: 'audio' });
    assert.closeTo(shareOf(framesWhere(list, isGone)), 0.25, 0.03);
    assert.isTrue(list.every(({ retransmitted }) => retransmitted === 0));
  });

  it('lose the share of the lost video packets for good that `unrecovered` says', () => {
    for (const [unrecovered, share] of [
      [0, 0],
      [0.5, 0.1],
      [1, 0.2],
    ] as const) {
      const list = passages({ loss: 0.2, unrecovered, seed: 4 });
      assert.closeTo(shareOf(framesWhere(list, isGone)), share, share && 0.02);
      const sum = (count: 'lost' | 'retransmitted') => list.reduce((total, passage) => total + passage[count], 0);
      assert.equal(sum('lost') - sum('retransmitted'), framesWhere(list, isGone).length);
    }
  });

  for (const kind of ['video', 'audio'] as const) {
    it(`lose no frame of ${kind} for a loss of 0, and all for a loss of 1`, () => {
      assert.lengthOf(framesWhere(passages({ loss: 0, unrecovered: 1, seed: 3 }, { kind }), isGone), 0);
      assert.lengthOf(framesWhere(passages({ loss: 1, seed: 3 }, { kind }), isGone), FRAME_COUNT);
    });
  }

  it('delay every frame by `delay`, and by up to `jitter` more, in order', () => {
    const times = deliveryTimes({ delay: 100, jitter: 50, seed: 1 });
    const delays = times.map((time, index) => time - index * FRAME_INTERVAL_MS);
    assert.isAtLeast(Math.min(...delays), 100);
    assert.isAtMost(Math.max(...delays), 150);
    assert.isAbove(Math.max(...delays) - Math.min(...delays), 40);
    assert.isTrue(times.every((time, index) => index === 0 || time >= (times[index - 1] as number)));
  });

  it('hold the frames of the last `freeze` ms of each ten seconds until their end', () => {
    for (const [index, time] of deliveryTimes({ freeze: 3000 }).entries()) {
      const arrival = index * FRAME_INTERVAL_MS;
      const isFrozen = arrival % 10_000 > 7000;
      assert.equal(time, isFrozen ? Math.ceil(arrival / 10_000) * 10_000 : arrival);
    }
  });
});

type FrameType = 'key' | 'delta';

type NumberedFrame = Pick<RTCEncodedVideoFrame, 'timestamp' | 'data'> & { readonly type?: FrameType };

/** An impairer between two streams of the test, with its port. */
function openImpairer(
  kind: 'video' | 'audio',
  impairments: Partial<Impairments>,
  generateKeyFrame?: () => Promise<void>,
) {
  const { port1, port2: port } = new MessageChannel();
  const { readable, writable: input } = new TransformStream<NumberedFrame, NumberedFrame>();
  const delivered: number[] = [];
  const writable = new WritableStream<NumberedFrame>({ write: ({ timestamp }) => void delivered.push(timestamp) });
  const messages: unknown[] = [];
  port1.onmessage = ({ data }) => messages.push(data);
  new FrameImpairer({
    readable: readable as ReadableStream,
    writable: writable as WritableStream,
    options: { kind, port },
    ...(generateKeyFrame && { generateKeyFrame }),
  });
  port1.postMessage({ type: 'impair', impairments: { ...NO_IMPAIRMENTS, ...impairments } });
  onCleanup(() => port1.close());
  const writer = input.getWriter();
  const data = new ArrayBuffer(100);
  return {
    delivered,
    messages,
    impair: (changed: Partial<Impairments>) =>
      port1.postMessage({ type: 'impair', impairments: { ...NO_IMPAIRMENTS, ...changed } }),
    write: (timestamp: number, type?: FrameType) => writer.write({ timestamp, data, ...(type && { type }) }),
    async counts(): Promise<ImpairmentCounts> {
      const isAnswer = (message: unknown) => (message as { id?: number }).id === 1;
      port1.postMessage({ type: 'count', id: 1 });
      const { value } = (await waitFor(() => messages.find(isAnswer), 'the counts')) as { value: ImpairmentCounts };
      return value;
    },
    close: () => writer.close(),
  };
}

const numbers = (from: number, end: number): number[] => Array.from({ length: end - from }, (_, index) => from + index);

describe('A frame impairer', () => {
  /** Sends 200 numbered frames of audio through an impairer. */
  async function deliver(impairments: Partial<Impairments>) {
    const impairer = openImpairer('audio', impairments);
    await sleep(50);
    for (const timestamp of numbers(0, 200)) await impairer.write(timestamp);
    await sleep(50);
    const counts = await impairer.counts();
    await impairer.close();
    return { delivered: impairer.delivered, counts };
  }

  it('delivers all frames in order without impairments', async () => {
    assert.deepEqual((await deliver({})).delivered, numbers(0, 200));
  });

  it('drops the same frames of audio in each run with the same seed, and counts them', async () => {
    const { delivered, counts } = await deliver({ loss: 0.25, seed: 7 });
    assert.closeTo(delivered.length, 150, 25);
    const lost = 200 - delivered.length;
    assert.deepEqual(counts, {
      packetsLost: lost,
      packetsRetransmitted: 0,
      framesLost: lost,
      framesDelivered: delivered.length,
      totalDelay: 0,
    });
    assert.deepEqual((await deliver({ loss: 0.25, seed: 7 })).delivered, delivered);
    assert.notDeepEqual((await deliver({ loss: 0.25, seed: 8 })).delivered, delivered);
  });

  it('delivers all frames of video in order, however many packets are lost', async () => {
    const impairer = openImpairer('video', { loss: 0.25, seed: 7 });
    await sleep(50);
    for (const timestamp of numbers(0, 200)) await impairer.write(timestamp, timestamp ? 'delta' : 'key');
    await waitFor(() => impairer.delivered.length === 200, 'all frames');
    assert.deepEqual(impairer.delivered, numbers(0, 200));
    const { packetsLost, packetsRetransmitted, framesLost, totalDelay } = await impairer.counts();
    assert.isAbove(packetsLost, 25);
    assert.equal(packetsRetransmitted, packetsLost);
    assert.equal(framesLost, 0);
    assert.isAbove(totalDelay, packetsLost * MIN_ROUND_TRIP_MS);
    await impairer.close();
  });

  it('delivers nothing after a frame that is lost for good until the next key frame, which it asks for', async () => {
    let requests = 0;
    const impairer = openImpairer('video', {}, async () => void requests++);
    await sleep(50);
    await impairer.write(0, 'key');
    impairer.impair({ loss: 1, unrecovered: 1 });
    await sleep(50);
    await impairer.write(1, 'delta');
    impairer.impair({});
    await waitFor(() => requests === 1, 'a request');
    await impairer.write(2, 'delta');
    await impairer.write(3, 'key');
    await impairer.write(4, 'delta');
    await waitFor(() => impairer.delivered.length === 3, 'the frames');
    assert.deepEqual(impairer.delivered, [0, 3, 4]);
    assert.include(await impairer.counts(), { packetsLost: 1, framesLost: 2, framesDelivered: 3 });
    // No request is left.
    await sleep(400);
    assert.equal(requests, 1);
    await impairer.close();
  });

  it('asks the page for a key frame where a transform cannot, and again while none comes', async () => {
    const impairer = openImpairer('video', { loss: 1, unrecovered: 1 });
    await sleep(50);
    await impairer.write(0, 'key');
    await waitFor(() => impairer.messages.length === 2, 'two requests');
    assert.deepEqual(impairer.messages, [{ type: 'key-frame-needed' }, { type: 'key-frame-needed' }]);
    await impairer.close();
  });
});
