import { type AudioScope, decibelText, frequencyAt, SPECTROGRAM_S } from './audio-scope.js';
import { highestLevel, LevelSpectrum } from './level-spectrum.js';
import { HISTORY_SAMPLES, type SampleHistory } from './sample-history.js';
import type { ScopeSettings } from './scope-settings.js';
import { pixelOf, type Rgb, Trace } from './trace.js';

/** The spectrum of the last ten seconds: time to the right, frequency upwards, and the level as a colour. */
export class SpectrogramScope implements AudioScope {
  readonly kind = 'audio';
  readonly trace = new Trace(COLUMNS, ROWS);
  readonly #intensity: number;
  readonly #spectrum = new LevelSpectrum(SPECTROGRAM_SAMPLES);
  /** 0 to 255 of each column, from the bottom to the top. The oldest column is the one that is written next. */
  readonly #columns = Array.from({ length: COLUMNS }, () => new Uint8Array(ROWS));
  #next = 0;
  /** The end of the samples of the next column. */
  #end: number | null = null;
  #loudest = Number.NEGATIVE_INFINITY;

  constructor({ intensity }: ScopeSettings) {
    this.#intensity = intensity;
  }

  draw(history: SampleHistory): void {
    const hop = history.sampleRate / COLUMNS_PER_S;
    // Samples that came while nothing was drawn are left out if they are gone.
    this.#end = Math.max(this.#end ?? 0, history.total - Math.min(HISTORY_SAMPLES / 2, hop * COLUMNS));
    this.#loudest = Number.NEGATIVE_INFINITY;
    for (; this.#end + hop <= history.total; this.#end += hop) this.#measure(history, Math.floor(this.#end + hop));
    const { pixels } = this.trace;
    for (let x = 0; x < COLUMNS; x++) {
      const column = this.#columns[(this.#next + x) % COLUMNS] as Uint8Array;
      for (let row = 0; row < ROWS; row++)
        pixels[(ROWS - 1 - row) * COLUMNS + x] = palette[column[row] as number] as number;
    }
  }

  get summary(): string {
    return `Highest level ${decibelText(this.#loudest)}`;
  }

  #measure(history: SampleHistory, end: number): void {
    const column = (this.#columns[this.#next] as Uint8Array).fill(0);
    this.#next = (this.#next + 1) % COLUMNS;
    const binHz = history.sampleRate / SPECTROGRAM_SAMPLES;
    for (let channel = 0; channel < history.channels; channel++) {
      const levels = this.#spectrum.measure(history, channel, end);
      for (let row = 0; row < ROWS; row++) {
        const from = frequencyAt(row / ROWS) / binHz;
        if (from > levels.length - 1) break;
        const level = highestLevel(levels, from, frequencyAt((row + 1) / ROWS) / binHz);
        this.#loudest = Math.max(this.#loudest, level);
        const value = Math.round(255 * Math.min(1, Math.max(0, this.#intensity * (1 - level / DARKEST_DBFS))));
        if (value > (column[row] as number)) column[row] = value;
      }
    }
  }
}

const COLUMNS_PER_S = 50;
const COLUMNS = SPECTROGRAM_S * COLUMNS_PER_S;
const ROWS = 256;

/** At 48 kHz 85 ms, and bins of 11.7 Hz. */
const SPECTROGRAM_SAMPLES = 4096;
const DARKEST_DBFS = -110;

/** From nothing by blue, violet and orange to a light yellow: brighter in each step, also for those who see no colours. */
const stops: readonly Rgb[] = [
  [4, 6, 22],
  [38, 18, 96],
  [116, 28, 128],
  [196, 54, 96],
  [246, 116, 48],
  [252, 190, 66],
  [252, 252, 196],
];

const palette = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, value) => {
  const place = (value / 255) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  const [from, to] = [stops[low], stops[low + 1]] as [Rgb, Rgb];
  const mix = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * (place - low));
  return value === 0 ? 0 : ((255 << 24) | pixelOf([mix(0), mix(1), mix(2)])) >>> 0;
});
