/* Further bars, and the options of RP 219-1. The numbers of the standards are in fields.ts. */
import type { PatternDescription } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { colorAt, hashOfPicture, pictureOf } from './descriptions.js';
import { assertRow, black, type Color, changesDown, colors, edgesOf, grey, type Row, sizes } from './fields.js';

const spaceOf = (height: number) => (height >= 720 ? 'bt709' : 'bt601');

const equal = (count: number) => Array.from({ length: count }, () => 1 / count);

describe('The options of RP 219-1 in smpte-hd', () => {
  const [x, second, third] = [342, 675, 765];
  const hd = (params: PatternDescription['params']) =>
    pictureOf({ pattern: 'smpte-hd', width: 1920, height: 1080, params });

  const row2: [string, Color][] = [
    // 10 bits: 244/612/395, 245/412/629, 721, 940.
    ['-I', [61, 153, 99]],
    ['+I', [61, 103, 157]],
    ['75% white', grey(180)],
    ['100% white', grey(235)],
  ];
  for (const [option, color] of row2) {
    it(`puts ${option} beside cyan and changes nothing else`, () => {
      const picture = hd({ row2: option });
      const rest = colors.bt709[100];
      const row: Row = { top: 7 / 12, bottom: 8 / 12, widths: [], colors: [rest[2], color, grey(180), rest[6]] };
      assertRow(picture, row, [0, 240, 445, 1680, 1920]);
      const plain = hd({});
      assert.deepEqual(picture.y.subarray(0, 630 * 1920), plain.y.subarray(0, 630 * 1920));
      assert.deepEqual(picture.y.subarray(720 * 1920), plain.y.subarray(720 * 1920));
    });
  }

  it('puts +Q or black beside yellow', () => {
    // 10 bits: 141/697/606.
    assert.deepEqual(colorAt(hd({ row3: '+Q' }), x, third), [35, 174, 152]);
    assert.deepEqual(colorAt(hd({ row3: '0% black' }), x, third), [16, 128, 128]);
    assert.deepEqual(colorAt(hd({ row3: '0% black' }), x, second), [61, 153, 99]);
  });

  // The lowest row has lines 810 to 1079; its middle third has lines 900 to 989.
  const line = (picture: ReturnType<typeof hd>, row: number, from: number, to: number) =>
    [...picture.y.subarray(row * 1920 + from, row * 1920 + to)].map(Number);

  it('has a valley from black to 10-bit 4 and back, in the middle third of the lowest row', () => {
    const picture = hd({ subBlack: true });
    const valley = line(picture, 945, 240, 549);
    assert.deepEqual([valley[0], Math.min(...valley), valley[308]], [16, 1, 16]);
    assert.closeTo(valley.indexOf(1), 150, 5);
    const low = valley.lastIndexOf(1);
    assert.deepEqual(
      valley.slice(0, low),
      valley.slice(0, low).sort((a, b) => b - a),
    );
    assert.deepEqual(
      valley.slice(low),
      valley.slice(low).sort((a, b) => a - b),
    );
    for (const row of [810, 899, 990, 1079]) assert.isTrue(line(picture, row, 240, 549).every((y) => y === 16));
    for (const row of [900, 989]) assert.deepEqual(line(picture, row, 240, 549), valley);
    assert.isTrue(line(picture, 945, 549, 960).every((y) => y === 235));
  });

  it('has a peak from white to the highest code and back, in the middle third of the lowest row', () => {
    const picture = hd({ superWhite: true });
    const peak = line(picture, 945, 549, 960);
    // 10-bit 1019 would round to 255, which is reserved.
    assert.deepEqual([peak[0], Math.max(...peak), peak[410]], [235, 254, 235]);
    const high = peak.lastIndexOf(254);
    assert.closeTo(high, 205, 8);
    assert.deepEqual(
      peak.slice(0, high),
      peak.slice(0, high).sort((a, b) => a - b),
    );
    assert.deepEqual(
      peak.slice(high),
      peak.slice(high).sort((a, b) => b - a),
    );
    for (const row of [810, 899, 990, 1079]) assert.isTrue(line(picture, row, 549, 960).every((y) => y === 235));
    assert.isTrue(line(picture, 945, 240, 549).every((y) => y === 16));
  });

  it('default to the first option of the standard', () => {
    const given = { row2: '-I', row3: '+Q', subBlack: false, superWhite: false };
    assert.equal(hashOfPicture(hd(given)), hashOfPicture(hd({})));
  });

  it('are checked, and the error lists the options', () => {
    assert.throws(
      () => hd({ row2: '50% white' }),
      TypeError,
      'params.row2 is "50% white"; it must be one of -I, +I, 75% white, 100% white. Did you mean "75% white"?',
    );
  });
});

