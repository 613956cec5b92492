import { createPatternRenderer, type PatternDescription, type Picture, parseRate } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };

const lumaAt = ({ y, width }: Picture, column: number, row: number) => y[Math.floor(row) * width + Math.floor(column)];

describe('clock', () => {
  const size = { width: 720, height: 720 };
  const [middle, radius] = [360, 720 * 0.46];

  /** The luma on the dial at an angle in turns and a fraction of the radius. */
  const onDial = (picture: Picture, turns: number, far: number) =>
    lumaAt(
      picture,
      middle + Math.sin(2 * Math.PI * turns) * radius * far,
      middle - Math.cos(2 * Math.PI * turns) * radius * far,
    );

  it('has its hands at the time', () => {
    for (const time of [0, 10 * 3600 + 8 * 60 + 37, 5 * 3600 + 40 * 60 + 12.5, 86399, 100_000]) {
      const picture = pictureOf({ ...size, pattern: 'clock', params: { digits: 'none' } }, time * 30);
      const day = time % 86400;
      const hands = [(day / 43200) % 1, (day / 3600) % 1, (day / 60) % 1];
      // The third hand is red and has some luma; the others are white.
      assert.isAbove(onDial(picture, hands[0], 0.3), 60, `hours at ${time}`);
      assert.isAbove(onDial(picture, hands[1], 0.6), 60, `minutes at ${time}`);
      assert.closeTo(onDial(picture, hands[2], 0.83), 84, 12, `seconds at ${time}`);
      // A quarter of a turn away from the hands, the dial is black.
      for (let turns = 0; turns < 1; turns += 1 / 64) {
        const apart = hands.every((hand) => Math.abs(((turns - hand + 1.5) % 1) - 0.5) > 0.03);
        const opposite = Math.abs(((turns - hands[2]) % 1) + 0.5) < 0.03;
        if (apart && !opposite) assert.equal(onDial(picture, turns, 0.3), 16, `${turns} turns at ${time}`);
      }
    }
  });

  it('moves its second hand with every frame', () => {
    const hashes = [0, 1, 2, 3].map((n) =>
      hashOfPicture(pictureOf({ pattern: 'clock', params: { digits: 'none' } }, n)),
    );
    assert.equal(new Set(hashes).size, 4);
  });

  it('can show frames instead of milliseconds', () => {
    const [milliseconds, frames] = ['milliseconds', 'frames'].map((digits) =>
      hashOfPicture(pictureOf({ pattern: 'clock', params: { digits } }, 7)),
    );
    assert.notEqual(milliseconds, frames);
  });
});

describe('countdown', () => {
  /** The middle of the picture as text: the number, without the ground behind it. */
  const digitsOf = (changes: Partial<PatternDescription>, n: number) => {
    const { y, width } = pictureOf({ ...small, pattern: 'countdown', ...changes }, n);
    return Array.from({ length: 80 }, (_, row) =>
      [...y.subarray((row + 50) * width + 100, (row + 50) * width + 220)]
        // Clear of the lines that cross in the middle.
        .map((luma, column) => (luma === 235 && row !== 39 && row !== 40 && column !== 59 && column !== 60 ? '#' : '.'))
        .join(''),
    ).join('\n');
  };
  const number = (from: number, n = 0) => digitsOf({ params: { from } }, n);

  it('counts from ten to zero and begins again', () => {
    for (let second = 0; second < 23; second++) {
      const expected = 10 - (second % 11);
      if (expected === 0) continue;
      assert.equal(number(10, second * 30), number(expected), `second ${second}`);
      assert.equal(number(10, second * 30 + 29), number(expected), `the end of second ${second}`);
    }
    assert.notEqual(number(10, 300), number(10, 270));
  });

  it('begins at the frame in which it is first shown, if it holds at 0', () => {
    const held = { ...small, pattern: 'countdown', params: { from: 3, end: 'hold' } };
    const late = { ...held, since: 600 };
    assert.equal(hashOfPicture(pictureOf(late, 630)), hashOfPicture(pictureOf(held, 30)));
    assert.notEqual(hashOfPicture(pictureOf(held, 30)), hashOfPicture(pictureOf(held, 630)));
  });

  it('holds at zero with `end: hold`', () => {
    const held = { params: { from: 3, end: 'hold' } };
    const renderer = createPatternRenderer(patternOf({ ...small, pattern: 'countdown', ...held }));
    assert.equal(digitsOf(held, 60), number(1));
    assert.equal(renderer.key(90), renderer.key(100_000));
    assert.notEqual(renderer.key(89), renderer.key(90));
    assert.equal(digitsOf(held, 5000), digitsOf({ params: { from: 3 } }, 90));
  });

  it('has a hand that turns once per second, clockwise from the top', () => {
    const frameRate = { numerator: 64, denominator: 1 };
    for (let n = 0; n < 64; n++) {
      const picture = pictureOf({ ...small, pattern: 'countdown', frameRate }, n);
      for (let i = 0; i < 64; i++) {
        const turns = (i + 0.5) / 64;
        const x = 160 + Math.sin(2 * Math.PI * turns) * 65;
        const y = 90 - Math.cos(2 * Math.PI * turns) * 65;
        const luma = lumaAt(picture, x, y);
        if (luma > 120) continue;
        if (turns < n / 64 - 0.006) assert.isAbove(luma, 60, `${turns} turns at ${n}`);
        if (turns > n / 64 + 0.006) assert.equal(luma, 16, `${turns} turns at ${n}`);
      }
    }
  });
});

describe('counter', () => {
  it('differs in every frame, and shows the number of the frame, not of the time', () => {
    const at = (rate: number, n: number) => {
      const { y } = pictureOf({ ...small, pattern: 'counter', frameRate: parseRate(rate) }, n);
      return [y.subarray(0, 320 * 115), y.subarray(320 * 115)].map((half) => half.join());
    };
    assert.equal(at(30, 123)[0], at(60, 123)[0]);
    assert.notEqual(at(30, 123)[0], at(30, 124)[0]);
    assert.equal(at(30, 123)[1], at(60, 246)[1]);
    assert.notEqual(at(30, 123)[1], at(60, 123)[1]);
  });
});
