/*
 * A pattern that is prepared in slices. The worker is so busy in these tests that each turn of the scheduler does one
 * slice: another task is always due.
 */
import { createPicture, type Pattern, type PatternRenderer, patterns } from 'track-elements/signals';
import type { VideoComposition } from '../../dist/engine/composition.js';
import { Preparation } from '../../dist/engine/worker/preparation.js';
import { VideoPlayer } from '../../dist/engine/worker/video-player.js';
import { now } from '../../dist/generator/timeline.js';
import { patternOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const frameRate = { numerator: 25, denominator: 1 };

const compositionOf = (pattern: string): VideoComposition => {
  const signal = patternOf({ pattern, width: 32, height: 32, frameRate });
  return { width: 32, height: 32, frameRate, layers: [{ id: 1, signal, x: 0, y: 0, opacity: 1 }] };
};

/** A pattern whose luma is `luma`, prepared in so many slices. */
const slow = (name: string, luma: number, slices: number, changes: Partial<PatternRenderer> = {}): Pattern => ({
  name,
  *prepare({ width, height, colorSpace }) {
    for (let i = 1; i < slices; i++) yield;
    const picture = createPicture(width, height, colorSpace);
    picture.y.fill(luma);
    return { picture, key: () => 0, render() {}, ...changes };
  },
});

interface Task {
  due: number;
  run(now: number): void;
}

class Bench {
  readonly origin = now();
  readonly lumas: number[] = [];
  readonly answers = new Map<number, { readonly value?: unknown }>();
  readonly tasks = new Set<Task>([{ due: 0, run() {} }]);
  readonly player: VideoPlayer;
  readonly #port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: { type: string; id: number; value?: unknown }) => {
      if (message.type === 'answer') this.answers.set(message.id, message);
    },
    close() {},
  };

  constructor(...own: Pattern[]) {
    const sink = {
      isBusy: false,
      acceptsClones: true,
      onend: null,
      send: (frame: VideoFrame) => {
        this.#read.push(readLuma(frame).then((luma) => this.lumas.push(luma)));
      },
      async close() {},
    };
    const { tasks } = this;
    const scheduler = {
      tasks,
      add: (task: Task) => tasks.add(task),
      remove: (task: Task) => tasks.delete(task),
      wakeFor() {},
    };
    const scope = {
      scheduler: scheduler as never,
      tables: { video: [...own, ...patterns], audio: [] },
      useFrameClass: () => {},
      hasExtraPatterns: true,
      handlers: {},
      decorate: null,
      prepareInput: null,
    };
    this.player = new VideoPlayer(this.#port as never, sink, this.origin, scope);
  }

  readonly #read: Promise<unknown>[] = [];

  post(data: object): void {
    this.#port.onmessage?.({ data });
  }

  play(id: number, pattern: string): void {
    this.post({ type: 'play', id, composition: compositionOf(pattern) });
  }

  get preparations(): Preparation<unknown>[] {
    return [...this.tasks].filter((task) => task instanceof Preparation);
  }

  /** One turn of the scheduler, without the player. */
  async turn(): Promise<void> {
    for (const preparation of this.preparations) preparation.run();
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** The luma of all frames so far, after frame `n`. */
  async frame(n: number): Promise<readonly number[]> {
    this.player.run(this.origin + n * 40);
    await Promise.all(this.#read);
    return this.lumas;
  }
}

async function readLuma(frame: VideoFrame): Promise<number> {
  const bytes = new Uint8Array(frame.allocationSize());
  await frame.copyTo(bytes);
  frame.close();
  return bytes[0];
}

describe('A preparation in slices', () => {
  it('keeps the pattern before on show until the new one is ready', async () => {
    const bench = new Bench(slow('now', 50, 1), slow('later', 90, 4));
    bench.play(1, 'now');
    assert.deepEqual(bench.answers.get(1)?.value, { rejected: [] });
    await bench.frame(1);
    bench.play(2, 'later');
    for (const n of [2, 3]) {
      await bench.turn();
      assert.isUndefined(bench.answers.get(2));
      assert.equal((await bench.frame(n)).at(-1), 50);
    }
    await bench.turn();
    assert.deepEqual(bench.answers.get(2)?.value, { rejected: [] });
    assert.equal((await bench.frame(4)).at(-1), 90);
    assert.deepEqual(bench.lumas, [50, 50, 50, 90], 'no frame is left out');
    assert.lengthOf(bench.preparations, 0);
  });

  it('shows the first frame of a track when that is ready', async () => {
    const bench = new Bench(slow('later', 90, 2));
    bench.play(1, 'later');
    assert.deepEqual(await bench.frame(1), []);
    await bench.turn();
    assert.deepEqual(await bench.frame(2), [90]);
  });

  it('is abandoned for a newer composition', async () => {
    const bench = new Bench(slow('now', 50, 1), slow('later', 90, 4), slow('latest', 120, 2));
    bench.play(1, 'later');
    bench.play(2, 'latest');
    assert.lengthOf(bench.preparations, 1);
    await bench.turn();
    assert.deepEqual(bench.answers.get(1)?.value, { rejected: [] });
    assert.deepEqual(bench.answers.get(2)?.value, { rejected: [] });
    bench.play(3, 'later');
    bench.play(4, 'now');
    assert.lengthOf(bench.preparations, 0);
    for (let i = 0; i < 5; i++) await bench.turn();
    assert.deepEqual(await bench.frame(1), [50]);
  });

  it('does not delay mute and pause', async () => {
    const bench = new Bench(slow('now', 50, 1), slow('later', 90, 3));
    bench.play(1, 'now');
    await bench.frame(1);
    bench.play(2, 'later');
    bench.post({ type: 'hold', muted: true, paused: true });
    assert.deepEqual(await bench.frame(2), [50, 16]);
    for (let i = 0; i < 2; i++) await bench.turn();
    assert.deepEqual(await bench.frame(3), [50, 16, 16]);
    bench.post({ type: 'hold', muted: false, paused: false });
    assert.equal((await bench.frame(4)).at(-1), 90);
  });

  it('ends when the track is closed', async () => {
    const bench = new Bench(slow('later', 90, 4));
    bench.play(1, 'later');
    bench.post({ type: 'close' });
    assert.lengthOf(bench.preparations, 0);
    await bench.turn();
    assert.equal(bench.tasks.size, 1, 'only the task of the test is left');
  });

  it('rejects a layer that throws in a later slice, and the pattern before continues', async () => {
    const broken: Pattern = {
      name: 'broken',
      *prepare() {
        yield;
        throw new RangeError('Broken in the second slice.');
      },
    };
    const bench = new Bench(slow('now', 50, 1), broken);
    bench.play(1, 'now');
    bench.play(2, 'broken');
    await bench.turn();
    const error = { name: 'RangeError', message: 'Broken in the second slice.' };
    assert.deepEqual(bench.answers.get(2)?.value, { rejected: [{ id: 1, error }] });
    assert.deepEqual(await bench.frame(1), [50]);
  });

  it('includes what the first frame needs', async () => {
    const asked: number[] = [];
    const catchUp = function* (n: number) {
      asked.push(n);
      yield;
      asked.push(n);
    };
    const bench = new Bench(slow('later', 90, 1, { catchUp }));
    bench.play(1, 'later');
    assert.lengthOf(asked, 1);
    await bench.turn();
    assert.lengthOf(asked, 2);
    assert.deepEqual(bench.answers.get(1)?.value, { rejected: [] });
  });

  it('is done at once if the worker has time for it', () => {
    const bench = new Bench(slow('later', 90, 4));
    bench.tasks.clear();
    bench.play(1, 'later');
    assert.deepEqual(bench.answers.get(1)?.value, { rejected: [] });
  });
});
