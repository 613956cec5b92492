/*
 * A relay forgets its client when the credentials expire, so a relayed session gives way to another one before. The path of
 * these tests is not relayed: the statistics say so, and the time is a fake. relay.test.ts has a real TURN server.
 */
import type { WhipClient } from 'track-elements/rtc/whip-client';
import { FakeClock } from '../support/fake-clock.js';
import { PageServer } from '../support/page-server.js';
import { makeTracks, makeWhipClient } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

/** Statistics of a path on which something arrives all the time. */
function fakeStats(peer: RTCPeerConnection, candidateType: string): void {
  let count = 0;
  peer.getStats = async () => {
    count += 1;
    const pair = { id: 'pair', type: 'candidate-pair', selected: true, nominated: true, localCandidateId: 'local' };
    const local = { id: 'local', type: 'local-candidate', candidateType };
    return new Map<string, object>([
      [pair.id, { ...pair, packetsReceived: count }],
      [local.id, local],
    ]) as unknown as RTCStatsReport;
  };
}

describeIf(hasPeers, noPeers, 'The credentials of a TURN server', () => {
  /** Publishes to a server whose credentials have these parameters. Resolves when the client is live. */
  async function publish(
    parameters: (now: number, session: number) => string,
    { candidateType = 'relay', init = {} } = {},
  ) {
    const clock = new FakeClock();
    const link = (session: number) =>
      `<turn:127.0.0.1:3478>; rel="ice-server"; credential="c"; ${parameters(clock.now(), session)}`;
    const server = new PageServer({ link });
    const client = makeWhipClient({ endpoint: 'https://media.example/live', fetch: server.fetch, clock, ...init });
    client.addEventListener('peerchange', () => {
      if (client.peerConnection) fakeStats(client.peerConnection, candidateType);
    });
    client.start(await makeTracks()).catch(() => {});
    await live(client, clock, 1, server);
    return { clock, server, client };
  }

  /** Lets the clock run until the client is live in a session with this number. */
  const live = (client: WhipClient, clock: FakeClock, session: number, server: PageServer) =>
    waitFor(
      async () => {
        if (client.state === 'live' && server.sessionCount === session) return true;
        await clock.advance(20);
        return false;
      },
      () => `session ${session} (the client is ${client.state})`,
    );

  const iceServersOf = ({ peerConnection }: WhipClient) => peerConnection?.getConfiguration().iceServers ?? [];

  /** The parameters of credentials that expire after some seconds, with a user name of their own for each session. */
  const validFor = (seconds: number) => (now: number, session: number) =>
    `username="user${session}"; valid-until="${new Date(now + seconds * 1000).toUTCString()}"`;

  // A date has whole seconds. Half of a short time is kept, and half a minute of a long one.
  for (const [seconds, renewedAfter] of [
    [20, 10],
    [600, 570],
  ] as const) {
    it(`of ${seconds} s are used for ${renewedAfter} s, and then another session has others`, async () => {
      const { clock, server, client } = await publish(validFor(seconds));
      const first = client.peerConnection;
      const states: string[] = [];
      client.addEventListener('statechange', () => states.push(client.state));
      await clock.advance((renewedAfter - 3) * 1000);
      assert.isTrue(client.peerConnection === first && client.state === 'live');
      assert.equal(server.sessionCount, 1);
      await clock.advance(3000);
      await live(client, clock, 2, server);
      assert.deepEqual(states, ['reconnecting', 'live']);
      assert.equal(first?.connectionState, 'closed');
      assert.deepEqual(
        server.requests
          .map(({ method }) => method)
          .filter((method) => method !== 'PATCH')
          .slice(0, 3),
        ['POST', 'DELETE', 'POST'],
      );
      assert.deepEqual(
        iceServersOf(client).map(({ username }) => username),
        ['user2'],
      );
      // The other session is renewed as well, not sooner than 30 s after the first.
      await clock.advance(Math.max(renewedAfter, 30) * 1000);
      await live(client, clock, 3, server);
    });
  }

  it('that seem to expire at once lead to another session only every 30 s, and a warning reports them', async () => {
    const { clock, server, client } = await publish(validFor(5));
    const warnings: string[] = [];
    client.addEventListener('warning', ({ message }) => warnings.push(message));
    await clock.advance(5000);
    await live(client, clock, 2, server);
    await clock.advance(25_000);
    assert.equal(server.sessionCount, 2);
    assert.lengthOf(warnings, 1);
    assert.match(warnings[0] ?? '', /^The credentials of the TURN server expire in [45] s, .* once in 30 s .*clocks/);
    await clock.advance(5000);
    await live(client, clock, 3, server);
    await clock.advance(25_000);
    assert.equal(server.sessionCount, 3);
    assert.lengthOf(warnings, 2);
  });

  it('that seem to expire at once are not told for a path that is not relayed', async () => {
    const { clock, server, client } = await publish(validFor(5), { candidateType: 'host' });
    const warnings: string[] = [];
    client.addEventListener('warning', ({ message }) => warnings.push(message));
    await clock.advance(60_000);
    assert.deepEqual(warnings, []);
    assert.equal(server.sessionCount, 1);
  });

  it('do not matter to a path that is not relayed, or to a client with ICE servers of its own', async () => {
    const direct = await publish(validFor(20), { candidateType: 'host' });
    const own = await publish(validFor(20), { init: { iceServers: [{ urls: 'stun:127.0.0.1:3478' }] } });
    for (const { clock, server, client } of [direct, own]) {
      await clock.advance(30_000);
      assert.equal(client.state, 'live');
      assert.equal(server.sessionCount, 1);
    }
  });

  for (const validUntil of ['soon', '', '0', '-5', '99999999999999999999', 'Wed, 21 Oct 2015 07:28:00 GMT', '1e9']) {
    it(`do not end a session by valid-until="${validUntil}", which is no time to come`, async () => {
      const { clock, server, client } = await publish(() => `username="u"; valid-until="${validUntil}"`);
      await clock.advance(120_000);
      assert.equal(client.state, 'live');
      assert.equal(server.sessionCount, 1);
    });
  }

  it('are not waited for any more after the end', async () => {
    const { clock, server, client } = await publish(validFor(600));
    assert.isAbove(clock.pendingTimers, 0);
    await client.stop();
    await clock.advance(0);
    assert.equal(clock.pendingTimers, 0);
    await clock.advance(700_000);
    assert.equal(server.sessionCount, 1);
    assert.equal(client.state, 'stopped');
  });
});
