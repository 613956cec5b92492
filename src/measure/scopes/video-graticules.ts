import { across, down, emptyGraticule, type Graticule, type GraticuleLabel } from './graticule.js';
import { lumaWeights } from './scope-picture.js';
import type { ScopeComponents, ScopeGraticule, ScopeMatrix } from './scope-settings.js';

/** The place of an 8-bit level in waveforms, from the top. A row is one level, and its line is in the middle of the row. */
export const rowOfLevel = (level: number): number => (255.5 - level) / 256;

/** The place of an 8-bit level from the left. */
export const columnOfLevel = (level: number): number => (level + 0.5) / 256;

/** Levels with a label, in 8-bit limited range. Black is 16 and white 235; in 10 bits 64 and 940. */
const scales: Record<Exclude<ScopeGraticule, 'none'>, readonly { readonly level: number; readonly text: string }[]> = {
  percent: percentages('%'),
  // 100 IRE is the level of white; digital video has no setup, so that 0 IRE is black.
  ire: percentages(''),
  '8-bit': [1, 16, 64, 128, 192, 235, 254].map((level) => ({ level, text: `${level}` })),
  '10-bit': [4, 64, 256, 512, 768, 940, 1019].map((level) => ({ level: level / 4, text: `${level}` })),
};

function percentages(unit: string) {
  return [0, 20, 40, 60, 80, 100].map((percent) => ({ level: 16 + 2.19 * percent, text: `${percent}${unit}` }));
}

const isLimit = (level: number): boolean => level === 16 || level === 235;

export function waveformGraticule(scale: ScopeGraticule): Graticule {
  if (scale === 'none') return emptyGraticule;
  const levels = scales[scale];
  return {
    ...emptyGraticule,
    lines: levels.map(({ level }) => across(rowOfLevel(level), isLimit(level) ? 'limit' : 'line')),
    labels: levels.map(({ level, text }) => ({ text, x: 0, y: rowOfLevel(level), place: 'left' })),
  };
}

export function paradeGraticule(scale: ScopeGraticule, components: ScopeComponents): Graticule {
  const graticule = waveformGraticule(scale);
  if (scale === 'none') return graticule;
  const names = components === 'rgb' ? ['R′', 'G′', 'B′'] : ['Y′', 'Cb', 'Cr'];
  const labels: GraticuleLabel[] = names.map((text, index) => ({ text, x: (index + 0.5) / 3, y: 1, place: 'below' }));
  // No colour is in the middle of the range of Cb and Cr.
  const middle = { ...across(rowOfLevel(128)), x1: 1 / 3 };
  return {
    ...graticule,
    lines: [...graticule.lines, down(1 / 3, 'limit'), down(2 / 3, 'limit'), ...(components === 'rgb' ? [] : [middle])],
    labels: [...graticule.labels, ...labels],
  };
}

export function histogramGraticule(scale: ScopeGraticule): Graticule {
  if (scale === 'none') return emptyGraticule;
  const levels = scales[scale];
  return {
    ...emptyGraticule,
    lines: levels.map(({ level }) => down(columnOfLevel(level), isLimit(level) ? 'limit' : 'line')),
    labels: levels.map(({ level, text }) => ({ text, x: columnOfLevel(level), y: 1, place: 'below' })),
  };
}

/** The Cb and Cr of a colour as differences from 128, of R′G′B′ from 0 to 1. */
export function chromaOf(rgb: readonly [number, number, number], matrix: ScopeMatrix): [cb: number, cr: number] {
  const [kr, kb] = lumaWeights[matrix];
  const luma = kr * rgb[0] + (1 - kr - kb) * rgb[1] + kb * rgb[2];
  return [(112 * (rgb[2] - luma)) / (1 - kb), (112 * (rgb[0] - luma)) / (1 - kr)];
}

/** The boxes of a vectorscope are for these colours of bars. */
const targetColors: Readonly<Record<string, readonly [number, number, number]>> = {
  R: [1, 0, 0],
  Yl: [1, 1, 0],
  G: [0, 1, 0],
  Cy: [0, 1, 1],
  B: [0, 0, 1],
  Mg: [1, 0, 1],
};

/** Half the side of a box in 8-bit levels: 2 % of the range of Cb and Cr. */
const BOX_LEVELS = 4.5;

/**
 * The directions of −I and +Q as differences of Cb and Cr from 128: by SMPTE EG 1 for BT.601 (10 bits: 64/633/380 and 64/698/598), by
 * SMPTE RP 219-1 for BT.709 (244/612/395 and 141/697/606).
 */
const axes: Partial<Record<ScopeMatrix, { readonly minusI: Chroma; readonly plusQ: Chroma }>> = {
  bt601: { minusI: [30.25, -33], plusQ: [46.5, 21.5] },
  bt709: { minusI: [25, -29.25], plusQ: [46.25, 23.5] },
};

type Chroma = readonly [cb: number, cr: number];

export function vectorscopeGraticule(
  scale: ScopeGraticule,
  targets: number,
  matrix: ScopeMatrix,
  gain: number,
): Graticule {
  if (scale === 'none') return emptyGraticule;
  const x = (cb: number) => columnOfLevel(128 + cb * gain);
  const y = (cr: number) => rowOfLevel(128 + cr * gain);
  const onScreen = (place: number) => place > 0 && place < 1;
  const half = (BOX_LEVELS * gain) / 256;
  const chromas = Object.entries(targetColors).map(([name, rgb]) => {
    const [cb, cr] = chromaOf(rgb, matrix).map((part) => (part * targets) / 100) as [number, number];
    return { name, x: x(cb), y: y(cr) };
  });
  const shown = chromas.filter((target) => onScreen(target.x) && onScreen(target.y));
  const directions = Object.entries(axes[matrix] ?? {}).map(([name, [cb, cr]]) => {
    const length = AXIS_LEVELS / Math.sqrt(cb * cb + cr * cr);
    return { text: name === 'minusI' ? '−I' : '+Q', cb: cb * length, cr: cr * length };
  });
  return {
    lines: [
      across(rowOfLevel(128)),
      down(columnOfLevel(128)),
      ...directions.map(({ cb, cr }) => ({
        ...{ x1: columnOfLevel(128), y1: rowOfLevel(128), x2: columnOfLevel(128 + cb), y2: rowOfLevel(128 + cr) },
        weight: 'line' as const,
      })),
    ],
    boxes: shown.map((target) => ({ x: target.x - half, y: target.y - half, width: 2 * half, height: 2 * half })),
    circles: [{ x: columnOfLevel(128), y: rowOfLevel(128), radius: 112 / 256 }],
    labels: [
      ...shown.map((target) => ({
        text: target.name,
        x: target.x + (target.x < 0.5 ? half : -half) * 2.2,
        y: target.y,
        place: 'inside' as const,
        ...(target.x < 0.5 ? { anchor: 'start' as const } : { anchor: 'end' as const }),
      })),
      ...directions.map(({ text, cb, cr }) => ({
        text,
        x: columnOfLevel(128 + 1.1 * cb),
        y: rowOfLevel(128 + 1.1 * cr),
        place: 'inside' as const,
      })),
    ],
  };
}

/** The length of the lines of −I and +Q. */
const AXIS_LEVELS = 84;
