/* The options of <whip-publisher> and <whep-player>: the same as those of the clients. */
import 'track-elements/define/all';
import { requestsOf } from '../support/media-server.js';
import { place } from '../support/page.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';
import { nextEvent, sleep, waitFor } from '../support/waiting.js';

type Publisher = HTMLElementTagNameMap['whip-publisher'];
type Player = HTMLElementTagNameMap['whep-player'];

const SOURCES = '<pattern-source pattern="ball" width="320" height="180"></pattern-source><tone-source></tone-source>';

const waitForLive = (element: Publisher | Player) =>
  waitFor(() => element.state === 'live', `live (the element is ${element.state})`, { timeoutMs: 30_000 });

describeSession('The options of a whip-publisher', (session) => {
  beforeEach(function () {
    this.timeout(60_000);
  });

  const placePublisher = (query = '', attributes = '') =>
    place<Publisher>(`<whip-publisher endpoint="${session.whipUrl(query)}" ${attributes}>${SOURCES}</whip-publisher>`);

  it('stand in attributes, and wrong or absent values leave the defaults', () => {
    const publisher = placePublisher('', 'manual');
    const defaults = [
      publisher.iceTransportPolicy,
      publisher.noTrickle,
      publisher.requestTimeout,
      publisher.backoffMax,
    ];
    assert.deepEqual(defaults, ['all', false, 10_000, null]);
    publisher.setAttribute('no-trickle', '');
    publisher.setAttribute('request-timeout', '2500');
    publisher.setAttribute('connect-timeout', '3000');
    assert.equal(publisher.gatheringTimeout, 200);
    publisher.setAttribute('gathering-timeout', '0');
    assert.equal(publisher.gatheringTimeout, 0);
    publisher.setAttribute('backoff-first', '100');
    publisher.setAttribute('backoff-max', '700');
    publisher.setAttribute('kinds', 'audio, video');
    publisher.setAttribute('ice-servers', '[{"urls":"stun:127.0.0.1:3478"}]');
    assert.deepEqual(
      [publisher.noTrickle, publisher.requestTimeout, publisher.connectTimeout, publisher.backoffFirst],
      [true, 2500, 3000, 100],
    );
    assert.equal(publisher.backoffMax, 700);
    assert.deepEqual(publisher.kinds, ['audio', 'video']);
    assert.deepEqual(publisher.iceServers, [{ urls: 'stun:127.0.0.1:3478' }]);
    for (const name of ['no-trickle', 'request-timeout', 'kinds', 'ice-servers']) publisher.removeAttribute(name);
    assert.deepEqual([publisher.noTrickle, publisher.requestTimeout, publisher.iceServers], [false, 10_000, null]);
    assert.deepEqual(publisher.kinds, []);
  });

  it('reach the peer connection', async () => {
    const servers = '[{"urls":"turn:127.0.0.1:3478","username":"u","credential":"c"}]';
    const publisher = placePublisher('', `ice-transport-policy="relay" ice-servers='${servers}' connect-timeout="200"`);
    const peer = await waitFor(() => publisher.peerConnection, 'a peer connection');
    assert.equal(peer.getConfiguration().iceTransportPolicy, 'relay');
    assert.deepEqual(
      peer.getConfiguration().iceServers?.flatMap(({ urls }) => urls),
      ['turn:127.0.0.1:3478'],
    );
    // Nothing listens there, so no media gets through within the time.
    const { message } = await nextEvent<ErrorEvent>(publisher, 'warning', { timeoutMs: 30_000 });
    assert.include(message, 'within 200 ms');
  });

  it('of the audio reach the server, and a change takes another session', async () => {
    const publisher = placePublisher('', 'audio-bitrate="96000" audio-dtx no-audio-fec');
    await waitForLive(publisher);
    /** The parameters of Opus that the encoder follows. */
    const format = () => {
      const sdp = publisher.peerConnection?.remoteDescription?.sdp ?? '';
      return (/^a=fmtp:\d+ (.*stereo=1.*?)\r?$/m.exec(sdp)?.[1] ?? '').split(';');
    };
    assert.includeMembers(format(), ['maxaveragebitrate=96000', 'usedtx=1', 'useinbandfec=0']);
    const before = publisher.peerConnection;
    publisher.audioDtx = false;
    publisher.removeAttribute('no-audio-fec');
    publisher.audioBitrate = null;
    await waitFor(() => publisher.peerConnection !== before && publisher.state === 'live', 'another session', {
      timeoutMs: 30_000,
    });
    assert.isNotEmpty(format());
    for (const parameter of format()) assert.notMatch(parameter, /^(maxaveragebitrate=|usedtx=1|useinbandfec=0)/);
  });

  it('have no value that means another one', async () => {
    const publisher = placePublisher('', 'manual simulcast="" max-bitrate="0"');
    assert.equal(publisher.simulcast, 1);
    for (const [name, value, message] of [
      ['max-bitrate', '0', 'maxBitrate is 0; it must be a number above 0 bit/s.'],
      ['max-framerate', '0', 'maxFramerate is 0; it must be a number above 0.'],
      ['audio-bitrate', '0', 'audioBitrate is 0; it must be a whole number from 6000 to 510000 bit/s.'],
      ['simulcast', '0', 'simulcast is 0; it must be a whole number from 1 to 3.'],
      ['simulcast', 'true', 'simulcast is "true"; it must be a whole number from 1 to 3.'],
      ['backoff-max', '0', 'backoff.max is 0; it must be a number from 1 to 2147483647 ms.'],
    ] as const) {
      publisher.removeAttribute('max-bitrate');
      publisher.setAttribute(name, value);
      await publisher.updateComplete;
      const failed = nextEvent<ErrorEvent>(publisher, 'error', { timeoutMs: 30_000 });
      publisher.start();
      assert.equal((await failed).message, message);
      publisher.stop();
      publisher.removeAttribute(name);
      await publisher.updateComplete;
    }
  });

  it('put candidates into the offer with no-trickle', async () => {
    const publisher = placePublisher('', 'no-trickle');
    await waitForLive(publisher);
    const [post] = await session.requestsByMethod('POST');
    assert.match(post?.body ?? '', /^a=candidate:/m);
  });

  it('send requests by another fetch, with credentials', async () => {
    const publisher = placePublisher('', 'manual credentials="omit"');
    const seen: (RequestCredentials | undefined)[] = [];
    publisher.fetch = (input, init) => {
      seen.push(init?.credentials);
      return fetch(input, init);
    };
    publisher.start();
    await waitForLive(publisher);
    assert.isNotEmpty(seen);
    assert.deepEqual([...new Set(seen)], ['omit']);
  });

  it('that concern later sessions alone leave the session as it is', async () => {
    const publisher = placePublisher();
    await waitForLive(publisher);
    const peer = publisher.peerConnection;
    const states: string[] = [];
    publisher.addEventListener('statechange', () => states.push(publisher.state));
    for (const [name, value] of Object.entries({
      'backoff-first': '100',
      'backoff-max': '900',
      'connect-timeout': '3000',
      'gathering-timeout': '0',
      'request-timeout': '4000',
      'no-trickle': '',
    })) {
      publisher.setAttribute(name, value);
      await publisher.updateComplete;
    }
    await sleep(300);
    assert.isTrue(publisher.peerConnection === peer);
    assert.deepEqual(states, []);
    assert.equal(await session.sessionCount(), 1);
    publisher.connectTimeout = -1;
    const { message } = await nextEvent<ErrorEvent>(publisher, 'error');
    assert.match(message, /^`?connectTimeout`? is -1; it must be/);
    assert.equal(publisher.state, 'live');
  });

  it('that concern later sessions count from the next one on', async () => {
    const publisher = placePublisher('?status=503', 'backoff-first="50" backoff-max="50" gathering-timeout="0"');
    await nextEvent(publisher, 'warning');
    publisher.noTrickle = true;
    await publisher.updateComplete;
    const posts = async () => (await session.requestsByMethod('POST')).map(({ body }) => /^a=candidate:/m.test(body));
    await waitFor(async () => (await posts()).at(-1), 'an offer with candidates', { timeoutMs: 30_000 });
    assert.isFalse((await posts())[0]);
    publisher.backoffFirst = 60_000;
    publisher.backoffMax = 60_000;
    await publisher.updateComplete;
    await waitFor(async () => ((await publisher.getStats())?.get('client').nextTryIn ?? 0) > 20_000, 'a long wait', {
      timeoutMs: 30_000,
    });
    assert.equal(publisher.state, 'connecting');
  });

  it('take another token for the next request, in the same session', async () => {
    const publisher = placePublisher('', 'manual');
    publisher.token = 'one';
    publisher.start();
    await waitForLive(publisher);
    const peer = publisher.peerConnection;
    const states: string[] = [];
    publisher.addEventListener('statechange', () => states.push(publisher.state));
    publisher.token = 'two';
    await publisher.updateComplete;
    await sleep(300);
    assert.isTrue(publisher.peerConnection === peer);
    assert.deepEqual(states, []);
    publisher.stop();
    await waitFor(async () => (await session.requestsByMethod('DELETE'))[0], 'the end of the session');
    const requests = await session.requests();
    assert.lengthOf(
      requests.filter(({ method }) => method === 'POST'),
      1,
    );
    assert.equal(requests[0]?.headers.authorization, 'Bearer one');
    assert.equal(requests.at(-1)?.headers.authorization, 'Bearer two');
  });

  it('start again with another token after the server has refused one', async () => {
    const publisher = placePublisher('?token=right', 'manual');
    publisher.token = 'wrong';
    publisher.start();
    await nextEvent(publisher, 'error', { timeoutMs: 30_000 });
    assert.equal(publisher.state, 'failed');
    publisher.token = 'right';
    await waitForLive(publisher);
  });

  it('report a wrong value, and work again with a right one', async () => {
    const publisher = placePublisher('', 'manual ice-transport-policy="relais"');
    const failed = nextEvent<ErrorEvent>(publisher, 'error', { timeoutMs: 30_000 });
    publisher.start();
    assert.match((await failed).message, /^iceTransportPolicy is "relais"; /);
    publisher.removeAttribute('ice-transport-policy');
    await waitForLive(publisher);
    const again = nextEvent<ErrorEvent>(publisher, 'error', { timeoutMs: 30_000 });
    publisher.setAttribute('request-timeout', 'soon');
    assert.match((await again).message, /^requestTimeout is "soon"; it must be a number from 1 to /);
    assert.equal(publisher.state, 'live');
  });

  it('are reported by warning events, also when the end of the session fails', async () => {
    const publisher = placePublisher('?patch=404&delete=405', 'gathering-timeout="0"');
    const warnings: string[] = [];
    publisher.addEventListener('warning', (event) => {
      event.preventDefault();
      warnings.push(event.message);
    });
    await waitForLive(publisher);
    await waitFor(() => warnings.length === 1, 'a warning');
    publisher.stop();
    await waitFor(() => warnings.length === 2, 'another warning');
    assert.match(warnings[0] ?? '', /^PATCH .* proxy /);
    assert.match(warnings[1] ?? '', /^DELETE .* may remain /);
  });

  it('let getStats() tell why it does not connect', async () => {
    const publisher = placePublisher('?status=503', 'backoff-first="50" backoff-max="50"');
    publisher.addEventListener('warning', (event) => event.preventDefault());
    const { message } = await nextEvent<ErrorEvent>(publisher, 'error', { timeoutMs: 30_000 });
    assert.match(message, /got status 503/);
    assert.equal(publisher.state, 'connecting');
    const stats = (await publisher.getStats())?.get('client');
    assert.isAtLeast(stats?.failures ?? 0, 3);
    assert.equal(stats?.lastError, message);
  });
});

