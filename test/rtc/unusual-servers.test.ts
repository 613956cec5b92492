/* Servers and proxies that do not quite follow the standard: the session is live, and a warning says what is missing. */
import type { RtcClient } from '../../dist/rtc/rtc-client.js';
import type { LoggedRequest } from '../support/media-server.js';
import { makeTracks, makeWhepClient, makeWhipClient, waitForFrames } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, beforeEach, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

/** The warnings of a client, by message. */
function warningsOf(client: RtcClient): string[] {
  const warnings: string[] = [];
  client.addEventListener('warning', ({ message }) => warnings.push(message));
  return warnings;
}

/** Without candidates in the offer, all of them are sent later. */
const withoutGathering = { gatheringTimeout: 0 };

const methodsOf = (requests: readonly LoggedRequest[]) => requests.map(({ method, status }) => `${method} ${status}`);

describeSession('A publisher of an unusual server', (session) => {
  let tracks: MediaStreamTrack[];

  beforeEach(async () => {
    tracks = await makeTracks();
  });

  /** Publishes, waits for candidates if some are sent, and stops. */
  async function publish(query: string, options = {}) {
    const client = makeWhipClient({ endpoint: session.whipUrl(query), ...withoutGathering, ...options });
    const warnings = warningsOf(client);
    await client.start(tracks);
    await sleep(400);
    const whileLive = [...warnings];
    assert.equal(client.state, 'live');
    await client.stop();
    return { whileLive, afterwards: warnings.slice(whileLive.length), requests: await session.requests() };
  }

  for (const status of [404, 410]) {
    it(`is live in one session if candidates get ${status}, and names a proxy and the URL`, async () => {
      const { whileLive, afterwards, requests } = await publish(`?patch=${status}&delete=${status}`);
      assert.deepEqual(methodsOf(requests), ['POST 201', `PATCH ${status}`, `DELETE ${status}`]);
      assert.lengthOf(whileLive, 1);
      assert.match(whileLive[0] ?? '', new RegExp(`^PATCH http://\\S+/whip/\\S+ got status ${status};.* proxy .*path`));
      assert.match(whileLive[0] ?? '', /neither be repaired nor ended/);
      assert.lengthOf(afterwards, 1);
      assert.match(
        afterwards[0] ?? '',
        new RegExp(`^DELETE http://\\S+/whip/\\S+ got status ${status};.* proxy .*remain`),
      );
    });
  }

  for (const status of [401, 403, 418, 499, 500, 503, 599]) {
    it(`is live in one session if candidates get ${status}, and warns once`, async () => {
      const { whileLive, requests } = await publish(`?patch=${status}`);
      assert.deepEqual(methodsOf(requests), ['POST 201', `PATCH ${status}`, 'DELETE 200']);
      assert.lengthOf(whileLive, 1);
      assert.include(whileLive[0] ?? '', `got status ${status}; expected 204 for the candidates.`);
    });
  }

  for (const status of [405, 500]) {
    it(`warns that the session may remain if its end gets ${status}`, async () => {
      const { whileLive, afterwards } = await publish(`?delete=${status}`);
      assert.deepEqual(whileLive, []);
      assert.lengthOf(afterwards, 1);
      assert.match(afterwards[0] ?? '', new RegExp(`^DELETE \\S+ got status ${status};.* may remain on the server`));
    });
  }

  const withoutUrl: [location: string, reason: RegExp][] = [
    ['none', /no Location .*CORS/],
    ['hidden', /no Location .*CORS/],
    ['ftp://media.example/1', /a Location of ftp:/],
    ['http://user:w0rd@media.example/1', /a user name or a password/],
    ['http://[', /not a URL/],
  ];
  for (const [location, reason] of withoutUrl) {
    it(`is live with one warning if its Location is ${location}`, async () => {
      const { whileLive, afterwards, requests } = await publish(`?location=${encodeURIComponent(location)}`);
      assert.deepEqual(methodsOf(requests), ['POST 201']);
      assert.lengthOf(whileLive, 1);
      assert.match(whileLive[0] ?? '', reason);
      assert.match(whileLive[0] ?? '', /can neither be repaired nor ended/);
      assert.notInclude(whileLive[0] ?? '', 'w0rd');
      assert.deepEqual(afterwards, []);
    });
  }

  const accepted: [query: string, warning: RegExp | null][] = [
    ['?created=200', /got status 200; expected 201\. The answer is used\.$/],
    ['?created=202', /got status 202; expected 201\. The answer is used\.$/],
    ['?type=none', /got 201 with no content type; expected application\/sdp\. The answer is used\.$/],
    ['?type=text/plain', /got 201 with the content type text\/plain; expected application\/sdp\./],
    [`?type=${encodeURIComponent('Application/SDP; charset=utf-8')}`, null],
  ];
  for (const [query, warning] of accepted) {
    it(`uses an SDP answer with ${query.slice(1)}${warning ? ', and warns' : ''}`, async () => {
      const { whileLive, requests } = await publish(query);
      assert.lengthOf(requests, 3);
      assert.lengthOf(whileLive, warning ? 1 : 0);
      if (warning) assert.match(whileLive[0] ?? '', warning);
    });
  }

  it('uses an answer that comes after the time for a request', async () => {
    const { whileLive, requests } = await publish('?answer-delay=1200', { requestTimeout: 1000 });
    assert.deepEqual(methodsOf(requests), ['POST 201', 'PATCH 204', 'DELETE 200']);
    assert.lengthOf(whileLive, 1);
    assert.match(whileLive[0] ?? '', /got no answer within 1000 ms; .* awaited/);
  });

  it('ends a session whose answer comes when the client has begun another one', async () => {
    const client = makeWhipClient({
      endpoint: session.whipUrl('?answer-delay=1000&times=1'),
      requestTimeout: 300,
      backoff: { first: 100, max: 100 },
    });
    await client.start(tracks);
    await waitFor(
      async () => (await session.requestsByMethod('DELETE')).some(({ status }) => status === 200),
      'the end of the first session',
    );
    assert.equal(client.state, 'live');
    assert.equal(await session.sessionCount(), 2);
    const [first] = await session.requestsByMethod('DELETE');
    const patched = (await session.requestsByMethod('PATCH')).map(({ url }) => url);
    assert.notInclude(patched, first?.url);
  });

  it('sends the full picture if the server takes no simulcast, and warns', async () => {
    const [video] = await makeTracks('<pattern-source pattern="ball" width="640" height="360"></pattern-source>');
    const client = makeWhipClient({
      endpoint: session.whipUrl('?simulcast=none'),
      simulcast: 3,
      maxBitrate: 2_100_000,
    });
    const warnings = warningsOf(client);
    await client.start([video as MediaStreamTrack]);
    assert.deepEqual(warnings, ['simulcast offers 3 sizes; the server takes one size: the full picture is sent.']);
    const sender = client.peerConnection?.getSenders().find(({ track }) => track?.kind === 'video');
    await waitFor(() => sender?.getParameters().encodings[0]?.scaleResolutionDownBy === 1, 'the full picture');
    const encodings = sender?.getParameters().encodings ?? [];
    assert.deepEqual(
      encodings.map(({ maxBitrate }) => maxBitrate),
      [2_100_000],
    );
    const sentHeights = async () => {
      const reports: ReadonlyMap<string, RTCOutboundRtpStreamStats> = (await client.getStats()) ?? new Map();
      const sent = [...reports.values()].filter(({ type }) => type === 'outbound-rtp');
      return sent.map(({ rid, frameHeight, framesEncoded }) => `${rid}: ${framesEncoded} of ${frameHeight}`);
    };
    let heights: string[] = [];
    await waitFor(
      async () => {
        heights = await sentHeights();
        // Firefox names no layer any more.
        return heights.some((text) => /^(q|undefined): [1-9]\d* of 360$/.test(text));
      },
      () => `pictures of 360 lines: ${heights.join('; ')}`,
    );
  });

  it('sends the full picture and half of it if the server takes two of three sizes, and warns', async () => {
    const [video] = await makeTracks('<pattern-source pattern="ball" width="640" height="360"></pattern-source>');
    const client = makeWhipClient({ endpoint: session.whipUrl('?simulcast=2'), simulcast: 3, maxBitrate: 2_000_000 });
    const warnings = warningsOf(client);
    await client.start([video as MediaStreamTrack]);
    assert.deepEqual(warnings, ['simulcast offers 3 sizes; the server takes 2 sizes.']);
    const sender = client.peerConnection?.getSenders().find(({ track }) => track?.kind === 'video');
    const encodings = () => sender?.getParameters().encodings ?? [];
    await waitFor(() => encodings()[1]?.scaleResolutionDownBy === 1, 'the full picture');
    // Half of the width and height has a quarter of the pixels, so it gets a fifth of all bits.
    assert.deepEqual(
      encodings().map(({ rid, scaleResolutionDownBy, maxBitrate }) => [rid, scaleResolutionDownBy, maxBitrate]),
      [
        ['q', 2, 400_000],
        ['h', 1, 1_600_000],
      ],
    );
    const sentHeights = async () => {
      const reports: ReadonlyMap<string, RTCOutboundRtpStreamStats> = (await client.getStats()) ?? new Map();
      const sent = [...reports.values()].filter((report) => report.type === 'outbound-rtp' && report.framesEncoded);
      return sent.map(({ rid, frameHeight }) => `${rid}: ${frameHeight}`).sort();
    };
    let heights: string[] = [];
    await waitFor(
      async () => {
        heights = await sentHeights();
        return heights.join() === 'h: 360,q: 180';
      },
      () => `pictures of 360 and 180 lines: ${heights.join('; ')}`,
    );
  });

  it('warns if the server refuses a kind of media', async () => {
    for (const [kind, other] of [
      ['video', 'audio'],
      ['audio', 'video'],
    ]) {
      session.useNewPath();
      const { whileLive } = await publish(`?refuse=${kind}`);
      assert.deepEqual(whileLive, [`The server has not taken the ${kind}: only ${other} is sent.`]);
    }
  });

  it('warns if the server takes another codec than the one that was asked for', async () => {
    const { whileLive } = await publish('?codec=VP8', { codec: 'vp9, opus' });
    assert.deepEqual(whileLive, ['codec asks for video/VP9; the server has taken video/VP8 for the video.']);
    session.useNewPath();
    assert.deepEqual((await publish('', { codec: 'vp9' })).whileLive, []);
  });
});

