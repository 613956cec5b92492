/**
 * Writes what constraints have made of a track into its settings. Only a browser that tells its resize mode (Chromium) reduces
 * tracks of scripts by constraints. It tells the resulting size, but not the resulting frame rate.
 *
 * @param all The settings of the track without constraints.
 * @param seen The settings that the browser tells.
 */
export function applySeenConstraints(
  all: MediaTrackSettings,
  seen: MediaTrackSettings,
  constraints: MediaTrackConstraints,
): void {
  if (!('resizeMode' in seen)) return;
  const { advanced = [], ...basic } = constraints;
  const isSized = [basic, ...advanced].some(({ width, height, aspectRatio }) => width ?? height ?? aspectRatio);
  const { width, height } = seen;
  if (isSized && width && height) Object.assign(all, { width, height });
  if (all.frameRate) all.frameRate = constrainedRate(all.frameRate, basic, advanced, all);
}

/**
 * The frame rate to which a browser reduces `rate`, by the algorithm SelectSettings of the W3C's Media Capture and Streams: an
 * advanced set counts as a whole, if those before it admit it. The size shows whether the browser took its width and height.
 */
function constrainedRate(
  rate: number,
  { frameRate }: MediaTrackConstraintSet,
  advanced: readonly MediaTrackConstraintSet[],
  { width, height }: MediaTrackSettings,
): number {
  let [low, high] = limitsOf(typeof frameRate === 'number' ? {} : frameRate);
  high = Math.min(high, rate);
  for (const set of advanced) {
    const [min, max] = limitsOf(set.frameRate);
    const isTaken = min <= high && max >= low && admits(set.width, width) && admits(set.height, height);
    if (isTaken) [low, high] = [Math.max(low, min), Math.min(high, max)];
  }
  const ideal = typeof frameRate === 'number' ? frameRate : (frameRate?.ideal ?? rate);
  return Math.min(high, Math.max(low, ideal));
}

/** The smallest and the largest number that a constraint admits. A bare number is `exact`, as in an advanced set. */
function limitsOf(constraint: ConstrainDouble = {}): [number, number] {
  const range: ConstrainDoubleRange = typeof constraint === 'number' ? { exact: constraint } : constraint;
  const { exact, min = 0, max = Number.POSITIVE_INFINITY } = range;
  return [exact ?? min, exact ?? max];
}

function admits(constraint: ConstrainULong | undefined, value = 0): boolean {
  const [min, max] = limitsOf(constraint);
  return min <= value && value <= max;
}
