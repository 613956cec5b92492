/* The time of frames whose timestamps are of an unknown clock. */
import { ArrivalClock } from '../../dist/recorder/worker/arrival-clock.js';
import { assert, describe, it } from '../support/suite.js';

describe('ArrivalClock', () => {
  it('dates frames by the earliest arrival, also those that came before it', () => {
    const clock = new ArrivalClock<number>();
    const delays = [40, 25, 3, 12, 3, 30, 8, 3, 20, 5, 4, 9];
    const dated = delays.flatMap((delay, n) => clock.take(n, n * 33, 7000 + n * 33 + delay));
    assert.deepEqual(
      dated.map(({ sample }) => sample),
      [...delays.keys()],
    );
    for (const { sample, time } of dated) assert.equal(time, 7003 + sample * 33);
  });

  it('releases the frames that it holds back', () => {
    const clock = new ArrivalClock<string>();
    assert.deepEqual(clock.take('a', 10, 510), []);
    assert.deepEqual(clock.release(), [{ sample: 'a', time: 510 }]);
    assert.deepEqual(clock.release(), []);
  });

  it('follows timestamps that jump', () => {
    const clock = new ArrivalClock<number>();
    for (let n = 0; n < 20; n++) clock.take(n, n * 33, 1000 + n * 33);
    const [dated] = clock.take(20, 90_000, 1000 + 20 * 33);
    assert.equal(dated.time, 1660);
  });

  it('relates another track by itself', () => {
    const clock = new ArrivalClock<string>();
    clock.take('a', 0, 100);
    assert.deepEqual(clock.reset(), [{ sample: 'a', time: 100 }]);
    clock.take('b', 0, 900);
    assert.deepEqual(clock.release(), [{ sample: 'b', time: 900 }]);
  });
});
