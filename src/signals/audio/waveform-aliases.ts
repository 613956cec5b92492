import type { WaveformAlias } from './waveform.js';

/** The names of GStreamer's `audiotestsrc` and of FFmpeg's `anoisesrc` and `anullsrc`. */
export const waveformAliases: readonly WaveformAlias[] = Object.entries({
  saw: 'sawtooth',
  'sine-table': 'sine',
  'red-noise': 'brown-noise',
  white: 'white-noise',
  pink: 'pink-noise',
  brown: 'brown-noise',
  blue: 'blue-noise',
  violet: 'violet-noise',
  velvet: 'velvet-noise',
  anullsrc: 'silence',
}).map(([name, alias]) => ({ name, alias }));
