import {
  type CompletePatternDescription,
  type CompleteToneDescription,
  completePattern,
  completeTone,
  createPatternRenderer,
  createToneRenderer,
  type PatternDescription,
  type Picture,
  type ToneDescription,
} from 'track-elements/signals';

/** A complete description: the element's defaults, with changes. */
export const patternOf = (changes: Partial<PatternDescription> = {}): CompletePatternDescription =>
  completePattern({ pattern: 'smpte-hd', width: 1280, height: 720, ...changes });

/** A complete description of a sine at full scale in one channel, with changes. */
export const toneOf = (changes: Partial<ToneDescription> = {}): CompleteToneDescription =>
  completeTone({ waveform: 'sine', level: 0, channels: 1, ...changes });

/** The picture of one frame, from a new renderer. */
export function pictureOf(changes: Partial<PatternDescription>, n = 0): Picture {
  const renderer = createPatternRenderer(patternOf(changes));
  renderer.render(n);
  return renderer.picture;
}

/** The samples of a tone from number `n` on, rendered in one call. */
export function samplesOf(changes: Partial<ToneDescription>, count: number, n = 0): Float32Array {
  const samples = new Float32Array(count);
  createToneRenderer(toneOf(changes)).render([samples], n);
  return samples;
}

/** FNV-1a of all bytes, in hexadecimal. */
export function hashOf(...parts: (Uint8Array | Float32Array)[]): string {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (const byte of new Uint8Array(part.buffer, part.byteOffset, part.byteLength)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

export const hashOfPicture = ({ y, u, v }: Picture): string => hashOf(y, u, v);

/** Y, Cb and Cr at a pixel. */
export function colorAt({ width, y, u, v }: Picture, column: number, row: number): [number, number, number] {
  const chroma = (row >> 1) * (width / 2) + (column >> 1);
  return [y[row * width + column], u[chroma], v[chroma]];
}
