/* The player of pictures on its timeline, with everything around it in the test's hand. */

import { patterns } from 'track-elements/signals';
import type { VideoComposition } from '../../dist/engine/composition.js';
import { VideoPlayer } from '../../dist/engine/worker/video-player.js';
import { now } from '../../dist/generator/timeline.js';
import { patternOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const composition = (pattern: string, rate = 25): VideoComposition => {
  const frameRate = { numerator: rate, denominator: 1 };
  const signal = patternOf({ pattern, width: 32, height: 32, frameRate });
  return { width: 32, height: 32, frameRate, layers: [{ id: 1, signal, x: 0, y: 0, opacity: 1 }] };
};

/** A player whose clock is what the test says, and what it has sent. */
class Bench {
  readonly origin = now();
  readonly timestamps: number[] = [];
  readonly reports: {
    type: string;
    part?: string;
    counts?: Record<string, number>;
    taken?: boolean;
    refused?: readonly { readonly id: number; readonly error: { readonly name: string } }[];
  }[] = [];
  readonly player: VideoPlayer;
  busy = false;
  closed = 0;
  #tasks = 0;
  readonly #port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (report: { type: string }) => this.reports.push(report),
    close() {},
  };

  constructor({ extraPatterns = true } = {}) {
    const bench = this;
    const sink = {
      get busy() {
        return bench.busy;
      },
      takesClones: true,
      onend: null,
      send(frame: VideoFrame) {
        bench.timestamps.push(frame.timestamp);
        frame.close();
      },
      async close() {
        bench.closed++;
      },
    };
    const scheduler = { add: () => this.#tasks++, remove: () => this.#tasks--, wakeFor() {} };
    const scope = {
      scheduler: scheduler as never,
      tables: { video: [...patterns], audio: [] },
      extraPatterns,
      openers: {},
      dress: null,
    };
    this.player = new VideoPlayer(this.#port as never, sink, this.origin, scope);
  }

  get scheduled(): number {
    return this.#tasks;
  }

  say(data: Record<string, unknown>): void {
    this.#port.onmessage?.({ data });
  }

  /** Lets the player run at so many milliseconds after the origin. */
  at(milliseconds: number): void {
    this.player.run(this.origin + milliseconds);
  }

  counts(): Record<string, number> {
    this.say({ type: 'count' });
    return this.reports.at(-1)?.counts ?? {};
  }
}

describe('the player of pictures', () => {
  it('sends each frame at its deadline, with its own timestamp', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('ball') });
    for (const n of [3, 4, 5]) bench.at(n * 40);
    assert.deepEqual(bench.timestamps, [120_000, 160_000, 200_000]);
    assert.equal(bench.player.due, bench.origin + 240);
    assert.deepEqual(
      bench.reports.map(({ type }) => type),
      ['playing', 'started'],
    );
  });

  it('leaves out what is a whole frame late, counts it, and sends nothing in a burst', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('ball') });
    bench.at(40);
    bench.at(40 * 5 + 7);
    bench.at(40 * 5 + 8);
    bench.at(40 * 6);
    assert.deepEqual(bench.timestamps, [40_000, 200_000, 240_000]);
    const { produced, dropped } = bench.counts();
    assert.deepEqual([produced, dropped], [3, 3]);
  });

  it('does not drift: after a minute at 29.97 frame 1798 is where it belongs', () => {
    const bench = new Bench();
    const ntsc = { ...composition('ball'), frameRate: { numerator: 30000, denominator: 1001 } };
    bench.say({ type: 'play', composition: ntsc });
    let time = 0;
    while (bench.timestamps.at(-1) !== Math.round((1798 * 1001e6) / 30000)) {
      // A timer is always late by something.
      time = bench.player.due === Number.POSITIVE_INFINITY ? 0 : bench.player.due - bench.origin + (time % 3);
      bench.at(time);
      assert.isBelow(time, 61_000);
    }
    assert.closeTo(time, (1798 * 1001) / 30, 5);
    assert.equal(bench.counts().dropped, 0);
  });

  it('drops while the last frames are still on their way', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('ball') });
    bench.at(40);
    bench.busy = true;
    bench.at(80);
    bench.at(120);
    bench.busy = false;
    bench.at(160);
    assert.deepEqual(bench.timestamps, [40_000, 160_000]);
    assert.equal(bench.counts().dropped, 2);
  });

  it('repeats what does not change, at the full rate', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('smpte-hd') });
    for (let n = 1; n <= 10; n++) bench.at(n * 40);
    const { produced, repeated } = bench.counts();
    assert.deepEqual([produced, repeated], [10, 9]);
    assert.equal(new Set(bench.timestamps).size, 10);
  });

  it('never goes back when the rate changes', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('ball', 25) });
    for (let n = 1; n <= 5; n++) bench.at(n * 40);
    bench.say({ type: 'play', composition: composition('ball', 30) });
    for (let n = 7; n <= 12; n++) bench.at((n * 1000) / 30);
    bench.say({ type: 'play', composition: composition('ball', 7) });
    for (let n = 3; n <= 6; n++) bench.at((n * 1000) / 7);
    bench.timestamps.slice(1).forEach((timestamp, i) => {
      assert.isAbove(timestamp, bench.timestamps[i]);
    });
  });

  it('refuses what cannot be drawn, and goes on with what it has', () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('ball') });
    bench.at(40);
    bench.say({ type: 'play', composition: composition('nonsense') });
    const { type, refused } = bench.reports.at(-1) ?? {};
    assert.deepEqual([type, refused?.[0]?.id, refused?.[0]?.error.name], ['playing', 1, 'TypeError']);
    bench.say({ type: 'play', composition: { ...composition('ball'), width: 31 } });
    assert.equal(bench.reports.at(-1)?.type, 'refused');
    bench.at(80);
    assert.deepEqual(bench.timestamps, [40_000, 80_000]);
  });

  it('wants more patterns where one is not known, and more can be loaded', () => {
    const bench = new Bench({ extraPatterns: false });
    bench.say({ type: 'play', composition: composition('ball') });
    bench.say({ type: 'play', composition: composition('nonsense') });
    assert.deepEqual(
      bench.reports.map(({ type, part }) => part ?? type),
      ['playing', 'extraPatterns'],
    );
  });

  it('wants what dresses a pattern where one is to be dressed', () => {
    const bench = new Bench();
    const [layer] = composition('ball').layers as [VideoComposition['layers'][0]];
    for (const change of [
      { label: 'A' },
      { timecode: true },
      { frameCounter: true },
      { flip: 'both' },
      { scrollX: 2 },
      { scrollY: Number.NaN },
      {},
    ]) {
      const layers = [{ ...layer, signal: { ...layer.signal, ...change } }];
      bench.say({ type: 'play', composition: { ...composition('ball'), layers } });
    }
    assert.deepEqual(
      bench.reports.map(({ type, part }) => part ?? type),
      [...Array(6).fill('dressing'), 'playing'],
    );
  });

  it('takes a frame from the page only while no layer plays', () => {
    const bench = new Bench();
    const write = (id: number) => {
      const frame = new VideoFrame(new Uint8Array(6), { format: 'I420', codedWidth: 2, codedHeight: 2, timestamp: 1 });
      bench.say({ type: 'write', id, frame });
      assert.isNull(frame.format, 'it is closed in any case');
      return bench.reports.at(-1)?.taken;
    };
    assert.isTrue(write(1));
    bench.say({ type: 'play', composition: composition('ball') });
    assert.isFalse(write(2));
    bench.say({ type: 'play', composition: { ...composition('ball'), layers: [] } });
    assert.isTrue(write(3));
  });

  it('closes everything and says so at its end', async () => {
    const bench = new Bench();
    bench.say({ type: 'play', composition: composition('smpte-hd') });
    bench.at(40);
    bench.at(80);
    bench.say({ type: 'close' });
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(bench.closed, 1);
    assert.equal(bench.scheduled, 0);
    assert.equal(bench.reports.at(-1)?.type, 'ended');
  });
});
