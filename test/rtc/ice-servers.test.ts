/* The ICE servers that a server names in a `Link` header. */
import { parseIceServers, timeToExpiry } from '../../dist/rtc/ice-server-links.js';
import { assert, describe, it } from '../support/suite.js';

describe('The Link header', () => {
  it('names STUN and TURN servers, several in one header', () => {
    const header =
      '<stun:stun.example.net>; rel="ice-server", ' +
      '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="us,er"; credential="my\\"Pass;word"; credential-type="password", ' +
      '<turns:turn.example.net>;REL=ice-server;username=u;credential=c';
    assert.deepEqual(parseIceServers(header), [
      { urls: 'stun:stun.example.net' },
      { urls: 'turn:turn.example.net?transport=udp', username: 'us,er', credential: 'my"Pass;word' },
      { urls: 'turns:turn.example.net', username: 'u', credential: 'c' },
    ]);
  });

  it('is ignored for other relations, other schemes, and TURN servers without a password', () => {
    const links = [
      '<https://e.example/sse>; rel="urn:ietf:params:whip:ext:core:server-sent-events"',
      '<https://e.example>; rel="ice-server"',
      '<turn:t.example>; rel="ice-server"',
      '<turn:t.example>; rel="ice-server"; username="u"; credential="c"; credential-type="oauth"',
      '<stun:>; rel="ice-server"',
      'nonsense, <, >;;;"',
    ];
    assert.deepEqual(parseIceServers(links.join(', ')), []);
    assert.deepEqual(parseIceServers(null), []);
  });
});

describe('The time until the credentials of a TURN server expire', () => {
  // 2026-11-29T12:00:00Z
  const now = 1_795_953_600_000;
  const turn = (parameters: string) => `<turn:t.example>; rel="ice-server"; credential="c"; ${parameters}`;

  it('is that of the user name or of valid-until, and the shortest one of several servers', () => {
    const inAMinute = now / 1000 + 60;
    assert.equal(timeToExpiry(turn(`username="${inAMinute}:anna"`), now), 60_000);
    assert.equal(timeToExpiry(turn(`username="${inAMinute}"`), now), 60_000);
    assert.equal(timeToExpiry(turn(`username="u"; valid-until="${inAMinute + 1}"`), now), 61_000);
    assert.equal(timeToExpiry(turn('username="u"; valid-until="Sun, 29 Nov 2026 12:02:00 GMT"'), now), 120_000);
    const several = [turn(`username="${inAMinute + 9}:u"`), turn(`username="${inAMinute}:u"`)].join(', ');
    assert.equal(timeToExpiry(several, now), 60_000);
  });

  it('is unknown for other user names, for times that are over, and for STUN servers', () => {
    const headers = [turn('username="12345:u"'), turn(`username="${now / 1000 - 1}:u"`), '<stun:s>; rel="ice-server"'];
    for (const header of [...headers, null]) assert.isNull(timeToExpiry(header, now));
  });
});
