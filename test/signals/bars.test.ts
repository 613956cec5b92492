/* Colour bars. The numbers of the standards are in fields.ts. */
import { type ColorSpace, createPatternRenderer, type Rgb, rgbToYcc } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, patternOf, pictureOf } from './descriptions.js';
import { assertRow, black, changesDown, colors, edgesOf, grey, type Row, sizes } from './fields.js';

const d = 1 / 8;
const c = 3 / 28;

function smpteHd(): Row[] {
  const [white, yellow, cyan, green, magenta, red, blue] = colors.bt709[75];
  const full = colors.bt709[100];
  const grey40 = grey(104);
  const grey15 = grey(49);
  return [
    {
      top: 0,
      bottom: 7 / 12,
      widths: [d, c, c, c, c, c, c, c, d],
      colors: [grey40, white, yellow, cyan, green, magenta, red, blue, grey40],
    },
    { top: 7 / 12, bottom: 8 / 12, widths: [d, c, 6 * c, d], colors: [full[2], [61, 153, 99], white, full[6]] },
    {
      top: 8 / 12,
      bottom: 9 / 12,
      widths: [d, c, 5 * c, c, d],
      colors: [full[1], [35, 174, 152], 'ramp', grey(235), full[5]],
    },
    {
      top: 9 / 12,
      bottom: 1,
      widths: [d, 1.5 * c, 2 * c, (5 * c) / 6, c / 3, c / 3, c / 3, c / 3, c / 3, c, d],
      colors: [grey15, black, grey(235), black, grey(12), black, grey(20), black, grey(25), black, grey15],
    },
  ];
}

function smpte(): Row[] {
  const [white, yellow, cyan, green, magenta, red, blue] = colors.bt601[75];
  const sevenths = Array.from({ length: 7 }, () => 1 / 7);
  return [
    { top: 0, bottom: 2 / 3, widths: sevenths, colors: [white, yellow, cyan, green, magenta, red, blue] },
    { top: 2 / 3, bottom: 3 / 4, widths: sevenths, colors: [blue, black, magenta, black, cyan, black, white] },
    {
      top: 3 / 4,
      bottom: 1,
      widths: [5 / 28, 5 / 28, 5 / 28, 5 / 28, 1 / 21, 1 / 21, 1 / 21, 1 / 7],
      colors: [[16, 158, 95], grey(235), [16, 175, 150], black, grey(7), black, grey(25), black],
    },
  ];
}

function ebu75(space: ColorSpace): Row[] {
  const eighths = Array.from({ length: 8 }, () => 1 / 8);
  return [{ top: 0, bottom: 1, widths: eighths, colors: [grey(235), ...colors[space][75].slice(1), black] }];
}

describe('Colours in Y’CbCr', () => {
  for (const space of ['bt601', 'bt709'] as const) {
    for (const level of [75, 100] as const) {
      it(`are those of the ${space} table at ${level} %`, () => {
        const x = 2.55 * level;
        const rgbs: Rgb[] = [
          [x, x, x],
          [x, x, 0],
          [0, x, x],
          [0, x, 0],
          [x, 0, x],
          [x, 0, 0],
          [0, 0, x],
        ].map(([r, g, b]) => ({ r, g, b }));
        const values = rgbs.map((rgb) => rgbToYcc(rgb, space)).map(({ y, u, v }) => [y, u, v]);
        assert.deepEqual(
          values,
          colors[space][level].map((color) => [...color]),
        );
      });
    }
  }
});

