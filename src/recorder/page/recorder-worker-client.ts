import { startWorker } from '../../generator/page/worker-pool.js';

/** A worker of its own for each recording: it encodes, and holds its file. */
export async function startRecorderWorker(): Promise<Worker> {
  const { worker } = await startWorker({
    file: 'track-elements-recorder-worker.js',
    text: () => import('../../workers/track-elements-recorder-worker-text.js'),
  });
  return worker;
}
