/**
 * A custom pattern with the frame number in its picture, readable after any codec: sixteen fields in the upper half, of
 * which white ones are binary ones. A square moves in the lower half, so that the encoder has something to do.
 */
const BITS = 16;

export default {
  prepare({ width, height, colorSpace }) {
    const y = new Uint8Array(width * height).fill(64);
    const chroma = () => new Uint8Array((width * height) / 4).fill(128);
    const rows = height / 2;
    return {
      picture: { width, height, y, u: chroma(), v: chroma(), colorSpace },
      key: (n) => n,
      render(n) {
        for (let bit = 0; bit < BITS; bit++) {
          const [left, right] = [bit, bit + 1].map((edge) => Math.round((edge * width) / BITS));
          const luma = (n >> bit) & 1 ? 235 : 16;
          for (let row = 0; row < rows; row++) y.fill(luma, row * width + left, row * width + right);
        }
        y.fill(64, rows * width);
        const left = (n * 7) % (width - 80);
        for (let row = rows + 40; row < rows + 120; row++) y.fill(200, row * width + left, row * width + left + 80);
      },
    };
  },
};

/** Reads the frame number from the luma of a received picture. */
export function readFrameNumber(y, stride, width, height) {
  let n = 0;
  for (let bit = 0; bit < BITS; bit++) {
    const x = Math.round(((bit + 0.5) * width) / BITS);
    if (y[Math.round(height / 4) * stride + x] > 125) n |= 1 << bit;
  }
  return n;
}
