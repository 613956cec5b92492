/* An ICE restart that turns out to be needless is given up: the ICE session that continues still tells its late candidates. */
import { FakeClock } from '../support/fake-clock.js';
import { PageServer } from '../support/page-server.js';
import { makeTracks, makeWhipClient } from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { sleep, waitFor } from '../support/waiting.js';

const ufragOf = (sdp: string | undefined): string => /^a=ice-ufrag:(\S+)/m.exec(sdp ?? '')?.[1] ?? '';

describeIf(hasPeers, noPeers, 'After a restart of ICE that was needless', () => {
  it('sends the late candidates of the ICE session that continues, and none of the other one', async function () {
    this.timeout(60_000);
    const clock = new FakeClock();
    /** Lets the clock run until something has happened, with time for the browser in between. */
    const runUntil = <T>(probe: () => T, message: string) =>
      waitFor(async () => {
        const value = probe();
        if (!value) await clock.advance(50);
        return value;
      }, message);
    const server = new PageServer();
    const client = makeWhipClient({ endpoint: 'https://media.example/live', fetch: server.fetch, clock });
    // Neither the statistics nor the end of the gathering may depend on how fast the machine is beside this clock.
    let isSilent = false;
    let packetsReceived = 0;
    client.addEventListener('peerchange', () => {
      const peer = client.peerConnection;
      if (!peer) return;
      Object.defineProperty(peer, 'iceGatheringState', { value: 'gathering' });
      peer.getStats = async () => {
        if (isSilent) throw new Error('silence');
        packetsReceived += 1;
        return new Map([['pair', { id: 'pair', type: 'candidate-pair', timestamp: clock.now(), packetsReceived }]]);
      };
    });
    client.start(await makeTracks()).catch(() => {});
    await runUntil(() => client.state === 'live', 'live');
    const peer = client.peerConnection as RTCPeerConnection;
    const ufrag = ufragOf(peer.localDescription?.sdp);
    // Nothing seems to arrive, until a restart has begun.
    isSilent = true;
    await runUntil(() => peer.signalingState === 'have-local-offer', 'a restart');
    const otherUfrag = ufragOf(peer.localDescription?.sdp);
    isSilent = false;
    await runUntil(() => peer.signalingState === 'stable', 'the end of the restart');
    assert.equal(ufragOf(peer.localDescription?.sdp), ufrag);
    assert.notEqual(otherUfrag, ufrag);

    const gather = (address: string, usernameFragment: string) => {
      const line = `candidate:77 1 udp 1 ${address} 5000 typ host ufrag ${usernameFragment}`;
      const candidate = new RTCIceCandidate({ candidate: line, sdpMid: '0', usernameFragment });
      peer.dispatchEvent(new RTCPeerConnectionIceEvent('icecandidate', { candidate }));
    };
    gather('192.0.2.78', otherUfrag);
    gather('192.0.2.77', ufrag);
    const bodies = () => server.requestsByMethod('PATCH').map(({ body }) => body);
    const told = await runUntil(() => bodies().find((body) => body.includes('192.0.2.77')), 'the candidate');
    assert.include(told, `a=ice-ufrag:${ufrag}\r\n`);
    // One that is gathered later still does not wait for the end of the gathering, which never comes here.
    gather('192.0.2.79', ufrag);
    await runUntil(() => bodies().find((body) => body.includes('192.0.2.79')), 'a later candidate');
    await clock.advance(5000);
    await sleep(50);
    assert.notInclude(bodies().join(), `ufrag ${otherUfrag}`);
    assert.notInclude(bodies().join(), `a=ice-ufrag:${otherUfrag}`);
    assert.deepEqual(
      server.requests.filter(({ headers }) => headers.get('if-match') === '*'),
      [],
    );
    assert.equal(server.sessionCount, 1);
  });
});
