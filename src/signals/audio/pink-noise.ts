import { type Filter, filteredNoise } from './noise.js';
import type { Waveform } from './waveform.js';

/** Falls by 3.01 dB per octave above 10 Hz (at 48 kHz). Its highest peaks are about 13 dB above its RMS. */
export const pinkNoise: Waveform = {
  name: 'pink-noise',
  prepare: ({ seed }) => filteredNoise(seed, pinkFilter, SCALE),
};

/** Scales the filtered noise (of uniform distribution) to the RMS of a sine: 1/√2. */
const SCALE = 0.401223200381185;

const POLES = Float64Array.of(0.99886, 0.99332, 0.969, 0.8665, 0.55, -0.7616);
const GAINS = Float64Array.of(0.0555179, 0.0750759, 0.153852, 0.3104856, 0.5329522, -0.016898);

/** Paul Kellet's filter (musicdsp.org): the sum of its poles falls by 3.01 dB per octave, within 0.05 dB. */
export const pinkFilter: Filter = {
  length: POLES.length + 1,
  preroll: 16384,
  step(white, state) {
    let pink = state[POLES.length] + white * 0.5362;
    state[POLES.length] = white * 0.115926;
    for (let i = 0; i < POLES.length; i++) pink += state[i] = state[i] * POLES[i] + white * GAINS[i];
    return pink;
  },
};
