import { checkValue, describeRange } from '../checks.js';
import { nearestWhole, sine } from '../maths.js';
import { toLevels, white } from './color.js';
import { edgePositions } from './lines.js';
import { renderMixtureRows } from './mixture.js';
import { Painter } from './painter.js';
import type { Pattern } from './pattern.js';

const params = {
  frequencies: {
    type: 'list',
    default: [],
    item: { type: 'number', default: 1, min: 0, max: 1e6, unit: 'MHz' },
    max: 24,
  },
  sampling: { type: 'number', min: 0.001, max: 1e6, unit: 'MHz' },
  amplitude: { type: 'number', default: 100, min: 0, max: 100, unit: '%' },
} as const;

/** A white and a black bar, then bursts of sine waves around 50 % from coarse to fine, labelled in MHz. */
export const multiburst: Pattern<typeof params> = {
  name: 'multiburst',
  params,
  *prepare(description, { frequencies, amplitude, sampling = samplingRateMhz(description.width) }) {
    const list = frequencies.length ? frequencies : sampling > 27 ? hd : description.height > 486 ? lines625 : lines525;
    const limit = describeRange({ max: sampling / 2, unit: 'MHz' });
    list.forEach((frequency, i) => {
      checkValue(frequency <= sampling / 2, `params.frequencies[${i}]`, frequency, `${limit}, half of params.sampling`);
    });
    // One zone per burst, with a twelfth of grey on both sides. The two bars share a zone.
    const at = edgePositions(description.width, [6, 6, ...list.flatMap(() => [1, 10, 1])]);
    const line = new Float64Array(description.width).fill(0.5);
    line.fill(1, 0, at[1]).fill(0, at[1], at[2]);
    list.forEach((frequency, i) => {
      const [start, end] = [at[3 * i + 3], at[3 * i + 4]];
      for (let x = start; x < end; x++) {
        line[x] = 0.5 + (amplitude / 200) * sine(((x + 0.5 - start) * frequency) / sampling);
      }
    });
    yield;
    const { height, color = white } = description;
    // A grey stripe for the labels, above the area of the time code.
    const [top, bottom] = edgePositions(height, [67, 9, 24]).slice(1);
    const stripe = line.map((share, column) => (column < at[2] ? share : 0.5));
    const renderer = yield* renderMixtureRows(description, [line, stripe], (row) => +(row >= top && row < bottom));
    const painter = new Painter(renderer.picture);
    const write = (from: number, characters: number, text: string) => {
      const unit = Math.min((bottom - top) / 15, (at[from + 1] - at[from]) / 6 / characters);
      painter.text((at[from] + at[from + 1]) / 2, (top + bottom) / 2, text, unit, toLevels(color));
    };
    yield;
    write(1, 3.3, 'MHz');
    for (const [i, frequency] of list.entries()) {
      yield;
      write(3 * i + 3, 4, `${nearestWhole(frequency * 1e3) / 1e3}`);
    }
    return renderer;
  },
};

/** The luma sampling rate: 13.5 MHz for standard definition (ITU-R BT.601), 74.25 MHz for high definition (BT.709). */
export const samplingRateMhz = (width: number): number => (width > 960 ? 74.25 : 13.5);

const hd = [5, 10, 15, 20, 25, 30];
const lines525 = [0.5, 1, 2, 3, 3.58, 4.2];
const lines625 = [0.5, 1, 2, 4, 4.8, 5.8];
