/* Media by a TURN server: Debian's coturn, whose credentials the media server names and makes for some seconds. */
import { executeServerCommand } from '@web/test-runner-commands';
import { isPathRelayed } from '../../dist/rtc/connection-monitor.js';
import { inboundStats, makeTracks, makeWhepClient, makeWhipClient, waitForFrames } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { skip } from '../support/skipping.js';
import { assert, before, beforeEach, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

describeSession('A client with `iceTransportPolicy: "relay"`', (session) => {
  let address: string | null;

  before(async function () {
    this.timeout(90_000);
    ({ address } = (await executeServerCommand('packaged-server', 'coturn')) as { address: string | null });
  });
  beforeEach(function () {
    if (!address) skip(this, 'coturn is not installed: apt install coturn');
  });

  const relayedOnly = { iceTransportPolicy: 'relay' } as const;
  const peerOf = ({ peerConnection }: { peerConnection: RTCPeerConnection | null }) =>
    peerConnection ?? assert.fail('There is no session.');

  it('publishes and plays by the TURN server that the server names', async () => {
    const query = `?turn=${address}`;
    const whip = makeWhipClient({ endpoint: session.whipUrl(query), ...relayedOnly });
    const whep = makeWhepClient({ endpoint: session.whepUrl(query), ...relayedOnly });
    await whip.start(await makeTracks());
    await whep.start();
    await waitForFrames(whep);
    for (const client of [whip, whep]) assert.isTrue(await isPathRelayed(peerOf(client)));
    assert.isAbove((await inboundStats(whep, 'video'))?.framesDecoded ?? 0, 0);
    // The server was told of no other address.
    const requests = await session.requests();
    const candidates = requests.flatMap(({ body }) => body.match(/ typ \w+/g) ?? []);
    assert.isNotEmpty(candidates);
    assert.deepEqual([...new Set(candidates)], [' typ relay']);
  });

  it('begins another session by other credentials before those of the last one expire', async function () {
    this.timeout(60_000);
    const seconds = 6;
    const whip = makeWhipClient({
      endpoint: session.whipUrl(`?turn=${address}&turn-seconds=${seconds}`),
      ...relayedOnly,
    });
    const userNames: string[] = [];
    const tellServers = () => {
      const { iceServers = [] } = whip.peerConnection?.getConfiguration() ?? {};
      const name = iceServers[0]?.username;
      if (name && !userNames.includes(name)) userNames.push(name);
    };
    await whip.start(await makeTracks());
    tellServers();
    const first = peerOf(whip);
    await nextEvent(whip, 'peerchange');
    assert.isBelow(Date.now(), Number.parseInt(userNames[0] ?? '', 10) * 1000);
    await waitFor(() => whip.state === 'live' && whip.peerConnection !== first, 'another session');
    tellServers();
    assert.isTrue(await isPathRelayed(peerOf(whip)));
    const [, offer] = await session.requestsByMethod('POST');
    assert.match(offer?.body ?? '', /^a=candidate:.* typ relay/m, 'The credentials are still valid, and used at once.');
    assert.equal((await session.requestsByMethod('DELETE'))[0]?.status, 200);
    assert.lengthOf(userNames, 2);
  });
});
