/* SDP offers and ICE fragments, as they are sent and received. */
import {
  answerOfOffer,
  parseFragment,
  withBundlePorts,
  withFormatsOf,
  withFragment,
  withoutEndOfCandidates,
  writeFragment,
} from '../../dist/rtc/sdp.js';
import { assert, describe, it } from '../support/suite.js';

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

describe('An ICE fragment', () => {
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
  });

  it('begins with the ICE options of the description, wherever they stand there', () => {
    for (const place of ['m=audio', 'a=mid:0']) {
      const withOptions = sdp.replace(place, `a=ice-options:trickle renomination\r\n${place}`);
      assert.match(
        writeFragment(withOptions, [], false),
        /^a=ice-options:trickle renomination\r\na=group:BUNDLE 0 1\r\n/,
      );
    }
    assert.notMatch(writeFragment(`${sdp}a=ice-lite\r\n`, [], false), /ice-lite|ice-options/);
  });

  it('has the section of the bundle if the first one was rejected', () => {
    const rejected = sdp
      .replace('BUNDLE 0 1', 'BUNDLE 1')
      .replace('m=audio 9', 'm=audio 0')
      .replace('a=ice-ufrag:old\r\na=ice-pwd:oldpassword\r\na=candidate', 'a=candidate');
    assert.match(
      writeFragment(rejected, [], true),
      /\r\nm=video 9 .*\r\na=mid:1\r\na=ice-ufrag:old\r\na=ice-pwd:oldpassword\r\n/,
    );
  });

  it('has no end of candidates while more may follow', () => {
    assert.notMatch(writeFragment(sdp, [], false), /end-of-candidates/);
  });

  it('is parsed wherever its credentials stand', () => {
    const fragment = parseFragment(
      'a=ice-lite\na=ice-ufrag:new\na=ice-pwd:newpassword\nm=audio 9 X 0\na=candidate:9 x\n',
    );
    assert.deepEqual(fragment, { ufrag: 'new', pwd: 'newpassword', candidates: ['candidate:9 x'] });
  });

  it('is parsed from the section of the bundle if it has several', () => {
    const section = (mid: string, host: string) =>
      `m=audio 9 X 0\r\na=mid:${mid}\r\na=ice-ufrag:u${mid}\r\na=ice-pwd:p${mid}\r\na=candidate:${host}\r\n`;
    const sections = section('0', 'a') + section('1', 'b');
    assert.deepEqual(parseFragment(`a=group:BUNDLE 1 0\r\n${sections}`), {
      ufrag: 'u1',
      pwd: 'p1',
      candidates: ['candidate:b'],
    });
    assert.deepEqual(parseFragment(sections), { ufrag: 'u0', pwd: 'p0', candidates: ['candidate:a'] });
  });

  it('replaces credentials that stand before all sections', () => {
    const common = 'v=0\r\na=ice-ufrag:old\r\na=ice-pwd:oldpassword\r\nm=audio 9 X 0\r\na=mid:0\r\n';
    assert.equal(
      withFragment(common, { ufrag: 'new', pwd: 'newpassword', candidates: ['candidate:9 x'] }),
      'v=0\r\na=ice-ufrag:new\r\na=ice-pwd:newpassword\r\nm=audio 9 X 0\r\na=mid:0\r\na=candidate:9 x\r\n',
    );
  });

  it('is null without credentials', () => {
    for (const text of ['', 'a=ice-ufrag:new', 'a=ice-pwd:x', '<html>', 'a=ice-ufrag:\na=ice-pwd:x']) {
      assert.isNull(parseFragment(text));
    }
  });

  it('replaces the credentials and candidates of the previous answer', () => {
    const candidates = ['candidate:9 1 udp 1 192.0.2.9 1 typ host'];
    const answer = withFragment(sdp, { ufrag: 'new', pwd: 'newpassword', candidates });
    assert.notMatch(answer, /old|192\.0\.2\.1 /);
    assert.lengthOf(answer.match(/^a=ice-ufrag:new\r$/gm) ?? [], 2);
    // In a bundle only its first section has candidates (RFC 9143, 7.1.3 and RFC 8843 before it).
    assert.lengthOf(answer.match(/192\.0\.2\.9/g) ?? [], 1);
    assert.match(answer, /a=mid:0\r\n[^m]*192\.0\.2\.9/);
  });

  it('keeps the previous candidates if it has none', () => {
    const answer = withFragment(sdp, { ufrag: 'new', pwd: 'newpassword', candidates: [] });
    assert.match(answer, /192\.0\.2\.1 /);
  });
});

