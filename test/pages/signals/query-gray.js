/* A pattern of a page's own: gray of the luma that the query of the module's URL names. */
const luma = Number(/luma=([-.\d]+)/.exec(import.meta.url)[1]);

export default {
  prepare({ width, height, colorSpace }) {
    const chroma = () => new Uint8Array((width * height) / 4).fill(128);
    const picture = {
      width,
      height,
      y: new Uint8Array(width * height).fill(luma),
      u: chroma(),
      v: chroma(),
      colorSpace,
    };
    return { picture, key: () => 0, render() {} };
  },
};
