import { html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { styleMap } from 'lit/directives/style-map.js';

/** The range of a slider. */
export interface SliderRange {
  readonly min: number;
  readonly max: number;
  /** The distance of two values of a linear slider. Other scales round to three digits. */
  readonly step?: number;
  /**
   * `linear` has equal steps; `log` has equal ratios, as hearing has; `cubic` moves faster with the distance from zero,
   * and can reach it.
   */
  readonly scale?: 'linear' | 'log' | 'cubic';
}

/** Positions of a slider that is not linear. */
const CURVED_POSITIONS = 300;

/** A range input for a number. The caller shows the number itself beside it. */
export function slider(
  range: SliderRange,
  { label, value, unit, change }: { label: string; value: string; unit: string; change: (value: string) => void },
): TemplateResult {
  const { min, max, step = (max - min) / 100, scale = 'linear' } = range;
  const { valueAt, shareOf } = scales[scale](min, max);
  const positions = scale === 'linear' ? Math.round((max - min) / step) : CURVED_POSITIONS;
  const share = Math.min(1, Math.max(0, shareOf(Number(value)) || 0));
  const position = Math.round(share * positions);
  const numberAt = (at: number) => {
    const number = valueAt(at / positions);
    return Number(scale === 'linear' ? number.toFixed(6) : number.toPrecision(3));
  };
  return html`<input
    type="range"
    min="0"
    max=${positions}
    step="1"
    aria-label=${label}
    aria-valuetext=${`${value} ${unit}`.trim() || nothing}
    style=${styleMap({ '--filled': `${(100 * position) / positions}%` })}
    .value=${live(String(position))}
    @input=${({ target }: Event) => change(String(numberAt(Number((target as HTMLInputElement).value))))}
  />`;
}

/** Functions between a value and its share of the slider's length, 0 to 1. */
interface Scale {
  valueAt(share: number): number;
  shareOf(value: number): number;
}

const scales: Readonly<Record<'linear' | 'log' | 'cubic', (min: number, max: number) => Scale>> = {
  linear: (min, max) => ({
    valueAt: (share) => min + share * (max - min),
    shareOf: (value) => (value - min) / (max - min),
  }),
  log: (min, max) => ({
    valueAt: (share) => min * (max / min) ** share,
    shareOf: (value) => Math.log(value / min) / Math.log(max / min),
  }),
  cubic: (min, max) => {
    const [low, high] = [Math.cbrt(min), Math.cbrt(max)];
    return {
      valueAt: (share) => (low + share * (high - low)) ** 3,
      shareOf: (value) => (Math.cbrt(value) - low) / (high - low),
    };
  },
};
