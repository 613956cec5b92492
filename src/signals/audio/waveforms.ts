import { am } from './am.js';
import { avSync } from './av-sync.js';
import { beep } from './beep.js';
import { blueNoise } from './blue-noise.js';
import { brownNoise } from './brown-noise.js';
import { chord } from './chord.js';
import { dtmf } from './dtmf.js';
import { fm } from './fm.js';
import { gaussianNoise } from './gaussian-noise.js';
import { glits, identEbu } from './ident.js';
import { impulse } from './impulse.js';
import { lineUp } from './line-up.js';
import { metronome } from './metronome.js';
import { multitone } from './multitone.js';
import { pinkNoise } from './pink-noise.js';
import { pulseWave } from './pulse.js';
import { sawtoothWave } from './sawtooth.js';
import { silence } from './silence.js';
import { sineWave } from './sine.js';
import { squareWave } from './square.js';
import { sweep } from './sweep.js';
import { ticks } from './ticks.js';
import { triangleWave } from './triangle.js';
import { velvetNoise } from './velvet-noise.js';
import { violetNoise } from './violet-noise.js';
import type { Waveform } from './waveform.js';
import { whiteNoise } from './white-noise.js';

/** All waveforms of this library. A new one is a file in this folder, a line here and an entry in the catalogue. */
export const waveforms: readonly Waveform[] = [
  sineWave,
  squareWave,
  sawtoothWave,
  triangleWave,
  pulseWave,
  whiteNoise,
  pinkNoise,
  brownNoise,
  blueNoise,
  violetNoise,
  velvetNoise,
  gaussianNoise,
  ticks,
  metronome,
  beep,
  impulse,
  sweep,
  multitone,
  dtmf,
  am,
  fm,
  chord,
  lineUp,
  identEbu,
  glits,
  avSync,
  silence,
];
