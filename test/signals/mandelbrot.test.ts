import { createPatternRenderer, type Picture } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture, patternOf, pictureOf } from './descriptions.js';

/** The number of steps after which a point has escaped, by definition, without shortcuts. */
function stepsOf(x: number, y: number, most = 256): number {
  let [re, im] = [0, 0];
  for (let step = 0; step < most; step++) {
    if (re * re + im * im > 65536) return step;
    [re, im] = [re * re - im * im + x, 2 * re * im + y];
  }
  return most;
}

const size = { width: 320, height: 180 };

/** The points of a frame's pixels, for a view whose scale has doubled `depth` times. */
function pointOf(depth: number, column: number, row: number): [x: number, y: number] {
  const [level, part] = [Math.floor(depth), depth - Math.floor(depth)];
  const middle = (k: number, start: number, target: number) => target + (start - target) / 4 ** k;
  const place = (start: number, target: number) =>
    middle(level, start, target) +
    (middle(level + 1, start, target) - middle(level, start, target)) * 2 * (1 - 2 ** -part);
  const pixel = 2.6 / 180 / 2 ** depth;
  return [place(-0.6, -0.77568377) + (column + 0.5 - 160) * pixel, place(0, 0.13646737) - (row + 0.5 - 90) * pixel];
}

const isBlack = ({ y, u, v, width }: Picture, column: number, row: number) => {
  const chroma = (row >> 1) * (width / 2) + (column >> 1);
  return y[row * width + column] === 16 && u[chroma] === 128 && v[chroma] === 128;
};

describe('mandelbrot', () => {
  for (const n of [0, 200, 450, 900, 1500]) {
    it(`is black inside the set and nowhere else, frame ${n}`, () => {
      const depth = 12 * (0.5 - 0.5 * Math.cos((2 * Math.PI * n) / 1800));
      const picture = pictureOf({ ...size, pattern: 'mandelbrot' }, n);
      let judged = 0;
      for (let row = 6; row < 174; row += 6) {
        for (let column = 6; column < 314; column += 6) {
          // A pixel is taken from at most one and a half pixels away: it is compared where all neighbours are equal.
          const around = [-2, -1, 0, 1, 2, 3].flatMap((dy) =>
            [-2, -1, 0, 1, 2, 3].map((dx) => stepsOf(...pointOf(depth, column + dx, row + dy)) === 256),
          );
          if (around.some((inside) => inside !== around[0])) continue;
          judged++;
          assert.equal(isBlack(picture, column, row), around[0], `pixel ${column}, ${row}`);
        }
      }
      assert.isAbove(judged, 700);
    });
  }

  it('has the brightness of its escape time at every point of the first frame', () => {
    const picture = pictureOf({ ...size, pattern: 'mandelbrot' });
    const byStep = new Map<number, number[]>();
    for (let row = 0; row < 180; row++) {
      for (let column = 0; column < 320; column++) {
        const steps = stepsOf(...pointOf(0, column, row));
        if (steps < 7) byStep.set(steps, [...(byStep.get(steps) ?? []), picture.y[row * 320 + column]]);
      }
    }
    // The palette begins dark and gets lighter, and so does the picture, step by step.
    const bands = [...byStep].sort(([a], [b]) => a - b).map(([, luma]) => [Math.min(...luma), Math.max(...luma)]);
    assert.isAtLeast(bands.length, 2);
    for (let i = 1; i < bands.length; i++) assert.isAtMost(Math.abs(bands[i][0] - bands[i - 1][1]), 3);
  });

  it('zooms in for half a minute and out again', () => {
    const hash = (n: number) => hashOfPicture(pictureOf({ width: 64, height: 64, pattern: 'mandelbrot' }, n));
    assert.equal(hash(0), hash(1800));
    assert.notEqual(hash(0), hash(900));
  });

  it('is the same if frames are drawn in order, backwards, or at random', () => {
    const description = { width: 96, height: 64, pattern: 'mandelbrot', params: { period: 10 } };
    const renderer = createPatternRenderer(patternOf(description));
    const order = [...Array(150).keys(), ...[...Array(150).keys()].reverse(), 290, 40, 41, 39, 151];
    const seen = new Map<number, string>();
    for (const n of order) {
      renderer.render(n);
      const hash = hashOfPicture(renderer.picture);
      assert.equal(seen.get(n) ?? hash, hash, `frame ${n}`);
      seen.set(n, hash);
    }
    for (const n of [0, 40, 77, 149, 290]) assert.equal(seen.get(n), hashOfPicture(pictureOf(description, n)));
  });
});
