import type { Graticule, GraticuleLabel } from '../measure/scopes/graticule.js';

/** The place of a plot in its element, in CSS pixels. */
export interface PlotPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A label of a graticule at its place in the element, in CSS pixels. */
export interface PlacedLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The plot, with room for the labels beside and below it. It is a whole number of pixels, so that lines are sharp. */
export function plotPlace(width: number, height: number, { labels }: Graticule, isSquare: boolean): PlotPlace {
  const has = (place: GraticuleLabel['place']) => labels.some((label) => label.place === place);
  const margin = labels.length > 0 ? MARGIN_PX : 0;
  const left = has('left') ? LEFT_PX : margin;
  const bottom = has('below') ? BELOW_PX : margin;
  const across = Math.max(0, Math.floor(width - left - margin));
  const down = Math.max(0, Math.floor(height - margin - bottom));
  if (!isSquare) return { x: left, y: margin, width: across, height: down };
  const side = Math.min(across, down);
  return {
    x: Math.floor(left + (across - side) / 2),
    y: Math.floor(margin + (down - side) / 2),
    width: side,
    height: side,
  };
}

/** The labels that have room: one that would touch the last one is left out. */
export function placeLabels({ labels }: Graticule, plot: PlotPlace): readonly PlacedLabel[] {
  const placed: PlacedLabel[] = [];
  const kept: Record<'left' | 'below', number[]> = { left: [], below: [] };
  for (const label of labels) {
    const { text, place } = label;
    const [x, y] = [plot.x + label.x * plot.width, plot.y + label.y * plot.height];
    if (place === 'inside') {
      placed.push({ text, x, y, anchor: label.anchor ?? 'middle' });
      continue;
    }
    const [at, room] = place === 'left' ? [y, LINE_PX] : [x, text.length * CHARACTER_PX + GAP_PX];
    if (kept[place].some((other) => Math.abs(other - at) < room)) continue;
    kept[place].push(at);
    if (place === 'left') placed.push({ text, x: plot.x - GAP_PX, y, anchor: 'end' });
    else {
      // The last one would leave the element.
      const isLast = label.x > 0.97;
      placed.push({ text, x, y: plot.y + plot.height + LINE_PX, anchor: isLast ? 'end' : 'middle' });
    }
  }
  return placed;
}

const MARGIN_PX = 10;
const LEFT_PX = 38;
const BELOW_PX = 22;
const LINE_PX = 12;
const CHARACTER_PX = 6;
const GAP_PX = 5;
