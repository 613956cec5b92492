/* The player of video on its timeline. The test replaces the port, the sink and the scheduler. */

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

/** A player, a clock that the test sets, the frames that were sent and the messages to the page. */
class Bench {
  readonly origin = now();
  readonly timestamps: number[] = [];
  readonly messages: { type: string; value?: unknown; error?: { readonly name: string } }[] = [];
  readonly player: VideoPlayer;
  busy = false;
  closed = 0;
  #tasks = 0;
  readonly #port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: { type: string }) => this.messages.push(message),
    close() {},
  };

  constructor({ hasExtraPatterns = true } = {}) {
    const bench = this;
    const sink = {
      get isBusy() {
        return bench.busy;
      },
      acceptsClones: true,
      onend: null,
      send(frame: VideoFrame) {
        bench.timestamps.push(frame.timestamp);
        frame.close();
      },
      async close() {
        bench.closed++;
      },
    };
    const scheduler = { tasks: new Set(), add: () => this.#tasks++, remove: () => this.#tasks--, wakeFor() {} };
    const scope = {
      scheduler: scheduler as never,
      tables: { video: [...patterns], audio: [] },
      hasExtraPatterns,
      handlers: {},
      decorate: null,
      prepareInput: null,
      useFrameClass: () => {},
    };
    this.player = new VideoPlayer(this.#port as never, sink, this.origin, scope);
  }

  get scheduled(): number {
    return this.#tasks;
  }

  post(data: Record<string, unknown>): void {
    this.#port.onmessage?.({ data });
  }

  /** The answer to a request. */
  request(data: Record<string, unknown>): unknown {
    this.post({ ...data, id: 1 });
    const answer = this.messages.at(-1);
    assert.equal(answer?.type, 'answer');
    return answer?.error?.name ?? answer?.value;
  }

  play(composition: VideoComposition): unknown {
    return this.request({ type: 'play', composition });
  }

  /** Lets the player run at so many milliseconds after the origin. */
  at(milliseconds: number): void {
    this.player.run(this.origin + milliseconds);
  }

  counts(): Record<string, number> {
    return this.request({ type: 'count' }) as Record<string, number>;
  }
}

describe('VideoPlayer', () => {
  it('sends each frame at its deadline, with its own timestamp', () => {
    const bench = new Bench();
    bench.play(composition('ball'));
    for (const n of [3, 4, 5]) bench.at(n * 40);
    assert.deepEqual(bench.timestamps, [120_000, 160_000, 200_000]);
    assert.equal(bench.player.due, bench.origin + 240);
    assert.deepEqual(
      bench.messages.map(({ type }) => type),
      ['answer', 'started'],
    );
  });

  it('drops and counts frames that are a whole frame late, and sends no bursts', () => {
    const bench = new Bench();
    bench.play(composition('ball'));
    bench.at(40);
    bench.at(40 * 5 + 7);
    bench.at(40 * 5 + 8);
    bench.at(40 * 6);
    assert.deepEqual(bench.timestamps, [40_000, 200_000, 240_000]);
    const { produced, dropped } = bench.counts();
    assert.deepEqual([produced, dropped], [3, 3]);
  });

  it('does not drift: after a minute at 29.97 frames a second frame 1798 is on time', () => {
    const bench = new Bench();
    const ntsc = { ...composition('ball'), frameRate: { numerator: 30000, denominator: 1001 } };
    bench.play(ntsc);
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

  it('drops frames while the sink is busy', () => {
    const bench = new Bench();
    bench.play(composition('ball'));
    bench.at(40);
    bench.busy = true;
    bench.at(80);
    bench.at(120);
    bench.busy = false;
    bench.at(160);
    assert.deepEqual(bench.timestamps, [40_000, 160_000]);
    assert.equal(bench.counts().dropped, 2);
  });

  it('repeats a picture that does not change, at the full rate', () => {
    const bench = new Bench();
    bench.play(composition('smpte-hd'));
    for (let n = 1; n <= 10; n++) bench.at(n * 40);
    const { produced, repeated } = bench.counts();
    assert.deepEqual([produced, repeated], [10, 9]);
    assert.equal(new Set(bench.timestamps).size, 10);
  });

  it('sends rising timestamps when the frame rate changes', () => {
    const bench = new Bench();
    bench.play(composition('ball', 25));
    for (let n = 1; n <= 5; n++) bench.at(n * 40);
    bench.play(composition('ball', 30));
    for (let n = 7; n <= 12; n++) bench.at((n * 1000) / 30);
    bench.play(composition('ball', 7));
    for (let n = 3; n <= 6; n++) bench.at((n * 1000) / 7);
    bench.timestamps.slice(1).forEach((timestamp, i) => {
      assert.isAbove(timestamp, bench.timestamps[i]);
    });
  });

  it('rejects a composition that cannot be drawn, and continues the previous one', () => {
    const bench = new Bench();
    bench.play(composition('ball'));
    bench.at(40);
    const { rejected } = bench.play(composition('nonsense')) as {
      rejected: { readonly id: number; readonly error: { readonly name: string } }[];
    };
    assert.deepEqual(
      rejected.map(({ id, error }) => [id, error.name]),
      [[1, 'TypeError']],
    );
    assert.equal(bench.play({ ...composition('ball'), width: 31 }), 'RangeError');
    bench.at(80);
    assert.deepEqual(bench.timestamps, [40_000, 80_000]);
  });

  it('asks for the extra patterns if it does not know a pattern', () => {
    const bench = new Bench({ hasExtraPatterns: false });
    assert.deepEqual(bench.play(composition('ball')), { rejected: [] });
    assert.deepEqual(bench.play(composition('nonsense')), { needsPart: 'extraPatterns' });
    const [layer] = composition('nonsense').layers;
    const muted = { ...composition('nonsense'), layers: [{ ...layer, muted: true }] } as VideoComposition;
    assert.deepEqual(bench.play(muted), { rejected: [] }, 'black needs no part');
  });

  it('asks for the decorations if a pattern has any', () => {
    const bench = new Bench();
    const [layer] = composition('ball').layers as [VideoComposition['layers'][0]];
    for (const change of [
      { label: 'A' },
      { timecode: true },
      { frameCounter: true },
      { mark: true },
      { flip: 'both' as const },
      { scrollX: 2 },
      { scrollY: Number.NaN },
    ]) {
      const layers = [{ ...layer, signal: { ...layer.signal, ...change } }];
      assert.deepEqual(bench.play({ ...composition('ball'), layers }), { needsPart: 'decorations' });
    }
    assert.deepEqual(bench.play(composition('ball')), { rejected: [] });
  });

  it('shows a written frame only while no layer plays', () => {
    const bench = new Bench();
    const write = () => {
      const frame = new VideoFrame(new Uint8Array(6), { format: 'I420', codedWidth: 2, codedHeight: 2, timestamp: 1 });
      const isShown = bench.request({ type: 'write', frame });
      assert.isNull(frame.format, 'it is closed in any case');
      return isShown;
    };
    assert.isTrue(write());
    bench.play(composition('ball'));
    assert.isFalse(write());
    bench.play({ ...composition('ball'), layers: [] });
    assert.isTrue(write());
  });

  it('closes everything and reports its end', async () => {
    const bench = new Bench();
    bench.play(composition('smpte-hd'));
    bench.at(40);
    bench.at(80);
    bench.post({ type: 'close' });
    await Promise.resolve();
    await Promise.resolve();
    assert.equal(bench.closed, 1);
    assert.equal(bench.scheduled, 0);
    assert.equal(bench.messages.at(-1)?.type, 'ended');
  });
});
