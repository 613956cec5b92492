/* The timeline of the machine's clock: where two machines have to agree. */
import { WallTimeline } from '../../dist/engine/wall-clock.js';
import { now } from '../../dist/generator/timeline.js';
import { assert, describe, it } from '../support/suite.js';

const rates = [24000 / 1001, 25, 30000 / 1001, 30, 50, 60000 / 1001, 60];
const rateOf = (value: number) =>
  Number.isInteger(value)
    ? { numerator: value, denominator: 1 }
    : { numerator: Math.round(value * 1001), denominator: 1001 };

describe('the timeline of the machine’s clock', () => {
  for (const value of rates) {
    it(`shows the same frame at the same time on all machines, whenever their pages loaded: ${value.toFixed(3)}`, () => {
      // Two pages, one loaded earlier, whose own clocks differ from the machines' by anything.
      const [one, other] = [
        new WallTimeline(rateOf(value), now(), 1234.567),
        new WallTimeline(rateOf(value), now() + 7777.77, -98_765.4),
      ];
      for (let wall = 1_790_000_000_000.25; wall < 1_790_000_002_000; wall += 7.3) {
        const numbers = [one, other].map((timeline) => timeline.numberAt(wall - timeline.skew));
        assert.equal(numbers[0], numbers[1], `${wall}`);
        assert.equal(
          numbers[0],
          Math.floor((wall * rateOf(value).numerator) / rateOf(value).denominator / 1000 + 1e-4),
        );
      }
    });

    it(`numbers frames as they are due, with timestamps that count from the page's origin: ${value.toFixed(3)}`, () => {
      const zero = now();
      const timeline = new WallTimeline(rateOf(value), zero);
      for (let n = timeline.pageStart; n < timeline.pageStart + 2000; n += 7) {
        assert.equal(timeline.numberAt(timeline.due(n)), n);
        assert.closeTo(timeline.timestamp(n), (timeline.due(n) - zero) * 1000, 2);
      }
      assert.isAtLeast(timeline.due(timeline.pageStart), zero);
      assert.isBelow(timeline.due(timeline.pageStart) - zero, 1000 / value + 0.01);
    });
  }

  it('notices that the clock was set', () => {
    assert.isFalse(new WallTimeline(rateOf(30), now()).isOff);
    assert.isTrue(new WallTimeline(rateOf(30), now(), Date.now() - now() + 50).isOff);
  });
});
