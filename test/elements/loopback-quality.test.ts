/* <rtc-loopback>: a test signal arrives as it was sent, in size, colours and channels. */
import 'track-elements/define/all';
import { place } from '../support/page.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { nextEvent } from '../support/waiting.js';

type Loopback = HTMLElementTagNameMap['rtc-loopback'];

const CARD = '<pattern-source pattern="smpte-hd" timecode></pattern-source>';

/** Puts a loopback with sources into the page, and a video that shows its output. */
function placeLoopback(children: string, attributes = '') {
  const video = place<HTMLVideoElement>('<video id="screen" autoplay muted playsinline></video>');
  const loopback = place<Loopback>(`<rtc-loopback for="screen" ${attributes}>${children}</rtc-loopback>`);
  return { video, loopback };
}

describeIf(hasPeers, noPeers, 'the size of a picture through an rtc-loopback', () => {
  it('is that of the source from the first frame on', async () => {
    const { video } = placeLoopback(CARD);
    const sizes = new Set<string>();
    video.addEventListener('resize', () => sizes.add(`${video.videoWidth}x${video.videoHeight}`));
    await nextEvent(video, 'playing');
    while (video.currentTime < 1) await nextEvent(video, 'timeupdate');
    assert.deepEqual([...sizes], ['1280x720']);
  });

  for (const degradation of ['balanced', 'auto']) {
    it(`grows with degradation="${degradation}", as the browser estimates the network`, async () => {
      const { video } = placeLoopback(CARD, `degradation="${degradation}"`);
      await nextEvent(video, 'resize');
      assert.isBelow(video.videoWidth, 1280);
    });
  }

  it('takes a change of degradation while it is connected', async () => {
    const { video, loopback } = placeLoopback(CARD, 'degradation="balanced"');
    await nextEvent(video, 'resize');
    loopback.degradation = 'maintain-resolution';
    while (video.videoWidth < 1280) await nextEvent(video, 'resize');
  });

  it('fails with a degradation that does not exist', async () => {
    const { loopback } = placeLoopback(CARD, 'degradation="none"');
    const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
    assert.equal(error.name, 'TypeError');
    assert.match(error.message, /^degradation is "none"; it must be one of .*auto, balanced/);
  });
});
