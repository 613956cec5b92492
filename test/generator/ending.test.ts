/* However a generator ends: `ended` once on it, on the track when the generator ended it, and nothing works afterwards. */
import { TrackGenerator } from 'track-elements/generator';
import type { TrackKind } from '../../dist/signals/track-kind.js';
import { stopAfterTest } from '../support/cleanup.js';
import { audioBackends, videoBackends } from '../support/generators.js';
import { assertRejects } from '../support/rejections.js';
import { skip } from '../support/skipping.js';
import { assert, describe, it } from '../support/suite.js';
import { makeCanvas, makeFrame } from '../support/video-inputs.js';
import { nextEvent, sleep } from '../support/waiting.js';

const after = { name: 'InvalidStateError', says: [/ended/] };

interface Counted {
  readonly generator: TrackGenerator;
  readonly events: { generator: number; track: number };
}

function counted(kind: TrackKind, backend: 'native' | 'canvas' | 'worklet'): Counted {
  const generator = stopAfterTest(new TrackGenerator({ kind, backend }));
  const events = { generator: 0, track: 0 };
  generator.addEventListener('ended', () => events.generator++);
  generator.track.addEventListener('ended', () => events.track++);
  return { generator, events };
}

for (const [kind, backend] of [
  ...videoBackends.map((backend) => ['video', backend] as const),
  ...audioBackends.map((backend) => ['audio', backend] as const),
]) {
  const data = () => (kind === 'video' ? makeCanvas() : new Float32Array(480));
  /** Either with something written, or before that. */
  const first = async (generator: TrackGenerator, written: boolean) => {
    if (written) await generator.write(data());
  };

  for (const written of [true, false]) {
    describe(`${kind} by ${backend}, ended ${written ? 'with something' : 'before anything was'} written`, () => {
      const ends: Readonly<Record<string, (generator: TrackGenerator) => unknown>> = {
        'its stop()': (generator) => generator.stop(),
        'closing its writable': (generator) => generator.writable.getWriter().close(),
        'aborting its writable': (generator) => generator.writable.abort('enough'),
      };
      for (const [name, end] of Object.entries(ends)) {
        it(`by ${name} fires ended once on the generator and once on the track`, async () => {
          const { generator, events } = counted(kind, backend);
          await first(generator, written);
          const ended = nextEvent(generator, 'ended');
          await end(generator);
          await ended;
          assert.equal(generator.track.readyState, 'ended');
          generator.stop();
          generator.track.stop();
          await sleep(50);
          assert.deepEqual(events, { generator: 1, track: 1 });
        });
      }

      it("by the page's own track.stop() fires ended within a second and a half, on the generator only", async () => {
        const { generator, events } = counted(kind, backend);
        await first(generator, written);
        const ended = nextEvent(generator, 'ended', { timeoutMs: 1500 });
        generator.track.stop();
        await ended;
        generator.stop();
        await sleep(50);
        assert.deepEqual(events, { generator: 1, track: 0 });
      });

      it("by the page's own track.stop() makes the next write reject", async () => {
        const { generator, events } = counted(kind, backend);
        await first(generator, written);
        generator.track.stop();
        await assertRejects(generator.write(data()), after);
        assert.deepEqual(events, { generator: 1, track: 0 });
      });
    });
  }

  describe(`An ended ${kind} generator by ${backend}`, () => {
    it('rejects writes, also to its writable', async () => {
      const { generator } = counted(kind, backend);
      const { writable } = generator;
      generator.stop();
      await assertRejects(generator.write(data()), after);
      const writer = writable.getWriter();
      await assertRejects(writer.closed, after);
      await assertRejects(writer.write(data()), after);
    });

    it('rejects writes to a writable that was first read after the end', async () => {
      const { generator } = counted(kind, backend);
      generator.stop();
      const writer = generator.writable.getWriter();
      await assertRejects(writer.write(data()), after);
    });

    it('reports its counts, and can be muted and paused without effect', async () => {
      const { generator } = counted(kind, backend);
      await generator.write(data());
      generator.stop();
      generator.muted = true;
      generator.muted = false;
      generator.paused = true;
      const stats = await generator.getStats();
      assert.deepEqual([stats.kind, stats.backend], [kind, backend]);
      assert.equal(generator.track.readyState, 'ended');
    });
  });
}

describe('Clones of a generated video track', () => {
  for (const backend of videoBackends) {
    it(`do not keep a ${backend} generator alive`, async () => {
      const { generator } = counted('video', backend);
      const clone = generator.track.clone();
      await generator.write(makeCanvas());
      generator.track.stop();
      const frame = makeFrame();
      await assertRejects(generator.write(frame), after);
      assert.isNotNull(frame.format);
      frame.close();
      clone.stop();
    });
  }

  it('end with a native generator', async function () {
    if (!(videoBackends as readonly string[]).includes('native')) skip(this, 'this browser has no native backend');
    const { generator } = counted('video', 'native');
    await generator.write(makeCanvas());
    const clone = generator.track.clone();
    const ended = nextEvent(clone, 'ended');
    generator.stop();
    await ended;
    assert.equal(clone.readyState, 'ended');
  });
});
