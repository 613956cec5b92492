/* Muted and paused, as everybody who watches the track sees it. */
import { videoBackends, videoGenerator } from '../support/generators.js';
import { connectPeers } from '../support/peers.js';
import { describeIf, hasPeers, hasProcessor, noPeers, noProcessor } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { frameBytes, TrackReader } from '../support/track-reading.js';
import { makeCanvas, makeFrame, makeSolidCanvas, quarters } from '../support/video-inputs.js';
import { VideoScreen } from '../support/video-pixels.js';

const black = [0, 0, 0] as const;

for (const backend of videoBackends) {
  describe(`A muted video generator by ${backend}`, () => {
    it('shows black of the same size, and the picture again afterwards', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeCanvas());
      await screen.shows(quarters);
      generator.muted = true;
      await screen.showsColor(black);
      assert.deepEqual(screen.size, [64, 48]);
      generator.muted = false;
      await screen.shows(quarters);
    });

    it('accepts writes, shows black of their size, and the newest picture afterwards', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeSolidCanvas([255, 255, 255]));
      generator.muted = true;
      const frame = makeFrame(0, 128, 96);
      assert.equal(await generator.write(frame), true);
      assert.isNull(frame.format);
      await screen.hasSize(128, 96);
      await screen.showsColor(black);
      generator.muted = false;
      await screen.shows(quarters);
      assert.deepEqual(screen.size, [128, 96]);
    });

    it('shows black from its first picture on', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      generator.muted = true;
      await generator.write(makeCanvas());
      await screen.hasSize(64, 48);
      await screen.showsColor(black);
    });

    it('shows black to a viewer who arrives later', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      generator.muted = true;
      await new VideoScreen(generator.track).showsColor(black);
    });

    it('shows the last picture after muting and unmuting many times', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeCanvas());
      for (let n = 0; n < 7; n++) generator.muted = n % 2 === 0;
      generator.muted = false;
      await screen.shows(quarters);
      generator.muted = true;
      generator.muted = false;
      generator.muted = true;
      await screen.showsColor(black);
    });

    it('leaves the track itself alone', async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas());
      generator.muted = true;
      assert.isTrue(generator.muted);
      assert.deepEqual(
        [generator.track.enabled, generator.track.muted, generator.track.readyState],
        [true, false, 'live'],
      );
    });

    it('rejects bad data as usual', async () => {
      const generator = videoGenerator(backend);
      generator.muted = true;
      const outcome = await generator.write({} as never).catch((error) => error);
      assert.instanceOf(outcome, TypeError);
    });

    it('can be muted while it is paused, and shows the last picture afterwards', async () => {
      const generator = videoGenerator(backend);
      const screen = new VideoScreen(generator.track);
      await generator.write(makeCanvas());
      generator.paused = true;
      generator.muted = true;
      await screen.showsColor(black);
      generator.muted = false;
      await screen.shows(quarters);
    });
  });
}

describeIf(hasProcessor, noProcessor, 'A muted native video generator, frame by frame', () => {
  it('sends black with the timestamps of the written frames', async () => {
    const generator = videoGenerator('native');
    const frames = new TrackReader<VideoFrame>(generator.track);
    generator.muted = true;
    for (const timestamp of [1000, 2000, 3000]) await generator.write(makeFrame(timestamp));
    const sent = await frames.take(3);
    assert.deepEqual(
      sent.map(({ timestamp }) => timestamp),
      [1000, 2000, 3000],
    );
    for (const frame of sent) {
      const bytes = await frameBytes(frame, 'RGBA');
      assert.isTrue(bytes.every((level, at) => at % 4 === 3 || level === 0));
    }
  });
});

describeIf(hasPeers, noPeers, 'A video generator over a peer connection', () => {
  for (const backend of videoBackends) {
    it(`by ${backend} arrives within 8 levels, muted as black, and as another size`, async () => {
      const generator = videoGenerator(backend);
      await generator.write(makeCanvas(320, 240));
      const [received] = (await connectPeers([generator.track])).tracks;
      const screen = new VideoScreen(received);
      await screen.shows(quarters, 8);
      generator.muted = true;
      await screen.showsColor(black, 8);
      generator.muted = false;
      await generator.write(makeCanvas(640, 480));
      await screen.shows(quarters, 8);
    });
  }
});
