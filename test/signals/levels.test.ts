import { type ColorSpace, createPatternRenderer, type PatternDescription, type Picture } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const rgb = (r: number, g: number, b: number) => ({ r, g, b });
const [red, green, blue] = [rgb(255, 0, 0), rgb(0, 255, 0), rgb(0, 0, 255)];

const render = (pattern: string, params: PatternDescription['params'] = {}, changes = {}) =>
  pictureOf({ ...small, pattern, params, ...changes });

const row = ({ y, width }: Picture, line = 0) => [...y.subarray(line * width, (line + 1) * width)];
const column = ({ y, width, height }: Picture, x = 0) => Array.from({ length: height }, (_, i) => y[i * width + x]);
const chroma = ({ width }: Picture, plane: Uint8Array, line = 0) => [
  ...plane.subarray((line * width) / 2, ((line + 1) * width) / 2),
];
const runs = (values: readonly number[]) => values.filter((value, i) => value !== values[i - 1]);

describe('A still pattern of levels', () => {
  const names = [
    'gradient',
    'ramp',
    'staircase',
    'gamut',
    'color-chart',
    'yuv-test',
    'rgb-test',
    'black',
    'white',
    'grey',
  ];
  for (const pattern of names) {
    it(`has one key for all frames: ${pattern}`, () => {
      const { key } = createPatternRenderer(patternOf({ ...small, pattern }));
      assert.equal(new Set([0, 1, 2, 3000, 1e11].map(key)).size, 1);
    });
  }
});

describe('solid', () => {
  it('is exactly the given Y’CbCr in both colour spaces', () => {
    for (const ycbcr of [
      [16, 128, 128],
      [1, 2, 254],
      [0, 255, 77],
    ]) {
      for (const colorSpace of ['bt601', 'bt709'] as ColorSpace[]) {
        const { y, u, v } = render('solid', { ycbcr }, { color: red, colorSpace });
        const planes = [y, u, v].map((plane) => [...new Set(plane)]);
        assert.deepEqual(
          planes,
          ycbcr.map((value) => [value]),
        );
      }
    }
  });

  it('rejects invalid Y’CbCr, and says what is accepted', () => {
    const refused: [unknown, typeof RangeError | typeof TypeError, string][] = [
      [[16, 128], RangeError, 'params.ycbcr.length is 2; it must be 3.'],
      [[16, 128, 256], RangeError, 'params.ycbcr[2] is 256; it must be a whole number from 0 to 255.'],
      ['16,128,128', TypeError, 'params.ycbcr is "16,128,128"; it must be a list.'],
    ];
    for (const [ycbcr, error, message] of refused) assert.throws(() => render('solid', { ycbcr }), error, message);
  });
});

describe('black, white and grey', () => {
  const levels: [string, PatternDescription['params'], number][] = [
    ['black', {}, 16],
    ['white', {}, 235],
    ['grey', {}, 126],
    ['grey', { level: 0 }, 16],
    // 10 bits: 40 % is 414, 15 % is 195, −2 % is 46, 4 % is 99.
    ['grey', { level: 40 }, 104],
    ['grey', { level: 15 }, 49],
    ['grey', { level: -2 }, 12],
    ['grey', { level: 4 }, 25],
    ['grey', { level: 108 }, 253],
  ];
  for (const [pattern, params, luma] of levels) {
    it(`are Y ${luma} without colour: ${pattern} ${JSON.stringify(params)}`, () => {
      const { y, u, v } = render(pattern, params);
      assert.deepEqual([...new Set(y)], [luma]);
      assert.deepEqual([...new Set([...u, ...v])], [128]);
    });
  }
});

