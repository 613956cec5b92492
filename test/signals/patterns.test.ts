import { createPatternRenderer, type PatternDescription, patterns } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, hashOfPicture, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const red = { r: 255, g: 0, b: 0 };
const blue = { r: 0, g: 0, b: 255 };

describe('Every pattern', () => {
  const overlays: Record<string, Partial<PatternDescription>> = {
    'as it is': {},
    'with a label': { label: 'Camera 1' },
    'with label and time code': { label: 'Camera 1', timecode: true },
    'mirrored, scrolling and counted': { flip: 'both', scrollX: -3, scrollY: 5, frameCounter: true },
  };
  for (const { name } of patterns) {
    for (const [how, overlay] of Object.entries(overlays)) {
      it(`is the same picture in whichever order frames are drawn: ${name} ${how}`, () => {
        const description = { ...small, pattern: name, color: red, background: blue, ...overlay };
        const renderer = createPatternRenderer(patternOf(description));
        for (const n of [5, 6, 0, 1799, 42, 43, 41, 5, 5, 100_000]) {
          renderer.render(n);
          assert.equal(hashOfPicture(renderer.picture), hashOfPicture(pictureOf(description, n)), `frame ${n}`);
        }
      });

      it(`has equal keys only for equal pictures: ${name} ${how}`, () => {
        const renderer = createPatternRenderer(patternOf({ ...small, pattern: name, ...overlay }));
        const seen = new Map<number, string>();
        for (const n of [0, 1, 2, 30, 31, 1800]) {
          renderer.render(n);
          const hash = hashOfPicture(renderer.picture);
          assert.equal(seen.get(renderer.key(n)) ?? hash, hash, `frame ${n}`);
          seen.set(renderer.key(n), hash);
        }
      });
    }

    it(`leaves no traces when it moves: ${name}`, () => {
      const size = { width: 640, height: 480 };
      const moving = createPatternRenderer(patternOf({ ...size, pattern: name }));
      for (let n = 90; n < 125; n++) moving.render(n);
      assert.equal(hashOfPicture(moving.picture), hashOfPicture(pictureOf({ ...size, pattern: name }, 124)));
    });

    it(`can be drawn at any even size, with and without text: ${name}`, () => {
      for (const [width, height] of [
        [2, 2],
        [2, 64],
        [64, 2],
        [6, 10],
        [70, 34],
        [180, 320],
      ]) {
        for (const overlay of [{}, { label: 'A long label for so small a picture', timecode: true }]) {
          const renderer = createPatternRenderer(patternOf({ pattern: name, width, height, ...overlay }));
          for (const n of [0, 7, 3]) renderer.render(n);
          assert.lengthOf(renderer.picture.y, width * height);
          assert.isTrue(renderer.picture.y.every((luma) => luma > 0 && luma < 255));
        }
      }
    });

    it(`shares no state between two renderers: ${name}`, () => {
      const [one, other] = [0, 1].map(() => createPatternRenderer(patternOf({ ...small, pattern: name })));
      one.render(3);
      const before = hashOfPicture(one.picture);
      other.render(90);
      assert.equal(hashOfPicture(one.picture), before);
    });
  }

  it('has a name that no other signal has', () =>
    assert.equal(new Set(patterns.map(({ name }) => name)).size, patterns.length));
});

describe('A still pattern', () => {
  for (const pattern of ['smpte-hd', 'smpte', 'ebu-75', 'solid', 'gradient', 'checkers']) {
    it(`has one key for all frames, and with a time code one for each: ${pattern}`, () => {
      const keys = (timecode: boolean) => {
        const renderer = createPatternRenderer(patternOf({ ...small, pattern, timecode }));
        return new Set([0, 1, 2, 3000].map((n) => renderer.key(n))).size;
      };
      assert.deepEqual([keys(false), keys(true)], [1, 4]);
    });
  }
});

describe('solid', () => {
  it('is black by default', () => {
    assert.deepEqual(colorAt(pictureOf({ ...small, pattern: 'solid' }), 10, 10), [16, 128, 128]);
  });

  it('has its colour everywhere', () => {
    const { y, u, v } = pictureOf({ pattern: 'solid', color: red });
    assert.isTrue(y.every((x) => x === 63) && u.every((x) => x === 102) && v.every((x) => x === 240));
  });
});

describe('gradient', () => {
  it('goes from white to black by default', () => {
    const picture = pictureOf({ ...small, pattern: 'gradient' });
    assert.equal(picture.y[0], 235);
    assert.equal(picture.y[319], 16);
  });

  it('goes linearly from the colour at the left to the background at the right, the same in every row', () => {
    const picture = pictureOf({ pattern: 'gradient', color: red, background: blue });
    for (const row of [0, 359, 718]) {
      assert.equal(colorAt(picture, 0, row)[0], 63);
      assert.equal(colorAt(picture, 1279, row)[0], 32);
      for (const column of [100, 640, 1000]) {
        const k = column / 1279;
        const [y, u, v] = colorAt(picture, column, row);
        assert.closeTo(y, 62.56 + (31.81 - 62.56) * k, 0.6);
        assert.closeTo(u, 102.34 + (240 - 102.34) * k, 1);
        assert.closeTo(v, 240 + (117.73 - 240) * k, 1);
      }
    }
  });
});

