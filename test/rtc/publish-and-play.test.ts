/* Published by WHIP, played by WHEP, through a real server. */
import { freshPath, mediaServer, requestsOf } from '../support/media-server.js';
import {
  inboundStats,
  makeTracks,
  makeWhepClient,
  makeWhipClient,
  playInVideo,
  waitForFrames,
} from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, before, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

describeIf(hasPeers, noPeers, 'a WHIP client and a WHEP client', () => {
  let origin: string;
  before(async () => {
    origin = await mediaServer.start();
  });

  it('bring pictures and sound from page to page', async () => {
    const path = freshPath();
    const whip = makeWhipClient({ endpoint: `${origin}/${path}/whip` });
    const whep = makeWhepClient({ endpoint: `${origin}/${path}/whep` });
    await whip.start(await makeTracks());
    await whep.start();
    assert.deepEqual([whip.state, whep.state], ['live', 'live']);
    assert.sameMembers(
      whep.tracks.map(({ kind }) => kind),
      ['audio', 'video'],
    );
    const video = await playInVideo(whep);
    assert.equal(video.videoWidth / video.videoHeight, 16 / 9);
    await waitForFrames(whep);
    await waitFor(
      async () => ((await inboundStats(whep, 'audio'))?.totalSamplesReceived ?? 0) > 48_000,
      'a second of sound',
    );
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
