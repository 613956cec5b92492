import { createPatternRenderer, type Picture, timecodeAt } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { patternOf, pictureOf } from './descriptions.js';

/** The box of white text on black in a blue picture, if it has one. */
function findBox({ y, u, width, height }: Picture, within: [from: number, to: number]) {
  let [left, right, top, bottom] = [width, 0, height, 0];
  for (let row = within[0]; row < within[1]; row++) {
    for (let column = 0; column < width; column++) {
      if (u[(row >> 1) * (width / 2) + (column >> 1)] !== 128) continue;
      [left, right] = [Math.min(left, column), Math.max(right, column + 1)];
      [top, bottom] = [Math.min(top, row), Math.max(bottom, row + 1)];
    }
  }
  if (right === 0) return undefined;
  const rows = [];
  for (let row = top; row < bottom; row++) rows.push([...y.subarray(row * width + left, row * width + right)]);
  return { left, right, top, bottom, rows };
}

type Box = NonNullable<ReturnType<typeof findBox>>;

/** The box of a picture that must have one. */
function boxOf(picture: Picture, within: [from: number, to: number]): Box {
  const box = findBox(picture, within);
  assert.exists(box);
  return box as Box;
}

/** The cells of a box: for each character a string of light and dark. */
function cellsOf(box: Box, scale: number, length: number): string[] {
  return Array.from({ length }, (_, i) => {
    const start = (3 + i * 6) * scale;
    return box.rows
      .map((row) =>
        row
          .slice(start, start + 5 * scale)
          .map((luma) => (luma > 125 ? '#' : '.'))
          .join(''),
      )
      .join('\n');
  });
}

const blue = { pattern: 'solid', color: { r: 0, g: 0, b: 255 } };

/** Reads the text in a picture: compares it with the alphabet as a label of the same size. */
function read(box: Box, scale: number, length: number, height: number, alphabet: string): string {
  const picture = pictureOf({ ...blue, width: 8192, height, label: alphabet });
  const glyphs = cellsOf(boxOf(picture, [0, height]), scale, alphabet.length);
  return cellsOf(box, scale, length)
    .map((cell) => alphabet[glyphs.indexOf(cell)] ?? '?')
    .join('');
}

const ascii = String.fromCharCode(...Array.from({ length: 94 }, (_, i) => 33 + i));

describe('A label', () => {
  for (const [width, height, scale] of [
    [320, 180, 1],
    [640, 360, 2],
    [1280, 720, 4],
    [1920, 1080, 6],
  ]) {
    it(`is in the middle of the lower third and legible at ${width}x${height}`, () => {
      const box = boxOf(pictureOf({ ...blue, width, height, label: 'Stage-left_(2)' }), [0, height]);
      assert.isAtLeast(box.top, (2 * height) / 3);
      assert.isAtMost(box.bottom, height * 0.95);
      assert.closeTo((box.left + box.right) / 2, width / 2, 2);
      assert.equal(read(box, scale, 14, height, ascii), 'Stage-left_(2)');
    });
  }

  it('has a different glyph for every character of ASCII', () => {
    const box = boxOf(pictureOf({ ...blue, width: 8192, label: ascii }), [0, 720]);
    assert.equal(new Set(cellsOf(box, 4, ascii.length)).size, ascii.length);
  });

  it('is white on black without intermediate shades', () => {
    const box = boxOf(pictureOf({ ...blue, label: 'Sharp' }), [0, 720]);
    assert.deepEqual([...new Set(box.rows.flat())].sort(), [16, 235]);
  });

  it('writes accented letters without their accents, and a box for other characters', () => {
    const hash = (label: string) => JSON.stringify(boxOf(pictureOf({ ...blue, label }), [0, 720]).rows);
    assert.equal(hash('Bühne é'), hash('Buhne e'));
    assert.equal(hash('日'), hash('😀'));
    assert.notEqual(hash('日'), hash('?'));
  });

  it('is scaled down if it is too long, and cut if it is still too long', () => {
    const long = boxOf(pictureOf({ ...blue, label: 'x'.repeat(100) }), [0, 720]);
    assert.isTrue(long.left > 0 && long.right < 1280 && long.bottom - long.top < 52);
    const tooLong = boxOf(pictureOf({ ...blue, width: 320, height: 180, label: 'x'.repeat(100) }), [0, 180]);
    assert.isTrue(read(tooLong, 1, 49, 180, ascii).endsWith('xxx...'));
  });

  it('is absent if it is only white space', () => {
    assert.notExists(findBox(pictureOf({ ...blue, label: '  \n ' }), [0, 720]));
  });
});

