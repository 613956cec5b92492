/* The worker that paces written sound, where no engine's worker does. */
import { Pacer } from './pacer.js';
import { Scheduler } from './scheduler.js';
import { WrittenSound } from './sound.js';
import type { HostMessage } from './worker-host.js';

const scheduler = new Scheduler();

addEventListener('message', ({ data }: MessageEvent<HostMessage>) => {
  new Pacer(data, new WrittenSound((report) => data.port.postMessage(report), data.format), scheduler);
});
postMessage({ type: 'hello' });
