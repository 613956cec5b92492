/* <rtc-loopback>: a test signal arrives as it was sent, in size, colours and channels. */
import 'track-elements/define/all';
import type { LoopbackStats } from '../../dist/rtc/loopback-stats.js';
import { channelSeparation } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { EBU_75_SPOTS, VideoScreen } from '../support/video-pixels.js';
import { nextEvent, waitFor } from '../support/waiting.js';

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

describeIf(hasPeers, noPeers, 'the colours through an rtc-loopback', () => {
  for (const size of ['width="640" height="480"', 'width="1280" height="720"']) {
    it(`are those of the source, with ${size} and the codec that the browser chooses`, async () => {
      const { loopback } = placeLoopback(`<pattern-source pattern="ebu-75" ${size}></pattern-source>`);
      await waitFor(() => loopback.track, 'a received track');
      await new VideoScreen(loopback.track as MediaStreamTrack).shows(EBU_75_SPOTS, 9);
    });
  }
});

/** Two channels that can be told apart. */
const STEREO = '<tone-source frequency="440 1000"></tone-source>';

describeIf(hasPeers, noPeers, 'the audio through an rtc-loopback', () => {
  /** Resolves when the received audio has each tone in its channel, with 30 dB between them. */
  async function waitForChannels(loopback: Loopback): Promise<void> {
    await waitFor(() => loopback.state === 'live' && loopback.track, 'a received track');
    const recorder = await AudioRecorder.of(loopback.track as MediaStreamTrack);
    await recorder.nextWhere((clip) => Math.min(...channelSeparation(clip, [440, 1000])) >= 30);
    recorder.close();
  }

  /** Resolves to the bytes and packets of audio that are sent in a second, once `condition` is true for them. */
  const waitForRate = (loopback: Loopback, condition: (audio: NonNullable<LoopbackStats['audio']>) => boolean) =>
    waitFor(() => loopback.stats?.audio && condition(loopback.stats.audio), 'the bit rate of the audio', {
      timeoutMs: 30_000,
    });

  it('has its two channels', async () => {
    await waitForChannels(placeLoopback(STEREO).loopback);
  });

  it('has its two channels after a source of one channel was replaced', async () => {
    const { loopback } = placeLoopback('<tone-source channels="1"></tone-source>');
    await waitFor(() => loopback.state === 'live', 'live');
    loopback.innerHTML = STEREO;
    await waitForChannels(loopback);
  });

  it('has the bit rate of `audio-bitrate`, also after a change, and keeps its channels', async () => {
    const { loopback } = placeLoopback(
      '<tone-source waveform="white-noise" seed="1 2"></tone-source>',
      'audio-bitrate="128000"',
    );
    await waitForRate(loopback, ({ sentBitrate }) => sentBitrate > 110_000 && sentBitrate < 150_000);
    const { track } = loopback;
    loopback.audioBitrate = 24_000;
    await waitForRate(loopback, ({ sentBitrate }) => sentBitrate > 10_000 && sentBitrate < 32_000);
    assert.isTrue(loopback.track === track);
    assert.equal(loopback.state, 'live');
    loopback.innerHTML = STEREO;
    loopback.audioBitrate = null;
    await waitForChannels(loopback);
  });

  it('takes little of the network with `audio-dtx` while it is silent', async () => {
    const { loopback } = placeLoopback('<tone-source waveform="silence"></tone-source>', 'audio-dtx');
    await waitForRate(loopback, ({ sentBitrate }) => sentBitrate > 0 && sentBitrate < 2000);
  });

  it('fails with a bit rate that Opus does not have', async () => {
    const { loopback } = placeLoopback(STEREO, 'audio-bitrate="5000"');
    const { error } = await nextEvent<ErrorEvent>(loopback, 'error');
    assert.equal(error.message, 'audioBitrate is 5000; it must be a whole number from 6000 to 510000 bit/s.');
  });
});
