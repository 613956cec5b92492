/* A test signal that goes through a server arrives as it was sent, in size, colours and channels. */
import { channelSeparation } from '../support/audio-analysis.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { onCleanup } from '../support/cleanup.js';
import { place } from '../support/page.js';
import { makeTracks, makeWhepClient, makeWhipClient } from '../support/rtc-clients.js';
import { describeSession } from '../support/rtc-session.js';
import { hasProcessor, skip } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { EBU_75_SPOTS, VideoScreen } from '../support/video-pixels.js';
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

const barsSource = (width: number, height: number) =>
  `<pattern-source pattern="ebu-75" width="${width}" height="${height}"></pattern-source>`;

/** The statistics of the video streams of a report, with the type of their codec. */
const withCodecs = (report: ReadonlyMap<string, RTCOutboundRtpStreamStats & { mimeType?: string }>) =>
  [...report.values()]
    .filter(({ kind }) => kind === 'video')
    .map((stats) => ({ ...stats, mimeType: report.get(stats.codecId ?? '')?.mimeType }));

describeSession('Simulcast', (session) => {
  for (const codec of ['vp9', 'av1']) {
    it(`of ${codec} sends each of its three sizes`, async function () {
      this.timeout(60_000);
      if (codec === 'vp9' && !hasProcessor) {
        skip(this, 'Firefox begins the largest size of VP9 after 15 s, and shows the picture of the next one in it');
      }
      const client = makeWhipClient({ endpoint: session.whipUrl(), simulcast: 3, codec });
      // Chromium sends three sizes of a picture of this size or a larger one, which takes a higher bit rate and so more time.
      await client.start(await makeTracks(barsSource(960, 540)));
      const sent = new Map<string, number>();
      await waitFor(
        async () => {
          const report: ReadonlyMap<string, RTCOutboundRtpStreamStats> = (await client.getStats()) ?? new Map();
          for (const { type, mimeType, ...stream } of withCodecs(report)) {
            if (type !== 'outbound-rtp' || !stream.framesSent) continue;
            assert.equal(mimeType?.toLowerCase(), `video/${codec}`);
            sent.set(stream.rid ?? '', stream.frameWidth ?? 0);
          }
          return sent.get('q') === 240 && sent.get('h') === 480 && sent.get('f') === 960;
        },
        () => `pictures of 240, 480 and 960 pixels (seen: ${[...sent]})`,
        { timeoutMs: 25_000 },
      );
      assert.deepEqual([...sent.keys()].sort(), ['f', 'h', 'q']);
    });
  }
});

describeSession('Through a server that forwards no colour space, the colours of a WHIP client', (session) => {
  const showsBars = (screen: VideoScreen) => screen.shows(EBU_75_SPOTS, 9);

  it('are those of the source, in standard and in high definition', async () => {
    const whip = makeWhipClient({ endpoint: session.whipUrl('?no-color-space') });
    const [sd] = await makeTracks(barsSource(640, 480));
    const [hd] = await makeTracks(barsSource(1280, 720));
    await whip.start([hd as MediaStreamTrack]);
    const whep = makeWhepClient({ endpoint: session.whepUrl('?no-color-space') });
    await whep.start();
    const screen = new VideoScreen(whep.tracks.find(({ kind }) => kind === 'video') as MediaStreamTrack);
    await screen.hasSize(1280, 720);
    await showsBars(screen);
    for (const [track, width, height] of [
      [sd, 640, 480],
      [hd, 1280, 720],
    ] as const) {
      await whip.replaceTrack('video', track as MediaStreamTrack);
      await screen.hasSize(width, height);
      await showsBars(screen);
    }
    assert.deepEqual(whip.tracks, [hd as MediaStreamTrack]);
    await whip.stop();
    assert.equal(hd?.readyState, 'live');
  });
});

describeSession('A WHIP client that cannot recode its pictures for VP8', (session) => {
  it('sends them as they are, with a warning', async function () {
    if (!hasProcessor) skip(this, 'this engine converts pictures itself');
    const tracks = await makeTracks(barsSource(1280, 720));
    const { prototype } = MediaStreamTrackProcessor;
    const readable = Object.getOwnPropertyDescriptor(prototype, 'readable') as PropertyDescriptor;
    onCleanup(() => Object.defineProperty(prototype, 'readable', readable));
    const get = () => {
      throw new Error('No processor today.');
    };
    Object.defineProperty(prototype, 'readable', { ...readable, get });
    const client = makeWhipClient({ endpoint: session.whipUrl('?no-color-space') });
    const warned = nextEvent<ErrorEvent>(client, 'warning');
    await client.start(tracks);
    assert.match((await warned).message, /^The colours of .* cannot be recoded: No processor today\.$/);
    assert.equal((await sentVideo(client.peerConnection)).frameWidth, 1280);
  });
});

describeSession('The audio of a WHIP client', (session) => {
  /** Two channels that can be told apart. */
  const STEREO = '<tone-source frequency="440 1000"></tone-source>';

  it('arrives with its two channels, also from a server that does not say that it takes two', async () => {
    const whip = makeWhipClient({ endpoint: session.whipUrl() });
    await whip.start(await makeTracks(STEREO));
    for (const query of ['', '?counter-offer']) {
      const whep = makeWhepClient({ endpoint: session.whepUrl(query), kinds: ['audio'] });
      await whep.start();
      // Chromium decodes audio only where it is played.
      place<HTMLAudioElement>('<audio autoplay></audio>').srcObject = whep.stream;
      const recorder = await AudioRecorder.of(whep.tracks[0] as MediaStreamTrack);
      await recorder.nextWhere((clip) => Math.min(...channelSeparation(clip, [440, 1000])) >= 30);
      recorder.close();
      await whep.stop();
    }
    const [post] = await session.requests();
    const format = /^a=fmtp:.*sprop-stereo.*$/m.exec(post?.body ?? '')?.[0] ?? '';
    assert.match(format, /\bsprop-stereo=1\b/);
    assert.match(format, /[ ;]stereo=1\b/);
  });

  it('is encoded as its options say', async () => {
    const whip = makeWhipClient({
      endpoint: session.whipUrl(),
      audioBitrate: 96_000,
      audioDtx: true,
      audioFec: false,
    });
    await whip.start(await makeTracks('<tone-source></tone-source>'));
    const formatOf = () => /^a=fmtp:.*stereo=1.*$/m.exec(whip.peerConnection?.remoteDescription?.sdp ?? '')?.[0] ?? '';
    for (const parameter of ['maxaveragebitrate=96000', 'usedtx=1', 'useinbandfec=0']) {
      assert.include(formatOf(), parameter);
    }
    // A page that looks at the peer connection finds the browser's own methods.
    for (const name of ['createOffer', 'createAnswer', 'setRemoteDescription'] as const) {
      assert.isTrue(whip.peerConnection?.[name] === RTCPeerConnection.prototype[name], name);
    }
    const renewed = nextEvent(whip, 'peerchange');
    await whip.configure({ audioBitrate: 32_000 });
    await renewed;
    await waitFor(() => whip.state === 'live' && formatOf().includes('maxaveragebitrate=32000'), 'the new bit rate');
    assert.equal(await session.sessionCount(), 2);
  });
});
