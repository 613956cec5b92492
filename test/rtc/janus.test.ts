/* Against an independent server: Janus, which makes the offer itself when a client plays (406). */
import { executeServerCommand } from '@web/test-runner-commands';
import {
  inboundStats,
  makeTracks,
  makeWhepClient,
  makeWhipClient,
  playInVideo,
  waitForFrames,
} from '../support/rtc-clients.js';
import { describeIf, hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, before, beforeEach, it } from '../support/suite.js';
import { colorAt, colorDistance, readPixels } from '../support/video-pixels.js';
import { waitFor } from '../support/waiting.js';

// The browsers share one Janus, and may use it at the same time.
const feed = 'webkitRTCPeerConnection' in globalThis ? 1 : 2;

describeIf(hasPeers, noPeers, 'Janus', () => {
  let origin: string | null;

  before(async function () {
    this.timeout(90_000);
    ({ address: origin } = (await executeServerCommand('packaged-server', 'janus')) as { address: string | null });
  });
  beforeEach(function () {
    if (!origin) skip(this, 'Janus is not installed: apt install janus');
  });

  it('plays the video and the audio that were published to it', async () => {
    const whip = makeWhipClient({ endpoint: `${origin}/whip/${feed}` });
    await whip.start(await makeTracks());
    const whep = makeWhepClient({ endpoint: `${origin}/whep/endpoint/${feed}` });
    const warnings: string[] = [];
    for (const client of [whip, whep]) {
      (client as EventTarget).addEventListener('warning', (event) => warnings.push((event as ErrorEvent).message));
    }
    await whep.start();
    await playInVideo(whep);
    await waitForFrames(whep);
    await waitFor(
      async () => ((await inboundStats(whep, 'audio'))?.totalSamplesReceived ?? 0) > 48_000,
      'a second of audio',
    );
    assert.deepEqual(warnings, []);
    assert.lengthOf(whep.tracks, 2);
    await Promise.all([whip.stop(), whep.stop()]);
    assert.equal(whep.state, 'stopped');
  });

  // If BT.709 were decoded as BT.601, red would be 24.
  it('forwards high-definition bars with their colours', async () => {
    const whip = makeWhipClient({ endpoint: `${origin}/whip/${feed}` });
    await whip.start(await makeTracks('<pattern-source pattern="solid" color="lime"></pattern-source>'));
    const whep = makeWhepClient({ endpoint: `${origin}/whep/endpoint/${feed}` });
    await whep.start();
    const video = await playInVideo(whep);
    await waitFor(
      () => colorDistance(colorAt(readPixels(video), 640, 360), [0, 255, 0]) <= 9,
      () => `lime (seen: ${colorAt(readPixels(video), 640, 360)})`,
    );
    assert.deepEqual([video.videoWidth, video.videoHeight], [1280, 720]);
    await Promise.all([whip.stop(), whep.stop()]);
  });
});
