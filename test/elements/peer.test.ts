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
    await receiveThirtyFrames(source);
    source.muted = false;
    source.paused = true;
    await waitForColors(video, [[0.5, 0.5, [255, 255, 255]]]);
    await receiveThirtyFrames(source);
  });
});

describeIf(hasPeers, noPeers, 'a tone-source over a peer connection', () => {
  it('keeps its frequency and level, and all of it arrives', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const recorder = await AudioRecorder.of(new MediaStream(call.tracks));
    await recorder.nextWhere(({ planes }) => Math.abs(decibels(amplitudeAt(planes[0], 48000, 1000)) + 18) < 1);
    recorder.close();
    const clip = await recordWhole(source, 2);
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

  it('is silent while it is muted, and all of the silence arrives', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const recorder = await AudioRecorder.of(new MediaStream(call.tracks));
    await recorder.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    source.muted = true;
    await recorder.nextWhere(({ planes }) => peakOf(planes[0]) < 1e-3);
    await recordWhole(source, 1);
    source.muted = false;
    await recorder.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    recorder.close();
  });
});

/**
 * Records a clip. Resolves when every block of 10 ms that the source has made meanwhile has come: no more of them are under way than
 * before. A busy machine delays packets, and the receiver conceals that; the bench measures it.
 */
async function recordWhole(source: ToneSource, seconds: number): Promise<AudioClip> {
  const readBlocks = async () => {
    const { packetsReceived = 0, packetsLost = 0 } = (await call.inboundStats('audio')) ?? {};
    const { produced } = await source.getStats();
    return { underWay: produced - packetsReceived * BLOCKS_PER_PACKET, packetsLost };
  };
  const before = await readBlocks();
  const recorder = await AudioRecorder.of(new MediaStream(call.tracks));
  const clip = await recorder.next(seconds);
  recorder.close();
  await eventually(async () => {
    const { underWay, packetsLost } = await readBlocks();
    assert.equal(packetsLost, before.packetsLost);
    assert.isAtMost(underWay - before.underWay, TOLERATED_BLOCKS, 'blocks that have not come');
  });
  return clip;
}

/** A packet of Opus is 20 ms long. */
const BLOCKS_PER_PACKET = 2;
/** The two counts are read one after the other. */
const TOLERATED_BLOCKS = 8;

/**
 * Resolves when thirty frames were decoded. The source takes a turn for each frame of its rate: it makes it, or counts it as dropped
 * when the machine is too busy. Most of those that it makes arrive; a busy encoder leaves some out.
 */
async function receiveThirtyFrames(source: PatternSource): Promise<void> {
  const count = async () => {
    const asked = performance.now();
    const stats = await call.inboundStats('video');
    const { produced, dropped } = await source.getStats();
    return {
      decoded: stats?.framesDecoded ?? 0,
      made: produced,
      due: produced + dropped,
      asked,
      told: performance.now(),
    };
  };
  const before = await count();
  await waitFor(async () => (await count()).decoded >= before.decoded + 30, 'thirty decoded frames');
  const after = await count();
  const seconds = (after.asked - before.told) / 1000;
  assert.isAtLeast(after.due - before.due, seconds * 30 * 0.8 - 2, 'frames that were due');
  assert.isAtLeast(after.decoded - before.decoded, (after.made - before.made) / 2, 'frames of those that were made');
}
