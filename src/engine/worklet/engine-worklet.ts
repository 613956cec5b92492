/* The worklet of the engine: tones, and written sound as the generators' worklet plays it. */

import type { AudioFormat } from '../../generator/audio-format.js';
import { registerSound } from '../../generator/worklet/audio-processor.js';
import { waveformAliases } from '../../signals/audio/waveform-aliases.js';
import { waveforms } from '../../signals/audio/waveforms.js';
import { define, type SignalTables } from '../signal-tables.js';
import { ToneMixer } from '../tone-mixer.js';

const tables: SignalTables = { video: [], audio: [...waveforms, ...waveformAliases] };

// A worklet imports nothing by itself: what it is given calls this.
Object.assign(globalThis, { trackElementsDefine: define.bind(null, tables) });

// Written sound is what tones are without a composition.
for (const name of ['track-elements-written', 'track-elements-tones']) {
  registerSound(
    name,
    (report, { format }: { format: AudioFormat }) => new ToneMixer(report, format, tables.audio, sampleRate),
  );
}
