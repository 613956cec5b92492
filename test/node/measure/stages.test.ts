/* The stages of a path, from the statistics of its two peer connections: of the right stream among several. */
import { StageReader } from '../../../dist/measure/stages.js';
import { assert, describe, it } from '../../support/suite.js';

type StatsRecord = { readonly id: string; readonly type: string; readonly [name: string]: unknown };

/** A connection whose statistics a test sets. */
function connectionOf(...records: StatsRecord[]) {
  let stats = records;
  const connection = { getStats: async () => new Map(stats.map((each) => [each.id, each])) };
  return {
    connection: connection as unknown as RTCPeerConnection,
    set: (...next: StatsRecord[]) => {
      stats = next;
    },
  };
}

/** A received stream whose frames have taken so many milliseconds each in the jitter buffer and the decoder. */
const received = (id: string, track: string, frames: number, buffer: number, decode: number, more = {}) => ({
  id,
  type: 'inbound-rtp',
  kind: 'video',
  trackIdentifier: track,
  jitterBufferEmittedCount: frames,
  jitterBufferDelay: (frames * buffer) / 1000,
  framesDecoded: frames,
  totalDecodeTime: (frames * decode) / 1000,
  ...more,
});

const sent = (id: string, mediaSourceId: string, frames: number, encode: number, more = {}) => ({
  id,
  type: 'outbound-rtp',
  kind: 'video',
  mediaSourceId,
  framesEncoded: frames,
  totalEncodeTime: (frames * encode) / 1000,
  ...more,
});

const pair = (id: string, roundTrip: number, more = {}) => ({
  id,
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  currentRoundTripTime: roundTrip / 1000,
  ...more,
});

describe('The stages of a peer connection', () => {
  it('are those of the measured track, among several that are received', async () => {
    const { connection } = connectionOf(received('a', 'other', 100, 90, 30), received('b', 'own', 100, 40, 5));
    const { jitterBuffer, decode } = await new StageReader().read([connection], 'own');
    assert.deepEqual([jitterBuffer, decode], [40, 5]);
  });

  it('are not known where several tracks are received and none has the id', async () => {
    const { connection } = connectionOf(received('a', 'one', 100, 90, 30), received('b', 'two', 100, 40, 5));
    const { jitterBuffer, decode } = await new StageReader().read([connection], 'a clone');
    assert.deepEqual([jitterBuffer, decode], [null, null]);
  });

  it('are those of the only stream for a clone of its track', async () => {
    const { connection } = connectionOf(received('a', 'one', 100, 90, 30));
    assert.equal((await new StageReader().read([connection], 'a clone')).jitterBuffer, 90);
  });

  it('are means since the last reading', async () => {
    const reader = new StageReader();
    const { connection, set } = connectionOf(received('a', 'own', 100, 40, 5));
    await reader.read([connection], 'own');
    // 50 frames more, which took 80 ms and 11 ms each.
    set(received('a', 'own', 150, (100 * 40 + 50 * 80) / 150, (100 * 5 + 50 * 11) / 150));
    const { jitterBuffer, decode } = await reader.read([connection], 'own');
    assert.closeTo(jitterBuffer ?? Number.NaN, 80, 1e-9);
    assert.closeTo(decode ?? Number.NaN, 11, 1e-9);
  });

  it('keep two connections apart whose statistics have the same ids', async () => {
    const reader = new StageReader();
    const sender = connectionOf(sent('S1', 'source', 1000, 3), { id: 'source', type: 'media-source', kind: 'video' });
    const receiver = connectionOf(received('S1', 'own', 200, 40, 5));
    const both = [sender.connection, receiver.connection];
    await reader.read(both, 'own');
    sender.set(sent('S1', 'source', 1100, (1000 * 3 + 100 * 8) / 1100));
    receiver.set(received('S1', 'own', 300, (200 * 40 + 100 * 60) / 300, 5));
    const { encode, jitterBuffer, decode } = await reader.read(both, 'own');
    for (const [actual, expected] of [
      [encode, 8],
      [jitterBuffer, 60],
      [decode, 5],
    ] as const) {
      assert.closeTo(actual ?? Number.NaN, expected, 1e-9);
    }
  });

  it('have the time of the encoder of the stream that is received', async () => {
    const sources = ['camera', 'screen'].map((id) => ({
      id,
      type: 'media-source',
      kind: 'video',
      trackIdentifier: id,
    }));
    const sender = connectionOf(
      ...sources,
      sent('a', 'camera', 100, 12, { ssrc: 7 }),
      sent('b', 'screen', 100, 4, { ssrc: 8 }),
    );
    const receiver = connectionOf(received('c', 'own', 100, 40, 5, { ssrc: 8 }));
    const reader = new StageReader();
    assert.equal((await reader.read([sender.connection, receiver.connection], 'own')).encode, 4);
    // A probe of the track that is sent.
    assert.equal((await new StageReader().read([sender.connection], 'camera')).encode, 12);
    assert.isNull((await new StageReader().read([sender.connection], 'none of both')).encode);
  });

  it('have the mean of all sizes in which the track is sent', async () => {
    const { connection } = connectionOf(
      sent('large', 'camera', 100, 10, { ssrc: 1 }),
      sent('small', 'camera', 100, 2, { ssrc: 2 }),
    );
    assert.equal((await new StageReader().read([connection], 'own')).encode, 6);
  });

  it('have half the round trip of the pair of candidates that is in use', async () => {
    const transport = { id: 'T', type: 'transport', selectedCandidatePairId: 'used' };
    const pairs = [pair('before', 300, { transportId: 'T' }), pair('used', 24, { transportId: 'T' })];
    const { connection } = connectionOf(...pairs, transport, received('a', 'own', 100, 40, 5, { transportId: 'T' }));
    assert.equal((await new StageReader().read([connection], 'own')).network, 12);
    // Firefox marks the pair, and has no transport.
    const marked = connectionOf(pair('before', 300, { selected: false }), pair('used', 24, { selected: true }));
    assert.equal((await new StageReader().read([marked.connection], 'own')).network, 12);
  });

  it('are not known of a connection that does not answer, or has nothing', async () => {
    const closed = { getStats: () => Promise.reject(new DOMException('closed', 'InvalidStateError')) };
    const stages = await new StageReader().read([closed as unknown as RTCPeerConnection], 'own');
    assert.deepEqual(stages, { encode: null, network: null, jitterBuffer: null, decode: null, show: null });
    assert.equal(
      (await new StageReader().read([connectionOf(received('a', 'own', 0, 1, 1)).connection], 'own')).decode,
      null,
    );
  });
});
