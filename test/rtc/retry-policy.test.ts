/* How long a client waits between two tries. */
import { Backoff, parseRetryAfter } from '../../dist/rtc/retry-policy.js';
import { assert, describe, it } from '../support/suite.js';

describe('The wait between two tries', () => {
  const waits = (random: number, count: number) => {
    const backoff = new Backoff({ random: () => random }, { first: 500, max: 3000 });
    return Array.from({ length: count }, () => backoff.next());
  };

  it('is a random share, from half to all, of a bound that doubles up to its maximum', () => {
    assert.deepEqual(waits(0, 5), [250, 500, 1000, 1500, 1500]);
    assert.deepEqual(waits(1, 5), [500, 1000, 2000, 3000, 3000]);
    assert.deepEqual(waits(1, 2000).at(-1), 3000);
  });

  it('is never shorter than the server asks for', () => {
    for (const random of [0, 0.5, 1]) {
      const wait = new Backoff({ random: () => random }).next(7000);
      assert.isAtLeast(wait, 7000);
      assert.isAtMost(wait, 7700);
    }
  });

  it('is short again after a success', () => {
    const backoff = new Backoff({ random: () => 1 });
    for (let tries = 0; tries < 9; tries++) backoff.next();
    backoff.reset();
    assert.equal(backoff.next(), 500);
  });
});

describe('The Retry-After header', () => {
  const now = Date.parse('Wed, 21 Oct 2026 07:28:00 GMT');
  const values: [string | null, number | null][] = [
    ['120', 120_000],
    [' 0 ', 0],
    ['Wed, 21 Oct 2026 07:28:05 GMT', 5000],
    ['Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['99999999999999999999999', 86_400_000],
    ['-1', null],
    ['1.5', null],
    ['soon', null],
    ['', null],
    [null, null],
  ];
  for (const [value, milliseconds] of values) {
    it(`${JSON.stringify(value)} means ${milliseconds === null ? 'nothing' : `${milliseconds} ms`}`, () => {
      assert.equal(parseRetryAfter(value, now), milliseconds);
    });
  }
});
