/* Rings from two points that meet. */
export default {
  params: {
    wavelength: { type: 'number', default: 40, min: 8, max: 400, unit: 'px' },
  },
  prepare({ width, height, colorSpace }, { wavelength }) {
    const chroma = (level) => new Uint8Array((width * height) / 4).fill(level);
    const y = new Uint8Array(width * height);
    const ringsOf = (left) => {
      const waves = new Float32Array(width * height);
      for (let i = 0; i < waves.length; i++) {
        const [x, row] = [i % width, Math.floor(i / width)];
        waves[i] = Math.sqrt((x - left) ** 2 + (row - height / 2) ** 2) / wavelength;
      }
      return waves;
    };
    const [one, other] = [ringsOf(width * 0.3), ringsOf(width * 0.7)];
    // A triangle from 0 to 1: it is the same in every engine, which a sine is not.
    const wave = (turns) => Math.abs(((((turns % 1) + 1) % 1) - 0.5) * 2);
    return {
      picture: { width, height, y, u: chroma(150), v: chroma(110), colorSpace },
      // One second a cycle, at 30 frames a second.
      key: (n) => n % 30,
      render(n) {
        for (let i = 0; i < y.length; i++) y[i] = 16 + 109 * (wave(one[i] - n / 30) + wave(other[i] - n / 30));
      },
    };
  },
};
