/* The options of a WHIP or WHEP client: which are accepted, and what the errors say. */
import { WhepClient } from 'track-elements/rtc/whep-client';
import { WhipClient } from 'track-elements/rtc/whip-client';
import { checkSendOptions, needsNegotiation, sendEncodings } from '../../dist/rtc/send-options.js';
import { rejectionOf } from '../support/rejections.js';
import { describeIf, hasPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';

describe('Send options', () => {
  it('give audio one encoding without limits', () => {
    assert.deepEqual(sendEncodings('audio', { maxBitrate: 5, simulcast: 3 }), [{}]);
  });

  it('give video one encoding with all of them', () => {
    assert.deepEqual(sendEncodings('video', { maxBitrate: 5000, scaleDown: 2, scalabilityMode: 'L1T2' }), [
      { maxBitrate: 5000, scaleResolutionDownBy: 2, scalabilityMode: 'L1T2' } as RTCRtpEncodingParameters,
    ]);
  });

  it('give simulcast layers shares of the bit rate by their area', () => {
    assert.deepEqual(sendEncodings('video', { maxBitrate: 5000, simulcast: 2 }), [
      { rid: 'h', maxBitrate: 1000, scaleResolutionDownBy: 2 },
      { rid: 'f', maxBitrate: 4000 },
    ]);
  });

  it('give simulcast layers of VP9 and AV1 a mode without spatial layers, unless another is asked for', () => {
    const modesOf = (options: object, codec?: string) =>
      sendEncodings('video', { simulcast: 2, ...options }, codec).map((encoding) =>
        Reflect.get(encoding, 'scalabilityMode'),
      );
    assert.deepEqual(modesOf({}, 'video/VP9'), ['L1T1', 'L1T1']);
    assert.deepEqual(modesOf({}, 'video/AV1'), ['L1T1', 'L1T1']);
    assert.deepEqual(modesOf({ scalabilityMode: 'L1T3' }, 'video/VP9'), ['L1T3', 'L1T3']);
    assert.deepEqual(modesOf({}, 'video/VP8'), [undefined, undefined]);
    assert.deepEqual(modesOf({ simulcast: 1 }, 'video/VP9'), [undefined]);
  });

  it('that are null leave the choice to the browser, as those that are not given do', () => {
    const unset = { maxBitrate: null, maxFramerate: null, audioBitrate: null };
    checkSendOptions(unset);
    assert.deepEqual(sendEncodings('video', unset), [{}]);
    assert.isFalse(needsNegotiation({}, unset));
    assert.isTrue(needsNegotiation({ audioBitrate: 9000 }, unset));
  });

  it('need no negotiation if they are set to their present values', () => {
    const same: [previous: object, next: object][] = [
      [{}, { simulcast: 1 }],
      [{ simulcast: 1 }, { simulcast: undefined }],
      [{ codec: undefined }, { codec: '' }],
      [{ codec: [] }, {}],
      [{ codec: 'vp9, opus' }, { codec: ['VP9', 'opus'] }],
    ];
    for (const [previous, next] of same) {
      assert.isFalse(needsNegotiation(previous, next), `${JSON.stringify(previous)} and ${JSON.stringify(next)}`);
    }
    const different: [previous: object, next: object][] = [
      [{}, { simulcast: 2 }],
      [{ codec: 'vp9, vp8' }, { codec: 'vp8, vp9' }],
      // Unset, it is what the server says.
      [{}, { audioDtx: false }],
      [{ audioFec: true }, {}],
    ];
    for (const [previous, next] of different) {
      assert.isTrue(needsNegotiation(previous, next), `${JSON.stringify(previous)} and ${JSON.stringify(next)}`);
    }
  });

  const outOfRange: [options: object, message: string][] = [
    [{ maxBitrate: 0 }, 'maxBitrate is 0; it must be a number above 0 bit/s.'],
    [{ maxBitrate: '500000' }, 'maxBitrate is "500000"; it must be a number above 0 bit/s.'],
    [{ maxFramerate: Number.NaN }, 'maxFramerate is NaN; it must be a number above 0.'],
    [{ scaleDown: 0.5 }, 'scaleDown is 0.5; it must be a number of at least 1.'],
    [{ simulcast: 4 }, 'simulcast is 4; it must be a whole number from 1 to 3.'],
    [{ simulcast: true }, 'simulcast is true; it must be a whole number from 1 to 3.'],
    [{ audioBitrate: 0 }, 'audioBitrate is 0; it must be a whole number from 6000 to 510000 bit/s.'],
  ];
  for (const [options, message] of outOfRange) {
    it(`are refused out of range: ${message}`, () => {
      assert.equal(errorOf(() => checkSendOptions(options)).message, message);
      assert.throws(() => checkSendOptions(options), RangeError);
    });
  }
});

describe('A client', () => {
  const endpoint = 'https://media.example/live/whip';

  const invalid: [options: { endpoint: string; token?: string; tokenOrigins?: string[] }, message: RegExp][] = [
    [{ endpoint: '' }, /^endpoint is empty; it must be the URL of a server\.$/],
    [{ endpoint: 'http://' }, /^endpoint is not a URL; it must be the URL of a server\.$/],
    [{ endpoint: 'ftp://media.example' }, /^endpoint is a URL of ftp:; it must be a URL of https: or http:\.$/],
    [{ endpoint: 'https://user:hidden@media.example/' }, /^endpoint has a user name or a password; .*token/],
    [{ endpoint, tokenOrigins: ['edge'] }, /^tokenOrigins contains "edge"; it must contain origins such as "https:/],
    [{ endpoint, tokenOrigins: 'edge' as never }, /^tokenOrigins is "edge"; it must be a list of origins such as/],
    [{ endpoint, tokenOrigins: [5] as never }, /^tokenOrigins contains 5; it must contain origins/],
    [{ endpoint, token: 5 as never }, /^token is not plain ASCII; it must be ASCII without spaces\.$/],
    [{ endpoint, token: 'hidden word' }, /^token is not plain ASCII; it must be ASCII without spaces\.$/],
  ];
  for (const Client of [WhipClient, WhepClient]) {
    for (const [options, message] of invalid) {
      it(`${Client.name} refuses ${JSON.stringify(options)} and repeats no secret`, () => {
        const error = errorOf(() => new Client(options));
        assert.instanceOf(error, TypeError);
        assert.match(error.message, message);
        assert.notInclude(error.message, 'hidden');
      });
    }
  }

  it('refuses to publish no track', async () => {
    const client = new WhipClient({ endpoint });
    const error = await rejectionOf(client.start([]));
    assert.instanceOf(error, TypeError);
    assert.equal(error.message, 'tracks contains no track; it must contain one video track, one audio track, or both.');
    assert.equal(client.state, 'idle');
  });

  it('is idle before it starts, and stays idle if it is stopped', async () => {
    const client = new WhepClient({ endpoint });
    assert.equal(client.state, 'idle');
    await client.stop();
    assert.equal(client.state, 'idle');
    assert.isNull(client.peerConnection);
    assert.isNull(await client.getStats());
  });
});

describeIf(!hasPeers, 'this engine has an RTCPeerConnection', 'A client without RTCPeerConnection', () => {
  it('fails with NotSupportedError', async () => {
    const client = new WhepClient({ endpoint: 'https://media.example/live/whep', codec: 'vp8' });
    const error = await rejectionOf(client.start());
    assert.equal(error.name, 'NotSupportedError');
    assert.match(error.message, /has no RTCPeerConnection/);
    assert.equal(client.state, 'failed');
  });
});

function errorOf(body: () => unknown): Error {
  try {
    body();
  } catch (error) {
    return error as Error;
  }
  return assert.fail('Nothing was thrown.');
}