describe('smpte-hd', () => {
  // At 1920 pixels the standard lists widths that are not in proportion: the next test has them.
  for (const [width, height] of sizes.filter(([width]) => width !== 1920)) {
    it(`has every field of RP 219-1 at ${width}x${height}`, () => {
      const picture = pictureOf({ pattern: 'smpte-hd', width, height, colorSpace: 'bt709' });
      for (const row of smpteHd()) assertRow(picture, row, edgesOf(row.widths, width));
    });
  }

  it('has the widths that RP 219-1 lists for 1920 pixels', () => {
    const picture = pictureOf({ pattern: 'smpte-hd', width: 1920, height: 1080 });
    const top = [240, 205, 206, 206, 206, 206, 206, 205, 240];
    const bottom = [240, 309, 411, 171, 69, 68, 69, 68, 69, 206, 240];
    const [bars, second, third, pluge] = smpteHd();
    assertRow(picture, bars, edgesOf(top, 1));
    assertRow(picture, second, edgesOf([240, 205, 1235, 240], 1));
    assertRow(picture, third, edgesOf([240, 205, 1030, 205, 240], 1));
    assertRow(picture, pluge, edgesOf(bottom, 1));
  });

  it('changes rows at 7/12, 8/12 and 9/12 of the height', () => {
    for (const [width, height] of sizes) {
      const picture = pictureOf({ pattern: 'smpte-hd', width, height, colorSpace: 'bt709' });
      assert.deepEqual(
        changesDown(picture, 4),
        [7, 8, 9].map((k) => Math.round((k * height) / 12)),
        `${width}x${height}`,
      );
    }
  });

  it('has a monotonous luma ramp from black to white without colour', () => {
    const picture = pictureOf({ pattern: 'smpte-hd', width: 1920, height: 1080 });
    const ramp = Array.from({ length: 1030 }, (_, i) => colorAt(picture, 445 + i, 765));
    assert.deepEqual(ramp[0][0], 16);
    assert.deepEqual(ramp[1029], [235, 128, 128]);
    for (let i = 1; i < ramp.length; i++) {
      assert.include([0, 1], ramp[i][0] - ramp[i - 1][0]);
      assert.closeTo(ramp[i][0], 16 + (219 * i) / 1029, 0.5);
    }
  });

  it('shows the same colours in BT.601, by the matrix of BT.601', () => {
    const picture = pictureOf({ pattern: 'smpte-hd', width: 720, height: 576 });
    const yellow = colorAt(picture, Math.floor(720 * (d + 1.5 * c)), 100);
    assert.deepEqual(yellow, [...colors.bt601[75][1]]);
  });
});

describe('smpte', () => {
  for (const [width, height] of sizes) {
    it(`has every field of EG 1 at ${width}x${height}`, () => {
      const picture = pictureOf({ pattern: 'smpte', width, height, colorSpace: 'bt601' });
      for (const row of smpte()) assertRow(picture, row, edgesOf(row.widths, width));
    });
  }

  it('has −I and +Q without luma in BT.709 too', () => {
    const picture = pictureOf({ pattern: 'smpte' });
    assert.deepEqual(colorAt(picture, 100, 700), [16, 158, 95]);
    assert.deepEqual(colorAt(picture, 560, 700), [16, 175, 150]);
  });

  it('changes rows at 2/3 and 3/4 of the height', () => {
    for (const [width, height] of sizes) {
      const picture = pictureOf({ pattern: 'smpte', width, height });
      assert.deepEqual(changesDown(picture, 4), [Math.round((2 * height) / 3), Math.round((3 * height) / 4)]);
    }
  });
});

describe('ebu-75', () => {
  for (const [width, height] of sizes) {
    it(`has eight bars, white at 100 %, at ${width}x${height}`, () => {
      const picture = pictureOf({ pattern: 'ebu-75', width, height });
      for (const row of ebu75(height >= 720 ? 'bt709' : 'bt601')) assertRow(picture, row, edgesOf(row.widths, width));
      assert.deepEqual(changesDown(picture, 4), []);
    });
  }
});

describe('The colour space of a pattern', () => {
  it('is BT.709 from 720 lines on by default', () => {
    const spaceOf = (height: number, colorSpace?: ColorSpace) =>
      createPatternRenderer(patternOf({ height, colorSpace })).picture.colorSpace;
    assert.deepEqual(
      [spaceOf(718), spaceOf(720), spaceOf(718, 'bt709'), spaceOf(720, 'bt601')],
      ['bt601', 'bt709', 'bt709', 'bt601'],
    );
  });

  it('averages chroma where an edge runs through a sample, and keeps luma exact', () => {
    // At 720 pixels the bars of EG 1 meet at 103: between column 102 and 103.
    const picture = pictureOf({ pattern: 'smpte', width: 720, height: 480 });
    const [white, yellow] = colors.bt601[75];
    assert.deepEqual([picture.y[102], picture.y[103]], [white[0], yellow[0]]);
    assert.deepEqual([picture.u[51], picture.v[51]], [(white[1] + yellow[1]) / 2, (white[2] + yellow[2]) / 2]);
  });
});