describe('gradient', () => {
  it('goes down at 90 degrees, to the left at 180, up at 270', () => {
    const right = row(render('gradient'));
    const down = column(render('gradient', { angle: 90 }));
    assert.deepEqual([right[0], right[319], down[0], down[179]], [235, 16, 235, 16]);
    assert.deepEqual(row(render('gradient', { angle: 180 })), [...right].reverse());
    assert.deepEqual(column(render('gradient', { angle: -90 })), [...down].reverse());
    assert.deepEqual(new Set(row(render('gradient', { angle: 90 }), 90)).size, 1);
  });

  it('goes linearly from corner to corner at other angles', () => {
    const picture = render('gradient', { angle: 30 });
    assert.deepEqual([row(picture)[0], row(picture, 179)[319]], [235, 16]);
    const [x, y] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    for (const [column, line] of [
      [100, 0],
      [0, 179],
      [319, 0],
      [160, 90],
      [77, 151],
    ]) {
      const k = (column * x + line * y) / (319 * x + 179 * y);
      assert.closeTo(row(picture, line)[column], 235 - 219 * k, 0.52);
    }
  });

  it('goes from the middle to the corners if it is radial', () => {
    const picture = render('gradient', { shape: 'radial' });
    for (const [column, line] of [
      [0, 0],
      [319, 179],
      [160, 90],
      [319, 90],
      [40, 20],
    ]) {
      const k = Math.hypot(column - 159.5, line - 89.5) / Math.hypot(159.5, 89.5);
      assert.closeTo(row(picture, line)[column], 235 - 219 * k, 0.52);
    }
  });

  it('passes through all stops in order, with a hard edge between two at one place', () => {
    const stops = [
      { at: 1, color: blue },
      { at: 0.25, color: red },
      { at: 0.5, color: green },
      { at: 0.5, color: rgb(0, 0, 0) },
    ];
    const picture = pictureOf({ pattern: 'gradient', params: { stops } });
    const at = (share: number) => colorAt(picture, Math.round(share * 1279), 360);
    // BT.709: red 63/102/240, green 173/42/26, blue 32/240/118.
    assert.deepEqual(
      [at(0), at(0.2), at(1)],
      [
        [63, 102, 240],
        [63, 102, 240],
        [32, 240, 118],
      ],
    );
    assert.closeTo(at(0.375)[0], (63 + 173) / 2, 1);
    assert.closeTo(at(0.49)[0], 169, 2);
    assert.deepEqual([at(0.501)[0], at(0.75)[0]], [16, 24]);
  });

  it('rejects an invalid stop, and says what is accepted', () => {
    const stops = (given: unknown) => () => render('gradient', { stops: given });
    assert.throws(
      stops([{ at: 2, color: red }]),
      RangeError,
      'params.stops[0].at is 2; it must be a number from 0 to 1.',
    );
    assert.throws(
      stops([{ color: rgb(0, 300, 0) }]),
      RangeError,
      'params.stops[0].color.g is 300; it must be a number from 0 to 255.',
    );
    assert.throws(stops([red]), TypeError, 'a name in params.stops[0] is "r"; it must be one of at, color.');
  });
});

describe('ramp', () => {
  it('rises from black to white through every level, without colour', () => {
    const picture = pictureOf({ pattern: 'ramp' });
    const line = row(picture);
    assert.deepEqual(
      runs(line),
      Array.from({ length: 220 }, (_, i) => 16 + i),
    );
    for (const [x, luma] of line.entries()) assert.closeTo(luma, 16 + (219 * x) / 1279, 0.5);
    assert.isTrue([...picture.u, ...picture.v].every((value) => value === 128));
  });

  it('has every code from 1 to 254 if it is extended', () => {
    const line = row(pictureOf({ pattern: 'ramp', params: { range: 'extended' } }));
    assert.deepEqual(
      runs(line),
      Array.from({ length: 254 }, (_, i) => 1 + i),
    );
  });

  it('rises in the given direction', () => {
    const [right, left] = ['right', 'left'].map((direction) => row(render('ramp', { direction }), 77));
    assert.deepEqual(left, [...right].reverse());
    const [down, up] = ['down', 'up'].map((direction) => column(render('ramp', { direction }), 77));
    assert.deepEqual([down[0], down[179]], [16, 235]);
    assert.deepEqual(up, [...down].reverse());
    for (const [y, luma] of down.entries()) assert.closeTo(luma, 16 + (219 * y) / 179, 0.5);
  });

  for (const component of ['cb', 'cr']) {
    it(`rises only in ${component}, on grey`, () => {
      for (const [range, from, to, luma] of [
        ['nominal', 16, 240, 126],
        ['extended', 1, 254, 128],
      ] as const) {
        for (const direction of ['right', 'down']) {
          const picture = pictureOf({ pattern: 'ramp', params: { component, range, direction } });
          const [rising, other] = component === 'cb' ? [picture.u, picture.v] : [picture.v, picture.u];
          const samples = direction === 'right' ? chroma(picture, rising, 9) : rising.filter((_, i) => i % 640 === 9);
          for (const [i, value] of samples.entries()) {
            assert.closeTo(value, from + ((to - from) * (i + 0.25)) / samples.length, 1);
          }
          assert.deepEqual([...new Set(picture.y)], [luma]);
          assert.deepEqual([...new Set(other)], [128]);
        }
      }
    });
  }

  it('rises only in red, green or blue', () => {
    for (const [component, r, g, b] of [
      ['red', 1, 0, 0],
      ['green', 0, 1, 0],
      ['blue', 0, 0, 1],
    ] as const) {
      const picture = pictureOf({ pattern: 'ramp', params: { component } });
      for (const x of [0, 320, 640, 1278]) {
        const k = (x + 0.5) / 1279;
        const luma = (0.2126 * r + 0.7152 * g + 0.0722 * b) * k;
        const [y, u, v] = colorAt(picture, x, 300);
        assert.closeTo(y, 16 + 219 * luma, 0.8);
        assert.closeTo(u, 128 + (112 * (b * k - luma)) / 0.9278, 1);
        assert.closeTo(v, 128 + (112 * (r * k - luma)) / 0.7874, 1);
      }
    }
  });
});

