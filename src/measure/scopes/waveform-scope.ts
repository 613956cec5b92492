import { LevelColumns } from './level-columns.js';
import { lineStepOf, type ScopePicture } from './scope-picture.js';
import type { ScopeSettings } from './scope-settings.js';
import { brightnessTable, type Trace } from './trace.js';
import { percentOf, type VideoScope } from './video-scope.js';

/**
 * Luma over the width of the picture: each column of the trace has the levels of the columns of the picture at its place. A row
 * is one 8-bit level: 255 at the top, 0 at the bottom.
 */
export class WaveformScope implements VideoScope {
  readonly kind = 'video';
  readonly #settings: ScopeSettings;
  readonly #levels = new LevelColumns();
  #low = 0;
  #high = 0;

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
  }

  get trace(): Trace {
    return this.#levels.trace;
  }

  draw({ luma, turn }: ScopePicture): void {
    const width = this.#levels.begin(this.#settings.width, luma.width);
    const { counts, columns } = this.#levels;
    const rows = Uint32Array.from(luma.levels, (level) => (255 - level) * width);
    const { samples, step } = luma;
    const lineStep = lineStepOf(luma.height);
    let lines = 0;
    for (let y = turn % lineStep; y < luma.height; y += lineStep, lines++) {
      let at = luma.offset + y * luma.stride;
      for (let x = 0; x < luma.width; x++, at += step) {
        (counts[(rows[samples[at] as number] as number) + (columns[x] as number)] as number)++;
      }
    }
    const { color, intensity } = this.#settings;
    const table = brightnessTable(color, (lines * luma.width) / width, intensity);
    [this.#low, this.#high] = this.#levels.paint(0, table);
  }

  get summary(): string {
    return `Luma from ${percentOf(this.#low)} to ${percentOf(this.#high)}`;
  }
}
