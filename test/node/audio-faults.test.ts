/* Faults of an audio track, in the samples of a mixer. */
import type { TrackFault } from '../../dist/engine/composition.js';
import type { FaultDescription } from '../../dist/engine/fault-timeline.js';
import { layer, Player } from '../engine/player.js';
import { assert, describe, it } from '../support/suite.js';

const RATE = 48_000;

/** The left samples of a tone with faults, from the start on. */
function hear(faults: readonly FaultDescription[], seconds: number, frequency = 1000): number[] {
  const player = new Player();
  const described = faults.map((fault, id) => ({ id, ...fault }));
  player.compose({ layers: [layer(1, { waveform: 'sine', frequency })], faults: described });
  assert.deepEqual(player.rejected, []);
  return player.hear(Math.round(seconds * 100))[0];
}

/** The ranges of at least 100 silent samples: a sine of 1000 Hz has a zero in every 24. */
function silences(samples: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  let first = 0;
  for (let i = 0; i <= samples.length; i++) {
    if (samples[i] === 0) continue;
    if (i - first >= 100) ranges.push([first, i]);
    first = i + 1;
  }
  return ranges;
}

/** The frequency of a sine by its zeros, interpolated between the samples. */
function frequencyOf(samples: readonly number[]): number {
  const zeros = samples.flatMap((value, i) => {
    const before = samples[i - 1] ?? 0;
    return before < 0 && value >= 0 ? i - value / (value - before) : [];
  });
  return ((zeros.length - 1) * RATE) / ((zeros.at(-1) ?? 0) - (zeros[0] ?? 0));
}

