import type { AudioScope } from './audio-scope.js';
import { HISTORY_SAMPLES, type SampleHistory } from './sample-history.js';
import type { ScopeSettings } from './scope-settings.js';
import { brightness, pixelOf, Trace } from './trace.js';

/**
 * Left against right, turned by 45°: the middle signal (L + R) / 2 upwards, the side signal (R − L) / 2 to the right. Mono is a
 * vertical line, one channel alone a diagonal, and opposite phases a horizontal line. The trace fades like that of a
 * cathode-ray tube.
 */
export class Goniometer implements AudioScope {
  readonly kind = 'audio';
  readonly trace = new Trace(SIZE, SIZE);
  readonly #settings: ScopeSettings;
  readonly #light = new Float32Array(SIZE * SIZE);
  /** The sample that is drawn next. */
  #next: number | null = null;
  #correlation: number | null = null;

  constructor(settings: ScopeSettings) {
    this.#settings = settings;
  }

  draw(history: SampleHistory): void {
    const { gain, color, intensity, refreshRate } = this.#settings;
    const light = this.#light;
    const fade = FADE_PER_S ** (1 / refreshRate);
    for (let i = 0; i < light.length; i++) light[i] = (light[i] as number) * fade;
    const first = Math.max(this.#next ?? 0, history.total - HISTORY_SAMPLES / 4);
    const right = history.channels > 1 ? 1 : 0;
    let [left2, right2, product] = [0, 0, 0];
    let [x0, y0] = [Number.NaN, Number.NaN];
    for (let i = first; i < history.total; i++) {
      const [l, r] = [history.at(0, i), history.at(right, i)];
      left2 += l * l;
      right2 += r * r;
      product += l * r;
      const x = MIDDLE + ((r - l) / 2) * gain * MIDDLE;
      const y = MIDDLE - ((l + r) / 2) * gain * MIDDLE;
      if (!Number.isNaN(x0)) this.#line(x0, y0, x, y);
      [x0, y0] = [x, y];
    }
    // The next line begins at the last sample.
    this.#next = Math.max(first, history.total - 1);
    const power = Math.sqrt(left2 * right2);
    this.#correlation = power > 1e-9 ? product / power : null;
    const full = history.sampleRate / FULL_LIGHT;
    const rgb = pixelOf(color);
    const { pixels } = this.trace;
    for (let i = 0; i < light.length; i++) {
      const amount = light[i] as number;
      pixels[i] = amount < 0.02 ? 0 : ((Math.round(255 * brightness(amount, full, intensity)) << 24) | rgb) >>> 0;
    }
  }

  get summary(): string {
    if (this.#correlation === null) return 'No correlation: a channel is silent';
    return `Correlation ${this.#correlation.toFixed(2).replace('-', '−')}`;
  }

  /** A line of one sample's light. */
  #line(x0: number, y0: number, x1: number, y1: number): void {
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
    for (let step = 0; step < steps; step++) {
      const x = Math.round(x0 + ((x1 - x0) * step) / steps);
      const y = Math.round(y0 + ((y1 - y0) * step) / steps);
      if (x >= 0 && y >= 0 && x < SIZE && y < SIZE) {
        this.#light[y * SIZE + x] = (this.#light[y * SIZE + x] as number) + 1 / steps;
      }
    }
  }
}

/** An odd number, so that there is a middle. */
const SIZE = 255;
const MIDDLE = (SIZE - 1) / 2;

/** The light that is left after a second. */
const FADE_PER_S = 0.002;

/** The brightest place has this part of a second's samples. */
const FULL_LIGHT = 150;
