import { createPatternRenderer, type Picture } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { hashOfPicture, patternOf, pictureOf } from './descriptions.js';

type Cells = readonly (readonly boolean[])[];

/** The cells of a picture with `size` pixels per cell. Asserts that all pixels of a cell are equal. */
function cellsOf({ y, width, height }: Picture, size: number): Cells {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const corner = (row - (row % size)) * width + column - (column % size);
      if (y[row * width + column] !== y[corner]) assert.fail(`not of one piece at ${column}, ${row}`);
    }
  }
  return Array.from({ length: Math.ceil(height / size) }, (_, row) =>
    Array.from({ length: Math.ceil(width / size) }, (_, column) => y[row * size * width + column * size] === 235),
  );
}

/** The next generation, cell by cell, on a torus. */
function nextOf(cells: Cells, born: number[], survives: number[]): Cells {
  const [rows, columns] = [cells.length, cells[0].length];
  return cells.map((line, row) =>
    line.map((alive, column) => {
      let count = 0;
      for (const dy of [-1, 0, 1]) {
        for (const dx of [-1, 0, 1]) {
          const [y, x] = [(row + dy + rows) % rows, (column + dx + columns) % columns];
          if ((dx || dy) && cells[y][x]) count++;
        }
      }
      return (alive ? survives : born).includes(count);
    }),
  );
}

const shown = (cells: Cells) => cells.map((line) => line.map((alive) => (alive ? '#' : '.')).join('')).join('\n');

describe('life', () => {
  const rules: [string, number[], number[]][] = [
    ['B3/S23', [3], [2, 3]],
    ['B36/S23', [3, 6], [2, 3]],
    ['B2/S', [2], []],
    ['b1357/s1357', [1, 3, 5, 7], [1, 3, 5, 7]],
    ['B0128/S8', [0, 1, 2, 8], [8]],
  ];
  for (const [rule, born, survives] of rules) {
    for (const [width, height, size] of [
      [128, 64, 1],
      [90, 50, 1],
      [90, 50, 3],
      [322, 182, 4],
      [34, 2, 1],
    ]) {
      it(`follows the rule ${rule} at ${width}x${height}, ${size} pixels per cell`, () => {
        const renderer = createPatternRenderer(
          patternOf({ pattern: 'life', width, height, params: { size, rule }, seed: 3 }),
        );
        renderer.render(0);
        let cells = cellsOf(renderer.picture, size);
        for (let n = 1; n < 12; n++) {
          cells = nextOf(cells, born, survives);
          renderer.render(n);
          assert.equal(shown(cellsOf(renderer.picture, size)), shown(cells), `generation ${n}`);
        }
      });
    }
  }

  it('ends in the known stable forms: blocks, beehives, blinkers and gliders', () => {
    const cells = cellsOf(pictureOf({ width: 512, height: 512, pattern: 'life', params: { size: 1 } }, 299), 1);
    const later = [1, 2, 3, 4].reduce<Cells>((now) => nextOf(now, [3], [2, 3]), cells);
    const text = shown(cells).split('\n');
    const count = (shape: string[]) => {
      let found = 0;
      for (let row = 0; row + shape.length <= text.length; row++) {
        for (let at = text[row].indexOf(shape[0]); at >= 0; at = text[row].indexOf(shape[0], at + 1)) {
          if (shape.every((line, i) => text[row + i].startsWith(line, at))) found++;
        }
      }
      return found;
    };
    assert.isAbove(count(['....', '.##.', '.##.', '....']), 50);
    assert.isAbove(count(['......', '..##..', '.#..#.', '..##..', '......']), 20);
    assert.isAbove(count(['.....', '.###.', '.....']), 20);
    assert.notEqual(shown(later), shown(cells));
  });

  it('restarts with other cells after 300 generations, or after `restart`', () => {
    const half = (cells: Cells) => cells.flat().filter(Boolean).length / cells.flat().length;
    const at = (n: number, params = {}) =>
      cellsOf(pictureOf({ width: 400, height: 400, pattern: 'life', params }, n), 4);
    for (const n of [0, 300, 600]) assert.closeTo(half(at(n)), 0.5, 0.02);
    assert.isBelow(half(at(299)), 0.15);
    assert.closeTo(half(at(20, { restart: 20 })), 0.5, 0.02);
    assert.notEqual(shown(at(0)), shown(at(300)));
  });

  it('averages the colours of cells that are smaller than chroma samples', () => {
    const description = { width: 64, height: 64, pattern: 'life', params: { size: 1 } };
    const mono = cellsOf(pictureOf(description), 1);
    const { u } = pictureOf({ ...description, color: { r: 0, g: 0, b: 255 } });
    for (let row = 0; row < 64; row += 2) {
      for (let column = 0; column < 64; column += 2) {
        const lit = [0, 1].flatMap((dy) => [0, 1].map((dx) => Number(mono[row + dy][column + dx])));
        const share = lit.reduce((sum, x) => sum + x) / 4;
        assert.equal(u[(row / 2) * 32 + column / 2], 128 + 112 * share);
      }
    }
  });

  it('differs with another seed, and is still at speed 0', () => {
    const hash = (seed: number) => hashOfPicture(pictureOf({ width: 64, height: 64, pattern: 'life', seed }, 5));
    assert.notEqual(hash(0), hash(1));
    const still = createPatternRenderer(patternOf({ pattern: 'life', speed: 0 }));
    assert.equal(still.key(1), still.key(1000));
  });
});
