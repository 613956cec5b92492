/* Server or network fail and return: the clients reconnect by themselves, and never stop the published tracks. */
import type { WhepClient } from 'track-elements/rtc/whep-client';
import type { WhipClient } from 'track-elements/rtc/whip-client';
import { stopAfterTest } from '../support/cleanup.js';
import { mediaServer } from '../support/media-server.js';
import { makeTracks, makeWhepClient, makeWhipClient, playInVideo, waitForFrames } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

describeSession('A publisher and a player', (session) => {
  let tracks: MediaStreamTrack[];
  let [video, audio]: MediaStreamTrack[] = [];

  beforeEach(async () => {
    tracks = await makeTracks();
    [video, audio] = tracks;
  });

  /** Publishes and plays. Resolves when frames arrive. */
  async function connect(whipQuery = '', whepQuery = '', options = {}): Promise<[WhipClient, WhepClient]> {
    const whip = makeWhipClient({ endpoint: session.whipUrl(whipQuery), ...options });
    const whep = makeWhepClient({ endpoint: session.whepUrl(whepQuery), ...options });
    await whip.start(tracks);
    await whep.start();
    await playInVideo(whep);
    await waitForFrames(whep);
    return [whip, whep];
  }

  /** All candidates are in the offer, so that the first PATCH is that of a repair. */
  const withoutPatches = { gatheringTimeout: 5000 };

  it('show frames again within five seconds after a killed server has restarted', async function () {
    this.timeout(60_000);
    const [whip, whep] = await connect();
    const [oldTracks, stream] = [whep.tracks, whep.stream];
    const states = new Set<string>();
    for (const client of [whip, whep]) client.addEventListener('statechange', () => states.add(client.state));
    await mediaServer.kill();
    await waitFor(() => whip.state === 'reconnecting' && whep.state === 'reconnecting', 'both clients to notice', {
      timeoutMs: 30_000,
    });
    // Long enough for the waits between tries to have grown.
    await sleep(6000);
    // The next session publishes the track that is set between two sessions.
    const newAudio = stopAfterTest(audio.clone());
    await whip.replaceTrack('audio', null);
    await whip.replaceTrack('audio', newAudio);
    await mediaServer.start();
    const restartTime = performance.now();
    await waitFor(() => whep.state === 'live' && !oldTracks.includes(whep.tracks[0] as MediaStreamTrack), 'live', {
      timeoutMs: 8000,
    });
    await waitForFrames(whep);
    const seconds = (performance.now() - restartTime) / 1000;
    console.log(`Frames arrive ${seconds.toFixed(1)} s after the restart of the server.`);
    assert.isBelow(seconds, 5);
    assert.sameMembers([...states], ['stalled', 'reconnecting', 'live']);
    assert.isTrue(tracks.every(({ readyState }) => readyState === 'live'));
    assert.isTrue(whip.peerConnection?.getSenders().some(({ track }) => track === newAudio));
    assert.isTrue(whep.stream === stream);
    assert.sameMembers(stream.getTracks(), [...whep.tracks]);
  });

  it('make one other session each soon after a server that has restarted at once does not know theirs', async function () {
    this.timeout(60_000);
    let unknownTime: number | null = null;
    let offerTime: number | null = null;
    const timed: typeof fetch = async (input, init) => {
      if (unknownTime !== null && init?.method === 'POST') offerTime ??= performance.now();
      const response = await fetch(input, init);
      if (init?.method === 'PATCH' && response.status === 404) unknownTime ??= performance.now();
      return response;
    };
    const [whip, whep] = await connect('', '', { ...withoutPatches, fetch: timed });
    const peers = [whip.peerConnection, whep.peerConnection];
    assert.isEmpty(await session.requestsByMethod('PATCH'));
    const warnings: string[] = [];
    whip.addEventListener('warning', ({ message }) => warnings.push(message));
    whep.addEventListener('warning', ({ message }) => warnings.push(message));
    await mediaServer.kill();
    await mediaServer.start();
    const hasOther = (client: WhipClient | WhepClient, index: number) =>
      client.peerConnection !== peers[index] && client.state === 'live';
    await waitFor(() => [whip, whep].every(hasOther), 'other sessions', { timeoutMs: 30_000 });
    await waitForFrames(whep);
    // 1.5 s to see that nothing arrives, and a first wait of 0.5 s at most.
    const seconds = ((offerTime ?? Number.NaN) - (unknownTime ?? Number.NaN)) / 1000;
    console.log(`Quick restart: another offer ${seconds.toFixed(1)} s after the first 404.`);
    assert.isBelow(seconds, 4);
    assert.equal(await session.sessionCount(), 4);
    // A browser may notice the end before the server is back.
    const isExpected = (text: string) => /^PATCH \S+ got status 404; .*by a restart, or a proxy/.test(text);
    assert.isTrue(warnings.some(isExpected), warnings.join('\n'));
  });

  it('keep a session whose URL a proxy makes useless if media comes back', async function () {
    this.timeout(60_000);
    const [, whep] = await connect('', '?patch=404&restart=404', withoutPatches);
    const peer = whep.peerConnection;
    const warnings: string[] = [];
    whep.addEventListener('warning', ({ message }) => warnings.push(message));
    await mediaServer.freeze(session.path, 20_000);
    await waitFor(
      async () => (await session.requestsByMethod('PATCH')).some(({ status }) => status === 404),
      'a request',
      { timeoutMs: 30_000 },
    );
    await mediaServer.thaw(session.path);
    await waitForFrames(whep);
    await waitFor(() => whep.state === 'live' && warnings.length > 0, 'live, with a warning');
    assert.isTrue(whep.peerConnection === peer);
    assert.lengthOf(warnings, 1);
    assert.match(warnings[0] ?? '', /^PATCH \S+ got status 404; .*by a restart, or a proxy/);
    assert.equal(await session.sessionCount(), 2);
  });

  it('make new sessions after the server has dropped theirs', async function () {
    this.timeout(60_000);
    const [, whep] = await connect();
    const before = whep.peerConnection;
    await mediaServer.drop(session.path);
    await waitFor(() => whep.peerConnection !== before && whep.state === 'live', 'another session', {
      timeoutMs: 20_000,
    });
    await waitForFrames(whep);
    assert.equal(await session.sessionCount(), 4);
  });

  it('repair a media path that failed for some seconds, within the same session', async function () {
    this.timeout(60_000);
    const [whip, whep] = await connect();
    const peers = [whip.peerConnection, whep.peerConnection];
    await mediaServer.freezeUntilRestart(session.path, 20_000);
    await waitFor(
      async () => (await session.requests()).some(({ headers }) => headers['if-match'] === '*'),
      'a restart',
      { timeoutMs: 30_000 },
    );
    await waitForFrames(whep, { timeoutMs: 30_000 });
    await waitFor(() => whip.state === 'live' && whep.state === 'live', 'live');
    assert.isTrue(whip.peerConnection === peers[0] && whep.peerConnection === peers[1]);
    assert.equal(await session.sessionCount(), 2);
  });

  it('keep their session if the server refuses to restart ICE', async function () {
    this.timeout(60_000);
    const [whip, whep] = await connect('?restart=422', '?restart=422');
    const peers = [whip.peerConnection, whep.peerConnection];
    const warnings: string[] = [];
    whep.addEventListener('warning', ({ message }) => warnings.push(message));
    await mediaServer.freeze(session.path, 20_000);
    await waitFor(() => warnings[0], 'a warning', { timeoutMs: 30_000 });
    assert.match(warnings[0] ?? '', /^PATCH \S+ got status 422; expected 200 with the new ICE credentials\./);
    await mediaServer.thaw(session.path);
    await waitForFrames(whep, { timeoutMs: 30_000 });
    assert.isTrue(whip.peerConnection === peers[0] && whep.peerConnection === peers[1]);
    await waitFor(() => whip.state === 'live' && whep.state === 'live', 'live', { timeoutMs: 30_000 });
    assert.equal(await session.sessionCount(), 2);
  });

  it('wait as long as Retry-After says', async () => {
    for (const after of ['1', 'date:2']) {
      session.useNewPath();
      const whip = makeWhipClient({ endpoint: session.whipUrl(`?status=503&times=1&retry-after=${after}`) });
      const start = performance.now();
      await whip.start(tracks);
      const seconds = (performance.now() - start) / 1000;
      assert.isAtLeast(seconds, 0.95);
      assert.isBelow(seconds, 4);
      await whip.stop();
    }
  });

  it('go live even if the player starts before the publisher', async () => {
    const whep = makeWhepClient({ endpoint: session.whepUrl() });
    const playing = whep.start();
    await waitFor(async () => (await session.requests())[0]?.status, 'a first answer');
    assert.equal(whep.state, 'connecting');
    assert.equal((await session.requests())[0]?.status, 409);
    await makeWhipClient({ endpoint: session.whipUrl() }).start(tracks);
    await playing;
    assert.equal(whep.state, 'live');
  });

  it('replace tracks without a negotiation', async () => {
    const [whip, whep] = await connect();
    const [otherVideo] = await makeTracks(
      '<pattern-source pattern="solid" color="red" width="640" height="480"></pattern-source>',
    );
    const screen = [...document.querySelectorAll('video')].at(-1);
    await whip.replaceTrack('video', otherVideo);
    await waitFor(() => (screen?.videoHeight ?? 0) / (screen?.videoWidth ?? 1) === 0.75, 'the other video', {
      timeoutMs: 30_000,
    });
    await whip.replaceTrack('audio', null);
    assert.sameMembers([...whip.tracks], [otherVideo]);
    assert.equal(await session.sessionCount(), 2);
    assert.equal(whep.state, 'live');
  });

  it('keep their session while nothing is sent, whether the server accepts ICE restarts or not', async function () {
    this.timeout(60_000);
    const [whip, accepted] = await connect();
    const refused = makeWhepClient({ endpoint: session.whepUrl('?restart=422') });
    await refused.start();
    await playInVideo(refused);
    await waitForFrames(refused);
    const players = [accepted, refused];
    const peers = players.map(({ peerConnection }) => peerConnection);
    const states = players.map((player) => {
      const list: string[] = [];
      player.addEventListener('statechange', () => list.push(player.state));
      return list;
    });
    await whip.replaceTrack('video', null);
    await whip.replaceTrack('audio', null);
    // Only checks of the path arrive, which may be 6 s apart (RFC 7675, 5.1).
    await sleep(8000);
    await whip.replaceTrack('audio', audio);
    await whip.replaceTrack('video', video);
    for (const player of players) {
      await waitForFrames(player);
      await waitFor(() => player.state === 'live', 'live');
    }
    assert.isTrue(players.every(({ peerConnection }, index) => peerConnection === peers[index]));
    // Firefox sends a black picture each second in place of no track.
    const expected = 'chrome' in globalThis ? ['stalled', 'live'] : [];
    assert.deepEqual(states, [expected, expected]);
  });

  it('have only the kinds of tracks that are published', async () => {
    await makeWhipClient({ endpoint: session.whipUrl() }).start([video]);
    const whep = makeWhepClient({ endpoint: session.whepUrl() });
    await whep.start();
    assert.deepEqual(
      whep.tracks.map(({ kind }) => kind),
      ['video'],
    );
  });

  it('make a new session for the first track of a kind', async () => {
    const whip = makeWhipClient({ endpoint: session.whipUrl() });
    await whip.start([video]);
    const before = whip.peerConnection;
    await whip.replaceTrack('audio', audio);
    await waitFor(() => whip.peerConnection !== before && whip.state === 'live', 'another session');
    const offers = await session.requestsByMethod('POST');
    assert.deepEqual(
      offers.map(({ body }) => /^m=audio/m.test(body)),
      [false, true],
    );
  });

  it('leave nothing behind after twenty starts and stops', async function () {
    this.timeout(60_000);
    const whip = makeWhipClient({ endpoint: session.whipUrl() });
    const peers = new Set<RTCPeerConnection>();
    whip.addEventListener('peerchange', () => whip.peerConnection && peers.add(whip.peerConnection));
    for (let cycle = 0; cycle < 20; cycle++) {
      const starting = whip.start(tracks);
      // Stops at different moments: before the answer, while connecting, when live.
      if (cycle % 4 === 0) await starting;
      else {
        starting.catch(() => {});
        await sleep((cycle % 4) * 12);
      }
      await whip.stop();
      assert.equal(whip.state, 'stopped');
    }
    assert.isTrue([...peers].every(({ connectionState }) => connectionState === 'closed'));
    await waitFor(async () => (await mediaServer.counts(session.path)).sessions === 0, 'no session');
    assert.deepEqual(await mediaServer.counts(session.path), { sessions: 0, peers: 0 });
    const requests = await session.requests();
    const ended = requests.filter(({ method, status }) => method === 'DELETE' && status === 200);
    assert.equal(ended.length, await session.sessionCount());
    assert.isTrue(tracks.every(({ readyState }) => readyState === 'live'));
  });
});
