/* The worker that paces written sound, where no engine's worker does. */

import type { HostMessage } from '../page/worker-pool.js';
import { QueuedSamples } from '../sample-source.js';
import { AudioPacer } from './audio-pacer.js';
import { Scheduler } from './scheduler.js';

const scheduler = new Scheduler();

addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  new AudioPacer(data, new QueuedSamples((report) => data.port.postMessage(report), data.format), scheduler);
});
postMessage({ type: 'hello' });
