/* <whip-publisher> and <whep-player> in markup, through a real server. */
import 'track-elements/define/all';
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import { place } from '../support/page.js';
import { hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, before, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, nextEvent, sleep, waitFor } from '../support/waiting.js';

type Publisher = HTMLElementTagNameMap['whip-publisher'];
type Player = HTMLElementTagNameMap['whep-player'];
type PatternSource = HTMLElementTagNameMap['pattern-source'];

const pattern = (color: string) =>
  `<pattern-source pattern="solid" color="${color}" width="320" height="240"></pattern-source>`;

const shows = (video: HTMLVideoElement, color: Rgb) =>
  eventually(() => assert.isAtMost(colorDistance(colorAt(readPixels(video), 100, 100), color), 12), {
    timeoutMs: 15_000,
  });

describe('a whip-publisher and a whep-player', () => {
  let origin: string;
  let path: string;

  before(async function () {
    if (hasPeers) origin = await mediaServer.start();
    this.timeout(30_000);
  });
  beforeEach(function () {
    if (!hasPeers) skip(this, noPeers);
    path = freshPath();
    this.timeout(40_000);
  });
  const publish = (children: string, attributes = '') =>
    place<Publisher>(`<whip-publisher endpoint="${origin}/${path}/whip" ${attributes}>${children}</whip-publisher>`);

  function play(attributes = '') {
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const player = place<Player>(
      `<whep-player for="screen" endpoint="${origin}/${path}/whep" ${attributes}></whep-player>`,
    );
    return { video, player };
  }

  const posts = async () =>
    (await requestsOf(path)).filter(({ method, status }) => method === 'POST' && status === 201);

  it('bring pictures and sound through a server by markup alone, in one session each', async () => {
    const publisher = publish(`${pattern('red')}<tone-source></tone-source>`);
    const { video, player } = play();
    await shows(video, [255, 0, 0]);
    assert.isTrue(publisher.matches(':state(live)'));
    assert.isTrue(player.matches(':state(live)'));
    assert.deepEqual(player.tracks.map(({ kind }) => kind).sort(), ['audio', 'video']);
    assert.equal(player.track?.kind, 'video');
    assert.sameMembers(player.stream.getTracks(), [...player.tracks]);
    assert.lengthOf(await posts(), 2);
  });

  it('keep the colours of a picture of high definition', async () => {
    publish('<pattern-source pattern="solid" color="lime" width="1280" height="720"></pattern-source>');
    const { video } = play();
    await eventually(() => assert.isAbove(video.videoHeight, 0), { timeoutMs: 15_000 });
    // BT.709 shown as BT.601 would have 24 in red and 12 in blue.
    await shows(video, [0, 255, 0]);
  });

  it('exchange a track without a new session', async () => {
    const publisher = publish(pattern('red'));
    const { video } = play();
    await shows(video, [255, 0, 0]);
    publisher.innerHTML = pattern('lime');
    await shows(video, [0, 255, 0]);
    assert.lengthOf(await posts(), 2);
  });

  it('take what names them with for, and end the session when they are removed', async () => {
    const publisher = place<Publisher>(`<whip-publisher id="out" endpoint="${origin}/${path}/whip"></whip-publisher>`);
    const [source] = [
      place<PatternSource>(
        `<pattern-source for="out" pattern="solid" color="red" width="320" height="240"></pattern-source>`,
      ),
    ];
    const { video, player } = play();
    await shows(video, [255, 0, 0]);
    publisher.remove();
    player.remove();
    await waitFor(
      async () => (await requestsOf(path)).filter(({ method }) => method === 'DELETE').length === 2,
      'ended',
    );
    assert.equal(publisher.state, 'stopped');
    assert.equal(source.track?.readyState, 'live');
    assert.isNull(player.track);
    await waitFor(async () => (await mediaServer.counts(path)).peers === 0, 'no peer left');
  });

  it('carry their token in every request, or in none, and show it nowhere', async () => {
    const publisher = publish(pattern('red'), 'manual');
    publisher.token = 'secret-1';
    publisher.start();
    await waitFor(() => publisher.state === 'live', 'live', { timeoutMs: 15_000 });
    publisher.stop();
    await waitFor(async () => (await requestsOf(path)).some(({ method }) => method === 'DELETE'), 'ended');
    const requests = await requestsOf(path);
    assert.isAtLeast(requests.length, 3);
    for (const { headers } of requests) assert.equal(headers.authorization, 'Bearer secret-1');
    assert.notInclude(publisher.outerHTML, 'secret');

    path = freshPath();
    const { player } = play();
    await waitFor(async () => (await requestsOf(path)).length > 0, 'a request');
    player.stop();
    for (const { headers } of await requestsOf(path)) assert.isUndefined(headers.authorization);
  });

  it('start anew with another endpoint or token, and wait where there is no endpoint', async () => {
    const publisher = place<Publisher>(`<whip-publisher>${pattern('red')}</whip-publisher>`);
    await sleep(400);
    assert.equal(publisher.state, 'idle');
    publisher.endpoint = `${origin}/${path}/whip`;
    await waitFor(() => publisher.state === 'live', 'live', { timeoutMs: 15_000 });
    const first = path;
    path = freshPath();
    publisher.endpoint = `${origin}/${path}/whip`;
    publisher.token = 'other';
    await waitFor(async () => publisher.state === 'live' && (await posts()).length === 1, 'live elsewhere', {
      timeoutMs: 15_000,
    });
    await waitFor(
      async () => (await requestsOf(first)).some(({ method }) => method === 'DELETE'),
      'the first session ended',
    );
  });

  it('make one session of what is set and started in one task', async () => {
    publish(pattern('red'));
    const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
    const player = place<Player>('<whep-player manual for="screen"></whep-player>');
    const states: string[] = [];
    player.addEventListener('statechange', () => states.push(player.state));
    player.endpoint = `${origin}/${path}/whep`;
    player.token = 'one';
    player.start();
    await shows(video, [255, 0, 0]);
    assert.deepEqual(states, ['connecting', 'live']);
    player.remove();
    const publisher = document.querySelector('whip-publisher') as Publisher;
    const told: string[] = [];
    publisher.addEventListener('statechange', () => told.push(publisher.state));
    publisher.stop();
    publisher.start();
    await waitFor(() => publisher.state === 'live', 'live', { timeoutMs: 15_000 });
    assert.deepEqual(told, ['stopped', 'connecting', 'live']);
  });

  it('start and stop by command', async () => {
    const publisher = publish(pattern('red'), 'id="out" manual');
    place('<button commandfor="out" command="--start"></button><button commandfor="out" command="--stop"></button>');
    const [start, stop] = document.querySelectorAll('button');
    assert.equal(publisher.state, 'idle');
    (start as HTMLButtonElement).click();
    await waitFor(() => publisher.state === 'live', 'live', { timeoutMs: 15_000 });
    (stop as HTMLButtonElement).click();
    assert.equal(publisher.state, 'stopped');
    (start as HTMLButtonElement).click();
    await waitFor(() => publisher.state === 'live', 'live again', { timeoutMs: 15_000 });
    assert.lengthOf(await posts(), 2);
  });

  it('say what is wrong: an endpoint that is none, a token that is refused', async () => {
    const { player } = play();
    player.stop();
    const wrong = nextEvent<ErrorEvent>(player, 'error');
    player.endpoint = 'ftp://example.com';
    player.start();
    assert.equal((await wrong).error.name, 'TypeError');
    assert.isTrue(player.matches(':state(failed)'));
    const refused = nextEvent<ErrorEvent>(player, 'error', { timeoutMs: 15_000 });
    player.endpoint = `${origin}/${freshPath()}/whep?status=401`;
    const { error } = await refused;
    assert.equal(error.name, 'RtcHttpError');
    assert.equal(error.status, 401);
    assert.match(error.message, /token/);
  });
});

describe('a whip-publisher without RTCPeerConnection', () => {
  it('fails and says so', async () => {
    const { RTCPeerConnection: own } = globalThis;
    Object.assign(globalThis, { RTCPeerConnection: undefined });
    try {
      const publisher = place<Publisher>(
        `<whip-publisher endpoint="http://127.0.0.1:9/whip">${pattern('red')}</whip-publisher>`,
      );
      const { error } = await nextEvent<ErrorEvent>(publisher, 'error');
      assert.equal(error.name, 'NotSupportedError');
      assert.isTrue(publisher.matches(':state(failed)'));
    } finally {
      if (own) Object.assign(globalThis, { RTCPeerConnection: own });
    }
  });
});
