import { type AudioScope, channelColors, channelName, decibelText } from './audio-scope.js';
import type { SampleHistory } from './sample-history.js';
import type { ScopeSettings } from './scope-settings.js';
import { pixelOf, Trace } from './trace.js';

/**
 * The wave of each channel, one above the other, from −1 to 1. The screen begins where the loudest channel rises through 0, so that
 * a tone stands still.
 */
export class Oscilloscope implements AudioScope {
  readonly kind = 'audio';
  readonly trace: Trace;
  readonly #settings: ScopeSettings;
  readonly #peaks: number[] = [];

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
    const limit = (size: number, most: number) => Math.max(1, Math.min(most, Math.floor(size)));
    this.trace = new Trace(limit(settings.width, 1024), limit(settings.height, 512));
  }

  draw(history: SampleHistory): void {
    const { timeSpan, gain, color, intensity } = this.#settings;
    const { width, height } = this.trace;
    const span = (timeSpan / 1000) * history.sampleRate;
    const start = this.#trigger(history, span);
    const lane = height / history.channels;
    const colors = channelColors(color);
    this.trace.clear();
    for (let channel = 0; channel < history.channels; channel++) {
      const rgb = pixelOf(colors[channel] ?? color);
      const middle = (channel + 0.5) * lane;
      const rowOf = (value: number) =>
        middle - Math.max(-1, Math.min(1, value * gain)) * (lane / 2 - LINE_WIDTH_PX / 2 - 1);
      let [low, high] = rangeOf(history, channel, start, start + span / width);
      let peak = Math.max(-low, high);
      for (let x = 0; x < width; x++) {
        const [top, bottom] = [rowOf(high), rowOf(low)];
        const opacity = Math.min(1, intensity);
        this.trace.strokeColumn(x, top - LINE_WIDTH_PX / 2, bottom + LINE_WIDTH_PX / 2, rgb, opacity);
        const at = start + ((x + 1) * span) / width;
        // Both ends belong to a column, so that columns meet.
        [low, high] = rangeOf(history, channel, at, at + span / width);
        peak = Math.max(peak, -low, high);
      }
      this.#peaks[channel] = peak;
    }
    this.#peaks.length = history.channels;
  }

  get summary(): string {
    const levels = this.#peaks.map(
      (peak, channel) => `${channelName(channel, this.#peaks.length)} ${decibelText(20 * Math.log10(peak))}`,
    );
    return `Peaks: ${levels.join(', ')}`;
  }

  /** Where the screen begins, in samples: the newest rise through 0 after which there is a whole screen. */
  #trigger(history: SampleHistory, span: number): number {
    const latest = history.total - Math.ceil(span) - 2;
    const earliest = Math.max(
      1,
      latest - Math.min(SEARCH_S * history.sampleRate, span + SEARCH_S * history.sampleRate),
    );
    let channel = 0;
    let loudest = 0;
    for (let each = 0; each < history.channels; each++) {
      let peak = 0;
      for (let i = Math.max(0, latest - PEAK_SAMPLES); i < latest; i++)
        peak = Math.max(peak, Math.abs(history.at(each, i)));
      if (peak > loudest * 1.001) [channel, loudest] = [each, peak];
    }
    // Noise around 0 is no rise: before it, the wave has to be below a tenth of the peak.
    let crossing: number | null = null;
    for (let i = latest; i >= earliest; i--) {
      const [before, now] = [history.at(channel, i - 1), history.at(channel, i)];
      if (crossing !== null && before > 0) crossing = null;
      if (before <= 0 && now > 0) crossing = i - 1 + before / (before - now);
      if (crossing !== null && before < -0.1 * loudest) return crossing;
    }
    return Math.max(0, latest);
  }
}

const LINE_WIDTH_PX = 1.6;

/** How far back a rise is searched: a period of 20 Hz, the lowest audible tone. */
const SEARCH_S = 0.05;
const PEAK_SAMPLES = 2048;

/** The lowest and the highest value between two times in samples, of the lines that join the samples. */
function rangeOf(history: SampleHistory, channel: number, from: number, to: number): [number, number] {
  const valueAt = (time: number) => {
    const before = Math.floor(time);
    const part = time - before;
    return history.at(channel, before) * (1 - part) + history.at(channel, before + 1) * part;
  };
  const [start, end] = [valueAt(from), valueAt(to)];
  let [low, high] = [Math.min(start, end), Math.max(start, end)];
  for (let i = Math.ceil(from); i < to; i++) {
    const value = history.at(channel, i);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}
