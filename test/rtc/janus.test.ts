/* Against a server that somebody else wrote: Janus, which offers itself to players (406). */
import { executeServerCommand } from '@web/test-runner-commands';
import { skip } from '../support/elements-page.js';
import { hasPeers, noPeers } from '../support/peers.js';
import { framesFlow, inbound, player, publisher, show, tracks } from '../support/rtc-clients.js';
import { assert, before, beforeEach, it } from '../support/suite.js';
import { until } from '../support/until.js';
import { describeWhere } from '../support/where.js';

// The browsers share the server, and may be there at the same time.
const feed = 'webkitRTCPeerConnection' in globalThis ? 1 : 2;

describeWhere(hasPeers, noPeers, 'With Janus', () => {
  let origin: string | null;

  before(async function () {
    this.timeout(90_000);
    ({ origin } = (await executeServerCommand('janus')) as { origin: string | null });
  });
  beforeEach(function () {
    if (!origin) skip(this, 'Janus is not here and could not be installed: apt install janus');
  });

  it('what is published is played, picture and sound', async () => {
    const whip = publisher({ endpoint: `${origin}/whip/${feed}` });
    await whip.start(await tracks());
    const whep = player({ endpoint: `${origin}/whep/endpoint/${feed}` });
    const warnings: string[] = [];
    for (const client of [whip, whep]) {
      (client as EventTarget).addEventListener('warning', (event) => warnings.push((event as ErrorEvent).message));
    }
    await whep.start();
    await show(whep);
    await framesFlow(whep);
    await until(async () => ((await inbound(whep, 'audio'))?.totalSamplesReceived ?? 0) > 48_000, 'a second of sound');
    assert.deepEqual(warnings, []);
    assert.lengthOf(whep.tracks, 2);
    await Promise.all([whip.stop(), whep.stop()]);
    assert.equal(whep.state, 'stopped');
  });
});
