/* Which candidates are in the offer, and which come later. */
import { systemClock } from '../../dist/rtc/timing.js';
import { makeTracks, makeWhepClient, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

/** Nothing listens there. Chromium waits more than 15 s for an answer, Firefox 11 s. */
const silentStunServer = [{ urls: 'stun:127.0.0.1:3478' }];

describeSession('An offer', (session) => {
  let tracks: MediaStreamTrack[];

  beforeEach(async () => {
    tracks = await makeTracks();
  });

  it('has the candidates of the machine, and nothing is sent later', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl('?needs-candidates&patch=405'), gatheringTimeout: 3000 });
    await client.start(tracks);
    const [post, ...more] = await session.requests();
    assert.match(post?.body ?? '', /^a=candidate:.* typ host/m);
    assert.notMatch(post?.body ?? '', /^a=end-of-candidates/m);
    await sleep(1200);
    assert.deepEqual(more, []);
    assert.lengthOf(await session.requests(), 1);
  });

  it('reaches a server that wants candidates in it with the first try', async () => {
    const whip = makeWhipClient({ endpoint: session.whipUrl('?needs-candidates') });
    const whep = makeWhepClient({ endpoint: session.whepUrl('?needs-candidates') });
    await whip.start(tracks);
    await whep.start();
    assert.equal(await session.sessionCount(), 2);
  });

  it('does not wait for a STUN server that does not answer', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl('?needs-candidates'), iceServers: silentStunServer });
    const start = performance.now();
    await client.start(tracks);
    assert.isBelow(performance.now() - start, 5000);
    const [post] = await session.requests();
    assert.match(post?.body ?? '', /^a=candidate:.* typ host/m);
  });

  it('has no candidates with a gathering timeout of 0, and they follow with the ICE options', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl(), gatheringTimeout: 0 });
    await client.start(tracks);
    const [patch] = await waitFor(async () => {
      const patches = await session.requestsByMethod('PATCH');
      return patches[0]?.status && patches;
    }, 'the candidates');
    assert.notMatch((await session.requests())[0]?.body ?? '', /^a=candidate:/m);
    assert.match(patch?.body ?? '', /^a=ice-options:trickle.*\r\n/);
    assert.notMatch(patch?.body ?? '', /ice-lite/);
  });

  it('with relayed candidates only waits for the ICE servers that the answer names', async () => {
    const link = encodeURIComponent('<turn:127.0.0.1:3478>; rel="ice-server"; username="u"; credential="c"');
    const client = makeWhipClient({
      endpoint: session.whipUrl(`?link=${link}`),
      iceTransportPolicy: 'relay',
      connectTimeout: 1000,
    });
    client.start(tracks).catch(() => {});
    const servers = await waitFor(() => {
      const { iceServers = [], iceTransportPolicy } = client.peerConnection?.getConfiguration() ?? {};
      return client.peerConnection?.remoteDescription && iceTransportPolicy === 'relay' && iceServers;
    }, 'an answer');
    assert.deepEqual(
      servers.map(({ urls }) => String(urls)),
      ['turn:127.0.0.1:3478'],
    );
    // Nothing was gathered before: the peer connection uses them without a restart.
    assert.notMatch((await session.requests())[0]?.body ?? '', /^a=candidate:/m);
  });

  for (const [title, hoursPassed, expected] of [
    ['with the ICE servers that the server named', 0, ['', 'turn:127.0.0.1:3478']],
    ['without the ICE servers of an earlier answer whose credentials have expired', 2, ['', '']],
  ] as const) {
    it(`of the next session is gathered ${title}`, async () => {
      const inAnHour = Math.floor(Date.now() / 1000) + 3600;
      const server = `<turn:127.0.0.1:3478>; rel="ice-server"; username="${inAnHour}:u"; credential="c"`;
      let passedMs = 0;
      const client = makeWhipClient({
        endpoint: session.whipUrl(`?link=${encodeURIComponent(server)}&restart=405`),
        iceTransportPolicy: 'relay',
        connectTimeout: 500,
        backoff: { first: 20, max: 20 },
        clock: { ...systemClock, now: () => Date.now() + passedMs },
      });
      const serversAtBeginning: string[] = [];
      client.addEventListener('peerchange', () => {
        const { iceServers = [] } = client.peerConnection?.getConfiguration() ?? {};
        if (client.peerConnection) serversAtBeginning.push(iceServers.map(({ urls }) => String(urls)).join());
      });
      client.addEventListener('warning', () => {
        passedMs = hoursPassed * 3_600_000;
      });
      client.start(tracks).catch(() => {});
      await waitFor(() => serversAtBeginning.length > 1, 'another session');
      assert.deepEqual(serversAtBeginning.slice(0, 2), [...expected]);
    });
  }
});
