/* The worker that records: it reads tracks, encodes them and writes a file. Each recording has a worker of its own. */
import { answer, plainError, type RequestMessage, workerReady } from '../../generator/messages.js';
import { pageClock } from '../../processor/page-clock.js';
import type { RecorderCommand, RecorderEvent, RecorderRequests } from '../messages.js';
import { WorkerRecording } from './worker-recording.js';

let recording: WorkerRecording | null = null;

const report = (event: RecorderEvent): void => postMessage(event);

async function open({ options }: Parameters<RecorderRequests['start']>[0]): Promise<void> {
  const now = pageClock(options.pageSkew);
  recording = await WorkerRecording.open(options, now, {
    progressed: (size, duration) => report({ type: 'progress', size, duration }),
    failed: (error) => report({ type: 'failed', error: plainError(error) }),
  });
}

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<RecorderCommand | RequestMessage<RecorderRequests>>) => {
    const reply = (message: object) => postMessage(message);
    if (data.type === 'start') answer(reply, data.id, () => open(data));
    else if (data.type === 'stop') answer(reply, data.id, () => recording?.stop(data.time));
    else if (!recording) return;
    else if (data.type === 'pause' && data.paused) recording.pause(data.time);
    else if (data.type === 'pause') recording.resume(data.time);
    else if (data.type === 'track') recording.setTrack(data.kind, data.input, data.time);
  });
  postMessage(workerReady('track-elements-recorder-worker.js'));
}
