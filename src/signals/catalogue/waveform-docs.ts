import { signalDocs } from './signal-docs.js';

export const waveDocs = signalDocs([
  { name: 'sine', title: 'Sine', summary: 'A pure tone.', uses: ['frequency'] },
  {
    name: 'square',
    title: 'Square',
    summary: 'High for half a cycle, low for the other half: odd harmonics that fall by 6 dB per octave.',
    uses: ['frequency'],
  },
  {
    name: 'sawtooth',
    title: 'Sawtooth',
    summary: 'Rises linearly and falls abruptly in mid-cycle: all harmonics, which fall by 6 dB per octave.',
    uses: ['frequency'],
  },
  {
    name: 'triangle',
    title: 'Triangle',
    summary: 'Rises and falls linearly: odd harmonics that fall by 12 dB per octave.',
    uses: ['frequency'],
  },
  {
    name: 'pulse',
    title: 'Pulse',
    summary: 'High for a part of the cycle, low for the rest, without a DC component.',
    uses: ['frequency'],
    parameters: { width: 'The part of the cycle that is high, from 0 to 1.' },
  },
]);

export const noiseDocs = signalDocs([
  { name: 'white-noise', title: 'White noise', summary: 'Equal power per hertz.', uses: ['seed'] },
  { name: 'pink-noise', title: 'Pink noise', summary: 'Equal power per octave.', uses: ['seed'] },
  {
    name: 'brown-noise',
    title: 'Brown noise',
    summary: 'Falls by 6 dB per octave, like a random walk.',
    uses: ['seed'],
  },
  { name: 'blue-noise', title: 'Blue noise', summary: 'Rises by 3 dB per octave.', uses: ['seed'] },
  { name: 'violet-noise', title: 'Violet noise', summary: 'Rises by 6 dB per octave.', uses: ['seed'] },
  {
    name: 'velvet-noise',
    title: 'Velvet noise',
    summary: 'Positive and negative impulses at random places: white, and the smoothest noise to the ear.',
    uses: ['seed'],
    parameters: { density: 'Impulses per second.' },
  },
  {
    name: 'gaussian-noise',
    title: 'Gaussian noise',
    summary: 'White noise whose samples have a normal distribution.',
    uses: ['seed'],
  },
]);

export const mixtureDocs = signalDocs([
  {
    name: 'sweep',
    title: 'Sweep',
    summary: 'A sine that sweeps from one frequency to another.',
    parameters: {
      from: 'The frequency at the start.',
      to: 'The frequency at the end. Default: 20 kHz, or 0.48 of the sample rate if that is lower.',
      duration: 'The duration of the sweep.',
      scale: 'Either `logarithmic`, equal octaves in equal times, or `linear`, equal hertz in equal times.',
      repeat: 'Repeats the sweep. If false, it plays once from the start of the tone.',
    },
  },
  {
    name: 'multitone',
    title: 'Multitone',
    summary: 'Several sines. The sum of their amplitudes has the level.',
    parameters: {
      tones:
        'Frequencies, and levels relative to each other. Default: octaves from 63 Hz to 8 kHz, as far as the sample rate allows.',
      phases: 'Either `spread` for low peaks, or `together`, all from phase 0.',
    },
  },
  {
    name: 'dtmf',
    title: 'DTMF',
    summary: 'The digits of a telephone: two sines each, at half the amplitude.',
    standard: 'ITU-T Q.23',
    parameters: {
      digits: 'The digits to dial: 0 to 9, *, #, A to D.',
      length: 'The duration of a digit.',
      gap: 'The silence after a digit.',
      repeat: 'Repeats the digits. If false, they are dialled once from the start of the tone.',
    },
  },
  {
    name: 'am',
    title: 'Amplitude modulation',
    summary: 'A sine with amplitude modulation. Its peak has the level.',
    uses: ['frequency'],
    parameters: { modulator: 'The modulation frequency.', depth: 'The modulation depth: 1 is down to silence.' },
  },
  {
    name: 'fm',
    title: 'Frequency modulation',
    summary: 'A sine with frequency modulation.',
    uses: ['frequency'],
    parameters: { modulator: 'The modulation frequency.', deviation: 'The largest deviation, up and down.' },
  },
  {
    name: 'chord',
    title: 'Chord',
    summary: 'Sines above a root note in equal temperament. The sum of their amplitudes has the level.',
    uses: ['frequency'],
    parameters: {
      chord: 'The name of the chord.',
      intervals: 'Semitones above the root, instead of a name.',
    },
  },
]);

export const pulseDocs = signalDocs([
  {
    name: 'av-sync',
    title: 'AV sync',
    summary: 'Beeps at every multiple of the period, when the pattern of the same name flashes.',
    uses: ['frequency'],
    parameters: { period: 'The time from one beep to the next.', length: 'The duration of a beep.' },
  },
  {
    name: 'ticks',
    title: 'Ticks',
    summary: 'Short tones at equal intervals, with optional markers.',
    uses: ['frequency'],
    parameters: {
      interval: 'The time from one tick to the next.',
      length: 'The duration of a tick.',
      ramp: 'The duration of its fade-in, and of its fade-out.',
      every: 'The first of this many ticks is a marker. 0: no markers.',
      markerLevel:
        'The level of a marker relative to the other ticks. The louder of the two has the level of the tone.',
      markerFrequency: 'The frequency of a marker. Default: that of the other ticks.',
    },
  },
  {
    name: 'metronome',
    title: 'Metronome',
    summary: 'Decaying beats. The first of each bar is louder and a fifth higher.',
    uses: ['frequency'],
    parameters: {
      bpm: 'Beats per minute.',
      beats: 'Beats per bar.',
      accent: 'The level of the first beat relative to the others. The first beat has the level of the tone.',
    },
  },
  {
    name: 'beep',
    title: 'Beep',
    summary: 'A beep of 20 ms every half second, like the fake microphone of Chromium.',
    uses: ['frequency'],
    parameters: { length: 'The duration of a beep.', interval: 'The time from one beep to the next.' },
  },
  {
    name: 'impulse',
    title: 'Impulse',
    summary: 'Single samples: all frequencies at once.',
    parameters: { interval: 'The time from one impulse to the next.' },
  },
]);

export const lineUpDocs = signalDocs([
  {
    name: 'line-up',
    title: 'Line-up tone',
    summary: '1 kHz at the level of the standard. It ignores `frequency`, `phase` and `level`.',
    standard: 'EBU R 68, SMPTE RP 155',
    parameters: { standard: 'EBU R 68: −18 dBFS; SMPTE RP 155: −20 dBFS.' },
  },
  {
    name: 'ident-ebu',
    title: 'EBU stereo ident',
    summary: 'A tone with a gap of 250 ms in the left channel every 3 s.',
    standard: 'EBU stereo line-up',
    uses: ['frequency'],
  },
  {
    name: 'glits',
    title: 'GLITS',
    summary: 'A tone with a gap of 250 ms in the left channel every 4 s, and then two in the right channel.',
    standard: 'BBC GLITS',
    uses: ['frequency'],
  },
]);

export const otherDocs = signalDocs([{ name: 'silence', title: 'Silence', summary: 'Digital silence.' }]);
