/* Published by WHIP, played by WHEP, through a real server. */
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import { hasPeers, noPeers } from '../support/peers.js';
import { framesFlow, inbound, player, publisher, show, tracks } from '../support/rtc-clients.js';
import { assert, before, it } from '../support/suite.js';
import { until } from '../support/until.js';
import { describeWhere } from '../support/where.js';

describeWhere(hasPeers, noPeers, 'a WHIP client and a WHEP client', () => {
  let origin: string;
  before(async () => {
    origin = await mediaServer.start();
  });

  it('bring pictures and sound from page to page', async () => {
    const path = freshPath();
    const whip = publisher({ endpoint: `${origin}/${path}/whip` });
    const whep = player({ endpoint: `${origin}/${path}/whep` });
    await whip.start(await tracks());
    await whep.start();
    assert.deepEqual([whip.state, whep.state], ['live', 'live']);
    assert.sameMembers(
      whep.tracks.map(({ kind }) => kind),
      ['audio', 'video'],
    );
    const video = await show(whep);
    assert.equal(video.videoWidth / video.videoHeight, 16 / 9);
    await framesFlow(whep);
    await until(async () => ((await inbound(whep, 'audio'))?.totalSamplesReceived ?? 0) > 48_000, 'a second of sound');
    await Promise.all([whip.stop(), whep.stop()]);
    const requests = (await requestsOf(path)).map(
      ({ method, url, status }) => `${method} ${url.match(/whip|whep/)} ${status}`,
    );
    assert.deepEqual(requests, [
      'POST whip 201',
      'PATCH whip 204',
      'POST whep 201',
      'PATCH whep 204',
      'DELETE whip 200',
      'DELETE whep 200',
    ]);
    assert.deepEqual(await mediaServer.counts(path), { sessions: 0, peers: 0 });
  });
});
