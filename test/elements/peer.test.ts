/* Over a peer connection: what the other side gets. */
import 'track-elements/define/all';
import { amplitudeAt, decibels, frequencyOf, medianOfWindows, peakOf } from '../support/audio-analysis.js';
import { type AudioClip, AudioRecorder } from '../support/audio-recording.js';
import { place } from '../support/page.js';
import { connectPeers, type PeerCall } from '../support/peers.js';
import { hasPeers, noPeers, skip } from '../support/skipping.js';
import { assert, beforeEach, describe, it } from '../support/suite.js';
import { colorAt, colorDistance, type Rgb, readPixels } from '../support/video-pixels.js';
import { eventually, waitFor } from '../support/waiting.js';

type PatternSource = HTMLElementTagNameMap['pattern-source'];
type ToneSource = HTMLElementTagNameMap['tone-source'];

let open: PeerCall | null = null;

/** Sends a track and shows or plays what arrives. */
async function receive(track: MediaStreamTrack): Promise<HTMLMediaElement> {
  open = await connectPeers([track]);
  const element = place<HTMLMediaElement>(
    track.kind === 'video' ? '<video autoplay muted playsinline></video>' : '<audio autoplay></audio>',
  );
  element.srcObject = new MediaStream(open.tracks);
  return element;
}

const shows = (video: HTMLVideoElement, points: readonly (readonly [x: number, y: number, color: Rgb])[]) =>
  eventually(
    () => {
      const picture = readPixels(video);
      const [width, height] = [picture.width, picture.height];
      for (const [x, y, color] of points) {
        const seen = colorAt(picture, x * width, y * height);
        assert.isAtMost(colorDistance(seen, color), 8, `at ${x}, ${y}: ${seen.map(Math.round)}, wanted ${color}`);
      }
    },
    { timeoutMs: 12_000 },
  );

describe('a pattern-source over a peer connection', () => {
  beforeEach(function () {
    if (!hasPeers) skip(this, noPeers);
  });

  it('arrives with its colours', async () => {
    const source = place<PatternSource>('<pattern-source pattern="ebu-75" width="640" height="480"></pattern-source>');
    const video = (await receive(await source.ready)) as HTMLVideoElement;
    const three = 191;
    const colors: Rgb[] = [
      [255, 255, 255],
      [three, three, 0],
      [0, three, three],
      [0, three, 0],
      [three, 0, three],
      [three, 0, 0],
      [0, 0, three],
      [0, 0, 0],
    ];
    await shows(
      video,
      colors.map((color, i) => [(i + 0.5) / 8, 0.5, color] as const),
    );
  });

  it('follows a change of color and size on the same track', async () => {
    const source = place<PatternSource>(
      '<pattern-source pattern="solid" color="red" width="320" height="240"></pattern-source>',
    );
    const track = await source.ready;
    const video = (await receive(track)) as HTMLVideoElement;
    await shows(video, [[0.5, 0.5, [255, 0, 0]]]);
    source.color = 'white';
    source.width = 640;
    source.height = 480;
    await shows(video, [[0.5, 0.5, [255, 255, 255]]]);
    await waitFor(() => video.videoWidth / video.videoHeight === 4 / 3, 'the shape of the picture');
    assert.isTrue(source.track === track);
  });

  it('is black there while it is muted, at its full rate, and still while it is paused', async () => {
    const source = place<PatternSource>(
      '<pattern-source pattern="solid" color="white" width="320" height="240"></pattern-source>',
    );
    const video = (await receive(await source.ready)) as HTMLVideoElement;
    await shows(video, [[0.5, 0.5, [255, 255, 255]]]);
    source.muted = true;
    await shows(video, [[0.5, 0.5, [0, 0, 0]]]);
    const rate = await framesPerSecond();
    assert.isAbove(rate, 24, 'frames a second while muted');
    source.muted = false;
    source.paused = true;
    await shows(video, [[0.5, 0.5, [255, 255, 255]]]);
    assert.isAbove(await framesPerSecond(), 24, 'frames a second while paused');
  });
});

describe('a tone-source over a peer connection', () => {
  beforeEach(function () {
    if (!hasPeers) skip(this, noPeers);
  });

  it('arrives with its frequency and level, without a concealed sample', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const stream = new MediaStream(open?.tracks ?? []);
    const listener = await AudioRecorder.of(stream);
    await listener.nextWhere(({ planes }) => Math.abs(decibels(amplitudeAt(planes[0], 48000, 1000)) + 18) < 1);
    const sound = await unconcealed(() => listener.next(2));
    listener.close();
    assert.closeTo(
      medianOfWindows(sound, (samples) => frequencyOf(samples, 48000, 1000)),
      1000,
      0.5,
    );
    assert.closeTo(
      medianOfWindows(sound, (samples) => decibels(amplitudeAt(samples, 48000, 1000))),
      -18,
      1,
    );
  });

  it('is silent there while it is muted, with samples coming all the time', async () => {
    const source = place<ToneSource>('<tone-source channels="1"></tone-source>');
    await receive(await source.ready);
    const listener = await AudioRecorder.of(new MediaStream(open?.tracks ?? []));
    await listener.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    source.muted = true;
    await listener.nextWhere(({ planes }) => peakOf(planes[0]) < 1e-3);
    await unconcealed(() => listener.next(1));
    source.muted = false;
    await listener.nextWhere(({ planes }) => decibels(peakOf(planes[0])) > -20);
    listener.close();
  });
});

/**
 * Listens without a concealed sample. On a machine that has no time every call conceals something: of four stretches one
 * has to be whole. The bench has the ten seconds.
 */
async function unconcealed(listen: () => Promise<AudioClip>): Promise<AudioClip> {
  const figures = async () => {
    const { concealedSamples = 0, totalSamplesReceived = 0 } = (await open?.inboundStats('audio')) ?? {};
    return [concealedSamples, totalSamplesReceived];
  };
  const losses: number[] = [];
  while (losses.length < 4) {
    const [concealed, received] = await figures();
    const sound = await listen();
    const [concealedLater, receivedLater] = await figures();
    assert.isAbove(receivedLater, received, 'samples come all the time');
    if (concealedLater === concealed) return sound;
    losses.push(concealedLater - concealed);
  }
  throw new Error(`Concealed samples in each of four stretches: ${losses}.`);
}

/** Frames decoded, over thirty of them. */
async function framesPerSecond(): Promise<number> {
  const figures = async () => {
    const stats = await open?.inboundStats('video');
    return [stats?.framesDecoded ?? 0, performance.now()];
  };
  const [frames, time] = await figures();
  const [later, end] = await waitFor(async () => {
    const now = await figures();
    return now[0] >= frames + 30 ? now : null;
  }, 'thirty frames are decoded');
  return ((later - frames) * 1000) / (end - time);
}
