/* Media or the path is interrupted: the state tells it, and a repair disturbs nothing that works. */
import type { WhepClient } from 'track-elements/rtc/whep-client';
import type { WhipClient } from 'track-elements/rtc/whip-client';
import { mediaServer } from '../support/media-server.js';
import { makeTracks, makeWhepClient, makeWhipClient, playInVideo, waitForFrames } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, it } from '../support/suite.js';
import { retry, sleep, waitFor } from '../support/waiting.js';

/** Where a restart takes more than five seconds, a client makes another session: a busy machine may, but not each time. */
const ATTEMPTS = 3;

describeSession('An interrupted path', (session) => {
  /** Publishes and plays. Resolves when frames arrive. */
  async function connect(whepQuery = '', options = {}): Promise<[WhipClient, WhepClient]> {
    const whip = makeWhipClient({ endpoint: session.whipUrl(), ...options });
    const whep = makeWhepClient({ endpoint: session.whepUrl(whepQuery), ...options });
    await whip.start(await makeTracks());
    await whep.start();
    await playInVideo(whep);
    await waitForFrames(whep);
    return [whip, whep];
  }

  const restarts = async (kind: string) =>
    (await session.requests()).filter(({ url, headers }) => headers['if-match'] === '*' && url.includes(kind));

  it('leaves a player stalled while its publisher is silent, in the same session, and live afterwards', async function () {
    this.timeout(60_000);
    const [whip, whep] = await connect();
    const peer = whep.peerConnection;
    const states: string[] = [];
    whep.addEventListener('statechange', () => states.push(whep.state));
    const start = performance.now();
    await mediaServer.pause(session.path, true);
    await waitFor(() => whep.state === 'stalled', 'stalled');
    assert.isAbove(performance.now() - start, 2000);
    await sleep(8000);
    assert.equal(whip.state, 'live');
    await mediaServer.pause(session.path, false);
    await waitFor(() => whep.state === 'live', 'live');
    await waitForFrames(whep);
    assert.deepEqual(states, ['stalled', 'live']);
    assert.isTrue(whep.peerConnection === peer);
  });

  it('that comes back together with the server by itself is not restarted', async function () {
    this.timeout(60_000);
    let network = Promise.resolve();
    // Requests are held up while the network is down, as TCP does.
    const heldUp: typeof fetch = async (...request) => {
      await network;
      return fetch(...request);
    };
    const [whip, whep] = await connect('', { fetch: heldUp });
    const states: string[] = [];
    for (const client of [whip, whep]) client.addEventListener('statechange', () => states.push(client.state));
    const peers = [whip.peerConnection, whep.peerConnection];
    const frozen = sleep(5000);
    network = frozen.then(() => sleep(500));
    await mediaServer.freeze(session.path, 5000);
    await frozen;
    assert.includeMembers(states, ['stalled']);
    await waitFor(() => whip.state === 'live' && whep.state === 'live', 'live', { timeoutMs: 6000 });
    await sleep(3000);
    assert.lengthOf(await restarts('whip'), 0);
    assert.lengthOf(await restarts('whep'), 0);
    assert.isTrue(whip.peerConnection === peers[0] && whep.peerConnection === peers[1]);
  });

  it('of a player that answered an offer of the server is restarted by the player', async function () {
    this.timeout(120_000);
    await retry(async () => {
      session.useNewPath();
      const [, whep] = await connect('?counter-offer');
      const peer = whep.peerConnection;
      // Firefox gives a restart up after a few seconds without an answer.
      await mediaServer.freezeUntilRestart(session.path, 20_000);
      await waitFor(async () => (await restarts('whep'))[0]?.status === 200, 'a restart', { timeoutMs: 30_000 });
      await waitForFrames(whep, { timeoutMs: 30_000 });
      await waitFor(() => whep.state === 'live', 'live');
      assert.isTrue(whep.peerConnection === peer);
      assert.equal(peer?.signalingState, 'stable');
      // The offer of the restart still asks for two channels.
      assert.match(peer?.localDescription?.sdp ?? '', /^a=fmtp:.*[ ;]stereo=1\b/m);
      assert.equal((await session.requestsByMethod('POST')).filter(({ url }) => url.includes('whep')).length, 1);
    }, ATTEMPTS);
  });

  it('has the candidates that come after its restart told with the new credentials', async function () {
    this.timeout(120_000);
    await retry(async () => {
      session.useNewPath();
      // Nothing answers there, so gathering does not end.
      const [, whep] = await connect('', { iceServers: [{ urls: 'stun:127.0.0.1:3478' }] });
      const peer = whep.peerConnection as RTCPeerConnection;
      await mediaServer.freezeUntilRestart(session.path, 20_000);
      await waitFor(async () => (await restarts('whep'))[0]?.status === 200, 'a restart', { timeoutMs: 30_000 });
      const candidate = 'candidate:77 1 udp 1 192.0.2.77 5000 typ host';
      peer.dispatchEvent(
        new RTCPeerConnectionIceEvent('icecandidate', { candidate: new RTCIceCandidate({ candidate, sdpMid: '0' }) }),
      );
      const isLate = ({ body }: { body: string }) => body.includes('192.0.2.77');
      const patch = await waitFor(async () => (await session.requestsByMethod('PATCH')).find(isLate), 'the candidate', {
        timeoutMs: 10_000,
      });
      const ufrag = /^a=ice-ufrag:(\S+)/m.exec((await restarts('whep')).at(-1)?.body ?? '')?.[1];
      assert.include(patch.body, `a=ice-ufrag:${ufrag}\r\n`);
      assert.notEqual(patch.headers['if-match'], '*');
    }, ATTEMPTS);
  });
});
