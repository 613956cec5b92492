/* How written audio is queued, paced, muted and counted. */
import { measureSine } from '../support/audio-analysis.js';
import { sine } from '../support/audio-inputs.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { audioBackends, audioGenerator } from '../support/generators.js';
import { connectPeers } from '../support/peers.js';
import { describeIf, hasPeers, noPeers } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { retry, sleep, waitFor } from '../support/waiting.js';

const second = (): Float32Array<ArrayBuffer> => sine(500, 1);

for (const backend of audioBackends) {
  describe(`write() of an audio generator by ${backend}`, () => {
    it('resolves at once while less than 500 ms are queued', () =>
      retry(async () => {
        const generator = audioGenerator({ backend });
        await generator.write(sine(500, 0.05));
        const start = performance.now();
        for (let n = 0; n < 4; n++) assert.equal(await generator.write(sine(500, 0.05)), true);
        assert.isBelow(performance.now() - start, 200);
      }));

    it('waits while more than 500 ms are queued, so that a loop of writes plays in time', async () => {
      const generator = audioGenerator({ backend });
      const queued: number[] = [];
      for (let n = 0; n < 16; n++) {
        assert.equal(await generator.write(sine(500, 0.1)), true);
        queued.push(generator.queued);
      }
      assert.isBelow(Math.max(...queued), 0.58);
      // A busy page hears late of some answers, but not of most.
      const waited = queued.slice(6).sort((a, b) => a - b);
      assert.isAbove(waited[5] as number, 0.25, `${queued}`);
    });

    it('plays a long write in time, in blocks', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      const written = generator.write(sine(800, 0.8));
      const [heard] = await recording.audible(0.7);
      const { frequency, peak } = measureSine(heard, 48000);
      assert.closeTo(frequency, 800, 1);
      assert.closeTo(peak, 0.5, 0.01);
      assert.equal(await written, true);
      await recording.silence();
    });

    it('resolves to false for queued samples when the generator stops', async () => {
      const generator = audioGenerator({ backend });
      const writes = [generator.write(second()), generator.write(second())];
      generator.stop();
      assert.deepEqual(await Promise.all(writes), [false, false]);
    });

    it('resolves to false while paused', async () => {
      const generator = audioGenerator({ backend });
      generator.paused = true;
      assert.equal(await generator.write(sine(500, 0.1)), false);
      generator.paused = false;
      assert.equal(await generator.write(sine(500, 0.1)), true);
    });
  });

  describe(`An audio generator by ${backend}`, () => {
    it('is silent before and after written audio', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      await recording.silence();
      await generator.write(sine(500, 0.1));
      await recording.audible(0.1);
      await recording.silence();
      assert.equal(generator.track.readyState, 'live');
      assert.isFalse(generator.track.muted);
    });

    for (const hold of ['muted', 'paused'] as const) {
      it(`is silent while ${hold}, also with a long write queued, and audible afterwards`, async () => {
        const generator = audioGenerator({ backend });
        const recording = await AudioRecorder.of(generator.track);
        void generator.write(sine(500, 1.2));
        await recording.audible(0.1);
        generator[hold] = true;
        await recording.silence(0.2);
        generator[hold] = false;
        await generator.write(sine(500, 0.3));
        const since = recording.length;
        await recording.audible(0.1, since);
      });
    }

    it('accepts writes while muted', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      generator.muted = true;
      const since = recording.length;
      assert.equal(await generator.write(sine(500, 0.2)), true);
      await sleep(300);
      assert.isFalse(recording.samples(0, since).some((sample) => Math.abs(sample) > 1e-4));
    });

    it('counts blocks of 10 ms and underruns', async () => {
      const generator = audioGenerator({ backend });
      await generator.write(sine(500, 0.105));
      const stats = await waitFor(async () => {
        const counted = await generator.getStats();
        return counted.underruns > 0 && counted.produced > 50 && counted;
      }, 'counts');
      assert.deepEqual([stats.kind, stats.backend, stats.underruns, stats.dropped], ['audio', backend, 1, 0]);
    });

    it('is not suspended if the browser lets audio run', async () => {
      const generator = audioGenerator({ backend });
      await generator.write(sine(500, 0.1));
      assert.isFalse(generator.suspended);
    });
  });
}

// Suspended generators are tested in test/node/suspended.test.ts: these browsers let audio run without a user gesture.

describeIf(hasPeers, noPeers, 'An audio generator over a peer connection', () => {
  for (const backend of audioBackends) {
    it(`by ${backend} is heard at its pitch`, async () => {
      const generator = audioGenerator({ backend });
      const [received] = (await connectPeers([generator.track])).tracks;
      // Chromium lets a received track be read only while an element plays it.
      const player = Object.assign(new Audio(), { srcObject: new MediaStream([received]), volume: 0.01 });
      await player.play();
      const recording = await AudioRecorder.of(received);
      void generator.write(sine(1000, 1.5));
      await recording.audible(0.1);
      const since = recording.length;
      const { frequency, peak } = measureSine((await recording.audible(0.5, since))[0], 48000);
      assert.closeTo(frequency, 1000, 5);
      assert.closeTo(peak, 0.5, 0.1);
      player.pause();
    });
  }
});
