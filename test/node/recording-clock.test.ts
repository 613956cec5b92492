/* The timeline of a recording, which its page and its worker share. */
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

  it('tells the same duration in a worker that hears of each time later', () => {
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
  it('is the clock of the worker, however long a message took', () => {
    assert.equal(pageClock(START_MS, () => START_MS + 3000)(), START_MS + 3000);
  });

  for (const hours of [8, -8]) {
    it(`follows the page where the worker is ${hours} hours ahead of it`, () => {
      let page = START_MS;
      const clock = pageClock(page, () => page + hours * 3_600_000);
      page += 2500;
      assert.equal(clock(), page);
    });
  }
});
