/* The timeline of a recording, which its page and its worker share. */
import { clockSkew } from '../../dist/generator/timeline.js';
import { pageClock } from '../../dist/processor/page-clock.js';
import { RecordingClock } from '../../dist/recorder/recording-clock.js';
import { assert, describe, it } from '../support/suite.js';

const START_MS = 1_700_000_000_000;

describe('RecordingClock', () => {
  it('counts from its start, without pauses, up to its end', () => {
    let now = START_MS;
    const clock = new RecordingClock(() => now);
    assert.equal(clock.seconds, 0);
    clock.start();
    now += 1000;
    clock.pause();
    now += 5000;
    assert.equal(clock.seconds, 1);
    clock.resume();
    now += 500;
    assert.equal(clock.seconds, 1.5);
    clock.end();
    now += 1000;
    assert.equal(clock.seconds, 1.5);
  });

  it('has the same duration in a worker that gets each time later', () => {
    let now = START_MS;
    const worker = new RecordingClock(() => now);
    const delay = 700;
    now += delay;
    worker.start(now - delay);
    now += 2000;
    worker.pause(now - delay);
    assert.equal(worker.seconds, 2);
    now += 3000;
    worker.resume(now - delay);
    now += 1000;
    worker.end(now - delay);
    assert.equal(worker.seconds, 3);
  });

  it('begins with the end of a pause, if it was paused before its start', () => {
    let now = START_MS;
    const clock = new RecordingClock(() => now);
    clock.pause();
    now += 1000;
    clock.start();
    now += 2000;
    assert.equal(clock.seconds, 0);
    clock.resume();
    now += 3000;
    assert.equal(clock.seconds, 3);
  });

  it('stays at its end, also if it is resumed or ended once more', () => {
    let now = START_MS;
    const clock = new RecordingClock(() => now);
    clock.start();
    now += 1000;
    clock.pause();
    now += 1000;
    clock.end();
    clock.resume();
    now += 1000;
    clock.end();
    assert.equal(clock.seconds, 1);
  });
});

describe('pageClock()', () => {
  it('is the clock of the worker where the machine has not slept, however long a message took', () => {
    let time = START_MS;
    const skew = clockSkew(
      () => time,
      () => time + 40,
    );
    time += 12_000;
    const clock = pageClock(
      skew,
      () => time + 0.25,
      () => Math.floor(time) + 40,
    );
    assert.equal(clock(), time + 0.25);
  });

  for (const seconds of [3, 8 * 3600, -8 * 3600]) {
    it(`follows the page where the worker is ${seconds} s ahead of it, because the machine slept`, () => {
      let page = START_MS;
      // The page's clock stood still while the machine slept; the worker's begins with the machine's clock.
      const wall = () => page + seconds * 1000;
      const skew = clockSkew(() => page, wall);
      page += 400;
      const clock = pageClock(skew, wall, wall);
      page += 2500;
      assert.closeTo(clock(), page, 1e-3);
    });
  }
});
