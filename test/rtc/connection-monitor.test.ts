/* When a connection counts as silent, and when as without media. The statistics are fakes, and so is the time. */
import { ConnectionMonitor } from '../../dist/rtc/connection-monitor.js';
import { FakeClock } from '../support/fake-clock.js';
import { assert, describe, it } from '../support/suite.js';

type Report = Readonly<Record<string, unknown>>;

/** A peer connection whose statistics a test sets. */
class FakePeer extends EventTarget {
  connectionState = 'connected';
  reports = new Map<string, Report>();
  getTransceivers = (): unknown[] => [];
  getStats = async (): Promise<Map<string, Report>> => new Map(this.reports);

  /** Sets a report. */
  report(id: string, report: Report): void {
    this.reports.set(id, report);
  }

  changeState(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

/** A monitored connection. */
function monitored() {
  const clock = new FakeClock();
  const peer = new FakePeer();
  const closing = new AbortController();
  const silences: number[] = [];
  const silentKinds: string[] = [];
  const begin = clock.now();
  const monitor = new ConnectionMonitor(
    peer as unknown as RTCPeerConnection,
    clock,
    {
      onChange: () => {},
      onSilence: () => silences.push(clock.now() - begin),
      onKindSilence: (kind) => silentKinds.push(`${kind} ${clock.now() - begin}`),
      onClosed: () => {},
    },
    closing.signal,
  );
  const counts = { media: 0, checks: 0, reportTime: 0 };
  /** Lets packets arrive for some time: media each 100 ms, answers to checks and reports at an interval. */
  async function run(seconds: number, { media = false, checksEveryMs = 0, reportsEveryMs = 0 }) {
    for (let elapsed = 100; elapsed <= seconds * 1000; elapsed += 100) {
      if (media) counts.media += 3;
      if (checksEveryMs > 0 && elapsed % checksEveryMs === 0) counts.checks += 1;
      if (reportsEveryMs > 0 && elapsed % reportsEveryMs === 0) counts.reportTime = clock.now();
      if (counts.media > 0) peer.report('media', { type: 'inbound-rtp', packetsReceived: counts.media });
      peer.report('pair', { type: 'candidate-pair', responsesReceived: counts.checks, bytesReceived: counts.media });
      if (counts.reportTime > 0) peer.report('report', { type: 'remote-inbound-rtp', timestamp: counts.reportTime });
      await clock.advance(100);
    }
  }
  return { clock, peer, closing, monitor, silences, silentKinds, run };
}

describe('A connection', () => {
  it('whose media ends without any other packet is silent after 2.5 to 3.1 seconds', async () => {
    const { run, silences, monitor } = monitored();
    await run(6, { media: true, checksEveryMs: 2500 });
    await run(4, {});
    assert.lengthOf(silences, 1);
    assert.isAtLeast(silences[0] ?? 0, 8500);
    assert.isAtMost(silences[0] ?? 0, 9100);
    assert.isFalse(monitor.hasMedia);
  });

  it('whose media comes back is no longer silent within 0.2 seconds', async () => {
    const { run, monitor } = monitored();
    await run(6, { media: true });
    await run(4, {});
    assert.isFalse(monitor.isReceiving);
    await run(0.2, { media: true });
    assert.isTrue(monitor.isReceiving && monitor.hasMedia);
  });

  it('that a publisher shares with a server of rare reports is never silent', async () => {
    // A first report after 4 s, then one each 6 s; Firefox checks the path each 6 s at the latest.
    for (const intervals of [
      { reportsEveryMs: 6000 },
      { checksEveryMs: 6000 },
      { checksEveryMs: 5000, reportsEveryMs: 4000 },
    ]) {
      const { run, silences } = monitored();
      await run(0.5, { checksEveryMs: 100 });
      await run(4, { reportsEveryMs: 4000 });
      await run(90, intervals);
      assert.deepEqual(silences, []);
    }
  });

  it('that a publisher shares with a server of frequent reports is silent after 2.5 to 3.1 seconds', async () => {
    const { run, silences } = monitored();
    await run(15, { reportsEveryMs: 1000 });
    await run(5, {});
    assert.lengthOf(silences, 1);
    assert.isAtMost(silences[0] ?? 0, 18_100);
  });

  it('without media whose path is checked is silent once at most, and not given up for a minute', async () => {
    const { run, silences, monitor } = monitored();
    await run(6, { media: true, checksEveryMs: 2500 });
    await run(5, { checksEveryMs: 5000 });
    // The repair has restarted ICE.
    monitor.acceptAnything();
    await run(60, { checksEveryMs: 5000 });
    assert.isAtMost(silences.length, 1);
    assert.isTrue(monitor.isReceiving);
    assert.isFalse(monitor.hasMedia);
  });

  it('whose media ended with everything else works again with media, or with any packet after a restart', async () => {
    const { run, monitor } = monitored();
    await run(6, { media: true });
    await run(4, {});
    await run(1, { checksEveryMs: 500 });
    assert.isFalse(monitor.isReceiving);
    monitor.acceptAnything();
    await run(1, { checksEveryMs: 500 });
    assert.isTrue(monitor.isReceiving);
    assert.isFalse(monitor.hasMedia);
  });

  it('with one packet of media each four seconds has media', async () => {
    const { run, monitor, clock } = monitored();
    for (let times = 0; times < 4; times++) {
      await run(0.1, { media: true });
      await clock.advance(3900);
    }
    for (let times = 0; times < 6; times++) {
      await run(0.1, { media: true });
      assert.isTrue(monitor.hasMedia);
      await clock.advance(3900);
      assert.isTrue(monitor.hasMedia);
    }
  });

  it('does not take an old candidate pair under another id for an arrival', async () => {
    const { run, peer, monitor, clock } = monitored();
    peer.report('candidate', { type: 'local-candidate', usernameFragment: 'abcd' });
    const pair = { type: 'candidate-pair', localCandidateId: 'candidate', bytesReceived: 5000, responsesReceived: 9 };
    peer.report('first', pair);
    await run(6, { media: true });
    await run(4, {});
    assert.isFalse(monitor.isReceiving);
    peer.reports.delete('first');
    peer.report('second', pair);
    await clock.advance(1000);
    assert.isFalse(monitor.isReceiving);
  });

  it('takes the first packet of another ICE session for an arrival', async () => {
    const { run, peer, monitor, clock } = monitored();
    await run(6, { media: true });
    await run(4, {});
    monitor.acceptAnything();
    peer.report('candidate', { type: 'local-candidate', usernameFragment: 'efgh' });
    peer.report('restarted', { type: 'candidate-pair', localCandidateId: 'candidate', responsesReceived: 1 });
    await clock.advance(200);
    assert.isTrue(monitor.isReceiving);
  });

  it('that the browser reports as disconnected is silent at once', async () => {
    const { run, peer, silences, monitor, clock } = monitored();
    await run(3, { media: true });
    // This packet arrived before.
    peer.report('media', { type: 'inbound-rtp', packetsReceived: 100_000 });
    peer.changeState('disconnected');
    assert.lengthOf(silences, 1);
    await clock.advance(300);
    assert.isFalse(monitor.isReceiving);
    peer.report('media', { type: 'inbound-rtp', packetsReceived: 100_001 });
    await clock.advance(300);
    assert.isTrue(monitor.isReceiving);
  });

  it('is silent a second after the network has changed, if nothing arrives', async () => {
    const { run, monitor, silences } = monitored();
    await run(3, { media: true });
    monitor.networkChanged();
    await run(0.5, { media: true });
    await run(1.5, {});
    assert.deepEqual(silences, []);
    monitor.networkChanged();
    await run(1.2, {});
    assert.lengthOf(silences, 1);
  });

  it('that a publisher shares with a server of rare reports is not silent when the network changes', async () => {
    const { run, monitor, silences } = monitored();
    await run(30, { reportsEveryMs: 6000 });
    for (let times = 0; times < 120; times++) {
      monitor.networkChanged();
      await run(0.5, {});
      if (times % 12 === 11) await run(0.1, { reportsEveryMs: 100 });
    }
    assert.deepEqual(silences, []);
    assert.isTrue(monitor.isReceiving);
  });

  it('is as soon silent if the network changes again and again', async () => {
    const { run, monitor, silences } = monitored();
    await run(3, { media: true });
    for (let times = 0; times < 12; times++) {
      monitor.networkChanged();
      await run(0.1, {});
    }
    assert.lengthOf(silences, 1);
  });

  it('on which one kind of media ends reports it once, until that kind returns', async () => {
    const { clock, peer, monitor, silences, silentKinds } = monitored();
    const counts = { audio: 0, video: 0 };
    const run = async (seconds: number, ...kinds: ('audio' | 'video')[]) => {
      for (let elapsed = 100; elapsed <= seconds * 1000; elapsed += 100) {
        for (const kind of kinds) {
          counts[kind] += 1;
          peer.report(kind, { type: 'inbound-rtp', kind, packetsReceived: counts[kind] });
        }
        await clock.advance(100);
      }
    };
    // Video has never arrived, so it cannot end.
    await run(10, 'audio');
    assert.deepEqual(silentKinds, []);
    await run(5, 'audio', 'video');
    await run(4.4, 'audio');
    assert.deepEqual(silentKinds, []);
    await run(60, 'audio');
    assert.lengthOf(silentKinds, 1);
    const [kind, time = ''] = silentKinds[0]?.split(' ') ?? [];
    assert.equal(kind, 'video');
    // It ended after 15 s. Readings are half a second apart.
    assert.isAtLeast(Number(time), 19_500);
    assert.isAtMost(Number(time), 20_500);
    await run(1, 'audio', 'video');
    await run(20, 'video');
    await run(1, 'audio', 'video');
    await run(20, 'audio');
    assert.deepEqual(
      silentKinds.map((text) => text.split(' ')[0]),
      ['video', 'audio', 'video'],
    );
    assert.deepEqual(silences, []);
    // The end of both is no end of one kind.
    await run(1, 'audio', 'video');
    await run(20);
    assert.lengthOf(silentKinds, 3);
    assert.isFalse(monitor.hasMedia);
  });

  it('leaves no timer behind', async () => {
    const { run, closing, monitor, clock } = monitored();
    await run(3, { media: true });
    await run(4, {});
    const waiting = monitor.waitUntilReceiving(5000).catch(() => 'aborted');
    await clock.advance(100);
    closing.abort();
    assert.equal(await waiting, 'aborted');
    await clock.advance(100);
    assert.equal(clock.pendingTimers, 0);
  });
});
