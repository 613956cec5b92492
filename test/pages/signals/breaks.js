/* A pattern and a waveform that throw once they are played. */
export default {
  prepare({ kind, width, height, colorSpace }) {
    if (kind === 'audio') {
      return {
        render() {
          throw new RangeError('no sample today');
        },
      };
    }
    const plane = (share) => new Uint8Array((width * height) / share).fill(128);
    return {
      picture: { width, height, y: plane(1), u: plane(4), v: plane(4), colorSpace },
      key: (n) => n,
      render() {
        throw new RangeError('no frame today');
      },
    };
  },
};
