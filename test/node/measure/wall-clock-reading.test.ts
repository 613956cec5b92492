/* The times of arrivals, also where the machine sleeps while a probe measures. */
import { WallClockReading } from '../../../dist/measure/wall-clock-reading.js';
import { assert, describe, it } from '../../support/suite.js';
import { START_MS } from './virtual-path.js';

describe('WallClockReading', () => {
  /** A machine's clock, and that of a page, which stands still while the machine sleeps. */
  function machine() {
    let [wall, slept] = [START_MS, 0];
    const clock = new WallClockReading(
      () => wall - slept,
      () => Math.floor(wall),
    );
    return {
      clock,
      pass: (ms: number) => {
        wall += ms;
      },
      sleep: (ms: number) => {
        wall += ms;
        slept += ms;
      },
      wall: () => wall,
    };
  }

  it('dates an arrival by the wall clock, with parts of a millisecond', () => {
    const { clock, pass, wall } = machine();
    for (let i = 0; i < 500; i++) {
      pass(33.37);
      clock.now();
    }
    assert.closeTo(clock.fromPage(clock.page()), wall(), 0.1);
  });

  it('dates arrivals right at once after the machine has slept', () => {
    const { clock, pass, sleep, wall } = machine();
    for (const ms of [5000, 8 * 3_600_000]) {
      for (let i = 0; i < 100; i++) {
        pass(33.37);
        clock.now();
      }
      sleep(ms);
      pass(10);
      // `Date.now()` has whole milliseconds.
      assert.closeTo(clock.fromPage(clock.page()), wall(), 0.51);
    }
  });
});
