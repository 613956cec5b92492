/* Sources over a peer connection, as the receiver sees and hears them. */
import 'track-elements/define/all';
import { amplitudeAt, decibels, frequencyOf, medianOfWindows, peakOf } from '../support/audio-analysis.js';
import { type AudioClip, AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { connectPeers, type PeerCall } from '../support/peers.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, waitFor } from '../support/waiting.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

let call: PeerCall;

/** Sends a track, and plays the received track in the returned element. */
async function receive(track: MediaStreamTrack): Promise<HTMLMediaElement> {
  call = await connectPeers([track]);
  const element = place<HTMLMediaElement>(
    track.kind === 'video' ? '<video autoplay muted playsinline></video>' : '<audio autoplay></audio>',
  );
  element.srcObject = new MediaStream(call.tracks);
  return element;
}

/** Resolves when a video shows colours at places, which are parts of its width and height. */
const waitForColors = (video: HTMLVideoElement, points: readonly (readonly [x: number, y: number, color: Rgb])[]) =>
  eventually(
    () => {
      const image = readPixels(video);
      for (const [x, y, color] of points) {
        const seen = colorAt(image, x * image.width, y * image.height);
        assert.isAtMost(colorDistance(seen, color), 8, `at ${x}, ${y}: ${seen.map(Math.round)}, wanted ${color}`);
      }
    },
    { timeoutMs: 30_000 },
  );

describeIf(hasPeers, noPeers, 'a pattern-source over a peer connection', () => {
  it('keeps its colours', async () => {
    const source = place<PatternSource>('<pattern-source pattern="ebu-75" width="640" height="480"></pattern-source>');
    const video = (await receive(await source.ready)) as HTMLVideoElement;
    const level = 191;
    const colors: Rgb[] = [
      [255, 255, 255],
      [level, level, 0],
      [0, level, level],
      [0, level, 0],
      [level, 0, level],
      [level, 0, 0],
      [0, 0, level],
      [0, 0, 0],
    ];
    await waitForColors(
      video,
      colors.map((color, i) => [(i + 0.5) / 8, 0.5, color] as const),
    );
  });

  it('shows a change of color and size on the same track', async () => {
    const source = place<PatternSource>(
      '<pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>',
    );
    const track = await source.ready;
    const video = (await receive(track)) as HTMLVideoElement;
    await waitForColors(video, [[0.5, 0.5, [255, 0, 0]]]);
    source.color = 'white';
    source.width = 640;
    source.height = 480;
    await waitForColors(video, [[0.5, 0.5, [255, 255, 255]]]);
    await waitFor(() => video.videoWidth / video.videoHeight === 4 / 3, 'the new aspect ratio');
    assert.isTrue(source.track === track);
  });

  it('is black while it is muted and repeats its frame while it is paused, both at the full frame rate', async () => {
    const source = place<PatternSource>(
      '<pattern-source pattern="solid" color="white" width="320" height="240"></pattern-source>',
    );
    const video = (await receive(await source.ready)) as HTMLVideoElement;
    await waitForColors(video, [[0.5, 0.5, [255, 255, 255]]]);
    source.muted = true;
    await waitForColors(video, [[0.5, 0.5, [0, 0, 0]]]);
    assert.isAbove(await measureFrameRate(), 24, 'frames per second while muted');
    source.muted = false;
    source.paused = true;
    await waitForColors(video, [[0.5, 0.5, [255, 255, 255]]]);
    assert.isAbove(await measureFrameRate(), 24, 'frames per second while paused');
  });
});

describeIf(hasPeers, noPeers, 'a tone-source over a peer connection', () => {
  it('keeps its frequency and level, without a concealed sample', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const recorder = await AudioRecorder.of(new MediaStream(call.tracks));
    await recorder.nextWhere(({ planes }) => Math.abs(decibels(amplitudeAt(planes[0], 48000, 1000)) + 18) < 1);
    const clip = await recordUnconcealed(() => recorder.next(2));
    recorder.close();
    assert.closeTo(
      medianOfWindows(clip, (samples) => frequencyOf(samples, 48000, 1000)),
      1000,
      0.5,
    );
    assert.closeTo(
      medianOfWindows(clip, (samples) => decibels(amplitudeAt(samples, 48000, 1000))),
      -18,
      1,
    );
  });

  it('is silent while it is muted, without a gap in its samples', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const recorder = await AudioRecorder.of(new MediaStream(call.tracks));
    await recorder.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    source.muted = true;
    await recorder.nextWhere(({ planes }) => peakOf(planes[0]) < 1e-3);
    await recordUnconcealed(() => recorder.next(1));
    source.muted = false;
    await recorder.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    recorder.close();
  });
});

/**
 * Records a clip during which the receiver concealed no sample. On a busy machine every call conceals samples now and
 * then, so one of four clips has to be complete. The bench measures longer clips.
 */
async function recordUnconcealed(record: () => Promise<AudioClip>): Promise<AudioClip> {
  const readCounts = async () => {
    const { concealedSamples = 0, totalSamplesReceived = 0 } = (await call.inboundStats('audio')) ?? {};
    return [concealedSamples, totalSamplesReceived];
  };
  const concealments: number[] = [];
  while (concealments.length < 4) {
    const [concealed, received] = await readCounts();
    const clip = await record();
    const [concealedLater, receivedLater] = await readCounts();
    assert.isAbove(receivedLater, received, 'samples arrive all the time');
    if (concealedLater === concealed) return clip;
    concealments.push(concealedLater - concealed);
  }
  throw new Error(`Each of four clips has concealed samples: ${concealments}.`);
}

/** Resolves to the decoded frames per second, over thirty frames. */
async function measureFrameRate(): Promise<number> {
  const countFrames = async () => {
    const stats = await call.inboundStats('video');
    return [stats?.framesDecoded ?? 0, performance.now()];
  };
  const [frames, time] = await countFrames();
  const [later, end] = await waitFor(async () => {
    const now = await countFrames();
    return now[0] >= frames + 30 ? now : null;
  }, 'thirty decoded frames');
  return ((later - frames) * 1000) / (end - time);
}
