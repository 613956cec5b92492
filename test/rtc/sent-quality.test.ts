/* A publisher sends a test signal as it is: in its size from the first frame on. */
import { makeTracks, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { assert, it } from '../support/suite.js';
import { nextEvent, waitFor } from '../support/waiting.js';

const CARD = '<pattern-source pattern="smpte-hd" timecode></pattern-source>';

/** The statistics of the video that a peer connection sends, once it sends. */
function sentVideo(peer: RTCPeerConnection | null) {
  return waitFor(async () => {
    const report: ReadonlyMap<string, RTCOutboundRtpStreamStats> = (await peer?.getStats()) ?? new Map();
    return [...report.values()].find(
      ({ type, kind, framesEncoded }) => type === 'outbound-rtp' && kind === 'video' && framesEncoded,
    );
  }, 'encoded video');
}

describeSession('The video of a WHIP client', (session) => {
  it('has the size of its track from the first frames on', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl() });
    await client.start(await makeTracks(CARD));
    const { frameWidth, frameHeight } = await sentVideo(client.peerConnection);
    assert.deepEqual([frameWidth, frameHeight], [1280, 720]);
  });

  for (const [degradation, expected] of [
    [undefined, 'maintain-resolution'],
    ['balanced', 'balanced'],
  ] as const) {
    it(`is reduced by ${expected} with the option ${degradation}, before the first packet`, async () => {
      const client = makeWhipClient({ endpoint: session.whipUrl(), degradation });
      const started = client.start(await makeTracks(CARD));
      await nextEvent(client, 'peerchange');
      await waitFor(() => preferenceOf(client.peerConnection) === expected, `the preference ${expected}`);
      assert.notEqual(client.state, 'live');
      await started;
      assert.equal(preferenceOf(client.peerConnection), expected);
    });
  }

  it('is left to the browser with the option auto', async () => {
    const client = makeWhipClient({ endpoint: session.whipUrl(), degradation: 'auto' });
    await client.start(await makeTracks(CARD));
    assert.isUndefined(preferenceOf(client.peerConnection));
    await client.configure({ degradation: 'maintain-framerate' });
    assert.equal(preferenceOf(client.peerConnection), 'maintain-framerate');
  });
});

/** The degradation preference of the video that a peer connection sends. TypeScript's library has no name for it. */
function preferenceOf(peer: RTCPeerConnection | null): unknown {
  const sender = peer?.getSenders().find(({ track }) => track?.kind === 'video');
  return sender && Reflect.get(sender.getParameters(), 'degradationPreference');
}
