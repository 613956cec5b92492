/* Timestamps, and the repeats for those who come late. */
import { videoBackends, videoGenerator } from '../support/generators.js';
import { describeIf, hasProcessor, noProcessor } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { TrackReader } from '../support/track-reading.js';
import { makeCanvas, makeFrame, quarters } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';
import { nextEvent, retry, sleep, waitFor } from '../support/waiting.js';

describeIf(hasProcessor, noProcessor, 'Timestamps of a native video generator', () => {
  it('are those of the timeline by default, and rise', () =>
    retry(async () => {
      const generator = videoGenerator('native');
      const frames = new TrackReader<VideoFrame>(generator.track);
      const stamps: number[] = [];
      const written: number[] = [];
      for (let n = 0; n < 5; n++) {
        written.push(performance.now() * 1000);
        await generator.write(makeCanvas());
        stamps.push((await frames.next()).timestamp);
        await sleep(20);
      }
      stamps.slice(1).forEach((stamp, index) => {
        assert.isAbove(stamp, stamps[index] as number);
        const passed = (written[index + 1] as number) - (written[index] as number);
        assert.closeTo(stamp - (stamps[index] as number), passed, 10_000);
      });
    }));

  it('are on one timeline for all generators of a page', () =>
    retry(async () => {
      const pair = [videoGenerator('native'), videoGenerator('native')];
      const frames = pair.map((generator) => new TrackReader<VideoFrame>(generator.track));
      await Promise.all(pair.map((generator) => generator.write(makeCanvas())));
      const [one, other] = await Promise.all(frames.map((each) => each.next()));
      assert.closeTo(one?.timestamp ?? Number.NaN, other?.timestamp ?? Number.NaN, 10_000);
    }));

  it('stay those of a VideoFrame', async () => {
    const generator = videoGenerator('native');
    const frames = new TrackReader<VideoFrame>(generator.track);
    for (const timestamp of [5_000_000, 5_040_000, 5_080_000]) await generator.write(makeFrame(timestamp));
    const stamps = (await frames.take(3)).map(({ timestamp }) => timestamp);
    assert.deepEqual(stamps, [5_000_000, 5_040_000, 5_080_000]);
  });

  for (const [name, write] of Object.entries({
    'a VideoFrame': () => makeFrame(5_000_000),
    'a canvas': () => makeCanvas(),
  })) {
    it(`rise by the elapsed time when ${name} repeats`, () =>
      retry(async () => {
        const generator = videoGenerator('native');
        const frames = new TrackReader<VideoFrame>(generator.track);
        await generator.write(write());
        const start = performance.now();
        const [first, ...repeats] = (await frames.take(3)).map(({ timestamp }) => timestamp) as [
          number,
          number,
          number,
        ];
        const passed = (performance.now() - start) * 1000;
        assert.isAbove(repeats[0] as number, first);
        assert.isAbove(repeats[1] as number, repeats[0] as number);
        assert.closeTo((repeats[1] as number) - first, passed, 50_000);
      }));
  }
});

for (const backend of videoBackends) {
  describe(`A viewer of a video generator by ${backend}`, () => {
    it('who arrives late sees the last picture within one second', () =>
      retry(async () => {
        const generator = videoGenerator(backend);
        await generator.write(makeCanvas());
        await sleep(100);
        const came = performance.now();
        const screen = new VideoScreen(generator.track);
        await nextEvent(screen.video, 'loadeddata');
        const waited = performance.now() - came;
        await screen.shows(quarters);
        assert.isBelow(waited, 1000);
      }));

    it('who arrives late at a clone sees it too', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      const clone = generator.track.clone();
      const screen = new VideoScreen(clone);
      await screen.shows(quarters);
      clone.stop();
    });

    it('sees repeats that are counted', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      await waitFor(async () => (await generator.getStats()).repeated >= 2, 'a second repeat');
      assert.equal((await generator.getStats()).produced, 1);
    });

    it('still sees the picture when it is paused', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      generator.paused = true;
      await new VideoScreen(generator.track).shows(quarters);
    });
  });
}

describe('getSettings() of a written video track', () => {
  for (const backend of videoBackends) {
    it(`reports the size by ${backend}, also after a change`, async () => {
      const generator = videoGenerator(backend);
      for (const [width, height] of [
        [64, 48],
        [32, 18],
      ] as const) {
        await generator.write(makeCanvas(width, height));
        const settings = generator.track.getSettings();
        assert.deepEqual([settings.width, settings.height], [width, height]);
      }
    });

    it(`reports no wrong rate by ${backend}`, async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      const { frameRate } = generator.track.getSettings();
      assert.notEqual(frameRate, 0);
    });
  }
});
