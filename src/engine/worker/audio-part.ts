/* A part of the worker: tones, inputs and written audio in tracks that no worklet plays. */
import type { OpenWorkerAudio } from '../../generator/messages.js';
import { Alarm, type OpenAlarm } from '../../generator/worker/alarm.js';
import { AudioPacer } from '../../generator/worker/audio-pacer.js';
import { waveformAliases } from '../../signals/audio/waveform-aliases.js';
import { waveforms } from '../../signals/audio/waveforms.js';
import { AudioInputs } from '../audio-input.js';
import { ToneMixer } from '../tone-mixer.js';
import type { WorkerScope } from './worker-scope.js';

export function install({ handlers, scheduler, tables }: WorkerScope): void {
  tables.audio.push(...waveforms, ...waveformAliases);
  const inputs = new AudioInputs();
  const open = (init: OpenWorkerAudio): void => {
    // A media element plays at one rate, as a context does.
    const contextRate = 'sampleRate' in init.target ? init.target.sampleRate : undefined;
    const mixer = new ToneMixer(
      (message) => init.port.postMessage(message),
      init.format,
      tables.audio,
      inputs,
      contextRate,
    );
    new AudioPacer(init, mixer, scheduler);
  };
  // A mixer without a composition plays written audio.
  handlers['open-tones'] = handlers['open-written-audio'] = open;
  handlers['open-alarm'] = (message: OpenAlarm) => {
    new Alarm(message, scheduler);
  };
}