describeSession('A player of an unusual server', (session) => {
  beforeEach(async () => {
    await makeWhipClient({ endpoint: session.whipUrl() }).start(await makeTracks());
  });

  const offers = async () =>
    (await session.requestsByMethod('POST'))
      .filter(({ url }) => url.includes('/whep'))
      .map(({ body, status }) => `${[...body.matchAll(/^m=(\w+)/gm)].map(([, kind]) => kind).join()} ${status}`);

  for (const [kind, expected] of [
    ['video', ['audio,video 406', 'video 201']],
    ['audio', ['audio,video 406', 'video 406', 'audio 201']],
  ] as const) {
    it(`asks at once for one kind if a stream of ${kind} gets 406, and keeps it for the next session`, async () => {
      const client = makeWhepClient({ endpoint: session.whepUrl(`?kinds=${kind}`), backoff: { first: 1, max: 1 } });
      const warnings = warningsOf(client);
      await client.start();
      assert.deepEqual(await offers(), [...expected]);
      assert.deepEqual(
        client.tracks.map((track) => track.kind),
        [kind],
      );
      assert.lengthOf(warnings, expected.length - 1);
      assert.match(warnings[0] ?? '', /got status 406 .* The next offer asks for video alone\.$/);
      const before = client.peerConnection;
      dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await waitFor(() => client.peerConnection !== before && client.state === 'live', 'the next session');
      // On a busy machine the next session may take two tries.
      const later = (await offers()).slice(expected.length);
      assert.deepEqual(later, Array(Math.max(1, later.length)).fill(`${kind} 201`));
    });
  }

  it('keeps its jitter target in the next session of the same client', async () => {
    const client = makeWhepClient({ endpoint: session.whepUrl(), jitterTarget: 300 });
    const targets = () =>
      client.peerConnection
        ?.getReceivers()
        .map((receiver) => (receiver as { jitterBufferTarget?: number }).jitterBufferTarget);
    await client.start();
    assert.deepEqual(targets(), [300, 300]);
    client.jitterTarget = 700;
    const before = client.peerConnection;
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitFor(
      () => client.peerConnection && client.peerConnection !== before && client.state === 'live',
      'the next session',
    );
    assert.equal(client.jitterTarget, 700);
    assert.deepEqual(targets(), [700, 700]);
  });

  it('plays with candidates that get 404', async () => {
    const client = makeWhepClient({ endpoint: session.whepUrl('?patch=404'), ...withoutGathering });
    const warnings = warningsOf(client);
    await client.start();
    await waitForFrames(client);
    assert.lengthOf(warnings, 1);
    assert.lengthOf(await offers(), 1);
  });
});
