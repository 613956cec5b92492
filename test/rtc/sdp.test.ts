/* SDP offers and ICE fragments, as they are sent and received. */
import { parseFragment, withBundlePorts, withFragment, writeFragment } from '../../dist/rtc/sdp.js';
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

  it('has no end of candidates while more may follow', () => {
    assert.notMatch(writeFragment(sdp, [], false), /end-of-candidates/);
  });

  it('is parsed wherever its credentials stand', () => {
    const fragment = parseFragment(
      'a=ice-lite\na=ice-ufrag:new\na=ice-pwd:newpassword\nm=audio 9 X 0\na=candidate:9 x\n',
    );
    assert.deepEqual(fragment, { ufrag: 'new', pwd: 'newpassword', candidates: ['candidate:9 x'] });
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
    assert.lengthOf(answer.match(/192\.0\.2\.9/g) ?? [], 2);
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
});
