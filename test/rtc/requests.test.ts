/* The requests of the clients, by the server's log: those that RFC 9725 and the WHEP draft ask for, and no others. */
import type { LoggedRequest } from '../support/media-server.js';
import { rejectionOf } from '../support/rejections.js';
import { makeTracks, makeWhepClient, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

const TOKEN = 'secret-token-1234';

const ofMethod = (requests: readonly LoggedRequest[], method: string) =>
  requests.filter((request) => request.method === method);

/** The same server under the name of another origin. */
function otherOriginOf(origin: string): URL {
  const other = new URL(origin);
  other.hostname = 'localhost';
  return other;
}

describeSession('A WHIP client', (session) => {
  let tracks: MediaStreamTrack[];

  beforeEach(async () => {
    tracks = await makeTracks();
  });

  /** Publishes until candidates have been sent, and stops. Resolves to all requests. */
  async function publishOnce(query = '', token?: string): Promise<LoggedRequest[]> {
    // Without candidates in the offer, all of them are sent later.
    const client = makeWhipClient({ endpoint: session.whipUrl(query), token, gatheringTimeout: 0 });
    await client.start(tracks);
    await waitFor(async () => (await session.requestsByMethod('PATCH')).at(-1)?.status, 'the candidates');
    await client.stop();
    return session.requests();
  }

  it('offers one bundle with one stream', async () => {
    const [post] = await publishOnce();
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

  it('sends all candidates in one request, with the entity tag', async () => {
    const requests = await publishOnce();
    const [patch, ...more] = ofMethod(requests, 'PATCH');
    assert.lengthOf(more, 0);
    assert.equal(patch?.headers['content-type'], 'application/trickle-ice-sdpfrag');
    assert.match(patch?.headers['if-match'] ?? '', /^"[^"]+"$/);
    assert.match(patch?.body ?? '', /^m=audio .*\r\na=mid:\S+\r\na=ice-ufrag:\S+\r\na=ice-pwd:\S+\r\na=candidate:/m);
    assert.match(patch?.body ?? '', /\r\na=end-of-candidates\r\n$/);
  });

  it('sends candidates without a condition if there is no entity tag or CORS hides it', async () => {
    for (const query of ['?etag=none', '?etag=hidden']) {
      session.useNewPath();
      const [patch, ...more] = ofMethod(await publishOnce(query), 'PATCH');
      assert.lengthOf(more, 0);
      assert.equal(patch?.status, 204);
      assert.notProperty(patch?.headers, 'if-match');
    }
  });

  it('sends candidates with If-Match: * to a server that demands a condition and hides its tag', async () => {
    const patches = ofMethod(await publishOnce('?etag=hidden&strict'), 'PATCH');
    assert.deepEqual(
      patches.map(({ status, headers }) => [status, headers['if-match']]),
      [
        [428, undefined],
        [204, '*'],
      ],
    );
  });

  for (const status of [405, 412, 422, 428, 501]) {
    it(`is live even if the server answers ${status} to candidates`, async () => {
      const patches = ofMethod(await publishOnce(`?patch=${status}`), 'PATCH');
      assert.equal(patches[0]?.status, status);
    });
  }

  it('ends the session without a condition', async () => {
    const [request, ...more] = ofMethod(await publishOnce(), 'DELETE');
    assert.lengthOf(more, 0);
    assert.equal(request?.status, 200);
    assert.notProperty(request?.headers, 'if-match');
  });

  it('ends a session whose Location is relative or absolute', async () => {
    for (const query of ['', '?location=absolute']) {
      session.useNewPath();
      assert.equal(ofMethod(await publishOnce(query), 'DELETE')[0]?.status, 200);
    }
  });

  it('sends its token with every request', async () => {
    const requests = await publishOnce(`?token=${TOKEN}`, TOKEN);
    assert.sameMembers([...new Set(requests.map(({ method }) => method))], ['POST', 'PATCH', 'DELETE']);
    for (const { headers } of requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  });

  it('sends no Authorization header without a token', async () => {
    for (const token of [undefined, '']) {
      session.useNewPath();
      for (const { headers } of await publishOnce('', token)) assert.notProperty(headers, 'authorization');
    }
  });

  it('fails if the server refuses its token, and no error contains a token', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl('?token=tok-9876'), token: TOKEN });
    const error = await rejectionOf(client.start(tracks));
    assert.equal(client.state, 'failed');
    assert.match(error.message, /^POST http:\/\/\S+\/whip got status 401; expected 201 with an SDP answer\. .*token/);
    assert.notInclude(`${error.message}${error.stack}${JSON.stringify(error)}`, TOKEN);
    assert.notInclude(error.message, 'tok-9876');
  });

  it('removes its token from a reason that the server gives', async () => {
    const reason = encodeURIComponent(`no ${TOKEN} here`);
    const client = makeWhipClient({ endpoint: session.whipUrl(`?status=400&reason=${reason}`), token: TOKEN });
    const error = await rejectionOf(client.start(tracks));
    assert.include(error.message, 'got status 400 (“no … here”)');
  });

  it('follows redirections of 307 and 308 with method, body and token', async () => {
    for (const status of [307, 308]) {
      session.useNewPath();
      const requests = await publishOnce(`?redirect=${status}&token=${TOKEN}`, TOKEN);
      const posts = ofMethod(requests, 'POST');
      assert.deepEqual(
        posts.map((post) => post.status),
        [status, 201],
      );
      assert.equal(posts[0]?.body, posts[1]?.body);
      for (const { headers } of requests) assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    }
  });

  it('sends its token to another origin only if tokenOrigins contains it', async () => {
    const other = otherOriginOf(session.origin);
    const query = `?redirect=307&origin=${other.host}&token=${TOKEN}`;
    const client = makeWhipClient({ endpoint: session.whipUrl(query), token: TOKEN });
    const error = await rejectionOf(client.start(tracks));
    assert.include(error.message, `redirected to ${other.origin}, and a token is not sent to another origin`);
    const [asked, redirected] = await session.requests();
    assert.equal(asked?.headers.authorization, `Bearer ${TOKEN}`);
    assert.notProperty(redirected?.headers, 'authorization');

    session.useNewPath();
    const trusting = makeWhipClient({ endpoint: session.whipUrl(query), token: TOKEN, tokenOrigins: [other.origin] });
    await trusting.start(tracks);
    await trusting.stop();
    const [, , ...requests] = await session.requests();
    assert.isAtLeast(requests.length, 2);
    for (const { url, headers } of requests) {
      assert.equal(new URL(url).origin, other.origin);
      assert.equal(headers.authorization, `Bearer ${TOKEN}`);
    }
  });

  it('does not send its token to a session that another origin created after a redirection', async () => {
    const other = otherOriginOf(session.origin);
    const requests = await publishOnce(`?redirect=307&origin=${other.host}`, TOKEN);
    assert.equal(requests[0]?.headers.authorization, `Bearer ${TOKEN}`);
    for (const { headers } of requests.slice(1)) assert.notProperty(headers, 'authorization');
  });

  it('uses the ICE servers that the answer names', async () => {
    const link = encodeURIComponent('<stun:127.0.0.1:3478>; rel="ice-server", <https://e.example>; rel="next"');
    const client = makeWhipClient({ endpoint: session.whipUrl(`?link=${link}`) });
    await client.start(tracks);
    assert.deepEqual(
      client.peerConnection?.getConfiguration().iceServers?.flatMap(({ urls }) => urls),
      ['stun:127.0.0.1:3478'],
    );
  });

  it('uses its own ICE servers in place of those that the answer names', async () => {
    const link = encodeURIComponent('<stun:127.0.0.1:3478>; rel="ice-server"');
    const client = makeWhipClient({
      endpoint: session.whipUrl(`?link=${link}`),
      iceServers: [{ urls: 'stun:127.0.0.1:3479' }],
    });
    await client.start(tracks);
    assert.deepEqual(
      client.peerConnection?.getConfiguration().iceServers?.flatMap(({ urls }) => urls),
      ['stun:127.0.0.1:3479'],
    );
  });

  it('has all candidates in the offer if trickle is false', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl(), trickle: false });
    await client.start(tracks);
    await client.stop();
    const requests = await session.requests();
    assert.match(requests[0]?.body ?? '', /^a=candidate:/m);
    assert.lengthOf(ofMethod(requests, 'PATCH'), 0);
  });

  it('offers the preferred codec first', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl(), codec: 'vp9' });
    await client.start(tracks);
    await client.stop();
    const [post] = await session.requests();
    const section = /^m=video[\s\S]*/m.exec(post?.body ?? '')?.[0] ?? '';
    const first = /^m=video \d+ \S+ (\d+)/.exec(section)?.[1];
    assert.match(section, new RegExp(`^a=rtpmap:${first} VP9/90000`, 'm'));
  });

  it('offers simulcast, with the bit rate shared by area', async () => {
    const client = makeWhipClient({
      endpoint: session.whipUrl(),
      simulcast: 3,
      maxBitrate: 2_100_000,
      maxFramerate: 15,
    });
    await client.start(tracks);
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
    const [post] = await session.requests();
    assert.match(post?.body ?? '', /^a=simulcast:send q;h;f\r$/m);
  });

  it('changes bit rate and scale without a negotiation', async () => {
    const client = makeWhipClient({
      endpoint: session.whipUrl(),
      maxBitrate: 500_000,
      degradation: 'maintain-framerate',
    });
    await client.start(tracks);
    await client.configure({ maxBitrate: 250_000, scaleDown: 2 });
    const sender = client.peerConnection?.getSenders().find(({ track }) => track?.kind === 'video');
    const [encoding] = sender?.getParameters().encodings ?? [];
    assert.equal(encoding?.maxBitrate, 250_000);
    assert.equal(encoding?.scaleResolutionDownBy, 2);
    assert.lengthOf(await session.requestsByMethod('POST'), 1);
  });
});

describeSession('A WHEP client', (session) => {
  beforeEach(async () => {
    await makeWhipClient({ endpoint: session.whipUrl() }).start(await makeTracks());
  });

  const playerRequests = async () => (await session.requests()).filter(({ url }) => url.includes('/whep'));

  it('asks only for the kinds of its options', async () => {
    const client = makeWhepClient({ endpoint: session.whepUrl(), kinds: ['video'] });
    await client.start();
    await client.stop();
    const [post] = await playerRequests();
    assert.match(post?.body ?? '', /^m=video [\s\S]*^a=recvonly\r$/m);
    assert.notMatch(post?.body ?? '', /^m=audio/m);
  });

  it('answers an offer of the server', async () => {
    const client = makeWhepClient({ endpoint: session.whepUrl('?counter-offer'), token: TOKEN });
    await client.start();
    assert.sameMembers(
      client.tracks.map(({ kind }) => kind),
      ['audio', 'video'],
    );
    await client.stop();
    const requests = await playerRequests();
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
