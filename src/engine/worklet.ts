/* The worklet of the engine: tones, and written sound as the generators' worklet plays it. */
import { registerSound } from '../generator/processor.js';
import type { SoundFormat } from '../generator/sound-format.js';
import { Tones } from './tones.js';

// Written sound is what tones are without a composition.
for (const name of ['track-elements-written', 'track-elements-tones']) {
  registerSound(name, (report, { format }: { format: SoundFormat }) => new Tones(report, format, sampleRate));
}
