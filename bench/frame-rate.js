/** Frames a second, averaged over the page's videos, between two calls of `presented()` in `pages/screen.js`. */
export function frameRate(before, after) {
  const rates = before.map(
    ({ count, time }, index) => ((after[index].count - count) * 1000) / (after[index].time - time),
  );
  return rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}
