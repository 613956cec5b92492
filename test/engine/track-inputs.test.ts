/* Tracks that the engine reads, as layers of compositions. */
import 'track-elements/define/all';
import type { VideoComposition, VideoInputDescription } from '../../dist/engine/composition.js';
import { acquireInput, type InputLease } from '../../dist/engine/page/track-inputs.js';
import { openVideoPlayback, type VideoPlayback } from '../../dist/engine/page/video-playback.js';
import { onCleanup } from '../support/cleanup.js';
import { readMarksUntil } from '../support/marks.js';
import { place, removePlaced } from '../support/page.js';
import { rejectionOf } from '../support/rejections.js';
import { isNative, noProcessor, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { captureFrames, countDifferentBytes, renderPatternBytes } from '../support/track-reading.js';
import { makeSolidCanvas } from '../support/video-inputs.js';
import { colorAt, EBU_75_SPOTS, VideoScreen } from '../support/video-pixels.js';
import { eventually, waitFor } from '../support/waiting.js';
import { countWorkers } from '../support/workers.js';

const workers = countWorkers();
const frameRate = { numerator: 30, denominator: 1 };

type Shown = Partial<VideoInputDescription> & { readonly input: number };

const compositionOf = ({ width = 320, height = 180, ...signal }: Shown): VideoComposition => ({
  width,
  height,
  frameRate,
  isSingleLayer: true,
  layers: [
    { id: 1, signal: { kind: 'video', fit: 'contain', frameRate, ...signal, width, height }, x: 0, y: 0, opacity: 1 },
  ],
});

async function play(shown: Shown): Promise<VideoPlayback> {
  const listener = { started() {}, failed() {}, ended() {}, suspendChanged() {} };
  const playback = await openVideoPlayback(listener);
  onCleanup(() => playback.close());
  assert.deepEqual(await playback.play(compositionOf(shown)), []);
  return playback;
}

async function acquire(track: MediaStreamTrack): Promise<InputLease> {
  const lease = await acquireInput(track);
  onCleanup(() => lease.release());
  return lease;
}

const patternTrack = (attributes: string): Promise<MediaStreamTrack> =>
  place<HTMLElementTagNameMap['pattern-source']>(`<pattern-source ${attributes}></pattern-source>`).ready;

describe('An input of the engine', () => {
  it('shows the frames of a track in their order, in two sizes at once', async () => {
    const input = await acquire(await patternTrack('mark mark-source="77" width="640" height="360" frame-rate="15"'));
    const players = await Promise.all([
      play({ input: input.id, width: 320, height: 180 }),
      play({ input: input.id, width: 960, height: 540 }),
    ]);
    for (const [index, { track }] of players.entries()) {
      const marks = await readMarksUntil(track, (all) => new Set(all.map((mark) => mark?.frame)).size > 8);
      const found = marks.flatMap((mark) => mark ?? []);
      assert.isTrue(found.every(({ source }) => source === 77));
      const frames = found.map(({ frame }) => frame);
      assert.deepEqual(
        frames,
        frames.toSorted((a, b) => a - b),
      );
      const { width, height } = track.getSettings();
      assert.deepEqual([width, height], index === 0 ? [320, 180] : [960, 540]);
    }
  });

  it('of the same size has the same bytes, where a track hands them over', async function () {
    if (!isNative) skip(this, noProcessor);
    const description = { pattern: 'card', width: 320, height: 240, speed: 0 } as const;
    const input = await acquire(await patternTrack('pattern="card" speed="0" width="320" height="240"'));
    const { track } = await play({ input: input.id, width: 320, height: 240 });
    await eventually(async () => {
      const [frame] = await captureFrames(track, 1);
      assert.equal(countDifferentBytes(frame?.bytes ?? new Uint8Array(), renderPatternBytes(description, 0)), 0);
    });
  });

  for (const [height, space] of [
    [360, 'BT.601'],
    [720, 'BT.709'],
  ]) {
    it(`has the colours of the track at another size, also in another colour space than ${space}`, async () => {
      const source = await patternTrack(`pattern="ebu-75" width="640" height="${height}"`);
      const before = new VideoScreen(source);
      await before.shows(EBU_75_SPOTS, 16);
      const expected = await waitFor(() => before.image(), 'the picture of the source');
      const spots = EBU_75_SPOTS.map(({ x, y }) => ({
        x,
        y,
        color: colorAt(expected, x * expected.width, y * expected.height),
      }));
      const input = await acquire(source);
      for (const size of [270, 720]) {
        const { track } = await play({ input: input.id, width: 480, height: size, fit: 'fill' });
        // An engine draws BT.601 and BT.709 up to 8 levels apart: see quartersAsDrawn().
        await new VideoScreen(track).shows(spots, isNative ? 9 : 4);
      }
    });
  }

  it('is black before its first picture, and keeps the last one after the end of the track', async () => {
    const black = await play({ input: 0 });
    await new VideoScreen(black.track).showsColor([0, 0, 0]);
    const source = await patternTrack('pattern="solid" color="rgb(200, 40, 60)" width="320" height="180"');
    const input = await acquire(source);
    await black.play(compositionOf({ input: input.id }));
    const screen = new VideoScreen(black.track);
    await screen.showsColor([200, 40, 60], 6);
    removePlaced();
    await waitFor(() => source.readyState === 'ended', 'the end of the source');
    const { produced } = await black.getCounts();
    await waitFor(async () => (await black.getCounts()).produced > produced + 10, 'more frames');
    await screen.showsColor([200, 40, 60], 6);
  });

  it('is shared by its holders, and another one once all have released it', async () => {
    const source = await patternTrack('width="320" height="180"');
    const [one, other] = [await acquire(source), await acquire(source)];
    assert.equal(one.id, other.id);
    one.release();
    one.release();
    const { track } = await play({ input: other.id });
    await new VideoScreen(track).loaded();
    other.release();
    assert.notEqual((await acquire(source)).id, other.id);
  });

  it('that is not open is an error of its layer', async () => {
    const listener = { started() {}, failed() {}, ended() {}, suspendChanged() {} };
    await acquire(await patternTrack('width="320" height="180"'));
    const playback = await openVideoPlayback(listener);
    onCleanup(() => playback.close());
    const [failure] = await playback.play(compositionOf({ input: 999_999 }));
    assert.include(failure?.error.message ?? '', 'input is 999999; it must be the id of an open input.');
  });

  it('tells the size of its pictures, also to a holder who comes later', async () => {
    const sizes: string[] = [];
    const resized = (width: number, height: number) => sizes.push(`${width}x${height}`);
    const source = place<HTMLElementTagNameMap['pattern-source']>(
      '<pattern-source width="320" height="180"></pattern-source>',
    );
    const track = await source.ready;
    const lease = await acquireInput(track, { resized });
    onCleanup(() => lease.release());
    await waitFor(() => sizes.at(-1) === '320x180', 'the first size');
    source.width = 640;
    await waitFor(() => sizes.at(-1) === '640x180', 'the second size');
    const later: string[] = [];
    const another = await acquireInput(track, { resized: (width, height) => later.push(`${width}x${height}`) });
    assert.deepEqual(later, ['640x180']);
    another.release();
  });

  it('shows a picture that the page adds, until the track has its next one', async () => {
    const source = place<HTMLElementTagNameMap['track-generator']>('<track-generator kind="video"></track-generator>');
    const input = await acquire(await source.ready);
    const { track } = await play({ input: input.id, width: 64, height: 48 });
    const screen = new VideoScreen(track);
    input.show(new VideoFrame(makeSolidCanvas([200, 40, 60]), { timestamp: 0 }));
    await screen.showsColor([200, 40, 60], 12);
    const timer = setInterval(() => void source.write(makeSolidCanvas([50, 70, 210])).catch(() => {}), 100);
    onCleanup(() => clearInterval(timer));
    await screen.showsColor([50, 70, 210], 12);
  });

  it('that is not wanted any more does not open', async () => {
    const track = await patternTrack('width="320" height="180"');
    const opening = new AbortController();
    const leased = acquireInput(track, {}, opening.signal);
    opening.abort(new DOMException('Enough.', 'AbortError'));
    assert.equal((await rejectionOf(leased)).message, 'Enough.');
  });
});

describe('After all inputs', () => {
  it('no worker runs', async () => {
    await waitFor(
      () => workers.running === 0,
      () => `the end of ${workers.running} workers`,
    );
  });
});