describe('A time code', () => {
  const digits = '0123456789:';

  it('shows the number of the frame at the bottom, in the middle', () => {
    const renderer = createPatternRenderer(patternOf({ ...blue, timecode: true }));
    for (const [n, text] of [
      [0, '00:00:00:00'],
      [29, '00:00:00:29'],
      [30, '00:00:01:00'],
      [12345, '00:06:51:15'],
      [30 * 86400 - 1, '23:59:59:29'],
      [30 * 86400, '00:00:00:00'],
    ] as const) {
      renderer.render(n);
      const box = boxOf(renderer.picture, [0, 720]);
      assert.equal(read(box, 4, 11, 720, digits), text);
      assert.closeTo(box.bottom, 684, 2);
      assert.closeTo((box.left + box.right) / 2, 640, 2);
    }
  });

  it('is below the label with a gap, at every height from 120 on', () => {
    for (const height of [120, 144, 180, 240, 288, 360, 480, 576, 720, 1080, 1440, 2160]) {
      const width = 2 * height;
      const both = pictureOf({ ...blue, width, height, label: 'Label', timecode: true });
      const clock = boxOf(pictureOf({ ...blue, width, height, timecode: true }), [0, height]);
      const label = boxOf(pictureOf({ ...blue, width, height, label: 'Label' }), [0, height]);
      assert.isBelow(label.bottom, clock.top, `${height} lines`);
      assert.deepEqual(boxOf(both, [0, label.bottom]), label);
      assert.deepEqual(boxOf(both, [clock.top, height]), clock);
    }
  });

  it('counts at the nearest whole rate, without dropping', () => {
    const ntsc = { numerator: 30000, denominator: 1001 };
    assert.equal(timecodeAt(1800, ntsc), '00:01:00:00');
    assert.equal(timecodeAt(24 * 60, { numerator: 24000, denominator: 1001 }), '00:01:00:00');
    assert.equal(timecodeAt(2, { numerator: 1, denominator: 5 }), '00:00:02:00');
    assert.equal(timecodeAt(119, { numerator: 120, denominator: 1 }), '00:00:00:119');
    assert.equal(timecodeAt(120, { numerator: 120, denominator: 1 }), '00:00:01:000');
    assert.equal(timecodeAt(-1, ntsc), '23:59:59:29');
  });
});

describe('A frame counter', () => {
  const digits = '0123456789:;';

  /** The text of a box that has this many characters. */
  function textOf(changes: object, n: number, length: number, width = 1280, height = 720, scale = 4): string {
    const box = boxOf(pictureOf({ ...blue, width, height, frameCounter: true, ...changes }, n), [0, height]);
    assert.exists(box);
    return box ? read(box, scale, length, 180 * scale, digits).replaceAll('?', ' ') : '';
  }

  it('shows the number of the frame in eight digits', () => {
    assert.equal(textOf({}, 0, 8), '00000000');
    assert.equal(textOf({}, 12345, 8), '00012345');
    assert.equal(textOf({}, 1_234_567_890, 8), '34567890');
  });

  it('is beside the time code', () => {
    const frameRate = { numerator: 30000, denominator: 1001 };
    assert.equal(textOf({ timecode: true, frameRate }, 1800, 20), '00:01:00:00 00001800');
    assert.equal(textOf({ timecode: true, dropFrame: true, frameRate }, 1800, 20), '00:01:00;02 00001800');
  });

  it('has twelve digits if frames are counted since 1970', () => {
    assert.equal(textOf({ animation: 'wall-clock' }, 105_000_000_123, 12), '105000000123');
  });

  for (const [width, height] of [
    [320, 180],
    [180, 320],
  ]) {
    it(`is legible with the time code at ${width}x${height}`, () => {
      assert.equal(textOf({ timecode: true }, 42, 20, width, height, 1), '00:00:01:12 00000042');
    });
  }

  it('makes every frame different', () => {
    const renderer = createPatternRenderer(patternOf({ ...blue, frameCounter: true }));
    assert.notEqual(renderer.key(1), renderer.key(2));
  });
});
