/* The worker that plays written audio into native tracks, unless the engine's worker runs and does it. */
import type { OpenWrittenAudio } from '../messages.js';
import { SampleQueue } from '../sample-source.js';
import { AudioPacer } from './audio-pacer.js';
import { Scheduler } from './scheduler.js';

const scheduler = new Scheduler();

addEventListener('message', ({ data }: MessageEvent<OpenWrittenAudio>) => {
  new AudioPacer(data, new SampleQueue((message) => data.port.postMessage(message), data.format), scheduler);
});
postMessage({ type: 'ready' });
