import { exp2 } from '../maths.js';
import { checkFrequency } from './channels.js';
import { sumOfSines } from './sum-of-sines.js';
import type { Waveform } from './waveform.js';

/** Semitones above the root. */
const CHORDS = {
  major: [0, 4, 7],
  minor: [0, 3, 7],
  diminished: [0, 3, 6],
  augmented: [0, 4, 8],
  'suspended-2': [0, 2, 7],
  'suspended-4': [0, 5, 7],
  'major-7': [0, 4, 7, 11],
  'minor-7': [0, 3, 7, 10],
  'dominant-7': [0, 4, 7, 10],
  fifth: [0, 7],
  octave: [0, 12],
};

const params = {
  chord: { type: 'choice', default: 'major', options: Object.keys(CHORDS) as (keyof typeof CHORDS)[] },
  intervals: {
    type: 'list',
    default: [],
    max: 16,
    item: { type: 'number', default: 0, min: -48, max: 48, unit: 'semitones' },
  },
} as const;

/**
 * Sines of equal level above the root note `frequency`: a chord by name, or `params.intervals` in semitones of equal
 * temperament. The sum of their amplitudes has the level of the tone.
 */
export const chord: Waveform<typeof params> = {
  name: 'chord',
  params,
  prepare({ frequency, sampleRate, phase }, { chord, intervals }) {
    const notes = (intervals.length ? intervals : CHORDS[chord]).map((semitones) => {
      const ratio = exp2(semitones / 12);
      checkFrequency(`the note ${semitones} semitones above the root`, frequency * ratio, sampleRate);
      return { step: (frequency * ratio) / sampleRate, phase: phase * ratio };
    });
    return { render: sumOfSines(notes.map((note) => ({ ...note, amplitude: 1 / notes.length }))) };
  },
};
