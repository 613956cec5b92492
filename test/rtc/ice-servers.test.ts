/* The ICE servers that a server names in a `Link` header. */
import { parseIceServers } from '../../dist/rtc/ice-server-links.js';
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
