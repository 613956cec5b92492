import { createPatternRenderer, type PatternDescription, type Picture, parseRate } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };
const rates = [24, 25, 29.97, 30, 50, 59.94, 60].map((rate) => parseRate(rate));

const lumaAt = ({ y, width }: Picture, column: number, row: number) => y[Math.floor(row) * width + Math.floor(column)];

/** The centre of the bright pixels in a part of a picture. */
function middleOf({ y, width }: Picture, [left, top, right, bottom]: readonly number[]) {
  let [sum, x, z] = [0, 0, 0];
  for (let row = Math.floor(top); row < bottom; row++) {
    for (let column = Math.floor(left); column < right; column++) {
      const light = y[row * width + column] - 16;
      sum += light;
      x += light * (column + 0.5);
      z += light * (row + 0.5);
    }
  }
  return { x: x / sum, y: z / sum };
}

describe('The ball’s motion', () => {
  const at = (motion: string, seconds: number) => {
    const frameRate = { numerator: 100, denominator: 1 };
    const picture = pictureOf({ ...small, pattern: 'ball', frameRate, params: { motion } }, seconds * 100);
    return middleOf(picture, [0, 0, 320, 180]);
  };
  const [left, right, top, bottom] = [18, 302, 18, 162];

  it('bounces by default', () => {
    assert.deepEqual(at('bounce', 1.5), middleOf(pictureOf({ ...small, pattern: 'ball' }, 45), [0, 0, 320, 180]));
  });

  it('makes one turn per second clockwise from the top', () => {
    for (const [seconds, x, y] of [
      [0, 160, top],
      [0.25, right, 90],
      [0.5, 160, bottom],
      [0.75, left, 90],
      [7, 160, top],
    ]) {
      const place = at('sweep', seconds);
      assert.closeTo(place.x, x, 0.1, `x after ${seconds} s`);
      assert.closeTo(place.y, y, 0.1, `y after ${seconds} s`);
    }
  });

  it('makes half a turn in a second, and starts again at the top', () => {
    for (const [seconds, x, y] of [
      [0, 160, top],
      [0.5, right, 90],
      [0.99, 160 + 142 * Math.sin(Math.PI * 0.99), 90 - 72 * Math.cos(Math.PI * 0.99)],
      [1, 160, top],
    ]) {
      const place = at('hsweep', seconds);
      assert.closeTo(place.x, x, 0.1, `x after ${seconds} s`);
      assert.closeTo(place.y, y, 0.1, `y after ${seconds} s`);
    }
  });

  it('waves with √2 as many turns up and down as across', () => {
    for (const seconds of [0, 1, 2.5, 30]) {
      const place = at('wavy', seconds);
      assert.closeTo(place.x, 160 + 142 * Math.sin(2 * Math.PI * 0.15 * seconds), 0.1);
      assert.closeTo(place.y, 90 + 72 * Math.sin(2 * Math.PI * 0.15 * Math.SQRT2 * seconds), 0.1);
    }
  });
});

describe('moving-bar', () => {
  /** The pixels of the bar in a row or a column. */
  const places = (changes: Partial<PatternDescription>, n: number) => {
    const { y, width, height } = pictureOf({ ...small, pattern: 'moving-bar', ...changes }, n);
    const lit = (from: number, step: number, count: number) =>
      Array.from({ length: count }, (_, i) => i).filter((i) => y[from + i * step] === 235);
    return { across: lit(90 * width, 1, width), down: lit(160, width, height) };
  };

  it('is a sixteenth wide, and crosses the picture in four seconds', () => {
    for (const [n, from] of [
      [0, 0],
      [30, 80],
      [60, 160],
      [119, 317],
      [120, 0],
      [12_000_030, 80],
    ]) {
      const { across, down } = places({}, n);
      const expected = Array.from({ length: 20 }, (_, i) => (from + i) % 320).sort((a, b) => a - b);
      assert.deepEqual(across, expected, `frame ${n}`);
      assert.include([0, 180], down.length);
    }
  });

  for (const [direction, axis, size, sign] of [
    ['right', 'across', 320, 1],
    ['left', 'across', 320, -1],
    ['down', 'down', 180, 1],
    ['up', 'down', 180, -1],
  ] as const) {
    it(`moves ${direction} by whole pixels with time, at every frame rate`, () => {
      for (const frameRate of rates) {
        for (const n of [0, 1, 7, 100]) {
          const seconds = (n * frameRate.denominator) / frameRate.numerator;
          const steps = Math.floor(((seconds % 2) / 2) * size);
          const from = (size + sign * steps) % size;
          const params = { direction, period: 2, width: 6 };
          const expected = Array.from({ length: 6 }, (_, i) => (from + i) % size).sort((a, b) => a - b);
          assert.deepEqual(places({ frameRate, params }, n)[axis], expected, `frame ${n}`);
        }
      }
    });
  }

  it('has its colours', () => {
    const picture = pictureOf({ ...small, pattern: 'moving-bar', color: red, background: blue });
    assert.deepEqual(colorAt(picture, 4, 4), [81, 90, 240]);
    assert.deepEqual(colorAt(picture, 100, 4), [41, 240, 110]);
  });
});

