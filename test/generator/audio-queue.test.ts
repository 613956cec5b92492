/* Audio that is written faster than it is played: it waits, is played in order, and can be cleared. */
import type { TrackGenerator } from 'track-elements/generator';
import { amplitudeAt, isAudible, peakOf } from '../support/audio-analysis.js';
import { sine } from '../support/audio-inputs.js';
import { AudioRecorder } from '../support/audio-recording.js';
import { audioBackends, audioGenerator } from '../support/generators.js';
import { hearsEverySample, skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { nextEvent, retry, sleep } from '../support/waiting.js';

const CHUNK_S = 0.1;
const RATE_HZ = 48_000;

/** The number of a chunk is heard by its pitches: the lower one tells the tenth of a second, the higher one the second. */
const tenthPitches = Array.from({ length: 10 }, (_, tenth) => 400 + 100 * tenth);
const secondPitches = Array.from({ length: 10 }, (_, second) => 2000 + 200 * second);

function chunkOf(chunk: number): Float32Array<ArrayBuffer> {
  const second = sine(secondPitches[Math.floor(chunk / 10)], CHUNK_S);
  return sine(tenthPitches[chunk % 10], CHUNK_S).map((sample, n) => (sample + second[n]) / 2);
}

function loudest(samples: Float32Array, pitches: readonly number[]): number {
  const levels = pitches.map((pitch) => amplitudeAt(samples, RATE_HZ, pitch));
  return levels.indexOf(Math.max(...levels));
}

/** The number of the chunk that these samples are of. */
const heardChunk = (samples: Float32Array): number =>
  10 * loudest(samples, secondPitches) + loudest(samples, tenthPitches);

const writeChunks = (generator: TrackGenerator, count: number): Promise<boolean>[] =>
  Array.from({ length: count }, (_, chunk) => generator.write(chunkOf(chunk)));

/**
 * The chunks that are heard one after the other, each once: a busy machine's recording has gaps, which shift what follows
 * but not its order.
 */
function heardOrder(recording: Float32Array): number[] {
  const samples = recording.filter((sample) => sample !== 0);
  const length = RATE_HZ / 50;
  const windows = Array.from({ length: Math.floor(samples.length / length) }, (_, window) =>
    heardChunk(samples.subarray(window * length, (window + 1) * length)),
  );
  // A window across a border or a gap may have any pitch: two in a row have to agree.
  const certain = windows.filter((chunk, window) => chunk === windows[window + 1]);
  return certain.filter((chunk, index) => chunk !== certain[index - 1]);
}

/** The chunks from 0 on. */
const firstChunks = (count: number): number[] => Array.from({ length: count }, (_, chunk) => chunk);

async function assertDropped(generator: TrackGenerator, writes: number): Promise<void> {
  assert.equal((await generator.getStats()).dropped, writes);
}

/** On a busy machine a recording may lose samples, but not each one does. */
const RECORDINGS = 3;

/** The chunks from 0 on are heard in order in each recording, and all of them in one. */
async function assertHeard(count: number, record: () => Promise<Float32Array>): Promise<void> {
  let heard: number[] = [];
  for (let n = 0; n < RECORDINGS && heard.length < count; n++) {
    heard = heardOrder(await record());
    assert.deepEqual(
      heard,
      heard.toSorted((a, b) => a - b),
    );
  }
  assert.deepEqual(heard, firstChunks(count));
}

/** The queue is the same everywhere; where a recording of it has gaps, a longer one has more of them. */
const queuedSeconds = { native: 10, worklet: 4 };

for (const backend of audioBackends) {
  describe(`Audio that is written faster than it is played, by ${backend}`, () => {
    const queuedS = queuedSeconds[backend];
    it(`is heard as a whole and in order: ${queuedS} s in chunks of ${CHUNK_S} s, not awaited`, async function () {
      this.timeout(RECORDINGS * (queuedS + 10) * 1000);
      const count = queuedS / CHUNK_S;
      const record = async () => {
        const generator = audioGenerator({ backend });
        const recording = await AudioRecorder.of(generator.track);
        const since = recording.length;
        const writes = writeChunks(generator, count);
        assert.closeTo(generator.queued, queuedS, 0.3);
        const results = await Promise.all(writes);
        assert.deepEqual(results, Array(count).fill(true));
        assert.isTrue(await generator.played());
        await recording.silence();
        assert.equal(generator.queued, 0);
        await assertDropped(generator, 0);
        return recording.samples(0, since);
      };
      if (hearsEverySample) await assertHeard(count, record);
      else {
        await record();
        skip(this, 'WebKitGTK loses samples between two audio contexts');
      }
    });

    it('is refused at once when the queue has no room, and nothing that was taken is lost', () =>
      assertHeard(10, async () => {
        const generator = audioGenerator({ backend, queueLimit: 1 });
        const recording = await AudioRecorder.of(generator.track);
        const since = recording.length;
        const order: number[] = [];
        const writes = writeChunks(generator, 20).map((write, chunk) =>
          write.then((isTaken) => {
            order.push(chunk);
            return isTaken;
          }),
        );
        await Promise.resolve();
        await sleep(0);
        assert.includeMembers(order, [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], 'the refusals come at once');
        const results = await Promise.all(writes);
        assert.deepEqual(results, [...Array(10).fill(true), ...Array(10).fill(false)]);
        assert.isTrue(await generator.played());
        await recording.silence();
        await assertDropped(generator, 10);
        return recording.samples(0, since);
      }));

    it('is never refused if each write is awaited, also with a short queue and long writes', async () => {
      const generator = audioGenerator({ backend, queueLimit: 0.2 });
      for (const seconds of [0.05, 0.05, 0.05, 0.3, 0.3, 0.05]) {
        assert.isTrue(await generator.write(sine(500, seconds)), `${seconds} s`);
        assert.isAtMost(generator.queued, 0.35);
      }
    });

    it('is never refused by writable, which waits', () =>
      assertHeard(8, async () => {
        const generator = audioGenerator({ backend, queueLimit: 0.2 });
        const recording = await AudioRecorder.of(generator.track);
        const since = recording.length;
        const writer = generator.writable.getWriter();
        const writes = Array.from({ length: 8 }, (_, chunk) => writer.write(chunkOf(chunk)));
        await Promise.all(writes);
        writer.releaseLock();
        assert.isTrue(await generator.played());
        await assertDropped(generator, 0);
        await recording.silence();
        return recording.samples(0, since);
      }));

    it('is played after a pause in which the queue stood still', () =>
      retry(async () => {
        const generator = audioGenerator({ backend });
        const recording = await AudioRecorder.of(generator.track);
        const writes = writeChunks(generator, 6);
        await recording.audible(0.1);
        generator.paused = true;
        await recording.silence(0.1);
        const queued = generator.queued;
        assert.isAbove(queued, 0.15);
        await sleep(200);
        assert.equal(generator.queued, queued);
        generator.paused = false;
        const since = recording.length;
        const isPlayed = generator.played();
        await recording.audible(0.1, since);
        assert.deepEqual(await Promise.all(writes), Array(6).fill(true));
        assert.isTrue(await isPlayed);
        await recording.silence();
        const rest = recording.samples(0, since).filter(isAudible).length / RATE_HZ;
        assert.closeTo(rest, queued, 0.08);
      }, RECORDINGS));

    it('fires played once, after the last sample', async () => {
      const generator = audioGenerator({ backend });
      assert.isTrue(await generator.played(), 'nothing was written');
      let count = 0;
      generator.addEventListener('played', () => count++);
      const played = nextEvent(generator, 'played');
      const started = performance.now();
      void Promise.all(writeChunks(generator, 5));
      await played;
      assert.isAtLeast(performance.now() - started, 480);
      assert.equal(generator.queued, 0);
      await sleep(250);
      assert.equal(count, 1);
    });

    it('of several sample rates is counted in seconds', async () => {
      const generator = audioGenerator({ backend });
      void generator.write(sine(500, 0.5, 24_000), { sampleRate: 24_000 });
      void generator.write(sine(500, 0.5, 44_100), { sampleRate: 44_100 });
      void generator.write(sine(500, 0.5));
      assert.closeTo(generator.queued, 1.5, 0.01);
      const started = performance.now();
      assert.isTrue(await generator.played());
      assert.isAtLeast(performance.now() - started, 1450);
    });
  });

  describe(`clear() of audio by ${backend}`, () => {
    it('falls silent within 50 ms without a click, settles what waits with false, and keeps the track', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      const heardBefore = recording.length;
      const writes = Array.from({ length: 30 }, () => generator.write(sine(500, CHUNK_S)));
      await recording.audible(0.3, heardBefore);
      const isPlayed = generator.played();
      const played = 30 * CHUNK_S - generator.queued;
      generator.clear();
      const cleared = recording.length;
      assert.equal(generator.queued, 0);
      const results = await Promise.all(writes);
      assert.isTrue(results[0]);
      assert.isFalse(results[29]);
      assert.isFalse(await isPlayed);
      await recording.silence();
      // The amount is compared, and no time: WebKitGTK hands audio to a second context up to a second later.
      const heard = recording.samples(0, heardBefore).filter(isAudible).length / RATE_HZ;
      assert.isBelow(heard - played, 0.05);
      const last = recording.samples(0, cleared).findLastIndex(isAudible);
      const end = recording.samples(0, cleared + last - 480, cleared + last + 1);
      const largestStep = end.reduce(
        (largest, sample, n) => (n === 0 ? 0 : Math.max(largest, Math.abs(sample - (end[n - 1] as number)))),
        0,
      );
      // The steps of the sine itself are 0.033; a cut at a peak is one of 0.5.
      assert.isBelow(largestStep, 0.1);
      assert.isBelow(peakOf(end.subarray(-24)), 0.1);
      assert.equal(generator.track.readyState, 'live');
    });

    it('lets the next write be heard at once, and played() wait for that', () =>
      retry(async () => {
        const generator = audioGenerator({ backend });
        const recording = await AudioRecorder.of(generator.track);
        void Promise.all(writeChunks(generator, 50));
        await recording.audible(0.2);
        generator.clear();
        const since = recording.length;
        const isTaken = generator.write(sine(2000, 0.5));
        assert.closeTo(generator.queued, 0.5, 0.01);
        const isPlayed = generator.played();
        assert.isTrue(await isTaken);
        assert.isTrue(await isPlayed);
        await recording.silence();
        const heard = recording.samples(0, since);
        assert.isBelow(heard.filter(isAudible).length / RATE_HZ, 1.5, 'the cleared five seconds are not played');
        const starts = Array.from({ length: Math.floor(heard.length / 2400) }, (_, window) => window * 2400);
        const levels = starts.map((start) => amplitudeAt(heard.subarray(start, start + 2400), RATE_HZ, 2000));
        assert.isAtLeast(levels.filter((level) => Math.abs(level - 0.5) < 0.02).length, 6, `${levels}`);
      }, RECORDINGS));

    it('drops what waits during a pause, in silence', async () => {
      const generator = audioGenerator({ backend });
      const recording = await AudioRecorder.of(generator.track);
      const writes = writeChunks(generator, 20);
      await recording.audible(0.1);
      generator.paused = true;
      await recording.silence(0.1);
      generator.clear();
      generator.paused = false;
      assert.isFalse((await Promise.all(writes)).at(-1));
      const since = recording.length;
      await recording.silence(0.2);
      assert.isBelow(peakOf(recording.samples(0, since)), 1e-4);
    });

    it('does nothing while nothing waits, nor after the end', async () => {
      const generator = audioGenerator({ backend });
      generator.clear();
      assert.isTrue(await generator.write(sine(500, 0.1)));
      assert.isTrue(await generator.played());
      generator.stop();
      generator.clear();
      assert.equal(generator.queued, 0);
    });
  });

  describe(`getStats() of audio by ${backend}`, () => {
    it('counts a write when its promise settles', async () => {
      const generator = audioGenerator({ backend });
      assert.isTrue(await generator.write(sine(500, 0.1)));
      assert.isAtLeast((await generator.getStats()).produced, 1);
      generator.paused = true;
      assert.isFalse(await generator.write(sine(500, 0.1)));
      assert.equal((await generator.getStats()).dropped, 1);
    });
  });
}

describe('queueLimit of an audio generator', () => {
  it('is five minutes unless it is given, and may change', () => {
    const generator = audioGenerator();
    assert.equal(generator.queueLimit, 300);
    generator.queueLimit = 20;
    assert.equal(generator.queueLimit, 20);
  });

  for (const wrong of [0, -1, Number.NaN, '5' as unknown as number]) {
    it(`rejects ${JSON.stringify(wrong)}`, () => {
      assert.throws(() => audioGenerator({ queueLimit: wrong }), RangeError, /queueLimit is .* above 0/);
    });
  }
});
