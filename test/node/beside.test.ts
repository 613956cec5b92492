/*
 * A new source costs a running one no frame: between the slices of its set-up, the shared worker keeps the deadlines.
 * The time is virtual. Each slice takes so many milliseconds, however fast the machine is; test/node/slices.test.ts shows
 * that slices are short.
 */

import { type CompletePatternDescription, completePattern, type Pattern, patterns } from 'track-elements/signals';
import { useFrameClass } from '../../dist/generator/video-frames.js';
import { Scheduler } from '../../dist/generator/worker/scheduler.js';
import { decorate } from '../../dist/signals/video/decorations.js';
import { assert, before, describe, it } from '../support/suite.js';

const frameRate = { numerator: 30, denominator: 1 };
const SLICE_MS = 2;
const RENDER_MS = 4;

/** Replaces the clock and the timers of this process. */
class VirtualTime {
  #now = 0;
  #timers = new Map<number, { readonly due: number; readonly callback: () => void }>();
  #next = 1;
  readonly #native = { now: performance.now, set: globalThis.setTimeout, clear: globalThis.clearTimeout };

  install(): void {
    // The players of the test before.
    this.#timers.clear();
    performance.now = () => this.#now;
    globalThis.setTimeout = ((callback: () => void, milliseconds = 0) => {
      this.#timers.set(this.#next, { due: this.#now + milliseconds, callback });
      return this.#next++;
    }) as never;
    globalThis.clearTimeout = ((id: number) => this.#timers.delete(id)) as never;
  }

  restore(): void {
    const { now, set, clear } = this.#native;
    performance.now = now;
    globalThis.setTimeout = set;
    globalThis.clearTimeout = clear;
  }

  /** Work that takes so many milliseconds. */
  spend(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Runs timers until a condition holds. */
  async runUntil(isDone: () => boolean): Promise<void> {
    for (let turns = 0; !isDone(); turns++) {
      assert.isBelow(turns, 1e5, 'turns of the worker');
      for (let i = 0; i < 5; i++) await Promise.resolve();
      const [first] = [...this.#timers].sort(([, a], [, b]) => a.due - b.due);
      if (!first) continue;
      const [id, { due, callback }] = first;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, due);
      callback();
    }
  }
}

const time = new VirtualTime();

// The player's module looks for it when it is loaded; only bitmaps need it.
globalThis.createImageBitmap ??= (() => {}) as never;
const { VideoPlayer } = await import('../../dist/engine/worker/video-player.js');

/** A pattern whose slices and frames take their time. */
const timed = (pattern: Pattern): Pattern => ({
  ...pattern,
  *prepare(description, params) {
    const made = pattern.prepare(description, params);
    const renderer = 'next' in made ? yield* slowly(made) : made;
    time.spend(SLICE_MS);
    const { picture, key } = renderer;
    return {
      picture,
      key: (n) => key(n),
      catchUp: (n) => slowly(renderer.catchUp?.(n) ?? nothing()),
      render(n) {
        time.spend(RENDER_MS);
        renderer.render(n);
      },
    };
  },
});

function* slowly<T>(slices: Generator<void, T>): Generator<void, T> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    time.spend(SLICE_MS);
    yield;
  }
}

function* nothing(): Generator<void, void> {}

/** A pattern that is prepared in one slice. */
const whole: Pattern = {
  name: 'own-whole',
  prepare(description) {
    time.spend(100);
    return patterns.find(({ name }) => name === 'solid')?.prepare(description, { level: 50 }) as never;
  },
};

/** The part of a `VideoFrame` that the player uses. */
class Frame {
  readonly timestamp: number;

  constructor(_bytes: unknown, { timestamp }: { readonly timestamp: number }) {
    this.timestamp = timestamp;
  }

  close(): void {}
}

interface Counts {
  readonly produced: number;
  readonly dropped: number;
  readonly late: number;
}

/** A player of one pattern. */
class Source {
  readonly #port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: { type: string; id: number; value?: unknown; error?: unknown }) => {
      if (message.type === 'answer') this.#answers.set(message.id, message);
    },
    close() {},
  };
  readonly #answers = new Map<number, { readonly value?: unknown; readonly error?: unknown }>();
  frames = 0;

  constructor(
    scheduler: Scheduler,
    table: readonly Pattern[],
    pattern: string,
    size: { width: number; height: number },
  ) {
    const sink = {
      isBusy: false,
      acceptsClones: false,
      onend: null,
      send: () => {
        this.frames++;
      },
      async close() {},
    };
    const scope = {
      scheduler,
      tables: { video: table, audio: [] },
      hasExtraPatterns: true,
      handlers: {},
      decorate,
      useFrameClass,
    };
    new VideoPlayer(this.#port as never, sink, performance.timeOrigin, scope as never);
    const signal: CompletePatternDescription = completePattern({ pattern, ...size, frameRate, label: 'Camera 1' });
    const layers = [{ id: 1, signal, x: 0, y: 0, opacity: 1 }];
    this.#port.onmessage?.({ data: { type: 'play', id: 1, composition: { ...size, frameRate, layers } } });
  }

  async counts(): Promise<Counts> {
    this.#port.onmessage?.({ data: { type: 'count', id: 2 } });
    for (let i = 0; i < 5; i++) await Promise.resolve();
    return this.#answers.get(2)?.value as Counts;
  }
}

/** Starts a pattern beside a running one, and returns what the running one has lost. */
async function startBeside(pattern: Pattern): Promise<{ readonly dropped: number; readonly late: number }> {
  const scheduler = new Scheduler();
  const table = [...patterns, timed({ ...pattern, name: 'new' })];
  const running = new Source(scheduler, table, 'ball', { width: 64, height: 64 });
  await time.runUntil(() => running.frames > 2);
  // Its own first frame may be late: it starts at any time.
  const before = await running.counts();
  const source = new Source(scheduler, table, 'new', { width: 320, height: 180 });
  await time.runUntil(() => source.frames > 0);
  const { frames } = running;
  await time.runUntil(() => running.frames > frames + 2);
  const { dropped, late } = await running.counts();
  return { dropped: dropped - before.dropped, late: late - before.late };
}

describe('A pattern that runs in the worker', () => {
  before(() => useFrameClass(Frame as never));

  /** Only while a test runs: the runner has timers of its own. */
  async function inVirtualTime<T>(run: () => Promise<T>): Promise<T> {
    time.install();
    try {
      return await run();
    } finally {
      time.restore();
    }
  }

  it('loses frames beside one that is prepared in one slice', async () => {
    const { dropped } = await inVirtualTime(() => startBeside(whole));
    assert.isAtLeast(dropped, 2);
  });

  for (const pattern of patterns)
    it(`loses no frame, and is late with none, at the start of: ${pattern.name}`, async () => {
      assert.deepEqual(await inVirtualTime(() => startBeside(pattern)), { dropped: 0, late: 0 });
    });
});