describe('blink', () => {
  const light = (changes: Partial<PatternDescription>, n: number) => {
    const { y } = pictureOf({ width: 16, height: 16, pattern: 'blink', ...changes }, n);
    assert.isTrue(y.every((luma) => luma === y[0]));
    return y[0] === 235;
  };

  it('is lit for the first half of every second, at every frame rate', () => {
    for (const frameRate of rates) {
      for (let n = 0; n < 130; n++) {
        const half = Math.floor((2 * n * frameRate.denominator) / frameRate.numerator);
        assert.equal(light({ frameRate }, n), half % 2 === 0, `frame ${n} at ${frameRate.numerator}`);
      }
    }
  });

  it('changes after `frames` frames', () => {
    const lit = [0, 1, 2, 3, 4, 5, 6].map((n) => light({ params: { frames: 2 } }, n));
    assert.deepEqual(lit, [true, true, false, false, true, true, false]);
    assert.deepEqual(
      [0, 1, 2].map((n) => light({ params: { frames: 1 } }, n)),
      [true, false, true],
    );
  });
});

describe('snow in colour', () => {
  it('has random values in all components, within their ranges', () => {
    const { y, u, v } = pictureOf({ pattern: 'snow', params: { mode: 'colour' } });
    for (const plane of [y, u, v]) {
      const mean = plane.reduce((sum, x) => sum + x, 0) / plane.length;
      assert.closeTo(mean, 125.5, 1);
      assert.isTrue(plane.every((x) => x >= 16 && x <= 235));
      assert.isAbove(new Set(plane).size, 215);
    }
  });
});

describe('av-sync', () => {
  it('flashes exactly in the frames of the first 100 ms of every 2 s', () => {
    for (const frameRate of rates) {
      const renderer = createPatternRenderer(patternOf({ width: 64, height: 36, pattern: 'av-sync', frameRate }));
      const { numerator, denominator } = frameRate;
      for (let n = 0; n < 7 * (numerator / denominator); n++) {
        // In whole numbers: whether the time since the last multiple of 2 s is below 1/10 s.
        const flashes = ((n * denominator) % (2 * numerator)) * 10 < numerator;
        renderer.render(n);
        const { picture } = renderer;
        const seen = [0, 0.25, 0.5, 0.75].map((place) => lumaAt(picture, 64 * place, 18));
        assert.deepEqual(seen, Array(4).fill(flashes ? 235 : 16), `frame ${n} at ${numerator}/${denominator}`);
      }
    }
  });

  it('flashes by other periods and lengths', () => {
    const flashing = (params: Record<string, number>) =>
      Array.from({ length: 60 }, (_, n) => n).filter(
        (n) => lumaAt(pictureOf({ ...small, pattern: 'av-sync', params }, n), 160, 90) === 235,
      );
    assert.deepEqual(flashing({ period: 1, flash: 0.04 }), [0, 1, 30, 31]);
    assert.deepEqual(flashing({ period: 0.5, flash: 1 / 30 }), [0, 15, 30, 45]);
    assert.deepEqual(flashing({ flash: 0 }), []);
  });

  it('has its marker at the line at the flash, and on the scale at the time to a millisecond', () => {
    const frameRate = { numerator: 1000, denominator: 1 };
    for (const offset of [-100, -73, -1, 100]) {
      const picture = pictureOf({ pattern: 'av-sync', frameRate, params: { flash: 0 } }, 4000 + offset);
      const run = middleOf(picture, [0, 720 * 0.2, 640 - 3, 720 * 0.3]);
      const scale = middleOf(picture, [0, 720 * 0.57, 1280, 720 * 0.6]);
      if (offset < -5) assert.closeTo(run.x, 640 + (offset / 2000) * 1280 * 0.9, 0.5, `marker at ${offset} ms`);
      assert.closeTo(scale.x, 640 + (offset / 200) * 1280 * 0.8, 0.5, `scale at ${offset} ms`);
    }
  });
});