describe('smpte-100', () => {
  const [white, yellow, cyan, green, magenta, red, blue] = colors.bt601[100];
  const rows: Row[] = [
    { top: 0, bottom: 2 / 3, widths: equal(7), colors: [white, yellow, cyan, green, magenta, red, blue] },
    { top: 2 / 3, bottom: 3 / 4, widths: equal(7), colors: [blue, black, magenta, black, cyan, black, white] },
    {
      top: 3 / 4,
      bottom: 1,
      widths: [5 / 28, 5 / 28, 5 / 28, 5 / 28, 1 / 21, 1 / 21, 1 / 21, 1 / 7],
      // 10 bits: 64/633/380, 940, 64/698/598, 64, 29, 64, 99, 64.
      colors: [[16, 158, 95], white, [16, 175, 150], black, grey(7), black, grey(25), black],
    },
  ];
  for (const [width, height] of sizes) {
    it(`has the fields of EG 1 at 100 % at ${width}x${height}`, () => {
      const picture = pictureOf({ pattern: 'smpte-100', width, height, colorSpace: 'bt601' });
      for (const row of rows) assertRow(picture, row, edgesOf(row.widths, width));
      assert.deepEqual(changesDown(picture, 4), [Math.round((2 * height) / 3), Math.round((3 * height) / 4)]);
    });
  }
});

describe('Bars over the whole height', () => {
  const full = (level: 75 | 100, last: Color[]) => (height: number) => [...colors[spaceOf(height)][level], ...last];
  const patterns: Record<string, (height: number) => Color[]> = {
    'ebu-100': full(100, [black]),
    'full-field-75': full(75, []),
    'full-field-100': full(100, []),
  };
  for (const [pattern, shown] of Object.entries(patterns)) {
    for (const [width, height] of sizes) {
      it(`are right in every field: ${pattern} at ${width}x${height}`, () => {
        const picture = pictureOf({ pattern, width, height });
        const fields = shown(height);
        assertRow(picture, { top: 0, bottom: 1, widths: [], colors: fields }, edgesOf(equal(fields.length), width));
        assert.deepEqual(changesDown(picture, 4), []);
      });
    }
  }
});

describe('bars-rgb', () => {
  for (const [width, height] of sizes) {
    it(`has red, green and blue from top to bottom at ${width}x${height}`, () => {
      const picture = pictureOf({ pattern: 'bars-rgb', width, height });
      const [, , , green, , red, blue] = colors[spaceOf(height)][100];
      for (const [i, color] of [red, green, blue].entries()) {
        assertRow(picture, { top: i / 3, bottom: (i + 1) / 3, widths: [], colors: [color] }, [0, width]);
      }
      assert.deepEqual(changesDown(picture, 0), [Math.round(height / 3), Math.round((2 * height) / 3)]);
    });
  }

  it('has them at the given level', () => {
    const picture = pictureOf({ pattern: 'bars-rgb', params: { level: 75 } });
    const [, , , green, , red, blue] = colors.bt709[75];
    assert.deepEqual(
      [0, 360, 718].map((row) => colorAt(picture, 640, row)),
      [red, green, blue].map((color) => [...color]),
    );
  });
});

/*
 * BT.814-4, tables 3 to 5: 10-bit 64, 80, 48 and 940; at 1920x1080 the stripes are in columns 312 to 599 and lines 345
 * to 734, ten lines each, ten lighter ones above ten darker; the white patch in 888 to 1031 and 468 to 611; the dark
 * patches in 1320 to 1607 and 324 to 467 (lighter), 612 to 755 (darker).
 */
describe('pluge', () => {
  /** The luma at a place, in units of 1920 by 1080. */
  function lumaAt(x: number, y: number): number {
    const within = (value: number, from: number, to: number) => value >= from && value < to;
    if (within(x, 312, 600) && within(y, 345, 735)) {
      const stripe = Math.floor((y - 345) / 10);
      if (stripe % 2) return 16;
      return stripe < 20 ? 20 : 12;
    }
    if (within(x, 888, 1032) && within(y, 468, 612)) return 235;
    if (within(x, 1320, 1608)) {
      if (within(y, 324, 468)) return 20;
      if (within(y, 612, 756)) return 12;
    }
    return 16;
  }

  for (const [width, height] of sizes) {
    it(`has every stripe and patch of BT.814-4, and no colour, at ${width}x${height}`, () => {
      const { y, u, v } = pictureOf({ pattern: 'pluge', width, height });
      // A pixel that an edge divides equally belongs to the field before it.
      const middle = 0.5 - 1e-9;
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const expected = lumaAt(((column + middle) * 1920) / width, ((row + middle) * 1080) / height);
          if (y[row * width + column] !== expected)
            assert.equal(y[row * width + column], expected, `${column}, ${row}`);
        }
      }
      assert.isTrue(u.every((x) => x === 128) && v.every((x) => x === 128));
    });
  }
});