describe('An offer', () => {
  it('has port 9 in bundle-only sections, and port 0 only in rejected ones', () => {
    const sections = 'v=0\r\nm=audio 9 X 0\r\nm=video 0 X 0\r\na=bundle-only\r\nm=audio 0 X 0\r\n';
    assert.equal(
      withBundlePorts(sections),
      'v=0\r\nm=audio 9 X 0\r\nm=video 9 X 0\r\na=bundle-only\r\nm=audio 0 X 0\r\n',
    );
  });

  it('of the browser keeps the format parameters that it was set with', () => {
    const created = 'm=audio 9 X 111\r\na=fmtp:111 minptime=10;stereo=1;sprop-stereo=1\r\n';
    const local = 'm=audio 9 X 111\r\na=fmtp:111 stereo=1;minptime=10\r\na=candidate:1 x\r\na=fmtp:96 x=1\r\n';
    assert.equal(withFormatsOf(created, local), `${created}a=candidate:1 x\r\na=fmtp:96 x=1\r\n`);
  });

  it('leaves open whether candidates follow', () => {
    const section = 'm=audio 9 X 0\r\na=candidate:1 x\r\n';
    assert.equal(
      withoutEndOfCandidates(`v=0\r\n${section}a=end-of-candidates\r\n${section}`),
      `v=0\r\n${section}${section}`,
    );
  });

  it('of the server becomes an answer with the roles, directions and rejections that were negotiated', () => {
    const section = (kind: string, mid: number, direction: string, setup: string, port = 9) =>
      `m=${kind} ${port} X 0\r\na=mid:${mid}\r\na=setup:${setup}\r\na=${direction}\r\n`;
    const offer = `v=0\r\na=group:BUNDLE 0 1 2\r\n${section('audio', 0, 'sendrecv', 'actpass')}${section('video', 1, 'sendonly', 'actpass')}${section('video', 2, 'sendonly', 'actpass')}`;
    const answer = `v=0\r\na=group:BUNDLE 0 1\r\n${section('audio', 0, 'recvonly', 'active')}${section('video', 1, 'recvonly', 'active')}${section('video', 2, 'inactive', 'active', 0)}`;
    assert.equal(
      answerOfOffer(offer, answer, ''),
      `v=0\r\na=group:BUNDLE 0 1\r\n${section('audio', 0, 'sendonly', 'passive')}${section('video', 1, 'sendonly', 'passive')}${section('video', 2, 'inactive', 'passive', 0)}`,
    );
    assert.match(answerOfOffer(offer, answer.replaceAll('setup:active', 'setup:passive'), ''), /a=setup:active/);
  });

  it('of the server becomes an answer with those header extensions that have the same id in both offers', () => {
    const offer = 'v=0\r\nm=audio 9 X 0\r\na=extmap:1 urn:a\r\na=extmap:2 urn:b\r\na=extmap:4 urn:c\r\na=sendonly\r\n';
    const answer = 'v=0\r\nm=audio 9 X 0\r\na=recvonly\r\n';
    const laterOffer = 'v=0\r\nm=audio 9 X 0\r\na=extmap:3 urn:a\r\na=extmap:2/recvonly urn:b\r\na=recvonly\r\n';
    assert.equal(
      answerOfOffer(offer, answer, laterOffer),
      'v=0\r\nm=audio 9 X 0\r\na=extmap:2 urn:b\r\na=sendonly\r\n',
    );
  });
});
