import { parseRate, rateValue } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';

describe('parseRate', () => {
  const accepted: [number | string, number, number][] = [
    [30, 30, 1],
    ['25', 25, 1],
    [' 50 ', 50, 1],
    [12.5, 25, 2],
    ['0.2', 1, 5],
    [0.1, 1, 10],
    ['14.985', 2997, 200],
    [1000, 1000, 1],
    ['30000/1001', 30000, 1001],
    ['60/2', 30, 1],
    ['25.5/2', 51, 4],
    [23.976, 24000, 1001],
    ['23.98', 24000, 1001],
    [29.97, 30000, 1001],
    ['29.97', 30000, 1001],
    [30000 / 1001, 30000, 1001],
    [47.952, 48000, 1001],
    ['59.94', 60000, 1001],
    [119.88, 120000, 1001],
  ];
  for (const [value, numerator, denominator] of accepted) {
    it(`reads ${JSON.stringify(value)} as ${numerator}/${denominator}`, () =>
      assert.deepEqual(parseRate(value), { numerator, denominator }));
  }

  const refused = [
    Number.NaN,
    0,
    -25,
    1000.5,
    Number.POSITIVE_INFINITY,
    '',
    'fast',
    '30000/',
    '/1001',
    '1/0',
    '-1/-1',
    '1/2/3',
  ];
  for (const value of refused) {
    const shown = typeof value === 'string' ? `"${value}"` : value;
    it(`rejects ${shown} and says what it accepts`, () =>
      assert.throws(
        () => parseRate(value),
        RangeError,
        `frameRate is ${shown}; it must be a number above 0 and at most 1000, or a fraction such as 30000/1001.`,
      ));
  }

  it('keeps the value of a rate', () => assert.equal(rateValue(parseRate('30000/1001')), 30000 / 1001));
});
