import { createPatternRenderer } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const rgb = (r: number, g: number, b: number) => ({ r, g, b });

describe('gamut', () => {
  it('has four bands of squares of 16 pixels that alternate between legal values and values beyond', () => {
    // BT.709: red 63/102/240, blue 32/240/118.
    const picture = pictureOf({ pattern: 'gamut', width: 64, height: 128, colorSpace: 'bt709' });
    const bands = [
      [
        [1, 128, 128],
        [16, 128, 128],
      ],
      [
        [254, 128, 128],
        [235, 128, 128],
      ],
      [
        [63, 102, 254],
        [63, 102, 240],
      ],
      [
        [32, 254, 118],
        [32, 240, 118],
      ],
    ];
    for (let y = 0; y < 128; y++) {
      for (let x = 0; x < 64; x++) {
        const legal = ((x >> 4) + (y >> 4)) % 2;
        assert.deepEqual(colorAt(picture, x, y), bands[y >> 5][legal] as [number, number, number], `${x}, ${y}`);
      }
    }
  });
});

describe('colors', () => {
  const every = (range: string, low: number, high: number, luma: number) => {
    const size = 2 * (high - low + 1);
    const description = { pattern: 'colors', width: size, height: size, params: { range } };
    const renderer = createPatternRenderer(patternOf(description));
    const pairs = new Set<number>();
    renderer.render(0);
    const { y, u, v } = renderer.picture;
    for (const [i, cb] of u.entries()) pairs.add(cb * 256 + v[i]);
    assert.equal(pairs.size, (high - low + 1) ** 2);
    assert.deepEqual([Math.min(...u.subarray(0, size)), Math.max(...v.subarray(-size))], [low, high]);
    const lumas = new Set<number>();
    for (let n = 0; n < luma; n++) {
      renderer.render(n);
      lumas.add(y[0]);
      assert.equal(y[y.length - 1], y[0]);
    }
    assert.equal(lumas.size, luma);
    assert.deepEqual([Math.min(...lumas), Math.max(...lumas)], [low, low + luma - 1]);
    assert.equal(renderer.key(luma + 5), renderer.key(5));
  };

  it('has every pair of Cb and Cr in a frame and every luma in 254, from 1 to 254', () =>
    every('extended', 1, 254, 254));

  it('goes from black to white if it is nominal', () => every('nominal', 16, 240, 220));

  it('is still at speed 0, runs backwards below 0, and never ends', () => {
    const lumaAt = (speed: number, n: number) => pictureOf({ ...small, pattern: 'colors', speed }, n).y[0];
    assert.deepEqual([lumaAt(0, 500), lumaAt(1, 3), lumaAt(-1, 1), lumaAt(2, 3)], [1, 4, 254, 7]);
    assert.equal(lumaAt(1, 1e11), 1 + (1e11 % 254));
  });

  it('has all of RGB in one picture of 4096 by 4096, in the order of GStreamer', () => {
    const picture = pictureOf({
      pattern: 'colors',
      width: 4096,
      height: 4096,
      params: { form: 'rgb' },
      colorSpace: 'bt709',
    });
    for (const [x, y] of [
      [0, 0],
      [255, 255],
      [256, 0],
      [4095, 4095],
      [1234, 567],
      [3001, 2222],
    ]) {
      const [r, g, b] = [x % 256, ((y >> 8) << 4) | (x >> 8), y % 256].map((value) => value / 255);
      const luma = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      const [Y, Cb, Cr] = colorAt(picture, x, y);
      assert.closeTo(Y, 16 + 219 * luma, 0.501);
      assert.closeTo(Cb, 128 + (112 * (b - luma)) / 0.9278, 1);
      assert.closeTo(Cr, 128 + (112 * (r - luma)) / 0.7874, 1);
    }
  });
});

describe('color-chart', () => {
  // The published values: https://en.wikipedia.org/wiki/ColorChecker lists them in hexadecimal.
  const published = [
    [115, 82, 68],
    [194, 150, 130],
    [98, 122, 157],
    [87, 108, 67],
    [133, 128, 177],
    [103, 189, 170],
    [214, 126, 44],
    [80, 91, 166],
    [193, 90, 99],
    [94, 60, 108],
    [157, 188, 64],
    [224, 163, 46],
    [56, 61, 150],
    [70, 148, 73],
    [175, 54, 60],
    [231, 199, 31],
    [187, 86, 149],
    [8, 133, 161],
    [243, 243, 242],
    [200, 200, 200],
    [160, 160, 160],
    [122, 122, 121],
    [85, 85, 85],
    [52, 52, 52],
  ];

  for (const [width, height] of [
    [1280, 720],
    [720, 576],
    [180, 320],
    [64, 48],
  ]) {
    it(`has the 24 patches, square, six by four, in the middle of ${width}x${height}`, () => {
      const picture = pictureOf({
        pattern: 'color-chart',
        width,
        height,
        background: rgb(20, 20, 20),
        colorSpace: 'bt709',
      });
      const unit = Math.min(width / 49, height / 33);
      for (const [i, [r, g, b]] of published.entries()) {
        const x = Math.floor(width / 2 + ((i % 6) * 8 - 20) * unit);
        const y = Math.floor(height / 2 + (Math.floor(i / 6) * 8 - 12) * unit);
        const luma = (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
        const expected = [
          16 + 219 * luma,
          128 + (112 * (b / 255 - luma)) / 0.9278,
          128 + (112 * (r / 255 - luma)) / 0.7874,
        ];
        for (const [k, value] of colorAt(picture, x, y).entries())
          assert.closeTo(value, expected[k], 0.501, `patch ${i}`);
      }
      for (const [x, y] of [
        [0, 0],
        [width - 1, height - 1],
        [width / 2, height / 2],
      ]) {
        assert.closeTo(colorAt(picture, x, y)[0], 16 + (219 * 20) / 255, 0.501);
      }
    });
  }
});
