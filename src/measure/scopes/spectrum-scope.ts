import {
  type AudioScope,
  channelColors,
  decibelText,
  frequencyAt,
  LOWEST_FREQUENCY_HZ,
  LOWEST_LEVEL_DBFS,
} from './audio-scope.js';
import { highestLevel, LevelSpectrum } from './level-spectrum.js';
import type { SampleHistory } from './sample-history.js';
import type { ScopeSettings } from './scope-settings.js';
import { pixelOf, Trace } from './trace.js';

/** The levels of frequencies, from 20 Hz to 20 kHz: each column has the highest level of its frequencies, for each channel. */
export class SpectrumScope implements AudioScope {
  readonly kind = 'audio';
  readonly trace: Trace;
  readonly #settings: ScopeSettings;
  readonly #spectrum = new LevelSpectrum(SPECTRUM_SAMPLES);
  #peakFrequency = 0;
  #peakLevel = Number.NEGATIVE_INFINITY;

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
    const limit = (size: number, most: number) => Math.max(1, Math.min(most, Math.floor(size)));
    this.trace = new Trace(limit(settings.width, 1024), limit(settings.height, 512));
  }

  draw(history: SampleHistory): void {
    const { color, intensity } = this.#settings;
    const { width, height } = this.trace;
    const binHz = history.sampleRate / SPECTRUM_SAMPLES;
    const colors = channelColors(color);
    this.trace.clear();
    this.#peakLevel = Number.NEGATIVE_INFINITY;
    for (let channel = 0; channel < history.channels; channel++) {
      const levels = this.#spectrum.measure(history, channel, history.total);
      this.#findPeak(levels, binHz);
      const rgb = pixelOf(colors[channel] ?? color);
      let before: number | null = null;
      for (let x = 0; x < width; x++) {
        const [from, to] = [frequencyAt(x / width) / binHz, frequencyAt((x + 1) / width) / binHz];
        if (from > levels.length - 1) break;
        const level = highestLevel(levels, from, to);
        const row = Math.min(height, (level / LOWEST_LEVEL_DBFS) * height);
        this.trace.strokeColumn(x, row, height, rgb, Math.min(1, AREA_OPACITY * intensity));
        const [top, bottom] = [Math.min(row, before ?? row), Math.max(row, before ?? row)];
        this.trace.strokeColumn(x, top - 0.8, bottom + 0.8, rgb, Math.min(1, intensity));
        before = row;
      }
    }
  }

  get summary(): string {
    if (this.#peakLevel < LOWEST_LEVEL_DBFS) return 'Silence';
    return `Highest at ${Math.round(this.#peakFrequency)} Hz, ${decibelText(this.#peakLevel)}`;
  }

  #findPeak(levels: Float32Array, binHz: number): void {
    let peak = Math.ceil(LOWEST_FREQUENCY_HZ / binHz);
    for (let bin = peak; bin < levels.length - 1; bin++)
      if ((levels[bin] as number) > (levels[peak] as number)) peak = bin;
    const [left = 0, middle = 0, right = 0] = levels.subarray(peak - 1, peak + 2);
    if (middle <= this.#peakLevel) return;
    this.#peakLevel = middle;
    // The top of the parabola through three bins.
    const bend = left - 2 * middle + right;
    this.#peakFrequency = (peak + (bend < 0 ? (0.5 * (left - right)) / bend : 0)) * binHz;
  }
}

/** At 48 kHz 171 ms, and bins of 5.9 Hz. */
const SPECTRUM_SAMPLES = 8192;
const AREA_OPACITY = 0.22;
