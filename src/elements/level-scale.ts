/** The zones of a scale: `normal`, `high` above the line-up level or the target, `over` where it is too loud. */
export type LevelZone = 'normal' | 'high' | 'over';

/** A mark beside the bars. */
export interface LevelMark {
  readonly value: number;
  /** Whether it is the level to which programmes are lined up. */
  readonly isReference?: boolean;
  /** Whether it is left out where there is little room. */
  readonly isMinor?: boolean;
}

/** A scale of the meter. */
export interface LevelScale {
  readonly unit: 'dBFS' | 'LUFS';
  readonly min: number;
  readonly max: number;
  readonly marks: readonly LevelMark[];
  /** The level from which on the zone is `high`. */
  readonly high: number;
  /** The level from which on the zone is `over`. */
  readonly over: number;
  /** The place of a level on the scale, from 0 to 1. */
  readonly placeOf: (level: number) => number;
}

/** A scale by points between which it is straight: from [level, place] to [level, place]. */
function piecewise(points: readonly (readonly [level: number, place: number])[]): (level: number) => number {
  return (level) => {
    const next = points.findIndex(([end]) => level <= end);
    if (next === 0 || Number.isNaN(level)) return 0;
    if (next < 0) return 1;
    const [[from, low], [to, high]] = [points[next - 1], points[next]];
    return low + ((level - from) / (to - from)) * (high - low);
  };
}

/** The scale that peak meters have: its upper 20 dB, where programmes are, take half of it. */
const dbfs: LevelScale = {
  unit: 'dBFS',
  min: -60,
  max: 0,
  marks: [-50, -40, -30, -24, -18, -12, -6, 0].map((value) => ({
    value,
    isReference: value === -18,
    isMinor: [-50, -24, -12].includes(value),
  })),
  // The line-up level and the permitted maximum of EBU R 68.
  high: -18,
  over: -9,
  placeOf: piecewise([
    [-60, 0],
    [-50, 0.06],
    [-40, 0.14],
    [-30, 0.29],
    [-20, 0.49],
    [0, 1],
  ]),
};

/** The scale "EBU +18" of EBU Tech 3341, from −36 to +18 LU around the target of −23 LUFS. */
const lufs: LevelScale = {
  unit: 'LUFS',
  min: -59,
  max: -5,
  marks: [-50, -41, -32, -23, -14, -5].map((value) => ({
    value,
    isReference: value === -23,
    isMinor: [-50, -32].includes(value),
  })),
  // The target of EBU R 128, and the end of the scale "EBU +9".
  high: -22,
  over: -14,
  placeOf: piecewise([
    [-59, 0],
    [-5, 1],
  ]),
};

/** The scales, by the values of the attribute. */
export const levelScales = { dBFS: dbfs, LUFS: lufs } as const;

/** The name of a scale. */
export type LevelScaleName = keyof typeof levelScales;

/** A level as a text with a real minus; silence is −∞, an unknown level a dash. */
export function levelText(level: number | null, decimals = 1): string {
  if (level === null || Number.isNaN(level)) return '–';
  if (level === Number.NEGATIVE_INFINITY) return '−∞';
  const rounded = level.toFixed(decimals);
  return Number(rounded) === 0 ? (0).toFixed(decimals) : rounded.replace('-', '−');
}

/** A level as words, for screen readers, which leave out the sign of a number or the infinity. */
export function levelWords(level: number | null, unit: string): string {
  if (level === null || Number.isNaN(level)) return 'not known yet';
  if (level === Number.NEGATIVE_INFINITY) return 'silence';
  const text = levelText(level);
  return `${text.startsWith('−') ? `minus ${text.slice(1)}` : text} ${unit}`;
}
