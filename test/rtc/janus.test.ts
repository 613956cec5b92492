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
import { EBU_75_SPOTS, VideoScreen } from '../support/video-pixels.js';
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

  // Janus forwards no colour space, so the receiver takes VP8 for BT.601 at every size. If BT.709 were decoded so, the green
  // (0 191 0) would be 15 224 6.
  it('forwards bars of all colours, in high and in standard definition', async function () {
    this.timeout(60_000);
    const bars = (size: string) => makeTracks(`<pattern-source pattern="ebu-75" ${size}></pattern-source>`);
    const [hd] = await bars('width="1280" height="720"');
    const [sd] = await bars('width="640" height="480"');
    const whip = makeWhipClient({ endpoint: `${origin}/whip/${feed}` });
    await whip.start([hd as MediaStreamTrack]);
    const whep = makeWhepClient({ endpoint: `${origin}/whep/endpoint/${feed}` });
    await whep.start();
    const screen = new VideoScreen(whep.tracks.find(({ kind }) => kind === 'video') as MediaStreamTrack);
    await screen.hasSize(1280, 720);
    // White, yellow, cyan, green, magenta, red, blue, black.
    await screen.shows(EBU_75_SPOTS, 9);
    await whip.replaceTrack('video', sd as MediaStreamTrack);
    await screen.hasSize(640, 480);
    await screen.shows(EBU_75_SPOTS, 9);
    await Promise.all([whip.stop(), whep.stop()]);
  });
});
