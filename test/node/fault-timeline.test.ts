/* Faults of a track, as a function of the frame's number: counted by hand from the definition of each kind. */
import {
  type CompleteFault,
  completeFault,
  completeFaults,
  type FaultDescription,
  type FrameFaults,
  frameFaults,
  framesBefore,
  occurrenceAt,
  occurrencesUntil,
} from '../../dist/engine/fault-timeline.js';
import { assert, describe, it } from '../support/suite.js';

/** The effects on the frames from 0 to before `count`. */
const play = (faults: readonly FaultDescription[], count: number, rate = 30): FrameFaults[] => {
  const complete = faults.map(completeFault);
  return Array.from({ length: count }, (_, n) =>
    frameFaults(
      complete.map((fault) => ({ fault, n })),
      rate,
    ),
  );
};

/** The numbers of the frames for which something is so. */
const numbersOf = (frames: readonly FrameFaults[], isSo: (frame: FrameFaults) => boolean): number[] =>
  frames.flatMap((frame, n) => (isSo(frame) ? n : []));

const range = (first: number, end: number): number[] => Array.from({ length: end - first }, (_, i) => first + i);

describe('The timeline of faults', () => {
  it('begins at the first frame that is not before the time, and ends before the one that is not before its end', () => {
    const black = (fault: Omit<FaultDescription, 'kind'>, rate?: number) =>
      numbersOf(play([{ kind: 'black', ...fault }], 100, rate), ({ isBlack }) => isBlack);
    assert.deepEqual(black({ at: 1, duration: 0.5 }), range(30, 45));
    assert.deepEqual(black({ at: 1.01, duration: 0.5 }), range(31, 46));
    assert.deepEqual(black({ at: 1, duration: 0.5 }, 25), range(25, 38));
    assert.deepEqual(black({ at: 1, duration: 0.5 }, 30000 / 1001), range(30, 45));
    assert.deepEqual(black({ at: 1, duration: 0 }), [30]);
    assert.deepEqual(black({ at: 1, duration: 0.1, every: 1 }), [...range(30, 33), ...range(60, 63), ...range(90, 93)]);
  });

  it('begins on the frame also where a quotient of doubles is a little less: at each frame of five minutes', () => {
    for (const rate of [24, 30, 50, 60, 30000 / 1001, 48000]) {
      for (let n = 0; n < 300 * Math.min(rate, 100); n += 7) {
        const fault = completeFault({ kind: 'black', at: n / rate, duration: 1 / rate });
        assert.equal(occurrenceAt(fault, n, rate)?.first, n);
        assert.isNull(occurrenceAt(fault, n + 1, rate));
        if (n > 0) assert.isNull(occurrenceAt(fault, n - 1, rate));
      }
    }
  });

  it('is the same for the same seed, another for another one, and has the probability that was asked for', () => {
    const happened = (seed: number) =>
      numbersOf(
        play([{ kind: 'black', every: 0.1, duration: 0, probability: 0.3, seed }], 30_000),
        ({ isBlack }) => isBlack,
      );
    assert.deepEqual(happened(7), happened(7));
    assert.notDeepEqual(happened(7), happened(8));
    // 10000 draws: four standard deviations are 183.
    assert.closeTo(happened(7).length, 3000, 183);
    assert.isTrue(happened(7).every((n) => n % 3 === 0));
  });

  it('drops all frames, or the share that was asked for', () => {
    const dropped = (amount?: number) =>
      numbersOf(play([{ kind: 'drop', duration: 1000, amount }], 10_000), ({ isDropped }) => isDropped).length;
    assert.equal(dropped(), 10_000);
    assert.equal(dropped(0), 0);
    assert.closeTo(dropped(0.05), 500, 4 * Math.sqrt(10_000 * 0.05 * 0.95));
  });

  it('freezes at the picture before', () => {
    const frames = play([{ kind: 'freeze', at: 1, duration: 0.5 }], 60);
    const shown = frames.map(({ shift }, n) => n + shift);
    assert.deepEqual(shown, [...range(0, 30), ...range(30, 45).map(() => 29), ...range(45, 60)]);
  });

  it('repeats pictures that were sent, never ones that were dropped', () => {
    const faults: FaultDescription[] = [
      { kind: 'repeat', at: 1, duration: 20, seed: 3, amount: 0.4 },
      { kind: 'drop', at: 1, duration: 20, seed: 4, amount: 0.4 },
    ];
    const frames = play(faults, 600);
    const sent = new Set<number>();
    let last = -1;
    let repeats = 0;
    for (const [n, { isDropped, shift }] of frames.entries()) {
      if (isDropped) continue;
      if (shift < 0) {
        repeats++;
        assert.equal(n + shift, last);
      }
      last = n + shift;
      sent.add(last);
    }
    assert.isAbove(repeats, 50);
    assert.equal(sent.size, frames.filter(({ isDropped, shift }) => !isDropped && shift === 0).length);
  });

  it('lowers the rate to the one that was asked for', () => {
    const at = (rate: number, amount: number) =>
      numbersOf(play([{ kind: 'rate-change', amount, duration: 1000 }], 1000, rate), ({ isDropped }) => !isDropped);
    assert.deepEqual(at(30, 10).slice(0, 4), [0, 3, 6, 9]);
    assert.deepEqual(at(30, 20).slice(0, 5), [0, 2, 3, 5, 6]);
    assert.equal(at(50, 7.5).length, 150);
    assert.equal(at(30, 60).length, 1000);
  });

  it('lets the clock drift by parts of a million, and stay off afterwards', () => {
    const shifts = play([{ kind: 'clock-drift', amount: 10_000, at: 10, duration: 10 }], 1000).map(
      ({ shift }) => shift,
    );
    // One frame in a hundred: 300 frames are 3.
    assert.equal(shifts[399], 0);
    assert.equal(shifts[400], 1);
    assert.equal(shifts[600], 3);
    assert.equal(shifts[999], 3);
    const back = play([{ kind: 'clock-drift', amount: -10_000, duration: 10 }], 301).at(-1);
    assert.equal(back?.shift, -3);
  });

  it('lets timestamps jump once for each occurrence', () => {
    const jumps = play([{ kind: 'timestamp-jump', amount: 250, at: 1, every: 1 }], 100).map(
      ({ timestampShift }) => timestampShift,
    );
    assert.deepEqual([jumps[29], jumps[30], jumps[59], jumps[60], jumps[90]], [0, 250, 250, 500, 750]);
  });

  it('delays frames by at most the amount', () => {
    const delays = play([{ kind: 'jitter', amount: 40, at: 1, duration: 100 }], 3000).map(({ delay }) => delay);
    assert.isTrue(delays.slice(0, 30).every((delay) => delay === 0));
    const late = delays.slice(30);
    assert.isTrue(late.every((delay) => delay >= 0 && delay < 40));
    // A uniform distribution: its mean and its standard deviation.
    const mean = late.reduce((sum, delay) => sum + delay, 0) / late.length;
    assert.closeTo(mean, 20, (4 * 40) / Math.sqrt(12 * late.length));
  });

  it('makes the picture smaller in steps, and larger again', () => {
    const scales = play([{ kind: 'resolution-ramp', amount: 0.25, at: 1, duration: 2 }], 100).map(({ scale }) => scale);
    assert.equal(scales[29], 1);
    assert.equal(Math.min(...scales), 0.25);
    assert.equal(scales[90], 1);
    assert.deepEqual(scales.slice(30, 90), scales.slice(30, 90).reverse());
    assert.equal(new Set(scales).size, 5);
  });

  it('counts the frames of all occurrences up to one', () => {
    const fault: CompleteFault = completeFault({ kind: 'clock-drift', at: 1, duration: 0.5, every: 2 });
    assert.deepEqual(
      [0, 30, 31, 45, 89, 90, 100, 300].map((n) => framesBefore(fault, n, 30)),
      // From 30, 90, 150, 210, 270 on, 15 each.
      [0, 0, 1, 15, 15, 15, 25, 75],
    );
  });

  it('counts as fast after an hour as in the first second, and as right', () => {
    const description = { at: 0.5, duration: 0.1, every: 0.25, probability: 0.5, seed: 11 } as const;
    let drawn = 0;
    const drawsOf = (kind: 'clock-drift' | 'timestamp-jump') => ({
      ...completeFault({ kind, ...description }),
      get probability() {
        drawn++;
        return description.probability;
      },
    });
    const drift = drawsOf('clock-drift');
    const jump = drawsOf('timestamp-jump');
    const plain = completeFault({ kind: 'clock-drift', ...description });
    let frames = 0;
    let occurrences = 0;
    const hour = 3600 * 30;
    for (let n = 0; n < hour; n++) {
      const before = drawn;
      assert.equal(framesBefore(drift, n, 30), frames);
      const here = occurrenceAt(plain, n, 30);
      if (here) frames++;
      if (here?.first === n) occurrences++;
      assert.equal(occurrencesUntil(jump, n, 30), occurrences);
      assert.isAtMost(drawn - before, 260);
    }
    assert.isAbove(occurrences, 7000);
    // Also for a frame of long ago.
    assert.equal(framesBefore(drift, 30, 30), framesBefore(plain, 30, 30));
  });

  it('goes back over an hour of repeated frames in one step', () => {
    let drawn = 0;
    const fault = {
      ...completeFault({ kind: 'repeat', at: 1, duration: 3600, amount: 1 }),
      get seed() {
        drawn++;
        return 0;
      },
    };
    assert.equal(frameFaults([{ fault, n: 100_000 }], 30).shift, 29 - 100_000);
    assert.isAtMost(drawn, 20);
  });

  it('says what is wrong with a description', () => {
    const messageOf = (fault: object, track: 'video' | 'audio' = 'video') => {
      try {
        completeFaults([fault as FaultDescription], track);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    assert.match(
      messageOf({ kind: 'frezee' }),
      /^kind is "frezee"; it must be one of freeze, .* Did you mean "freeze"\?$/,
    );
    assert.equal(messageOf({ kind: 'drop', amount: 2 }), 'amount is 2; it must be a number from 0 to 1.');
    assert.equal(messageOf({ kind: 'black', amount: 2 }), 'amount is 2; it must be unset: the kind "black" has none.');
    assert.equal(
      messageOf({ kind: 'black', every: 2, duration: 3 }),
      'duration is 3; it must be a number from 0 to 2 s.',
    );
    assert.equal(messageOf({ kind: 'black', at: 'soon' }), 'at is "soon"; it must be a number of at least 0 s.');
    assert.match(
      messageOf({ kind: 'silence' }),
      /^kind is "silence"; it must be one of .*, because the track is video\.$/,
    );
    assert.match(
      messageOf({ kind: 'black' }, 'audio'),
      /one of freeze, drop, repeat, jitter, timestamp-jump, clock-drift, silence, mute, unplug, because/,
    );
    assert.equal(messageOf({ kind: 'silence' }, 'audio'), '');
  });
});
