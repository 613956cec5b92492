import { randomSample } from '../random.js';
import type { Waveform } from './waveform.js';

/** Falls by 3.01 dB per octave from 10 Hz up (at 48 kHz). Its highest peaks stand about 13 dB above its RMS. */
export const pinkNoise: Waveform = {
  name: 'pink-noise',
  prepare({ seed }) {
    const state = new Float64Array(POLES.length);
    let last = 0;
    let next = Number.NaN;

    /** Filters the sample of number `next` and goes on to the one after it. */
    const step = (): number => {
      const white = randomSample(seed, next++);
      let pink = last + white * 0.5362;
      last = white * 0.115926;
      for (let i = 0; i < state.length; i++) pink += state[i] = state[i] * POLES[i] + white * GAINS[i];
      return pink;
    };

    return {
      render(samples, n) {
        for (let i = 0; i < samples.length; i++) {
          const target = n + i;
          const into = target - Math.floor(target / RESTART) * RESTART;
          if (next !== target || into === 0) {
            state.fill(0);
            last = 0;
            next = target - into - PREROLL;
            while (next < target) step();
          }
          samples[i] = step() * SCALE;
        }
      },
    };
  },
};

/*
 * A filter remembers, but sample n must not depend on where the playing began. So it starts afresh at every 32768th
 * sample, running in on the 16384 before it: by then what it forgot has sunk by 160 dB, and nothing is heard of it.
 */
const RESTART = 32768;
const PREROLL = 16384;

/** Paul Kellet's filter (musicdsp.org): poles that together fall by 3.01 dB per octave, within 0.05 dB. */
const POLES = Float64Array.of(0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616);
const GAINS = Float64Array.of(0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898);

/** Brings the filter's output, for evenly spread input, to the RMS of a sine: 1/√2. */
const SCALE = 0.401223200381185;
