import type { SignalText } from './signal-text.js';

export const tones: readonly SignalText[] = [
  { name: 'sine', title: 'Sine', summary: 'A pure tone.', uses: ['frequency'] },
  {
    name: 'square',
    title: 'Square',
    summary: 'Half a cycle up, half a cycle down: the odd harmonics, falling by 6 dB per octave.',
    uses: ['frequency'],
  },
  {
    name: 'sawtooth',
    title: 'Sawtooth',
    summary: 'Rises steadily, falls at once in mid-cycle: all harmonics, falling by 6 dB per octave.',
    uses: ['frequency'],
  },
  {
    name: 'triangle',
    title: 'Triangle',
    summary: 'Rises and falls steadily: the odd harmonics, falling by 12 dB per octave.',
    uses: ['frequency'],
  },
];

export const noises: readonly SignalText[] = [
  { name: 'white-noise', title: 'White noise', summary: 'The same power in every hertz.', uses: ['seed'] },
  { name: 'pink-noise', title: 'Pink noise', summary: 'The same power in every octave.', uses: ['seed'] },
];

export const others: readonly SignalText[] = [{ name: 'silence', title: 'Silence', summary: 'Digital silence.' }];
