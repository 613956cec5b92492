import { decibelsToAmplitude } from 'track-elements/signals';
import { angleOf, exp2, log2, modulo, sine } from '../../dist/signals/maths.js';
import { random32, randomSample } from '../../dist/signals/random.js';
import { assert, describe, it } from '../support/suite.js';

describe('The sine of a number of turns', () => {
  it('is exact at the quarters', () => {
    assert.deepEqual([0, 0.25, 0.5, 0.75, 1, -0.25].map(sine).map(Math.abs), [0, 1, 0, 1, 0, 1]);
    assert.equal(sine(0.75), -1);
  });

  it('agrees with `Math` within two units in the last place', () => {
    for (let i = 0; i < 10_000; i++) {
      const turns = i / 10_000 / 4;
      assert.closeTo(sine(turns), Math.sin(2 * Math.PI * turns), 2.3e-16, `${turns} turns`);
    }
  });

  it('has the same relative precision near zero', () => {
    for (const turns of [1e-3, 1e-9, 1e-300])
      assert.closeTo(sine(turns) / (2 * Math.PI * turns - (2 * Math.PI * turns) ** 3 / 6), 1, 1e-10);
    assert.closeTo(sine(1e-12) / (2 * Math.PI * 1e-12), 1, 4e-16);
  });

  it('repeats every turn, forwards and backwards', () => {
    for (const turns of [0.125, 0.375, 0.625, 0.875]) {
      assert.equal(sine(turns + 1024), sine(turns));
      assert.equal(sine(turns - 1024), sine(turns));
      assert.equal(sine(-turns), -sine(turns));
    }
  });
});

describe('The logarithm to base two', () => {
  it('is exact for whole powers', () => {
    assert.deepEqual([1, 2, 0.5, 1024, 2 ** -40].map(log2), [0, 1, -1, 10, -40]);
  });

  it('agrees with `Math` within a few units in the last place', () => {
    for (let x = 1e-9; x < 1e9; x *= 1.0137) assert.closeTo(log2(x), Math.log2(x), 1e-14);
  });
});

describe('The angle of a direction', () => {
  it('agrees with `Math.atan2`, in turns, in all directions', () => {
    for (let i = 0; i < 10_000; i++) {
      const angle = (i / 10_000 - 0.5) * 2 * Math.PI;
      for (const r of [1e-3, 1, 12345]) {
        const [x, y] = [r * Math.cos(angle), r * Math.sin(angle)];
        assert.closeTo(angleOf(y, x), Math.atan2(y, x) / (2 * Math.PI), 1e-15, `${angle} at ${r}`);
      }
    }
  });

  it('is exact at the quarters, and 0 at the origin', () => {
    const angles = [angleOf(0, 1), angleOf(1, 0), angleOf(0, -1), angleOf(-1, 0), angleOf(0, 0)];
    assert.deepEqual(angles, [0, 0.25, 0.5, -0.25, 0]);
  });
});

describe('Powers of two and decibels', () => {
  it('are exact for whole powers', () => {
    assert.deepEqual([0, 1, -1, 10, -10, -1074].map(exp2), [1, 2, 0.5, 1024, 1 / 1024, 5e-324]);
  });

  it('are within two units in the last place between them', () => {
    for (let x = -30; x < 3; x += 0.037) assert.closeTo(exp2(x) / 2 ** x, 1, 4.5e-16, `2 to the ${x}`);
  });

  it('are 0 and infinity beyond the range of numbers', () => {
    assert.equal(exp2(Number.NEGATIVE_INFINITY), 0);
    assert.equal(exp2(-2000), 0);
    assert.equal(exp2(2000), Number.POSITIVE_INFINITY);
  });

  it('give the amplitude of a level', () => {
    assert.equal(decibelsToAmplitude(0), 1);
    for (const [level, amplitude] of [
      [-20, 0.1],
      [-40, 0.01],
      [-60, 0.001],
      [20, 10],
    ]) {
      assert.closeTo(decibelsToAmplitude(level) / amplitude, 1, 1e-15);
    }
    assert.equal(decibelsToAmplitude(Number.NEGATIVE_INFINITY), 0);
  });
});

describe('Random numbers', () => {
  it('have a uniform distribution, and two seeds are uncorrelated', () => {
    const count = 100_000;
    let [sum, squares, product, neighbours] = [0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const x = randomSample(1, i);
      sum += x;
      squares += x * x;
      product += x * randomSample(2, i);
      neighbours += x * randomSample(1, i + 1);
    }
    assert.closeTo(sum / count, 0, 0.006);
    assert.closeTo(squares / count, 1 / 3, 0.004);
    assert.closeTo(product / count, 0, 0.004);
    assert.closeTo(neighbours / count, 0, 0.004);
  });

  it('do not repeat after 2³² numbers, nor before the first', () => {
    const all = [0, 1, -1, 2 ** 32, 2 ** 32 + 1, -(2 ** 32), 2 ** 40].map((index) => random32(7, index));
    assert.equal(new Set(all).size, all.length);
  });

  it('are 32-bit and not negative', () => {
    for (let i = 0; i < 1000; i++)
      assert.isTrue(Number.isInteger(random32(3, i)) && random32(3, i) >= 0 && random32(3, i) < 2 ** 32);
  });
});

describe('Logarithms to base 2', () => {
  it('are exact for whole powers', () => {
    assert.deepEqual([1, 2, 0.5, 1024, 2 ** -40].map(log2), [0, 1, -1, 10, -40]);
  });

  it('agree with `Math` within 1e-14', () => {
    for (let x = 0.001; x < 1e9; x *= 1.0137) assert.closeTo(log2(x), Math.log2(x), 1e-14, `of ${x}`);
  });
});

describe('The remainder of a division', () => {
  it('is never negative', () => {
    assert.deepEqual(
      [7, 0, -1, -5, -7.5].map((x) => modulo(x, 5)),
      [2, 0, 4, 0, 2.5],
    );
  });
});
