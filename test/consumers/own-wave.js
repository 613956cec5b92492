/*
 * A waveform of a page whose policy forbids blob: URLs: no script can then be added to the worklet that imports it. It defines
 * itself there.
 */
const wave = {
  prepare: () => ({
    render(samples) {
      samples.fill(0.25);
    },
  }),
};
globalThis.trackElementsDefine?.({ kind: 'audio', name: 'own-wave' }, wave);
export default wave;
