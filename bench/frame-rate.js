/** Frames per second, averaged over the videos of the page, between two results of `presentedFrames()`. */
export function frameRate(before, after) {
  const rates = before.map(
    ({ count, time }, index) => ((after[index].count - count) * 1000) / (after[index].time - time),
  );
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
