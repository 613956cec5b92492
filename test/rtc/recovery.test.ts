/* Server or network gone and back: the clients go on by themselves, and the given tracks never stop. */
import type { WhepClient } from 'track-elements/rtc/whep-client';
import type { WhipClient } from 'track-elements/rtc/whip-client';
import { onCleanup } from '../support/cleanup.js';
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import { makeTracks, makeWhepClient, makeWhipClient, playInVideo, waitForFrames } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, before, beforeEach, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

describeIf(hasPeers, noPeers, 'A publisher and a player', () => {
  let origin: string;
  let path: string;
  let given: MediaStreamTrack[];

  before(async () => {
    origin = await mediaServer.start();
  });
  beforeEach(async () => {
    path = freshPath();
    given = await makeTracks();
  });

  async function call(whipQuery = '', whepQuery = ''): Promise<[WhipClient, WhepClient]> {
    const whip = makeWhipClient({ endpoint: `${origin}/${path}/whip${whipQuery}` });
    const whep = makeWhepClient({ endpoint: `${origin}/${path}/whep${whepQuery}` });
    await whip.start(given);
    await whep.start();
    await playInVideo(whep);
    await waitForFrames(whep);
    return [whip, whep];
  }

  const posts = async () =>
    (await requestsOf(path)).filter(({ method, status }) => method === 'POST' && status === 201).length;

  it('are live again within five seconds after a killed server is back', async function () {
    this.timeout(60_000);
    const [whip, whep] = await call();
    const [oldTracks, stream] = [whep.tracks, whep.stream];
    const states = new Set<string>();
    for (const client of [whip, whep]) client.addEventListener('statechange', () => states.add(client.state));
    await mediaServer.kill();
    await waitFor(() => whip.state === 'reconnecting' && whep.state === 'reconnecting', 'both notice', {
      timeoutMs: 15_000,
    });
    // Long enough for their waits to have grown. What comes between sessions is the next one's.
    await sleep(6000);
    await whip.replaceTrack('audio', null);
    await whip.replaceTrack('audio', given[1]?.clone() ?? null);
    const [, sound] = whip.tracks;
    onCleanup(() => sound?.stop());
    await mediaServer.start();
    const back = performance.now();
    await waitFor(() => whep.state === 'live' && !oldTracks.includes(whep.tracks[0] as MediaStreamTrack), 'live', {
      timeoutMs: 8000,
    });
    await waitForFrames(whep);
    const seconds = (performance.now() - back) / 1000;
    console.log(`Media flows ${seconds.toFixed(1)} s after the server's return.`);
    assert.isBelow(seconds, 5);
    assert.sameMembers([...states], ['reconnecting', 'live']);
    assert.isTrue(given.every(({ readyState }) => readyState === 'live'));
    assert.isTrue(whip.peerConnection?.getSenders().some(({ track }) => track === sound));
    assert.isTrue(whep.stream === stream);
    assert.sameMembers(stream.getTracks(), [...whep.tracks]);
  });

  it('make new sessions when the server has dropped theirs', async function () {
    this.timeout(40_000);
    const [, whep] = await call();
    const before = whep.peerConnection;
    await mediaServer.drop(path);
    await waitFor(() => whep.peerConnection !== before && whep.state === 'live', 'another session', {
      timeoutMs: 20_000,
    });
    await waitForFrames(whep);
    assert.equal(await posts(), 4);
  });

  it('repair a path that was gone for some seconds within their session', async function () {
    this.timeout(60_000);
    const [whip, whep] = await call();
    const peers = [whip.peerConnection, whep.peerConnection];
    await mediaServer.freeze(path, 4000);
    await waitFor(
      async () => (await requestsOf(path)).some(({ headers }) => headers['if-match'] === '*'),
      'a restart',
      { timeoutMs: 15_000 },
    );
    await sleep(4000);
    await waitForFrames(whep, { timeoutMs: 15_000 });
    assert.deepEqual([whip.state, whep.state], ['live', 'live']);
    assert.isTrue(whip.peerConnection === peers[0] && whep.peerConnection === peers[1]);
    assert.equal(await posts(), 2);
  });

  it('keep their session when the server refuses to restart it', async function () {
    this.timeout(60_000);
    const [whip, whep] = await call('?restart=422', '?restart=422');
    const peers = [whip.peerConnection, whep.peerConnection];
    const warnings: string[] = [];
    whip.addEventListener('warning', ({ message }) => warnings.push(message));
    await mediaServer.freeze(path, 4000);
    await waitFor(() => warnings[0], 'a warning', { timeoutMs: 15_000 });
    assert.match(warnings[0] ?? '', /^PATCH \S+ got status 422; expected 200 with the new ICE credentials\./);
    await sleep(4000);
    await waitForFrames(whep, { timeoutMs: 15_000 });
    assert.isTrue(whip.peerConnection === peers[0] && whep.peerConnection === peers[1]);
    await waitFor(() => whip.state === 'live' && whep.state === 'live', 'live', { timeoutMs: 15_000 });
    assert.equal(await posts(), 2);
  });

  it('keep the server’s wishes for when to come again', async () => {
    for (const after of ['1', 'date:2']) {
      path = freshPath();
      const whip = makeWhipClient({ endpoint: `${origin}/${path}/whip?status=503&times=1&retry-after=${after}` });
      const start = performance.now();
      await whip.start(given);
      const seconds = (performance.now() - start) / 1000;
      assert.isAtLeast(seconds, 0.95);
      assert.isBelow(seconds, 4);
      await whip.stop();
    }
  });

  it('wait for one another', async () => {
    const whep = makeWhepClient({ endpoint: `${origin}/${path}/whep` });
    const playing = whep.start();
    await waitFor(async () => (await requestsOf(path))[0]?.status, 'a first answer');
    assert.equal(whep.state, 'connecting');
    assert.equal((await requestsOf(path))[0]?.status, 409);
    await makeWhipClient({ endpoint: `${origin}/${path}/whip` }).start(given);
    await playing;
    assert.equal(whep.state, 'live');
  });

  it('change tracks without a negotiation', async () => {
    const [whip, whep] = await call();
    const [other] = await makeTracks(
      '<pattern-source pattern="solid" color="red" width="640" height="480"></pattern-source>',
    );
    const video = [...document.querySelectorAll('video')].at(-1);
    await whip.replaceTrack('video', other ?? null);
    await waitFor(() => (video?.videoHeight ?? 0) / (video?.videoWidth ?? 1) === 0.75, 'the other picture', {
      timeoutMs: 10_000,
    });
    await whip.replaceTrack('audio', null);
    assert.sameMembers([...whip.tracks], [other as MediaStreamTrack]);
    assert.equal(await posts(), 2);
    assert.equal(whep.state, 'live');
  });

  for (const query of ['', '?restart=422']) {
    it(`stay live while nothing is sent, with a server that ${query ? 'refuses' : 'takes'} ICE restarts`, async function () {
      this.timeout(40_000);
      const [whip, whep] = await call('', query);
      const peer = whep.peerConnection;
      const states: string[] = [];
      whep.addEventListener('statechange', () => states.push(whep.state));
      await whip.replaceTrack('video', null);
      await whip.replaceTrack('audio', null);
      await sleep(8000);
      const [video, audio] = given;
      await whip.replaceTrack('audio', audio ?? null);
      await whip.replaceTrack('video', video ?? null);
      await waitForFrames(whep);
      assert.isTrue(whep.peerConnection === peer);
      assert.deepEqual(states, []);
    });
  }

  it('bring only what there is', async () => {
    const [video] = given;
    await makeWhipClient({ endpoint: `${origin}/${path}/whip` }).start([video as MediaStreamTrack]);
    const whep = makeWhepClient({ endpoint: `${origin}/${path}/whep` });
    await whep.start();
    assert.deepEqual(
      whep.tracks.map(({ kind }) => kind),
      ['video'],
    );
  });

  it('take a new session for a kind that was not there before', async () => {
    const [video, audio] = given;
    const whip = makeWhipClient({ endpoint: `${origin}/${path}/whip` });
    await whip.start([video as MediaStreamTrack]);
    const before = whip.peerConnection;
    await whip.replaceTrack('audio', audio as MediaStreamTrack);
    await waitFor(() => whip.peerConnection !== before && whip.state === 'live', 'another session');
    const bodies = (await requestsOf(path)).filter(({ method }) => method === 'POST').map(({ body }) => body);
    assert.deepEqual(
      bodies.map((body) => /^m=audio/m.test(body)),
      [false, true],
    );
  });

  it('leave nothing behind after twenty starts and stops', async function () {
    this.timeout(60_000);
    const whip = makeWhipClient({ endpoint: `${origin}/${path}/whip` });
    const peers = new Set<RTCPeerConnection>();
    whip.addEventListener('peerchange', () => whip.peerConnection && peers.add(whip.peerConnection));
    for (let cycle = 0; cycle < 20; cycle++) {
      const starting = whip.start(given);
      // Stopped at any moment: before the answer, while connecting, when live.
      if (cycle % 4 === 0) await starting;
      else {
        starting.catch(() => {});
        await sleep((cycle % 4) * 12);
      }
      await whip.stop();
      assert.equal(whip.state, 'stopped');
    }
    assert.isTrue([...peers].every(({ connectionState }) => connectionState === 'closed'));
    await waitFor(async () => (await mediaServer.counts(path)).sessions === 0, 'no session');
    assert.deepEqual(await mediaServer.counts(path), { sessions: 0, peers: 0 });
    const requests = await requestsOf(path);
    const made = requests.filter(({ method, status }) => method === 'POST' && status === 201).length;
    assert.equal(requests.filter(({ method, status }) => method === 'DELETE' && status === 200).length, made);
    assert.isTrue(given.every(({ readyState }) => readyState === 'live'));
  });
});
