import type { SignalDocs } from './signal-docs.js';

export const tones: readonly SignalDocs[] = [
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
  {
    name: 'pulse',
    title: 'Pulse',
    summary: 'Up for a part of the cycle, down for the rest, without a constant part.',
    uses: ['frequency'],
    parameters: { width: 'The part of the cycle that is up, from 0 to 1.' },
  },
];

export const noises: readonly SignalDocs[] = [
  { name: 'white-noise', title: 'White noise', summary: 'The same power in every hertz.', uses: ['seed'] },
  { name: 'pink-noise', title: 'Pink noise', summary: 'The same power in every octave.', uses: ['seed'] },
  {
    name: 'brown-noise',
    title: 'Brown noise',
    summary: 'Falls by 6 dB per octave, as a random walk does.',
    uses: ['seed'],
  },
  { name: 'blue-noise', title: 'Blue noise', summary: 'Rises by 3 dB per octave.', uses: ['seed'] },
  { name: 'violet-noise', title: 'Violet noise', summary: 'Rises by 6 dB per octave.', uses: ['seed'] },
  {
    name: 'velvet-noise',
    title: 'Velvet noise',
    summary: 'Single samples up or down at random places, as white and smooth as noise can be.',
    uses: ['seed'],
    parameters: { density: 'How many there are in a second.' },
  },
  {
    name: 'gaussian-noise',
    title: 'Gaussian noise',
    summary: 'White, with samples that are normally distributed.',
    uses: ['seed'],
  },
];

export const mixtures: readonly SignalDocs[] = [
  {
    name: 'sweep',
    title: 'Sweep',
    summary: 'A sine that goes from one frequency to another.',
    parameters: {
      from: 'The frequency at the beginning.',
      to: 'The frequency at the end; 20 kHz unless given, or 0.48 of a sample rate that is too low for it.',
      duration: 'How long it takes.',
      scale: 'Equal octaves in equal times, or equal hertz.',
      repeat: 'Starts over at the end, or plays once from where the tone begins.',
    },
  },
  {
    name: 'multitone',
    title: 'Multitone',
    summary: 'Sines at once; their amplitudes add up to the level.',
    parameters: {
      tones: 'Frequencies, and levels relative to each other; by default those octaves that fit the sample rate.',
      phases: 'Spread for low peaks, or all beginning at zero together.',
    },
  },
  {
    name: 'dtmf',
    title: 'DTMF',
    summary: 'The digits that a telephone dials: two sines each, of half the amplitude.',
    standard: 'ITU-T Q.23',
    parameters: {
      digits: 'What is dialled: 0 to 9, *, #, A to D.',
      length: 'How long a digit sounds.',
      gap: 'The silence after it.',
      repeat: 'Dials over and over, or once from where the tone begins.',
    },
  },
  {
    name: 'am',
    title: 'Amplitude modulation',
    summary: 'A sine whose amplitude swings; its peak has the level.',
    uses: ['frequency'],
    parameters: { modulator: 'How often it swings.', depth: 'How far it swings: 1 is down to silence.' },
  },
  {
    name: 'fm',
    title: 'Frequency modulation',
    summary: 'A sine whose frequency swings.',
    uses: ['frequency'],
    parameters: { modulator: 'How often it swings.', deviation: 'How far it swings, up and down.' },
  },
  {
    name: 'chord',
    title: 'Chord',
    summary: 'Sines on a root note, equally tempered; their amplitudes add up to the level.',
    uses: ['frequency'],
    parameters: {
      chord: 'Its name.',
      intervals: 'Semitones above the root, instead of a name.',
    },
  },
];

export const pulses: readonly SignalDocs[] = [
  {
    name: 'av-sync',
    title: 'AV sync',
    summary: 'A beep at every multiple of the period, together with the flash of the pattern of that name.',
    uses: ['frequency'],
    parameters: { period: 'From one beep to the next.', length: 'How long a beep is.' },
  },
  {
    name: 'ticks',
    title: 'Ticks',
    summary: 'Short tones at equal distances; one in so many can stand out.',
    uses: ['frequency'],
    parameters: {
      interval: 'From one tick to the next.',
      length: 'How long a tick is.',
      ramp: 'How long a tick takes to come, and to go.',
      every: 'The first of every so many ticks is a marker; 0 for none.',
      markerLevel: 'How much louder a marker is; the louder of the two has the level.',
      markerFrequency: 'The frequency of a marker, that of the others unless given.',
    },
  },
  {
    name: 'metronome',
    title: 'Metronome',
    summary: 'Beats that die away, the first of every bar louder and a fifth higher.',
    uses: ['frequency'],
    parameters: {
      bpm: 'Beats a minute.',
      beats: 'Beats a bar.',
      accent: 'How much louder the first beat of a bar is; it has the level.',
    },
  },
  {
    name: 'beep',
    title: 'Beep',
    summary: 'A beep of 20 ms at every half second, as a fake microphone has it.',
    uses: ['frequency'],
    parameters: { length: 'How long a beep is.', interval: 'From one beep to the next.' },
  },
  {
    name: 'impulse',
    title: 'Impulse',
    summary: 'Single samples, all frequencies at once.',
    parameters: { interval: 'From one impulse to the next.' },
  },
];

export const lineUps: readonly SignalDocs[] = [
  {
    name: 'line-up',
    title: 'Line-up tone',
    summary: '1 kHz at the level of the standard: `frequency`, `phase` and `level` make no difference.',
    standard: 'EBU R 68, SMPTE RP 155',
    parameters: { standard: 'EBU R 68: −18 dBFS; SMPTE RP 155: −20 dBFS.' },
  },
  {
    name: 'ident-ebu',
    title: 'EBU stereo ident',
    summary: 'A tone whose left channel is off for 250 ms in every 3 s.',
    standard: 'EBU stereo line-up',
    uses: ['frequency'],
  },
  {
    name: 'glits',
    title: 'GLITS',
    summary: 'A tone whose left channel is off for 250 ms in every 4 s, then the right one twice.',
    standard: 'BBC GLITS',
    uses: ['frequency'],
  },
];

export const others: readonly SignalDocs[] = [{ name: 'silence', title: 'Silence', summary: 'Digital silence.' }];
