/* Publishing by WHIP and playing by WHEP through a real server. */
import { mediaServer } from '../support/media-server.js';
import {
  inboundStats,
  makeTracks,
  makeWhepClient,
  makeWhipClient,
  playInVideo,
  waitForFrames,
} from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, it } from '../support/suite.js';
import { waitFor } from '../support/waiting.js';

describeSession('A WHIP client and a WHEP client', (session) => {
  it('transmit video and audio, with two requests to start and one to end', async () => {
    const whip = makeWhipClient({ endpoint: session.whipUrl(), gatheringTimeout: 3000 });
    const whep = makeWhepClient({ endpoint: session.whepUrl(), gatheringTimeout: 3000 });
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
      'a second of audio',
    );
    await Promise.all([whip.stop(), whep.stop()]);
    const requests = (await session.requests()).map(
      ({ method, url, status }) => `${method} ${url.match(/whip|whep/)} ${status}`,
    );
    assert.deepEqual(requests, ['POST whip 201', 'POST whep 201', 'DELETE whip 200', 'DELETE whep 200']);
    assert.deepEqual(await mediaServer.counts(session.path), { sessions: 0, peers: 0 });
  });
});