describeSession('The options of a whep-player', (session) => {
  beforeEach(async function () {
    this.timeout(60_000);
    const publisher = place<Publisher>(`<whip-publisher endpoint="${session.whipUrl()}">${SOURCES}</whip-publisher>`);
    await waitForLive(publisher);
  });

  const placePlayer = (attributes = '') =>
    place<Player>(`<whep-player endpoint="${session.whepUrl()}" ${attributes}></whep-player>`);

  for (const [kinds, received] of [
    ['video', ['video']],
    ['audio', ['audio']],
    ['audio video', ['audio', 'video']],
  ] as const) {
    it(`ask for the kinds "${kinds}"`, async () => {
      const player = placePlayer(`kinds="${kinds}"`);
      await waitForLive(player);
      assert.deepEqual(player.tracks.map(({ kind }) => kind).sort(), [...received]);
    });
  }

  it('report an unknown kind', async () => {
    const player = placePlayer('manual kinds="picture"');
    const failed = nextEvent<ErrorEvent>(player, 'error', { timeoutMs: 30_000 });
    player.start();
    assert.equal((await failed).message, 'kinds is "picture"; it must be "audio", "video", or both.');
    player.kinds = ['video'];
    await waitForLive(player);
  });

  it('set the jitter target of each session, and of the running one', async () => {
    const player = placePlayer('jitter-target="300"');
    await waitForLive(player);
    const targets = () =>
      player.peerConnection
        ?.getReceivers()
        .map((receiver) => (receiver as { jitterBufferTarget?: number }).jitterBufferTarget);
    assert.deepEqual(targets(), [300, 300]);
    player.jitterTarget = 500;
    await waitFor(() => targets()?.join() === '500,500', 'another target');
    const before = player.peerConnection;
    player.endpoint = session.whepUrl('?again');
    await waitFor(() => player.peerConnection !== before && player.state === 'live', 'another session', {
      timeoutMs: 30_000,
    });
    assert.deepEqual(targets(), [500, 500]);
    const failed = nextEvent<ErrorEvent>(player, 'error', { timeoutMs: 30_000 });
    player.jitterTarget = 5000;
    assert.match((await failed).message, /^jitterTarget is 5000; it must be a number from 0 to 4000 ms\.$/);
    assert.equal(player.state, 'live');
    assert.isNotEmpty(await requestsOf(session.path));
  });
});
