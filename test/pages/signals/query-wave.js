/* A waveform of a page's own: a constant that the query of the module's URL names. */
const height = Number(/height=([-.\d]+)/.exec(import.meta.url)[1]);

export default {
  prepare: () => ({
    render(samples) {
      samples.fill(height);
    },
  }),
};