describe('A fault of audio', () => {
  it('of kind silence begins and ends with the sample', () => {
    const samples = hear([{ kind: 'silence', at: 0.5, duration: 0.25, every: 1 }], 2);
    const [one, two] = silences(samples);
    // The sine itself may be 0 beside it.
    assert.closeTo(one?.[0] ?? 0, 24_000, 1);
    assert.closeTo(one?.[1] ?? 0, 36_000, 1);
    assert.closeTo(two?.[0] ?? 0, 72_000, 1);
    assert.closeTo(two?.[1] ?? 0, 84_000, 1);
    assert.equal(silences(samples).length, 2);
  });

  it('of kind drop takes the share of blocks that was asked for, the same ones for the same seed', () => {
    const lost = (seed: number) => silences(hear([{ kind: 'drop', amount: 0.1, duration: 100, seed }], 20));
    const blocks = lost(1).reduce((sum, [first, end]) => sum + Math.round((end - first) / 480), 0);
    assert.closeTo(blocks, 200, 4 * Math.sqrt(2000 * 0.1 * 0.9));
    assert.deepEqual(lost(1), lost(1));
    assert.notDeepEqual(lost(1), lost(2));
    assert.isTrue(lost(1).every(([first]) => Math.abs(first - 480 * Math.round(first / 480)) <= 1));
  });

  it('of kind clock-drift plays faster or slower by parts of a million, without a click', () => {
    for (const amount of [1000, -1000]) {
      const samples = hear([{ kind: 'clock-drift', amount, duration: 100 }], 3).slice(RATE);
      assert.closeTo(frequencyOf(samples), 1000 * (1 + amount / 1e6), 0.001);
      const peak = Math.max(...samples);
      const largest = samples
        .slice(1)
        .reduce((most, value, i) => Math.max(most, Math.abs(value - (samples[i] ?? 0))), 0);
      assert.isBelow(largest, peak * 2 * Math.sin((Math.PI * 1001) / RATE) * 1.001);
    }
  });

  it('of kind freeze plays the last 10 ms again and again, and of kind repeat the block before once', () => {
    // A period that does not fit into 10 ms: a loop of it differs from the tone.
    const clean = hear([], 2, 777);
    const frozen = hear([{ kind: 'freeze', at: 1, duration: 0.5 }], 2, 777);
    assert.deepEqual(frozen.slice(0, RATE), clean.slice(0, RATE));
    const last = clean.slice(RATE - 480, RATE);
    for (let i = 0; i < RATE / 2; i += 480) assert.deepEqual(frozen.slice(RATE + i, RATE + i + 480), last);
    assert.deepEqual(frozen.slice(1.5 * RATE), clean.slice(1.5 * RATE));
    const repeated = hear([{ kind: 'repeat', at: 1, duration: 0.02, amount: 1 }], 2, 777);
    assert.deepEqual(repeated.slice(RATE, RATE + 960), [...last, ...last]);
    assert.deepEqual(repeated.slice(RATE + 960), clean.slice(RATE + 960));
  });

  describe('of kind jitter', () => {
    const plain = hear([], 4, 777.7);
    const of = (more: Partial<FaultDescription> = {}) =>
      hear([{ kind: 'jitter', at: 0.5, duration: 0.5, every: 1, amount: 200, ...more }], 4, 777.7);

    /** The delay of each occurrence: as long as the silence at its beginning. */
    const delaysOf = (samples: readonly number[]) =>
      [0.5, 1.5, 2.5, 3.5].map((at) => {
        const first = at * RATE;
        return samples.slice(first).findIndex((value) => value !== 0);
      });

    it('is silent at first, and plays the rest of each occurrence later, by a delay of its own', () => {
      const samples = of();
      const delays = delaysOf(samples);
      assert.lengthOf(new Set(delays), 4);
      for (const [i, delay] of delays.entries()) {
        const first = (0.5 + i) * RATE;
        assert.isAtMost(delay, 0.2 * RATE);
        const late = samples.slice(first + delay, first + RATE / 2);
        assert.deepEqual(late, plain.slice(first, first + RATE / 2 - delay));
        // Between the occurrences it is in time.
        assert.deepEqual(samples.slice(first - RATE / 2, first), plain.slice(first - RATE / 2, first));
      }
    });

    it('is the same for the same seed, and adds up with another fault', () => {
      assert.deepEqual(of(), of());
      assert.notDeepEqual(delaysOf(of()), delaysOf(of({ seed: 1 })));
      const fault = { kind: 'jitter', duration: 100, amount: 200 } as const;
      const one = hear([fault], 2);
      const two = hear([fault, fault], 2);
      const silenceOf = (samples: readonly number[]) => silences(samples)[0]?.[1] ?? 0;
      assert.isAbove(silenceOf(one), 0);
      assert.closeTo(silenceOf(two), 2 * silenceOf(one), 2);
    });
  });

  it('of kind timestamp-jump leaves the samples as they are, and dates them later once for each occurrence', () => {
    const player = new Player();
    const faults = [{ id: 1, kind: 'timestamp-jump', at: 1, every: 1, amount: 250 } as const];
    player.compose({ layers: [layer(1, { waveform: 'sine', frequency: 1000 })], faults });
    assert.deepEqual(player.hear(250)[0], hear([], 2.5));
    const shifts = [0, 0.99, 1, 1.99, 2].map((time) => player.tones.timestampShift(time * RATE, RATE));
    assert.deepEqual(shifts, [0, 0, 250, 250, 500]);
    // Timestamps do not fall when the fault is weaker, or is taken away.
    player.hear(10);
    const shiftWith = (described: readonly TrackFault[]) => {
      player.compose({ layers: [layer(1, { waveform: 'sine', frequency: 1000 })], faults: described });
      return player.tones.timestampShift(2.7 * RATE, RATE);
    };
    assert.equal(shiftWith([{ ...faults[0], amount: 100 }]), 500);
    assert.equal(player.tones.timestampShift(3 * RATE, RATE), 600);
    assert.equal(shiftWith([]), 600);
  });

  it('ends the track where it is unplugged', () => {
    const player = new Player();
    player.compose({ layers: [layer(1)], faults: [{ id: 1, kind: 'unplug', at: 0.1 }] });
    player.hear(10);
    assert.notDeepInclude(player.events, { type: 'ended' });
    player.hear(1);
    assert.deepInclude(player.events, { type: 'ended' });
  });

  it('continues in the next composition if that has it', () => {
    const player = new Player();
    const faults = [{ id: 7, kind: 'silence', at: 1, duration: 1 }] as const;
    player.compose({ layers: [layer(1)], faults });
    player.hear(50);
    player.compose({ layers: [layer(1, { level: -20 })], faults });
    const [[first = 0] = []] = silences(player.hear(100)[0]);
    assert.closeTo(first, 24_000, 1);
  });
});
