/* <whip-publisher> and <whep-player> through a real server. */
import 'track-elements/define/all';
import { mediaServer, requestsOf } from '../support/media-server.js';
import { place } from '../support/page.js';
import { hidePeerConnections } from '../support/peers.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Publisher = HTMLElementTagNameMap['whip-publisher'];
type Player = HTMLElementTagNameMap['whep-player'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const RED: Rgb = [255, 0, 0];
const LIME: Rgb = [0, 255, 0];

const solidSource = (color: string, attributes = '') =>
  `<pattern-source pattern="solid" color="${color}" width="320" height="240" ${attributes}></pattern-source>`;

/** Resolves when a video shows a colour, within so many levels. */
const waitForColor = (video: HTMLVideoElement, color: Rgb, levels = 12) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), color), levels), {
    timeoutMs: 30_000,
  });

const waitForLive = (element: Publisher | Player) =>
  waitFor(() => element.state === 'live', 'live', { timeoutMs: 30_000 });

describeSession('a whip-publisher and a whep-player', (session) => {
  beforeEach(function () {
    this.timeout(60_000);
  });

  const placePublisher = (children: string, attributes = '') =>
    place<Publisher>(`<whip-publisher endpoint="${session.whipUrl()}" ${attributes}>${children}</whip-publisher>`);

  /** Puts a player into the page, and a video that shows its output. */
  function placePlayer() {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const player = place<Player>(`<whep-player for="screen" endpoint="${session.whepUrl()}"></whep-player>`);
    return { video, player };
  }

  it('transmit video and audio by markup alone, in one session each', async () => {
    const publisher = placePublisher(`${solidSource('red')}<tone-source></tone-source>`);
    const { video, player } = placePlayer();
    await waitForColor(video, RED);
    assert.isTrue(publisher.matches(':state(live)'));
    assert.isTrue(player.matches(':state(live)'));
    assert.deepEqual(player.tracks.map(({ kind }) => kind).sort(), ['audio', 'video']);
    assert.equal(player.track?.kind, 'video');
    assert.sameMembers(player.stream.getTracks(), [...player.tracks]);
    assert.equal(await session.sessionCount(), 2);
  });

  it('keep the colours of high-definition video', async () => {
    placePublisher('<pattern-source pattern="solid" color="lime" width="1280" height="720"></pattern-source>');
    const { video } = placePlayer();
    await eventually(() => assert.isAbove(video.videoHeight, 0), { timeoutMs: 30_000 });
    // If BT.709 were decoded as BT.601, red would be 24 and blue 12.
    await waitForColor(video, LIME);
  });

  it('transmit the stream that is the srcObject of the publisher', async () => {
    const source = place<PatternSource>(solidSource('lime'));
    placePublisher('').srcObject = source.stream;
    const { video } = placePlayer();
    await waitForColor(video, LIME);
  });

  it('replace a track without a new session', async () => {
    const publisher = placePublisher(solidSource('red'));
    const { video } = placePlayer();
    await waitForColor(video, RED);
    publisher.innerHTML = solidSource('lime');
    await waitForColor(video, LIME);
    assert.equal(await session.sessionCount(), 2);
  });

  it('end their sessions when they are removed, without stopping the source that names them with for', async () => {
    const publisher = placePublisher('', 'id="out"');
    const source = place<PatternSource>(solidSource('red', 'for="out"'));
    const { video, player } = placePlayer();
    await waitForColor(video, RED);
    publisher.remove();
    player.remove();
    await waitFor(async () => (await session.requestsByMethod('DELETE')).length === 2, 'both sessions to end');
    assert.equal(publisher.state, 'stopped');
    assert.equal(source.track?.readyState, 'live');
    assert.isNull(player.track);
    await waitFor(async () => (await mediaServer.counts(session.path)).peers === 0, 'no connected peer');
  });

  it('send their token with every request, and never reflect it', async () => {
    const publisher = placePublisher(solidSource('red'), 'manual');
    publisher.token = 'secret-1';
    publisher.start();
    await waitForLive(publisher);
    publisher.stop();
    await waitFor(async () => (await session.requestsByMethod('DELETE')).length > 0, 'the session to end');
    const requests = await session.requests();
    assert.includeMembers(
      requests.map(({ method }) => method),
      ['POST', 'DELETE'],
    );
    for (const { headers } of requests) assert.equal(headers.authorization, 'Bearer secret-1');
    assert.notInclude(publisher.outerHTML, 'secret');
  });

  it('send no Authorization header without a token', async () => {
    const { player } = placePlayer();
    await waitFor(async () => (await session.requests()).length > 0, 'a request');
    player.stop();
    for (const { headers } of await session.requests()) assert.isUndefined(headers.authorization);
  });

  it('stay idle without an endpoint, and make a new session for another endpoint or token', async () => {
    const publisher = place<Publisher>(`<whip-publisher>${solidSource('red')}</whip-publisher>`);
    await sleep(400);
    assert.equal(publisher.state, 'idle');
    publisher.endpoint = session.whipUrl();
    await waitForLive(publisher);
    const firstPath = session.path;
    session.useNewPath();
    publisher.endpoint = session.whipUrl();
    publisher.token = 'other';
    await waitFor(
      async () => publisher.state === 'live' && (await session.sessionCount()) === 1,
      'live on the new path',
      { timeoutMs: 30_000 },
    );
    await waitFor(
      async () => (await requestsOf(firstPath)).some(({ method }) => method === 'DELETE'),
      'the first session to end',
    );
  });

  it('make one session if they are configured and started in one task', async () => {
    placePublisher(solidSource('red'));
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const player = place<Player>('<whep-player manual for="screen"></whep-player>');
    const states: string[] = [];
    player.addEventListener('statechange', () => states.push(player.state));
    player.endpoint = session.whepUrl();
    player.token = 'one';
    player.start();
    await waitForColor(video, RED);
    assert.deepEqual(states, ['connecting', 'live']);
  });

  it('start again if they are stopped and started in one task', async () => {
    const publisher = placePublisher(solidSource('red'));
    await waitForLive(publisher);
    const states: string[] = [];
    publisher.addEventListener('statechange', () => states.push(publisher.state));
    publisher.stop();
    publisher.start();
    await waitForLive(publisher);
    assert.deepEqual(states, ['stopped', 'connecting', 'live']);
  });

  it('start and stop by command', async () => {
    const publisher = placePublisher(solidSource('red'), 'id="out" manual');
    place('<button commandfor="out" command="--start"></button><button commandfor="out" command="--stop"></button>');
    const [start, stop] = document.querySelectorAll('button');
    assert.equal(publisher.state, 'idle');
    (start as HTMLButtonElement).click();
    await waitForLive(publisher);
    (stop as HTMLButtonElement).click();
    assert.equal(publisher.state, 'stopped');
    (start as HTMLButtonElement).click();
    await waitForLive(publisher);
    assert.equal(await session.sessionCount(), 2);
  });

  it('fail with a TypeError for an endpoint that is not an HTTP URL, and start again with another endpoint', async () => {
    const { player } = placePlayer();
    player.stop();
    const failed = nextEvent<ErrorEvent>(player, 'error');
    player.endpoint = 'ftp://example.com';
    player.start();
    assert.equal((await failed).error.name, 'TypeError');
    assert.isTrue(player.matches(':state(failed)'));
    player.endpoint = session.whepUrl();
    await waitFor(async () => (await session.requests()).length > 0, 'a request');
    assert.equal(player.state, 'connecting');
  });

  it('fail with an RtcHttpError if the server refuses the token', async () => {
    const player = place<Player>(`<whep-player endpoint="${session.whepUrl('?status=401')}"></whep-player>`);
    const { error } = await nextEvent<ErrorEvent>(player, 'error', { timeoutMs: 30_000 });
    assert.equal(error.name, 'RtcHttpError');
    assert.equal(error.status, 401);
    assert.match(error.message, /token/);
    assert.isTrue(player.matches(':state(failed)'));
  });
});

describe('a whip-publisher without RTCPeerConnection', () => {
  it('fails with NotSupportedError', async () => {
    hidePeerConnections();
    const publisher = place<Publisher>(
      `<whip-publisher endpoint="http://127.0.0.1:9/whip">${solidSource('red')}</whip-publisher>`,
    );
    const { error } = await nextEvent<ErrorEvent>(publisher, 'error');
    assert.equal(error.name, 'NotSupportedError');
    assert.isTrue(publisher.matches(':state(failed)'));
  });
});
