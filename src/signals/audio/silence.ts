import type { Waveform } from './waveform.js';

/** Digital silence. */
export const silence: Waveform = {
  name: 'silence',
  prepare: () => ({
    render(samples) {
      samples.fill(0);
    },
  }),
};