describe('staircase', () => {
  it('has eleven levels of equal width, 10 % apart', () => {
    const line = row(render('staircase', {}, { width: 1100 }));
    const levels = [16, 38, 60, 82, 104, 126, 147, 169, 191, 213, 235];
    for (const [x, luma] of line.entries()) assert.equal(luma, levels[Math.floor(x / 100)], `at ${x}`);
  });

  for (const levels of [2, 5, 10, 16, 256]) {
    it(`has the given number of levels: ${levels}`, () => {
      const line = row(render('staircase', { levels }, { width: 1920, height: 2 }));
      const steps = runs(line);
      assert.deepEqual([steps[0], steps[steps.length - 1]], [16, 235]);
      assert.lengthOf(steps, Math.min(levels, 220));
      for (const [x, luma] of line.entries()) {
        const step = Math.min(levels - 1, Math.floor(((x + 0.5) * levels) / 1920));
        assert.closeTo(luma, 16 + (219 * step) / (levels - 1), 0.501, `at ${x}`);
      }
    });
  }

  it('has the directions and components of a ramp', () => {
    assert.deepEqual(runs(column(render('staircase', { levels: 3, direction: 'down' }))), [16, 126, 235]);
    assert.deepEqual(runs(row(render('staircase', { levels: 3, direction: 'left' }))), [235, 126, 16]);
    const picture = render('staircase', { levels: 3, component: 'cr', range: 'extended' }, { width: 360 });
    assert.deepEqual(runs(chroma(picture, picture.v)), [1, 128, 254]);
  });
});

describe('yuv-test and rgb-test', () => {
  it('have Y, Cb and Cr in bands, each with every code', () => {
    const picture = pictureOf({ pattern: 'yuv-test' });
    const codes = Array.from({ length: 254 }, (_, i) => 1 + i);
    assert.deepEqual(runs(row(picture, 100)), codes);
    assert.deepEqual(runs(chroma(picture, picture.u, 180)), codes);
    assert.deepEqual(runs(chroma(picture, picture.v, 300)), codes);
    assert.deepEqual(
      [colorAt(picture, 0, 100), colorAt(picture, 0, 360)],
      [
        [1, 128, 128],
        [128, 1, 128],
      ],
    );
    const nominal = pictureOf({ pattern: 'yuv-test', params: { range: 'nominal' } });
    assert.deepEqual([colorAt(nominal, 0, 100)[0], colorAt(nominal, 1278, 360)[1]], [16, 240]);
  });

  it('have red, green and blue in bands, each from black', () => {
    const picture = pictureOf({ pattern: 'rgb-test' });
    for (const line of [0, 239, 240, 479, 480, 719]) assert.equal(row(picture, line)[0], 16);
    const ends = [100, 360, 600].map((line) => colorAt(picture, 1279, line));
    assert.deepEqual(
      ends.map(([y]) => y),
      [63, 173, 32],
    );
  });
});
