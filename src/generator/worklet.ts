/* The worklet that plays written sound. */
import { registerSound } from './processor.js';
import { WrittenSound } from './sound.js';
import type { SoundFormat } from './sound-format.js';

registerSound(
  'track-elements-written',
  (report, { format }: { format: SoundFormat }) => new WrittenSound(report, format),
);
