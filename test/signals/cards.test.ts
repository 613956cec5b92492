/*
 * The test cards. Coordinates are in squares from the middle: the Philips card is 14 squares high and its circle has a
 * radius of 6; the house card is 18 squares high and its circle has a radius of 8.
 */
import { type ColorSpace, createPatternRenderer, type Rate } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, hashOfPicture, patternOf, pictureOf } from './descriptions.js';
import { colors } from './fields.js';

type Picture = ReturnType<typeof pictureOf>;

/** The table of colours without white: yellow, cyan, green, magenta, red, blue. */
const huesOf = (space: ColorSpace, level: 75 | 100) => colors[space][level].slice(1);

/** The colour at a place in squares from the middle. */
const at = (picture: Picture, square: number, x: number, y: number) =>
  colorAt(picture, Math.floor(picture.width / 2 + x * square), Math.floor(picture.height / 2 + y * square));

/** The place at which luma first reaches the middle between `low` and `high`, to a fraction of a pixel. */
function edgeOf(lumas: readonly number[], low: number, high: number): number {
  const shares = lumas.map((luma) => Math.max(0, Math.min(1, (luma - low) / (high - low))));
  const end = shares.indexOf(1);
  return end - shares.slice(0, end).reduce((sum, share) => sum + share, 0);
}

const sizes = [
  [1280, 720],
  [1920, 1080],
  [720, 576],
  [640, 480],
  [640, 360],
] as const;

describe('philips-circle', () => {
  for (const [width, height] of sizes) {
    const square = height / 14;
    const pictured = (params = {}) => pictureOf({ pattern: 'philips-circle', width, height, params });

    it(`has a circle that is round within half a pixel at ${width}x${height}`, () => {
      const picture = pictured();
      const { y } = picture;
      const radius = 6 * square;
      // Three and a half squares off the axes, between the lines of the grid: grey outside, black or white inside.
      const off = Math.floor(3.5 * square);
      const reach = Math.sqrt(radius ** 2 - (off + 0.5) ** 2);
      const [column, row] = [width / 2 + off, height / 2 + off];
      const lines = [
        { lumaAt: (i: number) => y[row * width + width / 2 - 1 - i], inside: 16 },
        { lumaAt: (i: number) => y[row * width + width / 2 + i], inside: 235 },
        { lumaAt: (i: number) => y[(height / 2 - 1 - i) * width + column], inside: 235 },
        { lumaAt: (i: number) => y[(height / 2 + i) * width + column], inside: 235 },
      ];
      for (const { lumaAt, inside } of lines) {
        const from = Math.floor(reach) - 4;
        const lumas = Array.from({ length: 8 }, (_, i) => lumaAt(from + i));
        assert.closeTo(from + edgeOf(lumas, inside, 126), reach, 0.5);
      }
    });

    it(`has exact bars of 75 % at ${width}x${height}`, () => {
      const picture = pictured();
      const expected = huesOf(picture.colorSpace, 75);
      assert.deepEqual(
        [-5, -3, -1, 1, 3, 5].map((x) => at(picture, square, x, -2)),
        expected.map((color) => [...color]),
      );
      assert.deepEqual(at(picture, square, 0, 5.5), [...expected[4]]);
      assert.deepEqual(at(picture, square, 1.5, 5.5), [...expected[0]]);
    });

    it(`has a grey scale of six even steps at ${width}x${height}`, () => {
      const picture = pictured();
      // The circle cuts the outer two, so they are sampled near their inner edge.
      const steps = [-4.2, -3, -1, 1, 3, 4.2].map((x) => at(picture, square, x, 3.5));
      assert.deepEqual(
        steps,
        [16, 60, 104, 147, 191, 235].map((luma) => [luma, 128, 128]),
      );
    });

    it(`has black and white castellations along all edges at ${width}x${height}`, () => {
      const picture = pictured();
      const half = [width, height].map((size) => size / 2 / square - 0.25);
      for (let i = -5; i <= 5; i++) {
        const luma = i % 2 ? 235 : 16;
        for (const side of [-1, 1]) {
          assert.equal(at(picture, square, i, side * half[1])[0], luma);
          assert.equal(at(picture, square, side * half[0], i)[0], luma);
        }
      }
    });

    it(`has gratings of 0.8 to 4.8 MHz where sampling is at 13.5, at ${width}x${height}`, () => {
      const picture = pictured();
      const row = Math.floor(height / 2 + 1.5 * square) * width;
      [0.8, 1.8, 2.8, 3.8, 4.8].forEach((frequency, i) => {
        const from = Math.ceil(width / 2 + (i * 2.4 - 6 + 0.3) * square);
        const line = Array.from({ length: Math.floor(1.8 * square) }, (_, x) => (picture.y[row + from + x] - 16) / 219);
        const middle = width / 2 + (i * 2.4 - 6 + 1.2) * square;
        line.forEach((share, x) => {
          const expected =
            0.5 + 0.5 * Math.cos((2 * Math.PI * (from + x + 0.5 - Math.round(middle)) * frequency) / 13.5);
          assert.closeTo(share, expected, 0.02, `${frequency} MHz, ${x}`);
        });
      });
    });
  }

  it('has a square wave of 250 kHz: 13 cycles in the width of 4:3', () => {
    const picture = pictureOf({ pattern: 'philips-circle', width: 1440, height: 1080 });
    const row = Math.floor(540 - 3.5 * (1080 / 14)) * 1440;
    const rises = [];
    for (let x = 430; x < 1010; x++) if (picture.y[row + x] === 180 && picture.y[row + x - 1] === 16) rises.push(x);
    for (let i = 1; i < rises.length; i++) assert.closeTo(rises[i] - rises[i - 1], 1440 / 13, 1);
    assert.isAtLeast(rises.length, 5);
  });

  it('has colour differences one at a time at its sides', () => {
    const picture = pictureOf({ pattern: 'philips-circle', width: 1280, height: 720 });
    const square = 720 / 14;
    const left = [-2, 0, 2].map((y) => at(picture, square, -9, y));
    const right = [-2, 0, 2].map((y) => at(picture, square, 9, y));
    for (const [luma] of [...left, ...right]) assert.closeTo(luma, 125.5, 1);
    assert.deepEqual([left[0][1], left[2][1], right[0][2], right[2][2]], [128, 128, 128, 128]);
    assert.isTrue(left[0][2] > 150 && left[2][2] < 106 && right[0][1] > 150 && right[2][1] < 106);
    // G−Y is −(0.2126 (R−Y) + 0.0722 (B−Y)) / 0.7152, where R−Y is 2 · 0.7874 · Cr and B−Y is 2 · 0.9278 · Cb.
    for (const [, cb, cr] of [left[1], right[1]]) {
      const green = 0.2126 * 2 * 0.7874 * (cr - 128) + 0.0722 * 2 * 0.9278 * (cb - 128);
      assert.closeTo(green, 0, 0.3);
      assert.isAbove(Math.abs(cb - 128) + Math.abs(cr - 128), 30);
    }
  });

  it('shows its title in a box, which is black without a title', () => {
    const box = (title: string) => {
      const picture = pictureOf({ pattern: 'philips-circle', params: { title } });
      const square = 720 / 14;
      const lumas = [];
      for (let x = -2.4; x < 2.4; x += 1 / square) lumas.push(at(picture, square, x, -4.5)[0]);
      return lumas;
    };
    assert.isTrue(box('').every((luma) => luma === 16));
    assert.isTrue(box('H').includes(235));
  });
});

