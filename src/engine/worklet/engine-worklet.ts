/* The engine's worklet: tones, inputs and written audio. */
import { registerAudioProcessor } from '../../generator/worklet/audio-processor.js';
import { registerScript } from '../../generator/worklet/register-script.js';
import { waveformAliases } from '../../signals/audio/waveform-aliases.js';
import { waveforms } from '../../signals/audio/waveforms.js';
import { AudioInputs } from '../audio-input.js';
import { ownWaveform, type SignalName } from '../messages.js';
import { defineSignal, type SignalTables } from '../signal-tables.js';
import { ToneMixer } from '../tone-mixer.js';

const tables: SignalTables = { video: [], audio: [...waveforms, ...waveformAliases] };
const inputs = new AudioInputs();

export function start(): void {
  // A worklet cannot import on demand: the page adds a module that imports a custom waveform and calls this function, with a number.
  // A module of a page that forbids this calls it by itself. The registered name tells the page that it was called.
  Object.assign(globalThis, {
    trackElementsDefine(signal: SignalName, waveform: Parameters<typeof defineSignal>[2], id?: number) {
      defineSignal(tables, signal, waveform);
      registerScript(ownWaveform(signal.name, id));
    },
  });

  // A mixer without a composition plays written audio.
  for (const name of ['track-elements-written', 'track-elements-tones']) {
    registerAudioProcessor(name, (post, format) => new ToneMixer(post, format, tables.audio, inputs, sampleRate));
  }
  registerScript('track-elements-engine-worklet.js');
}
