/* What leaves the page: the requests that RFC 9725 and the WHEP draft want, and no others. The server's log tells. */
import { freshPath, type LoggedRequest, mediaServer, requestsOf } from '../support/media-server.js';
import { rejectionOf } from '../support/rejections.js';
import { makeTracks, makeWhepClient, makeWhipClient } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, before, beforeEach, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

const TOKEN = 'secret-token-1234';

const ofMethod = (requests: readonly LoggedRequest[], method: string) =>
  requests.filter((request) => request.method === method);

describeIf(hasPeers, noPeers, 'A WHIP client', () => {
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

  const endpoint = (query = '') => `${origin}/${path}/whip${query}`;

  /** Publishes until candidates have been told, and stops. */
  async function session(query = '', token?: string): Promise<LoggedRequest[]> {
    const client = makeWhipClient({ endpoint: endpoint(query), token });
    await client.start(given);
    await waitFor(async () => ofMethod(await requestsOf(path), 'PATCH').at(-1)?.status, 'the candidates');
    await client.stop();
    return requestsOf(path);
  }

  it('offers one bundle with one stream', async () => {
    const [post] = await session();
    assert.equal(post?.headers['content-type'], 'application/sdp');
    const sdp = post?.body ?? '';
    const sections = sdp.split(/^(?=m=)/m).slice(1);
    assert.lengthOf(sections, 2);
    assert.match(sdp, /^a=group:BUNDLE \S+ \S+\r$/m);
    const streams = sections.map((section) => /^a=msid:(\S+)/m.exec(section)?.[1]);
    assert.equal(streams[0], streams[1]);
    for (const section of sections) {
      assert.match(section, /^m=\w+ 9 /);
      assert.match(section, /^a=rtcp-mux\r$/m);
      assert.match(section, /^a=sendonly\r$/m);
      assert.match(section, /^a=setup:actpass\r$/m);
    }
  });

  it('tells all candidates in one request, with the entity tag', async () => {
    const requests = await session();
    const [patch, ...more] = ofMethod(requests, 'PATCH');
    assert.lengthOf(more, 0);
    assert.equal(patch?.headers['content-type'], 'application/trickle-ice-sdpfrag');
    assert.match(patch?.headers['if-match'] ?? '', /^"[^"]+"$/);
    assert.match(patch?.body ?? '', /^m=audio .*\r\na=mid:\S+\r\na=ice-ufrag:\S+\r\na=ice-pwd:\S+\r\na=candidate:/m);
    assert.match(patch?.body ?? '', /\r\na=end-of-candidates\r\n$/);
  });

  it('tells them without a condition when there is no tag, or CORS hides it', async () => {
    for (const query of ['?etag=none', '?etag=hidden']) {
      path = freshPath();
      const [patch, ...more] = ofMethod(await session(query), 'PATCH');
      assert.lengthOf(more, 0);
      assert.equal(patch?.status, 204);
      assert.notProperty(patch?.headers, 'if-match');
    }
  });

  it('tells them to a server that wants a condition and hides its tag', async () => {
    const patches = ofMethod(await session('?etag=hidden&strict'), 'PATCH');
    assert.deepEqual(
      patches.map(({ status, headers }) => [status, headers['if-match']]),
      [
        [428, undefined],
        [204, '*'],
      ],
    );
  });

  for (const status of [405, 412, 422, 428, 501]) {
    it(`is live with a server that answers ${status} to candidates`, async () => {
      const patches = ofMethod(await session(`?patch=${status}`), 'PATCH');
      assert.equal(patches[0]?.status, status);
    });
  }

  it('ends the session without a condition', async () => {
    const [end, ...more] = ofMethod(await session(), 'DELETE');
    assert.lengthOf(more, 0);
    assert.equal(end?.status, 200);
    assert.notProperty(end?.headers, 'if-match');
  });

  it('finds a session whose Location is relative or absolute', async () => {
    for (const query of ['', '?location=absolute']) {
      path = freshPath();
      assert.equal(ofMethod(await session(query), 'DELETE')[0]?.status, 200);
    }
  });

  it('sends its token with every request', async () => {
    const requests = await session(`?token=${TOKEN}`, TOKEN);
    assert.sameMembers([...new Set(requests.map(({ method }) => method))], ['POST', 'PATCH', 'DELETE']);
    for (const { headers } of requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  });

  it('sends none with any, when it has none', async () => {
    for (const token of [undefined, '']) {
      path = freshPath();
      for (const { headers } of await session('', token)) assert.notProperty(headers, 'authorization');
    }
  });

  it('fails with another token than the server wants, and tells it to nobody', async () => {
    const client = makeWhipClient({ endpoint: endpoint('?token=tok-9876'), token: TOKEN });
    const error = await rejectionOf(client.start(given));
    assert.equal(client.state, 'failed');
    assert.match(error.message, /^POST http:\/\/\S+\/whip got status 401; expected 201 with an SDP answer\. .*token/);
    assert.notInclude(`${error.message}${error.stack}${JSON.stringify(error)}`, TOKEN);
    assert.notInclude(error.message, 'tok-9876');
  });

  it('keeps its token out of what the server repeats', async () => {
    const reason = encodeURIComponent(`no ${TOKEN} here`);
    const client = makeWhipClient({ endpoint: endpoint(`?status=400&reason=${reason}`), token: TOKEN });
    const error = await rejectionOf(client.start(given));
    assert.include(error.message, 'got status 400 (“no … here”)');
  });

  it('follows 307 and 308 with method, body and token', async () => {
    for (const status of [307, 308]) {
      path = freshPath();
      const requests = await session(`?redirect=${status}&token=${TOKEN}`, TOKEN);
      const posts = ofMethod(requests, 'POST');
      assert.deepEqual(
        posts.map((post) => post.status),
        [status, 201],
      );
      assert.equal(posts[0]?.body, posts[1]?.body);
      for (const { headers } of requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    }
  });

  it('takes its token to another origin only when it is told to', async () => {
    const other = new URL(origin);
    other.hostname = 'localhost';
    const query = `?redirect=307&origin=${other.host}&token=${TOKEN}`;
    const client = makeWhipClient({ endpoint: endpoint(query), token: TOKEN });
    const error = await rejectionOf(client.start(given));
    assert.include(error.message, `redirected to ${other.origin}, and a token does not go along`);
    const [asked, redirected] = await requestsOf(path);
    assert.equal(asked?.headers.authorization, `Bearer ${TOKEN}`);
    assert.notProperty(redirected?.headers, 'authorization');

    path = freshPath();
    const trusting = makeWhipClient({ endpoint: endpoint(query), token: TOKEN, tokenOrigins: [other.origin] });
    await trusting.start(given);
    await trusting.stop();
    const [, , ...session] = await requestsOf(path);
    assert.isAtLeast(session.length, 2);
    for (const { url, headers } of session) {
      assert.equal(new URL(url).origin, other.origin);
      assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    }
  });

  it('keeps it from a session elsewhere that a redirection without it has made', async () => {
    const other = new URL(origin);
    other.hostname = 'localhost';
    const requests = await session(`?redirect=307&origin=${other.host}`, TOKEN);
    assert.equal(requests[0]?.headers.authorization, `Bearer ${TOKEN}`);
    for (const { headers } of requests.slice(1)) assert.notProperty(headers, 'authorization');
  });

  it('uses the ICE servers of the answer before it gathers, and those it was given in their place', async () => {
    const link = encodeURIComponent('<stun:127.0.0.1:3478>; rel="ice-server", <https://e.example>; rel="next"');
    const client = makeWhipClient({ endpoint: endpoint(`?link=${link}`) });
    await client.start(given);
    assert.deepEqual(
      client.peerConnection?.getConfiguration().iceServers?.flatMap(({ urls }) => urls),
      ['stun:127.0.0.1:3478'],
    );
    await client.stop();
    path = freshPath();
    const own = makeWhipClient({ endpoint: endpoint(`?link=${link}`), iceServers: [{ urls: 'stun:127.0.0.1:3479' }] });
    await own.start(given);
    assert.deepEqual(
      own.peerConnection?.getConfiguration().iceServers?.flatMap(({ urls }) => urls),
      ['stun:127.0.0.1:3479'],
    );
  });

  it('has the candidates in the offer when it is not to tell them later', async () => {
    const client = makeWhipClient({ endpoint: endpoint(), trickle: false });
    await client.start(given);
    await client.stop();
    const requests = await requestsOf(path);
    assert.match(requests[0]?.body ?? '', /^a=candidate:/m);
    assert.lengthOf(ofMethod(requests, 'PATCH'), 0);
  });

  it('puts the codec first that it is to prefer', async () => {
    const client = makeWhipClient({ endpoint: endpoint(), codec: 'vp9' });
    await client.start(given);
    await client.stop();
    const [post] = await requestsOf(path);
    const section = /^m=video[\s\S]*/m.exec(post?.body ?? '')?.[0] ?? '';
    const first = /^m=video \d+ \S+ (\d+)/.exec(section)?.[1];
    assert.match(section, new RegExp(`^a=rtpmap:${first} VP9/90000`, 'm'));
  });

  it('offers simulcast, with the bit rate shared by area', async () => {
    const client = makeWhipClient({ endpoint: endpoint(), simulcast: 3, maxBitrate: 2_100_000, maxFramerate: 15 });
    await client.start(given);
    const sender = client.peerConnection?.getSenders().find(({ track }) => track?.kind === 'video');
    const encodings = sender?.getParameters().encodings ?? [];
    assert.deepEqual(
      encodings.map(({ rid, maxBitrate, scaleResolutionDownBy }) => [rid, maxBitrate, scaleResolutionDownBy]),
      [
        ['q', 100_000, 4],
        ['h', 400_000, 2],
        ['f', 1_600_000, 1],
      ],
    );
    const [post] = await requestsOf(path);
    assert.match(post?.body ?? '', /^a=simulcast:send q;h;f\r$/m);
  });

  it('changes its figures without a negotiation', async () => {
    const client = makeWhipClient({ endpoint: endpoint(), maxBitrate: 500_000, degradation: 'maintain-framerate' });
    await client.start(given);
    await client.configure({ maxBitrate: 250_000, scaleDown: 2 });
    const sender = client.peerConnection?.getSenders().find(({ track }) => track?.kind === 'video');
    const [encoding] = sender?.getParameters().encodings ?? [];
    assert.equal(encoding?.maxBitrate, 250_000);
    assert.equal(encoding?.scaleResolutionDownBy, 2);
    assert.lengthOf(ofMethod(await requestsOf(path), 'POST'), 1);
  });
});

describeIf(hasPeers, noPeers, 'A WHEP client', () => {
  let origin: string;
  let path: string;

  before(async () => {
    origin = await mediaServer.start();
  });
  beforeEach(async () => {
    path = freshPath();
    await makeWhipClient({ endpoint: `${origin}/${path}/whip` }).start(await makeTracks());
  });

  const played = async () => (await requestsOf(path)).filter(({ url }) => url.includes('/whep'));

  it('asks for what it is to receive', async () => {
    const client = makeWhepClient({ endpoint: `${origin}/${path}/whep`, kinds: ['video'] });
    await client.start();
    await client.stop();
    const [post] = await played();
    assert.match(post?.body ?? '', /^m=video [\s\S]*^a=recvonly\r$/m);
    assert.notMatch(post?.body ?? '', /^m=audio/m);
  });

  it("answers the server's own offer", async () => {
    const client = makeWhepClient({ endpoint: `${origin}/${path}/whep?counter-offer`, token: TOKEN });
    await client.start();
    assert.sameMembers(
      client.tracks.map(({ kind }) => kind),
      ['audio', 'video'],
    );
    await client.stop();
    const requests = await played();
    assert.deepEqual(
      requests.slice(0, 2).map(({ method, status, headers }) => [method, status, headers['content-type']]),
      [
        ['POST', 406, 'application/sdp'],
        ['PATCH', 204, 'application/sdp'],
      ],
    );
    assert.match(requests[1]?.body ?? '', /^a=recvonly\r$/m);
    assert.equal(requests.at(-1)?.method, 'DELETE');
    for (const { headers } of requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  });
});
