import { createPatternRenderer, type Flip, type PatternDescription, type Picture } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture, patternOf, pictureOf } from './descriptions.js';

const small = { width: 320, height: 180 };
const colors = { color: { r: 255, g: 0, b: 0 }, background: { r: 0, g: 0, b: 255 } };

/** Asserts that each sample of each plane is the one at another place of the original. */
function assertMoved(
  moved: Picture,
  original: Picture,
  from: (column: number, row: number, columns: number, rows: number, scale: number) => [column: number, row: number],
) {
  for (const plane of ['y', 'u', 'v'] as const) {
    const scale = plane === 'y' ? 2 : 1;
    const [columns, rows] = [(original.width / 2) * scale, (original.height / 2) * scale];
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const [x, y] = from(column, row, columns, rows, scale);
        if (moved[plane][row * columns + column] !== original[plane][y * columns + x]) {
          assert.fail(`${plane} at ${column}, ${row} is not that of ${x}, ${y}`);
        }
      }
    }
  }
}

const wrap = (place: number, size: number) => ((place % size) + size) % size;

describe('A flipped pattern', () => {
  for (const [flip, across, down] of [
    ['horizontal', true, false],
    ['vertical', false, true],
    ['both', true, true],
  ] as const) {
    for (const pattern of ['smpte-hd', 'ball', 'snow']) {
      it(`is the exact mirror in all planes: ${pattern}, ${flip}`, () => {
        for (const n of [0, 40]) {
          const description = { ...small, ...colors, pattern };
          assertMoved(pictureOf({ ...description, flip }, n), pictureOf(description, n), (x, y, columns, rows) => [
            across ? columns - 1 - x : x,
            down ? rows - 1 - y : y,
          ]);
        }
      });
    }
  }

  it('does not change the text', () => {
    const text = { pattern: 'solid', label: 'Camera 1', timecode: true, frameCounter: true };
    for (const flip of ['horizontal', 'vertical', 'both'] as const) {
      assert.equal(hashOfPicture(pictureOf({ ...text, flip }, 77)), hashOfPicture(pictureOf(text, 77)));
    }
  });

  it('does not redraw a still pattern', () => {
    const renderer = createPatternRenderer(patternOf({ flip: 'both' }));
    assert.equal(renderer.key(1), renderer.key(1000));
  });
});

describe('A scrolling pattern', () => {
  const cases: [Partial<PatternDescription>, n: number, left: number, up: number][] = [
    [{ scrollX: 4 }, 10, 40, 0],
    [{ scrollX: -4 }, 10, -40, 0],
    [{ scrollY: 6 }, 7, 0, 42],
    [{ scrollX: 2, scrollY: -2 }, 1000, 2000, -2000],
    [{ scrollX: 3 }, 1, 2, 0],
    [{ scrollX: 3 }, 2, 6, 0],
    [{ scrollX: -3 }, 1, -4, 0],
    [{ scrollX: 4, speed: 2.5 }, 2, 20, 0],
    [{ scrollX: 4, speed: -1 }, 2, -8, 0],
  ];
  for (const flip of ['none', 'horizontal', 'vertical', 'both'] as const satisfies readonly Flip[]) {
    for (const [changes, n, left, up] of cases) {
      const what = JSON.stringify(changes);
      it(`scrolls and wraps around: ${what}, frame ${n}, flip ${flip}`, () => {
        const description = { ...small, ...colors, pattern: 'smpte-hd', flip };
        assertMoved(
          pictureOf({ ...description, ...changes }, n),
          pictureOf(description),
          (x, y, columns, rows, scale) => [wrap(x + (left / 2) * scale, columns), wrap(y + (up / 2) * scale, rows)],
        );
      });
    }
  }

  it('keeps its own motion', () => {
    const description = { ...small, pattern: 'ball', scrollX: 2 };
    assertMoved(
      pictureOf(description, 30),
      pictureOf({ ...description, scrollX: 0 }, 30),
      (x, y, columns, _rows, scale) => [wrap(x + 30 * scale, columns), y],
    );
  });

  it('is still at speed 0, and if it scrolls by 0', () => {
    for (const changes of [
      { scrollX: 4, scrollY: 4, speed: 0 },
      { scrollX: 0, scrollY: 0 },
    ]) {
      const renderer = createPatternRenderer(patternOf(changes));
      assert.equal(renderer.key(1), renderer.key(1000));
    }
  });
});
