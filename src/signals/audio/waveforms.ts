import { pinkNoise } from './pink-noise.js';
import { sawtoothWave } from './sawtooth.js';
import { silence } from './silence.js';
import { sineWave } from './sine.js';
import { squareWave } from './square.js';
import { triangleWave } from './triangle.js';
import type { Waveform } from './waveform.js';
import { whiteNoise } from './white-noise.js';

/** Every waveform that there is. A new one is a module and a line. */
export const waveforms: readonly Waveform[] = [
  sineWave,
  squareWave,
  sawtoothWave,
  triangleWave,
  whiteNoise,
  pinkNoise,
  silence,
];
