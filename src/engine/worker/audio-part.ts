/* A part of the worker: sound, in tracks that are native. */

import type { HostMessage } from '../../generator/page/worker-pool.js';
import { AudioPacer } from '../../generator/worker/audio-pacer.js';
import { waveformAliases } from '../../signals/audio/waveform-aliases.js';
import { waveforms } from '../../signals/audio/waveforms.js';
import type { TonesMessage } from '../messages.js';
import { ToneMixer } from '../tone-mixer.js';
import type { WorkerScope } from './worker-scope.js';

export function install({ openers, scheduler, tables }: WorkerScope): void {
  tables.audio.push(...waveforms, ...waveformAliases);
  // Written sound is what tones are without a composition.
  openers.pace = openers.tones = (init: HostMessage | TonesMessage) =>
    new AudioPacer(
      init,
      new ToneMixer((report) => init.port.postMessage(report), init.format, tables.audio),
      scheduler,
    );
}
