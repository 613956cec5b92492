/* How properties are read: numbers and lists as text, and values that are left as they are. */
import {
  boolean,
  jsonObject,
  number,
  numberList,
  numberOrNull,
  perChannel,
  text,
} from '../../dist/elements/converters.js';
import { assert, describe, it } from '../support/suite.js';

/** Values that are neither numbers nor lists of numbers. */
const notNumbers: readonly unknown[] = [
  ' ',
  'loud',
  '440 loud',
  true,
  {},
  [[440, 880]],
  ['', null],
  Symbol('440'),
  Object.create(null),
  () => 440,
  new DataView(new ArrayBuffer(2)),
];

describe('A number', () => {
  for (const [value, expected] of [
    ['640', 640],
    [' -18 ', -18],
    ['-Infinity', Number.NEGATIVE_INFINITY],
    [440n, 440],
    [0.5, 0.5],
  ] as const) {
    it(`reads ${typeof value} ${JSON.stringify(String(value))} as ${expected}`, () => {
      assert.equal(number.read(value), expected);
    });
  }

  it('leaves every other value as it is', () => {
    for (const value of notNumbers) assert.isTrue((number.read(value) as unknown) === value);
  });
});

describe('A number or null', () => {
  it('is read as a number is, and has no attribute for null', () => {
    assert.equal(numberOrNull.read('0'), 0);
    assert.equal(numberOrNull.read('fast') as unknown, 'fast');
    assert.equal(numberOrNull.toText(0), '0');
    assert.isNull(numberOrNull.toText(null));
  });
});

describe('A value for each channel', () => {
  for (const [value, expected] of [
    ['1111', 1111],
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
    it(`reads ${JSON.stringify(String(value))} as ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(perChannel.read(value), expected);
    });
  }

  it('leaves every other value, and an empty list, as it is', () => {
    for (const value of [...notNumbers, []]) assert.isTrue((perChannel.read(value) as unknown) === value);
  });

  it('is written with spaces in between', () => {
    assert.equal(perChannel.toText([440, 1000.5]), '440 1000.5');
    assert.equal(perChannel.toText(440), '440');
  });
});

describe('A list of numbers', () => {
  it('may be a single number, text, or an array', () => {
    assert.deepEqual(numberList.read(2), [2]);
    assert.deepEqual(numberList.read('1 2'), [1, 2]);
    assert.deepEqual(numberList.read(['1', 2]), [1, 2]);
    assert.deepEqual(numberList.read([]), []);
  });
});

describe('Text', () => {
  it('is made of every value, and never throws', () => {
    assert.equal(text.read(5), '5');
    assert.equal(text.read(['VP8', 'opus']), 'VP8,opus');
    assert.equal(text.read(Symbol('a')), 'Symbol(a)');
    assert.equal(text.read(Object.create(null)), 'Object');
  });
});

describe('A boolean', () => {
  it('is true for an attribute with any text, as in HTML, except that false means false', () => {
    assert.isTrue(boolean.fromText?.(''));
    assert.isTrue(boolean.fromText?.('true'));
    assert.isFalse(boolean.fromText?.('false'));
    assert.isFalse(boolean.fromText?.(null));
    assert.isTrue(boolean.read('true'));
    assert.isFalse(boolean.read('false'));
    assert.equal(boolean.toText(true), '');
    assert.isNull(boolean.toText(false));
  });
});

describe('A JSON object', () => {
  it('is read from text, and text that is not JSON stays', () => {
    assert.deepEqual(jsonObject.read('{"size": 64}'), { size: 64 });
    assert.equal(jsonObject.read('{size') as unknown, '{size');
  });

  it('is written as JSON, and a value that JSON cannot hold by its name', () => {
    assert.equal(jsonObject.toText({ size: 64 }), '{"size":64}');
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    assert.equal(jsonObject.toText(circle), '[object Object]');
  });
});
