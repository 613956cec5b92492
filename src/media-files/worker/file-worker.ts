/* The worker that reads media files: it decodes their pictures and samples, and sends them to the players of the engine. */
import { workerReady } from '../../generator/messages.js';
import type { OpenFile } from '../messages.js';
import { FilePlayer } from './file-player.js';

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<OpenFile>) => {
    if (data.type === 'open-file') new FilePlayer(data);
  });
  postMessage(workerReady('track-elements-file-worker.js'));
}
