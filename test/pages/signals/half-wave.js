/* A waveform of a page's own: a constant of `params.height`. */
export default {
  params: { height: { type: 'number', default: 0.5, min: -1, max: 1 } },
  prepare: (_, { height }) => ({
    render(samples) {
      samples.fill(height);
    },
  }),
};
