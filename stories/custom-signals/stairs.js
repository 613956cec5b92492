/* A sawtooth in steps. The file is an example of a custom waveform. */
export default {
  params: {
    steps: { type: 'number', default: 5, min: 2, max: 64, whole: true },
  },
  prepare({ frequency, sampleRate }, { steps }) {
    return {
      render(samples, n) {
        for (let i = 0; i < samples.length; i++) {
          const turns = ((n + i) * frequency) / sampleRate;
          const step = Math.floor((turns - Math.floor(turns)) * steps);
          samples[i] = (2 * step) / (steps - 1) - 1;
        }
      },
    };
  },
};
