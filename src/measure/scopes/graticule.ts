/** The lines over a trace. Places are shares of the plot: 0 at the left and at the top, 1 at the right and at the bottom. */
export interface Graticule {
  readonly lines: readonly GraticuleLine[];
  /** The boxes in which the colours of bars belong. */
  readonly boxes: readonly GraticuleBox[];
  readonly circles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
  readonly labels: readonly GraticuleLabel[];
}

export interface GraticuleLine {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
  /** `limit`: black, white, or the middle. */
  readonly weight: 'limit' | 'line';
}

export interface GraticuleBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraticuleLabel {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  /** Beside the plot at its left, below it, or in it. */
  readonly place: 'left' | 'below' | 'inside';
  /** Which part of the text is at `x`. Default: its middle. */
  readonly anchor?: 'start' | 'end';
}

export const emptyGraticule: Graticule = { lines: [], boxes: [], circles: [], labels: [] };

/** A line over the whole width. */
export const across = (y: number, weight: GraticuleLine['weight'] = 'line'): GraticuleLine => ({
  x1: 0,
  y1: y,
  x2: 1,
  y2: y,
  weight,
});

/** A line over the whole height. */
export const down = (x: number, weight: GraticuleLine['weight'] = 'line'): GraticuleLine => ({
  x1: x,
  y1: 0,
  x2: x,
  y2: 1,
  weight,
});
