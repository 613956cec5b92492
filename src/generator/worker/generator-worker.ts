/* The worker that plays written audio where no worklet does, and keeps the time of paced frames, unless the engine's worker runs and does it. */
import { type OpenWrittenAudio, workerReady } from '../messages.js';
import { SampleQueue } from '../sample-source.js';
import { Alarm, type OpenAlarm } from './alarm.js';
import { AudioPacer } from './audio-pacer.js';
import { Scheduler } from './scheduler.js';

export function start(): void {
  const scheduler = new Scheduler();

  addEventListener('message', ({ data }: MessageEvent<OpenWrittenAudio | OpenAlarm>) => {
    if (data.type === 'open-alarm') new Alarm(data, scheduler);
    else new AudioPacer(data, new SampleQueue((message) => data.port.postMessage(message), data.format), scheduler);
  });
  postMessage(workerReady('track-elements-generator-worker.js'));
}
