/* What the clients read and reckon with, without a network. */

import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import { Backoff } from '../../dist/rtc/backoff.js';
import { readFragment, withFragment, writeFragment } from '../../dist/rtc/ice-fragment.js';
import { parseIceLinks } from '../../dist/rtc/ice-links.js';
import { sentOffer } from '../../dist/rtc/offer.js';
import { parseRetryAfter } from '../../dist/rtc/retry-after.js';
import { checkSendOptions, sendEncodings } from '../../dist/rtc/send-options.js';
import { rejectionOf } from '../support/rejections.js';
import { describeIf, hasPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

describe('A wait between tries', () => {
  const waits = (random: number, count: number) => {
    const backoff = new Backoff({ random: () => random }, { first: 500, most: 3000 });
    return Array.from({ length: count }, () => backoff.next());
  };

  it('doubles up to its bound, and lies between half of that and all', () => {
    assert.deepEqual(waits(0, 5), [250, 500, 1000, 1500, 1500]);
    assert.deepEqual(waits(1, 5), [500, 1000, 2000, 3000, 3000]);
    assert.deepEqual(waits(1, 2000).at(-1), 3000);
  });

  it('is never shorter than the server asks for', () => {
    for (const random of [0, 0.5, 1]) {
      const wait = new Backoff({ random: () => random }).next(7000);
      assert.isAtLeast(wait, 7000);
      assert.isAtMost(wait, 7700);
    }
  });

  it('is short again after something worked', () => {
    const backoff = new Backoff({ random: () => 1 });
    for (let times = 0; times < 9; times++) backoff.next();
    backoff.reset();
    assert.equal(backoff.next(), 500);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  const values: [string | null, number | null][] = [
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 21 Oct 2026 07:28:05 GMT', 5000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['99999999999999999999999', 86_400_000],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    [null, null],
  ];
  for (const [value, milliseconds] of values) {
    it(`of ${JSON.stringify(value)} is ${milliseconds} ms`, () => {
      assert.equal(parseRetryAfter(value, now), milliseconds);
    });
  }
});

describe('Link headers', () => {
  it('name STUN and TURN servers, several in one', () => {
    const header =
      '<stun:stun.example.net>; rel="ice-server", ' +
      '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="us,er"; credential="my\\"Pass;word"; credential-type="password", ' +
      '<turns:turn.example.net>;REL=ice-server;username=u;credential=c';
    assert.deepEqual(parseIceLinks(header), [
      { urls: 'stun:stun.example.net' },
      { urls: 'turn:turn.example.net?transport=udp', username: 'us,er', credential: 'my"Pass;word' },
      { urls: 'turns:turn.example.net', username: 'u', credential: 'c' },
    ]);
  });

  it('of other relations, schemes and credentials are passed over', () => {
    const others = [
      '<https://e.example/sse>; rel="urn:ietf:params:whip:ext:core:server-sent-events"',
      '<https://e.example>; rel="ice-server"',
      '<turn:t.example>; rel="ice-server"',
      '<turn:t.example>; rel="ice-server"; username="u"; credential="c"; credential-type="oauth"',
      '<stun:>; rel="ice-server"',
      'nonsense, <, >;;;"',
    ];
    assert.deepEqual(parseIceLinks(others.join(', ')), []);
    assert.deepEqual(parseIceLinks(null), []);
  });
});

const sdp = [
  'v=0',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'a=mid:0',
  'a=ice-ufrag:old',
  'a=ice-pwd:oldpassword',
  'a=candidate:1 1 udp 1 192.0.2.1 5000 typ host',
  'a=end-of-candidates',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=mid:1',
  'a=ice-ufrag:old',
  'a=ice-pwd:oldpassword',
  '',
].join('\r\n');

describe('A fragment of an ICE session', () => {
  it('has the first section, its credentials, all candidates and their end', () => {
    assert.equal(
      writeFragment(
        sdp,
        ['candidate:2 1 udp 1 192.0.2.2 5 typ host', 'candidate:3 1 udp 1 192.0.2.3 5 typ host'],
        true,
      ),
      'a=group:BUNDLE 0 1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=ice-ufrag:old\r\na=ice-pwd:oldpassword\r\n' +
        'a=candidate:2 1 udp 1 192.0.2.2 5 typ host\r\na=candidate:3 1 udp 1 192.0.2.3 5 typ host\r\na=end-of-candidates\r\n',
    );
    assert.notMatch(writeFragment(sdp, [], false), /end-of-candidates/);
  });

  it('is read wherever its credentials stand, and is none without them', () => {
    const fragment = readFragment(
      'a=ice-lite\na=ice-ufrag:new\na=ice-pwd:newpassword\nm=audio 9 X 0\na=candidate:9 x\n',
    );
    assert.deepEqual(fragment, { ufrag: 'new', pwd: 'newpassword', candidates: ['candidate:9 x'] });
    for (const text of ['', 'a=ice-ufrag:new', 'a=ice-pwd:x', '<html>', 'a=ice-ufrag:\na=ice-pwd:x']) {
      assert.isNull(readFragment(text));
    }
  });

  it('takes the place of what was answered before', () => {
    const fresh = withFragment(sdp, {
      ufrag: 'new',
      pwd: 'newpassword',
      candidates: ['candidate:9 1 udp 1 192.0.2.9 1 typ host'],
    });
    assert.notMatch(fresh, /old|192\.0\.2\.1 /);
    assert.lengthOf(fresh.match(/^a=ice-ufrag:new\r$/gm) ?? [], 2);
    assert.lengthOf(fresh.match(/192\.0\.2\.9/g) ?? [], 2);
    const kept = withFragment(sdp, { ufrag: 'new', pwd: 'newpassword', candidates: [] });
    assert.match(kept, /192\.0\.2\.1 /);
  });
});

describe('An offer', () => {
  it('has a port in every section of its bundle, and none in those that are refused', () => {
    const sections = 'v=0\r\nm=audio 9 X 0\r\nm=video 0 X 0\r\na=bundle-only\r\nm=audio 0 X 0\r\n';
    assert.equal(sentOffer(sections), 'v=0\r\nm=audio 9 X 0\r\nm=video 9 X 0\r\na=bundle-only\r\nm=audio 0 X 0\r\n');
  });
});

describe('How tracks are sent', () => {
  it('is one encoding, or layers that share the bit rate by area', () => {
    assert.deepEqual(sendEncodings('audio', { maxBitrate: 5, simulcast: 3 }), [{}]);
    assert.deepEqual(sendEncodings('video', { maxBitrate: 5000, scaleDown: 2, scalabilityMode: 'L1T2' }), [
      { maxBitrate: 5000, scaleResolutionDownBy: 2, scalabilityMode: 'L1T2' } as RTCRtpEncodingParameters,
    ]);
    assert.deepEqual(sendEncodings('video', { maxBitrate: 5000, simulcast: 2 }), [
      { rid: 'h', maxBitrate: 1000, scaleResolutionDownBy: 2 },
      { rid: 'f', maxBitrate: 4000 },
    ]);
  });

  it('has its bounds', () => {
    for (const options of [{ maxBitrate: 0 }, { maxFramerate: Number.NaN }, { scaleDown: 0.5 }, { simulcast: 4 }]) {
      assert.throws(() => checkSendOptions(options), RangeError, /; it takes /);
    }
  });
});

describe('A client', () => {
  const endpoint = 'https://media.example/live/whip';

  it('says what is wrong with what it is given, and repeats no secret', () => {
    const secret = 'hidden word';
    const wrong: [Record<string, unknown>, RegExp][] = [
      [{ endpoint: 'http://' }, /endpoint is no URL/],
      [{ endpoint: 'ftp://media.example' }, /endpoint is a URL of ftp:/],
      [{ endpoint: 'https://user:hidden@media.example/' }, /use token/],
      [{ endpoint, token: secret }, /token has characters that no header can carry/],
    ];
    for (const [init, message] of wrong) {
      for (const Client of [WhipClient, WhepClient]) {
        const error = thrown(() => new Client(init as { endpoint: string }));
        assert.instanceOf(error, TypeError);
        assert.match(error.message, message);
        assert.notInclude(error.message, 'hidden');
      }
    }
  });

  it('takes one track of each kind', async () => {
    const client = new WhipClient({ endpoint });
    const error = await client.start([]).catch((reason: unknown) => reason);
    assert.instanceOf(error, TypeError);
    assert.match((error as Error).message, /was given no track; WHIP takes/);
    assert.equal(client.state, 'idle');
  });

  it('is idle before it starts, and stops without a start', async () => {
    const client = new WhepClient({ endpoint });
    assert.equal(client.state, 'idle');
    await client.stop();
    assert.equal(client.state, 'idle');
    assert.isNull(client.peerConnection);
    assert.isNull(await client.getStats());
  });
});

const unable = !hasPeers;

describeIf(unable, 'this engine has an RTCPeerConnection', 'A client where there is no RTCPeerConnection', () => {
  it('fails and says so', async () => {
    const client = new WhepClient({ endpoint: 'https://media.example/live/whep', codec: 'vp8' });
    const error = await rejectionOf(client.start());
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /has no RTCPeerConnection/);
    assert.equal(client.state, 'failed');
  });
});

function thrown(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown.');
}