describe('card', () => {
  const small = { pattern: 'card', width: 640, height: 360 };

  for (const [width, height, radius] of [
    [1280, 720, 8],
    [1920, 1080, 8],
    [720, 576, 7],
    [640, 480, 7],
    [640, 360, 8],
    [360, 640, 8],
  ] as const) {
    const square = Math.min(width, height) / 18;
    const inner = (square * radius) / 8;
    const picture = pictureOf({ pattern: 'card', width, height });

    it(`has a circle that is round within half a pixel at ${width}x${height}`, () => {
      const pixels = radius * square;
      /** The distance of the ring's line from the middle of the picture. */
      const ringAt = (lumaAt: (i: number) => number) => {
        let [sum, moment] = [0, 0];
        for (let i = Math.floor(pixels - square / 9); i <= pixels + square / 9; i++) {
          const share = Math.max(0, lumaAt(i) - 140);
          [sum, moment] = [sum + share, moment + share * (i + 0.5)];
        }
        return moment / sum;
      };
      const { y } = picture;
      for (const side of [-1, 1]) {
        const across = (i: number) => y[(height / 2) * width + width / 2 + (side < 0 ? -1 - i : i)];
        const down = (i: number) => y[(height / 2 + (side < 0 ? -1 - i : i)) * width + width / 2];
        assert.closeTo(ringAt(across), pixels, 0.5);
        assert.closeTo(ringAt(down), pixels, 0.5);
      }
    });

    it(`has exact bars of 100 % above exact bars of 75 % at ${width}x${height}`, () => {
      const row = (y: number) => [-4.6, -3, -1, 1, 3, 4.6].map((x) => at(picture, inner, x, y));
      assert.deepEqual(
        row(-5.4),
        huesOf(picture.colorSpace, 100).map((color) => [...color]),
      );
      assert.deepEqual(
        row(-4),
        huesOf(picture.colorSpace, 75).map((color) => [...color]),
      );
    });

    it(`has a grey scale in steps of 10 % between near blacks and near whites at ${width}x${height}`, () => {
      const steps = Array.from({ length: 11 }, (_, i) => at(picture, inner, i - 5, 3.85));
      assert.deepEqual(
        steps,
        steps.map((_, i) => [Math.floor(16 + 21.9 * i + 0.5), 128, 128]),
      );
      const near = (places: readonly number[]) => places.map((x) => at(picture, inner, x, 3.85)[0]);
      // −2, +2, +4 % and 96, 98, 102 %.
      assert.deepEqual(near([-6.6, -6.2, -5.8]), [12, 20, 25]);
      assert.deepEqual(near([5.8, 6.2, 6.6]), [226, 231, 239]);
    });

    it(`marks 90, 93 and 95 % of width and height at ${width}x${height}`, () => {
      for (const percent of [90, 93, 95]) {
        const [x, y] = [width, height].map((size) => Math.floor(size / 2 + 0.5 - (size / 2) * (percent / 100)));
        const reach = Math.floor(square / 4);
        assert.equal(colorAt(picture, x + reach, y)[0], 235, `${percent} across`);
        assert.equal(colorAt(picture, x, y + reach)[0], 235, `${percent} down`);
      }
    });

    it(`has arrows whose tips are the edges at ${width}x${height}`, () => {
      const { y } = picture;
      const [column, row] = [width / 2, (height / 2) * width];
      for (const [edge, further] of [
        [y[column], y[column + Math.floor(square / 4)]],
        [y[(height - 1) * width + column], y[(height - 1) * width + column + Math.floor(square / 4)]],
        [y[row], y[row + Math.floor(square / 4) * width]],
        [y[row + width - 1], y[row + width - 1 + Math.floor(square / 4) * width]],
      ]) {
        assert.isAbove(edge, 60);
        assert.equal(further, 16);
      }
    });
  }

  it('has a crosshatch of square cells with a crossing in the middle, outside of the circles', () => {
    const picture = pictureOf({ pattern: 'card', width: 1280, height: 720 });
    // Between two lines of the grid, clear of the rings.
    const line = Array.from({ length: 1280 }, (_, x) => colorAt(picture, x, 720 - 60)[0]);
    const lines = line.flatMap((luma, x) => (luma === 117 && x > 280 && x < 540 ? [x] : []));
    assert.deepEqual(lines, [279, 280, 319, 320, 359, 360, 399, 400, 439, 440, 479, 480, 519, 520].slice(2));
    const column = Array.from({ length: 720 }, (_, y) => colorAt(picture, 300, y)[0]);
    const rows = column.flatMap((luma, y) => (luma === 117 && y > 200 && y < 330 ? [y] : []));
    assert.deepEqual(rows, [239, 240, 279, 280, 319, 320]);
  });

  describe('flashes', () => {
    const lit = (picture: Picture) => {
      // Four points of the dial around its hub, of which the hand covers at most one.
      const square = picture.height / 18;
      const lumas = [
        [1, 0.5],
        [-1, -0.5],
        [0.5, -1],
        [-0.5, 1],
      ].map(([x, y]) => at(picture, square, x, y)[0]);
      return lumas.filter((luma) => luma > 200).length >= 3;
    };
    for (const [numerator, denominator] of [
      [24, 1],
      [24000, 1001],
      [25, 1],
      [30000, 1001],
      [30, 1],
      [50, 1],
      [60000, 1001],
      [60, 1],
    ]) {
      it(`exactly in the frames of the first 100 ms of every 2 s, at ${numerator}/${denominator}`, () => {
        const frameRate: Rate = { numerator, denominator };
        const renderer = createPatternRenderer(patternOf({ ...small, frameRate }));
        const near = (seconds: number) => Math.round((seconds * numerator) / denominator);
        const frames = [0, 2, 4, 6, 3600, 86400, 1e7].flatMap((seconds) =>
          Array.from({ length: 15 }, (_, i) => near(seconds) - 4 + i),
        );
        for (const n of [...frames, near(1), near(3)]) {
          renderer.render(n);
          // With BigInt: n × denominator / numerator, modulo 2, is below 1/10.
          const period = 2n * BigInt(numerator);
          const rest = (((BigInt(n) * BigInt(denominator)) % period) + period) % period;
          assert.equal(lit(renderer.picture), rest * 10n < BigInt(numerator), `frame ${n}`);
        }
      });
    }
  });

  it('has a hand that advances by one mark per frame and one turn per second', () => {
    const renderer = createPatternRenderer(patternOf({ pattern: 'card' }));
    for (const n of [5, 10, 29, 31, 45]) {
      renderer.render(n);
      const lumas = Array.from({ length: 30 }, (_, i) => {
        const angle = (2 * Math.PI * i) / 30;
        return at(renderer.picture, 40, 1.3 * Math.sin(angle), -1.3 * Math.cos(angle))[0];
      });
      assert.equal(lumas.indexOf(Math.max(...lumas)), n % 30, `frame ${n}`);
    }
  });

  it('has a pointer at the middle of its scale at the flash, and at a quarter half a second later', () => {
    const pointerAt = (n: number) => {
      const picture = pictureOf({ pattern: 'card' }, n);
      const row = Math.floor(360 + 5.65 * 40) * 1280;
      const lit = Array.from({ length: 360 }, (_, i) => 460 + i).filter((x) => picture.y[row + x] > 128);
      return (lit.reduce((sum, x) => sum + x + 0.5, 0) / lit.length - 640) / 40;
    };
    assert.closeTo(pointerAt(60), 0, 0.02);
    assert.closeTo(pointerAt(75), 2.15, 0.02);
    assert.closeTo(pointerAt(105), -2.15, 0.02);
  });

  it('has a marker that moves back and forth at constant speed in four seconds', () => {
    const placeAt = (n: number) => {
      const picture = pictureOf({ pattern: 'card' }, n);
      let [sum, moment] = [0, 0];
      for (let x = 380; x < 900; x++) {
        const share = Math.max(0, picture.y[Math.floor(360 + 2.98 * 40) * 1280 + x] - 130);
        [sum, moment] = [sum + share, moment + share * (x + 0.5)];
      }
      return moment / sum;
    };
    const places = Array.from({ length: 9 }, (_, i) => placeAt(i * 15));
    for (let i = 0; i < 9; i++) {
      const expected = [0, -3, -6, -3, 0, 3, 6, 3, 0][i] * 40;
      assert.closeTo(places[i] - 640, expected, 0.6, `${i} half seconds`);
    }
  });

  it('changes only its moving parts from frame to frame', () => {
    const [one, other] = [7, 1234].map((n) => pictureOf({ pattern: 'card' }, n));
    for (let i = 0; i < one.y.length; i++) {
      const [x, y] = [(i % 1280) / 40 - 16, Math.floor(i / 1280) / 40 - 9];
      if (Math.abs(x) > 7.5 || y < -2.5 || y > 6.8 || (y > 3.3 && y < 5.4)) {
        assert.equal(one.y[i], other.y[i], `at ${x}, ${y}`);
      }
    }
  });

  it('shows title, size and rate', () => {
    const hash = (params: Record<string, unknown>, changes = {}) =>
      hashOfPicture(pictureOf({ ...small, params, ...changes }));
    const rate = { frameRate: { numerator: 30000, denominator: 1001 } };
    assert.equal(hash({}), hash({ title: 'TRACK ELEMENTS' }));
    assert.equal(new Set([hash({}), hash({ title: '' }), hash({ title: 'STUDIO 4' }), hash({}, rate)]).size, 4);
  });

  it('counts drop-frame time code with `dropFrame`, and rejects it at other frame rates', () => {
    const hash = (n: number, numerator: number, dropFrame?: boolean) =>
      hashOfPicture(pictureOf({ ...small, frameRate: { numerator, denominator: 1001 }, dropFrame }, n));
    assert.notEqual(hash(1800, 30000, true), hash(1800, 30000));
    assert.equal(hash(1800, 30000, false), hash(1800, 30000));
    assert.throws(() => createPatternRenderer(patternOf({ ...small, dropFrame: true })), RangeError, /drop-frame/);
  });

  it('writes accented letters without their accents', () => {
    for (const pattern of ['card', 'philips-circle']) {
      const hash = (title: string) => hashOfPicture(pictureOf({ ...small, pattern, params: { title } }));
      assert.equal(hash('Télé Übertragung'), hash('Tele Ubertragung'));
    }
  });

  it('follows `speed`: backwards, twice as fast, or still', () => {
    const hash = (n: number, speed: number) => hashOfPicture(pictureOf({ ...small, speed }, n));
    assert.equal(hash(3, 2), hash(6, 1));
    assert.equal(hash(-6, -1), hash(6, 1));
    const still = createPatternRenderer(patternOf({ ...small, speed: 0 }));
    assert.equal(still.key(1), still.key(1000));
  });
});
