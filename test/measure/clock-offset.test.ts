/* measureClock(): how far the clock of another page is from that of this one. */
import { answerClock, measureClock } from 'track-elements/measure';
import { onCleanup } from '../support/cleanup.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

/** One end of a channel: `send()` calls back. */
class ChannelEnd extends EventTarget {
  readyState = 'open';
  send: (text: string) => void;

  constructor(send: (text: string) => void) {
    super();
    this.send = send;
  }

  receive(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
}

/** Two ends; the clock of the far one is `offset` ms ahead, and each message takes the next of the `delays` in ms. */
function channelPair(offset: number, delays: readonly number[]): { near: RTCDataChannel; far: RTCDataChannel } {
  let messages = 0;
  const nextDelay = () => delays[messages++ % delays.length] ?? 0;
  const near = new ChannelEnd((text) => setTimeout(() => far.receive(text), nextDelay()));
  const far = new ChannelEnd((text) => {
    const { time, ...rest } = JSON.parse(text);
    setTimeout(() => near.receive(JSON.stringify({ ...rest, time: time + offset })), nextDelay());
  });
  return { near: near as unknown as RTCDataChannel, far: far as unknown as RTCDataChannel };
}

describe('measureClock()', () => {
  it('finds the offset within its uncertainty, by the shortest round trip', async () => {
    // The first question is late on one way, which would make an error of 100 ms.
    const { near, far } = channelPair(5000, [200, 0, 1, 1, 0, 0]);
    onCleanup(answerClock(far));
    const { offset, uncertainty } = await measureClock(near, { questions: 6 });
    assert.isBelow(uncertainty, 100);
    assert.closeTo(offset, 5000, uncertainty + 1);
  });

  it('rejects when the channel closes, and when it is aborted', async () => {
    const { near } = channelPair(0, [0]);
    const closed = measureClock(near).catch((error: DOMException) => error.name);
    near.dispatchEvent(new Event('close'));
    assert.equal(await closed, 'NetworkError');
    const controller = new AbortController();
    const aborted = measureClock(near, { signal: controller.signal }).catch((error: DOMException) => error.name);
    controller.abort();
    assert.equal(await aborted, 'AbortError');
  });
});

describeIf(hasPeers, noPeers, 'measureClock() over a data channel', () => {
  it('finds that two pages on one machine have the same time', async () => {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
    onCleanup(() => {
      one.close();
      other.close();
    });
    const [near, far] = [one, other].map((peer) => peer.createDataChannel('clock', { negotiated: true, id: 0 }));
    one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
    other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
    await one.setLocalDescription();
    await other.setRemoteDescription(one.localDescription as RTCSessionDescription);
    await other.setLocalDescription();
    await one.setRemoteDescription(other.localDescription as RTCSessionDescription);
    onCleanup(answerClock(far as RTCDataChannel));
    const { offset, uncertainty } = await measureClock(near as RTCDataChannel);
    assert.isAtMost(Math.abs(offset), uncertainty + 1);
  });
});
