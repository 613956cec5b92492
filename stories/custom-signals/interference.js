/* Rings around two points, which interfere. The file is an example of a custom pattern. */
export default {
  params: {
    wavelength: { type: 'number', default: 40, min: 8, max: 400, unit: 'px' },
  },
  prepare({ width, height, colorSpace }, { wavelength }) {
    const chroma = (level) => new Uint8Array((width * height) / 4).fill(level);
    const y = new Uint8Array(width * height);
    const ringsOf = (left) => {
      const distances = new Float32Array(width * height);
      for (let i = 0; i < distances.length; i++) {
        const [x, row] = [i % width, Math.floor(i / width)];
        distances[i] = Math.sqrt((x - left) ** 2 + (row - height / 2) ** 2) / wavelength;
      }
      return distances;
    };
    const [leftRings, rightRings] = [ringsOf(width * 0.3), ringsOf(width * 0.7)];
    // A triangle from 0 to 1: its values are equal in every browser, those of Math.sin() are not.
    const wave = (turns) => Math.abs(((((turns % 1) + 1) % 1) - 0.5) * 2);
    return {
      picture: { width, height, y, u: chroma(150), v: chroma(110), colorSpace },
      // The pictures repeat after 30 frames: the engine draws each one once.
      key: (n) => n % 30,
      render(n) {
        for (let i = 0; i < y.length; i++)
          y[i] = 16 + 109 * (wave(leftRings[i] - n / 30) + wave(rightRings[i] - n / 30));
      },
    };
  },
};
