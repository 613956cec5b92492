import { LevelColumns } from './level-columns.js';
import { lineStepOf, MAX_COLOR_LINES, type ScopePicture } from './scope-picture.js';
import type { ScopeSettings } from './scope-settings.js';
import { brightnessTable, type Rgb, type Trace } from './trace.js';
import { clampLevel, percentOf, rgbTablesOf, rowOf, type VideoScope } from './video-scope.js';

/**
 * Three waveforms beside each other: red, green and blue, or Y′, Cb and Cr. The colours are computed from the chroma samples,
 * each with the luma at its place.
 */
export class ParadeScope implements VideoScope {
  readonly kind = 'video';
  readonly #settings: ScopeSettings;
  readonly #levels = new LevelColumns(3);
  /** The lowest and the highest level of each component. */
  #ranges: [number, number][] = [];

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
  }

  get trace(): Trace {
    return this.#levels.trace;
  }

  draw(picture: ScopePicture): void {
    const { luma, cb, cr, shiftX, turn } = picture;
    const third = this.#levels.begin(this.#settings.width, cb.width);
    const { counts, columns, width } = this.#levels;
    const isRgb = this.#settings.components === 'rgb';
    const { redOfCr, greenOfCb, greenOfCr, blueOfCb } = rgbTablesOf(picture.matrix);
    const lineStep = lineStepOf(cb.height, MAX_COLOR_LINES);
    const lumaStep = luma.step << shiftX;
    let lines = 0;
    for (let y = turn % lineStep; y < cb.height; y += lineStep, lines++) {
      const row = rowOf(picture, y);
      for (let x = 0; x < cb.width; x++) {
        const u = cb.levels[cb.samples[row.cb + x * cb.step] as number] as number;
        const v = cr.levels[cr.samples[row.cr + x * cr.step] as number] as number;
        let first = luma.levels[luma.samples[row.luma + x * lumaStep] as number] as number;
        let second = u;
        let last = v;
        if (isRgb) {
          const base = first << 16;
          first = clampLevel((base + (redOfCr[v] as number)) >> 16);
          second = clampLevel((base + (greenOfCb[u] as number) + (greenOfCr[v] as number)) >> 16);
          last = clampLevel((base + (blueOfCb[u] as number)) >> 16);
        }
        const column = columns[x] as number;
        (counts[(255 - first) * width + column] as number)++;
        (counts[(255 - second) * width + third + column] as number)++;
        (counts[(255 - last) * width + 2 * third + column] as number)++;
      }
    }
    const { components, intensity } = this.#settings;
    const full = (lines * cb.width) / third;
    this.#ranges = colors[components].map((color, index) =>
      this.#levels.paint(index, brightnessTable(color, full, intensity)),
    );
  }

  get summary(): string {
    const names = this.#settings.components === 'rgb' ? ['Red', 'green', 'blue'] : ['Luma', 'Cb', 'Cr'];
    return names
      .map((name, index) => {
        const [low = 16, high = 16] = this.#ranges[index] ?? [];
        return `${name} from ${this.#levelOf(index, low)} to ${this.#levelOf(index, high)}`;
      })
      .join(', ');
  }

  #levelOf(index: number, level: number): string {
    if (index === 0 || this.#settings.components === 'rgb') return percentOf(level);
    return `${Math.round(((level - 128) * 100) / 224)} %`.replace('-', '−');
  }
}

const colors: Record<ScopeSettings['components'], readonly Rgb[]> = {
  rgb: [
    [255, 96, 92],
    [92, 226, 126],
    [104, 150, 255],
  ],
  ycbcr: [
    [226, 232, 240],
    [120, 160, 255],
    [255, 120, 130],
  ],
};
