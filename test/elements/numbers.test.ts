/* Numbers as attributes have them, and as frameworks set them: text. */
import { listOf, numberOf, perChannel } from '../../dist/elements/numbers.js';
import { assert, describe, it } from '../support/suite.js';

describe('The numbers of a tone', () => {
  it('are those that text says, whatever stands between', () => {
    for (const [value, expected] of [
      ['1111', 1111],
      [' -18 ', -18],
      ['440 1000.5', [440, 1000.5]],
      ['440,1000', [440, 1000]],
      ['440 ,\t1000,', [440, 1000]],
      ['-18 -Infinity', [-18, Number.NEGATIVE_INFINITY]],
      [
        ['440', 1000],
        [440, 1000],
      ],
      [[440], 440],
      [Float32Array.of(440, 1000), [440, 1000]],
      [440n, 440],
    ] as const) {
      assert.deepEqual(perChannel(value), expected, String(value));
    }
  });

  it('are a list, where that is what is wanted, of a single number too', () => {
    const lists: [unknown, number[]][] = [
      [2, [2]],
      ['1 2', [1, 2]],
      ['', []],
      [null, []],
      [undefined, []],
    ];
    for (const [value, expected] of lists) assert.deepEqual(listOf(value), expected, String(value));
  });

  it('are NaN for what is none, and nothing throws', () => {
    for (const value of [
      '',
      ' ',
      'loud',
      null,
      undefined,
      true,
      {},
      [],
      [[440, 880]],
      ['', null],
      Symbol('440'),
      Object.create(null),
      () => 440,
      new DataView(new ArrayBuffer(2)),
    ]) {
      assert.isNaN(numberOf(value));
      assert.isTrue([perChannel(value)].flat().every(Number.isNaN));
      assert.isTrue(listOf(value).every(Number.isNaN));
    }
  });
});
