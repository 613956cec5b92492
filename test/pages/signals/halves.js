/* A pattern of a page's own: black at the left, `params.luma` at the right, one level lighter in each frame. */
export default {
  params: { luma: { type: 'number', default: 100, min: 16, max: 200, whole: true } },
  prepare({ width, height, colorSpace }, { luma }) {
    const y = new Uint8Array(width * height).fill(16);
    const chroma = () => new Uint8Array((width * height) / 4).fill(128);
    const picture = { width, height, y, u: chroma(), v: chroma(), colorSpace };
    const level = (n) => luma + (n % 2);
    return {
      picture,
      key: level,
      render(n) {
        for (let row = 0; row < height; row++) y.fill(level(n), (row + 0.5) * width, (row + 1) * width);
      },
    };
  },
};
