/* measureClock(): how far the clock of another page is from that of this one. */
import { answerClock, measureClock } from 'track-elements/measure';
import { onCleanup } from '../support/cleanup.js';
import { rejectionOf } from '../support/rejections.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { collectTimeouts } from '../support/timers.js';
import { waitFor } from '../support/waiting.js';

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

/** Collects the timeouts of ten seconds, so that a test lets them pass. */
function collectLongTimeouts(): (() => void)[] {
  const { setTimeout } = globalThis;
  const waiting: (() => void)[] = [];
  onCleanup(() => Object.assign(globalThis, { setTimeout }));
  const set = (callback: () => void, delay = 0) =>
    delay === 10_000 ? waiting.push(callback) : setTimeout(callback, delay);
  Object.assign(globalThis, { setTimeout: set });
  return waiting;
}

/** An end whose far page answers so many questions and then no more. */
function answering(times: number): { near: RTCDataChannel; asked: () => number } {
  let asked = 0;
  const near = new ChannelEnd((text) => {
    if (++asked > times) return;
    const question = Object.values(JSON.parse(text))[0];
    const answer = { 'track-elements-clock-answer': question, time: Date.now() + 700 };
    setTimeout(() => near.receive(JSON.stringify(answer)), 0);
  });
  return { near: near as unknown as RTCDataChannel, asked: () => asked };
}

describe('measureClock()', () => {
  it('has the best answer so far after ten seconds, and rejects with a sentence if there is none', async () => {
    const timeouts = collectLongTimeouts();
    const { near, asked } = answering(2);
    const some = measureClock(near);
    await waitFor(() => asked() === 3, 'the question without an answer');
    for (const pass of timeouts.splice(0)) pass();
    const { offset, uncertainty } = await some;
    assert.closeTo(offset, 700, uncertainty);
    // The step of both clocks is in it.
    assert.isAtLeast(uncertainty, 1);
    const none = rejectionOf(measureClock(answering(0).near));
    await waitFor(() => timeouts.length === 1, 'the timeout');
    for (const pass of timeouts.splice(0)) pass();
    const { name, message } = await none;
    assert.equal(name, 'TimeoutError');
    assert.match(message, /^The other page does not answer: it has to call answerClock\(\)/);
  });

  it('measures a round trip by a clock that does not go back, although the wall clock does', async () => {
    const { now } = Date;
    onCleanup(() => Object.assign(Date, { now }));
    let readings = 0;
    Object.assign(Date, { now: () => now() - (readings++ === 0 ? 0 : 2) });
    const near = new ChannelEnd((text) => {
      const question = Object.values(JSON.parse(text))[0];
      near.receive(JSON.stringify({ 'track-elements-clock-answer': question, time: now() }));
    });
    const { uncertainty } = await measureClock(near as unknown as RTCDataChannel, { questions: 4 });
    // A round trip takes no less than nothing, and the step of both clocks is in it.
    assert.isAtLeast(uncertainty, 1);
  });

  it('ignores messages that are no answer, and questions that are none', async () => {
    const foreign = [
      'track-elements-clock, but no JSON',
      '{"track-elements-clock-answer":"other","time":5}',
      '{"track-elements-clock-answer":5}',
      'null/*track-elements-clock*/',
      '["track-elements-clock-question"]',
      '{"track-elements-clock-question":{}}',
    ];
    const { near, far } = channelPair(0, [0]);
    const sent: string[] = [];
    const answer = new ChannelEnd((text) => sent.push(text));
    onCleanup(answerClock(answer as unknown as RTCDataChannel));
    for (const text of foreign) answer.receive(text);
    answer.dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(8) }));
    assert.isEmpty(sent);
    const measured = measureClock(near, { questions: 2 });
    for (const text of foreign) (near as unknown as ChannelEnd).receive(text);
    onCleanup(answerClock(far));
    assert.closeTo((await measured).offset, 0, 100);
  });

  it('sends nothing into a channel that is not open', async () => {
    const sent: string[] = [];
    const end = new ChannelEnd((text) => sent.push(text));
    end.readyState = 'closing';
    onCleanup(answerClock(end as unknown as RTCDataChannel));
    end.receive('{"track-elements-clock-question":"a"}');
    assert.equal((await rejectionOf(measureClock(end as unknown as RTCDataChannel))).name, 'NetworkError');
    assert.isEmpty(sent);
  });

  it('rejects with the error of a channel that refuses to send, and leaves no timeout', async () => {
    const running = collectTimeouts();
    const end = new ChannelEnd(() => {
      throw new DOMException('The queue is full.', 'OperationError');
    });
    assert.equal((await rejectionOf(measureClock(end as unknown as RTCDataChannel))).name, 'OperationError');
    assert.notInclude([...running.values()], 10_000);
  });

  for (const questions of [0, 1.5, '3', Number.NaN]) {
    it(`refuses ${questions} questions`, async () => {
      const { near } = channelPair(0, [0]);
      const { message } = await rejectionOf(measureClock(near, { questions: questions as number }));
      assert.match(message, /^questions is .*; it must be a whole number of at least 1\.$/);
    });
  }

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
