/* A part of the worker: sound, in tracks that are native. */
import { Pacer } from '../generator/pacer.js';
import type { HostMessage } from '../generator/worker-host.js';
import { waveformAliases } from '../signals/audio/aliases.js';
import { waveforms } from '../signals/audio/waveforms.js';
import type { TonesMessage } from './messages.js';
import { Tones } from './tones.js';
import type { WorkerScope } from './worker-scope.js';

export function install({ openers, scheduler, tables }: WorkerScope): void {
  tables.audio.push(...waveforms, ...waveformAliases);
  // Written sound is what tones are without a composition.
  openers.pace = openers.tones = (init: HostMessage | TonesMessage) =>
    new Pacer(init, new Tones((report) => init.port.postMessage(report), init.format, tables.audio), scheduler);
}
