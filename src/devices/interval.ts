/** All numbers from `min` to `max`; none if `min` is above `max`. */
export interface Interval {
  readonly min: number;
  readonly max: number;
}

export const everyNumber: Interval = { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };

export const isEmpty = ({ min, max }: Interval): boolean => min > max;

export const isInside = ({ min, max }: Interval, value: number): boolean => value >= min && value <= max;

export const intersect = (one: Interval, other: Interval): Interval => ({
  min: Math.max(one.min, other.min),
  max: Math.min(one.max, other.max),
});

export const clamp = ({ min, max }: Interval, value: number): number => Math.min(Math.max(value, min), max);

/** The smallest and the largest whole number of an interval. */
export const wholeInterval = ({ min, max }: Interval): Interval => ({ min: Math.ceil(min), max: Math.floor(max) });

/** The smallest and the largest even number of an interval, from 2. */
export const evenInterval = ({ min, max }: Interval): Interval => ({
  min: Math.max(2, 2 * Math.ceil(min / 2)),
  max: 2 * Math.floor(max / 2),
});

/** The even numbers of an interval, whose ends are even, on both sides of a value; one if the value is even. */
export function evenNeighbors(interval: Interval, value: number): number[] {
  const below = clamp(interval, 2 * Math.floor(value / 2));
  const above = clamp(interval, 2 * Math.ceil(value / 2));
  return below === above ? [below] : [below, above];
}
