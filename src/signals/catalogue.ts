/** What there is to say about a signal: for menus and documentation. */
export interface SignalRecord {
  readonly kind: 'video' | 'audio';
  /** As in the table of patterns or of waveforms. */
  readonly name: string;
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** The standard that it follows. */
  readonly standard?: string;
}

/** Every pattern and every waveform. It stands apart from their code, so that worker and worklet do without the texts. */
export const catalogue: readonly SignalRecord[] = [
  {
    kind: 'video',
    name: 'smpte-hd',
    title: 'SMPTE HD bars',
    summary: 'Colour bars for high definition: 75 % bars, −I and +Q, a luma ramp, 100 % fields and PLUGE.',
    standard: 'SMPTE RP 219-1',
  },
  {
    kind: 'video',
    name: 'smpte',
    title: 'SMPTE bars',
    summary: 'Colour bars for standard definition: 75 % bars, the reversed blue row, −I, +Q and PLUGE.',
    standard: 'SMPTE EG 1 (ECR 1)',
  },
  {
    kind: 'video',
    name: 'ebu-75',
    title: 'EBU 75 % bars',
    summary: 'Eight full-height bars: white at 100 %, six colours at 75 %, black.',
    standard: 'ITU-R BT.471, 100/0/75/0',
  },
  { kind: 'video', name: 'solid', title: 'Solid colour', summary: 'One colour all over: `color`, black unless given.' },
  {
    kind: 'video',
    name: 'gradient',
    title: 'Gradient',
    summary: 'From `color` (white) at the left to `background` (black) at the right.',
  },
  {
    kind: 'video',
    name: 'checkers',
    title: 'Checkers',
    summary: 'Squares of `params.size` pixels (32) in `color` (white) and `background` (black).',
  },
  {
    kind: 'video',
    name: 'ball',
    title: 'Ball',
    summary: 'A ball in `color` (white) that bounces off the edges of a `background` (black).',
  },
  { kind: 'video', name: 'snow', title: 'Snow', summary: 'Random grey in every pixel of every frame, from `seed`.' },
  { kind: 'audio', name: 'sine', title: 'Sine', summary: 'A pure tone.' },
  {
    kind: 'audio',
    name: 'square',
    title: 'Square',
    summary: 'Half a cycle up, half a cycle down: the odd harmonics, falling by 6 dB per octave.',
  },
  {
    kind: 'audio',
    name: 'sawtooth',
    title: 'Sawtooth',
    summary: 'Rises steadily, falls at once in mid-cycle: all harmonics, falling by 6 dB per octave.',
  },
  {
    kind: 'audio',
    name: 'triangle',
    title: 'Triangle',
    summary: 'Rises and falls steadily: the odd harmonics, falling by 12 dB per octave.',
  },
  { kind: 'audio', name: 'white-noise', title: 'White noise', summary: 'The same power in every hertz.' },
  { kind: 'audio', name: 'pink-noise', title: 'Pink noise', summary: 'The same power in every octave.' },
  { kind: 'audio', name: 'silence', title: 'Silence', summary: 'Digital silence.' },
];