describe('checkers', () => {
  it('has squares of 32 pixels, with the colour at the top left', () => {
    const { y, width } = pictureOf({ ...small, pattern: 'checkers' });
    const at = (column: number, row: number) => y[row * width + column];
    assert.deepEqual(
      [at(0, 0), at(31, 31), at(32, 0), at(0, 32), at(32, 32), at(319, 179)],
      [235, 235, 16, 16, 235, 235 - 219 * ((9 + 5) % 2)],
    );
  });

  for (const size of [1, 2, 3, 8, 1000]) {
    it(`has squares of the given size: ${size}`, () => {
      const { y, width, height } = pictureOf({ ...small, pattern: 'checkers', params: { size } });
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const light = (Math.floor(row / size) + Math.floor(column / size)) % 2 === 0;
          if (y[row * width + column] !== (light ? 235 : 16)) assert.fail(`wrong at ${column}, ${row}`);
        }
      }
    });
  }
});

describe('ball', () => {
  const centreOf = (n: number, changes = {}) => {
    const { y, width, height } = pictureOf({ ...small, pattern: 'ball', ...changes }, n);
    let [area, x, top] = [0, 0, 0];
    for (let i = 0; i < y.length; i++) {
      const share = (y[i] - 16) / 219;
      area += share;
      x += share * ((i % width) + 0.5);
      top += share * (Math.floor(i / width) + 0.5);
    }
    return { area, x: x / area, y: top / area, width, height };
  };

  it('is a whole disc at every place', () => {
    for (let n = 0; n < 300; n += 7) {
      const { area, x, y, width, height } = centreOf(n);
      assert.closeTo(area, Math.PI * 18 * 18, 3, `frame ${n}`);
      assert.isTrue(x > 17.9 && x < width - 17.9 && y > 17.9 && y < height - 17.9, `frame ${n}`);
    }
  });

  it('moves by fractions of a pixel', () => {
    const [a, b, c] = [0, 1, 2].map((n) => centreOf(n, { frameRate: { numerator: 500, denominator: 1 } }));
    assert.closeTo(b.x - a.x, c.x - b.x, 0.02);
    assert.isAbove(b.x - a.x, 0.05);
    assert.isBelow(b.x - a.x, 1);
  });

  it('is at the same place at the same time at every frame rate', () => {
    const [at30, at60] = [centreOf(30), centreOf(60, { frameRate: { numerator: 60, denominator: 1 } })];
    assert.closeTo(at30.x, at60.x, 1e-9);
    assert.closeTo(at30.y, at60.y, 1e-9);
  });

  it('is twice as fast at speed 2, and still at speed 0', () => {
    assert.closeTo(centreOf(10, { speed: 2 }).x, centreOf(20).x, 1e-9);
    assert.closeTo(centreOf(10, { speed: 0 }).x, centreOf(0).x, 1e-9);
    const still = createPatternRenderer(patternOf({ pattern: 'ball', speed: 0 }));
    assert.equal(still.key(1), still.key(1000));
  });

  it('has its colour in the middle and the background around it', () => {
    const picture = pictureOf({ pattern: 'ball', color: red, background: blue });
    const row = 288;
    const colors = new Set(Array.from({ length: 640 }, (_, i) => colorAt(picture, 2 * i, row).join()));
    assert.isTrue(colors.has('63,102,240') && colors.has('32,240,118'));
  });
});

describe('snow', () => {
  it('differs in every frame and with every seed, without colour', () => {
    const hashes = [0, 1, 2, 3].flatMap((n) =>
      [0, 1, -1].map((seed) => hashOfPicture(pictureOf({ ...small, pattern: 'snow', seed }, n))),
    );
    assert.equal(new Set(hashes).size, hashes.length);
    const { u, v } = pictureOf({ ...small, pattern: 'snow' });
    assert.isTrue(u.every((x) => x === 128) && v.every((x) => x === 128));
  });

  it('uses the whole range from black to white uniformly', () => {
    const { y } = pictureOf({ pattern: 'snow' });
    const sorted = [...y].sort((a, b) => a - b);
    assert.deepEqual([sorted[0], sorted[y.length - 1]], [16, 235]);
    assert.closeTo(sorted[y.length / 2], 125.5, 8);
    assert.closeTo(y.reduce((sum, x) => sum + x, 0) / y.length, 125.5, 3);
  });

  it('is still at speed 0', () => {
    const renderer = createPatternRenderer(patternOf({ pattern: 'snow', speed: 0 }));
    assert.equal(renderer.key(1), renderer.key(1000));
  });
});
