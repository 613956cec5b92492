import { pageOrigin } from '../timeline.js';
import type { AudioPlayerSource } from './audio-output.js';

/** Lets a player in a worker play into a native track's stream, and gives the worker up when the player has ended. */
export async function playNatively(
  writable: WritableStream<AudioData>,
  port: MessagePort,
  theirs: MessagePort,
  player: AudioPlayerSource,
  init: object,
): Promise<Worker> {
  const { worker, release } = await player.worker();
  port.addEventListener('message', ({ data }) => {
    if (data.type !== 'ended') return;
    port.close();
    release();
  });
  port.start();
  const message = { ...init, type: player.type, writable, port: theirs, origin: pageOrigin() };
  worker.postMessage(message, [writable, theirs]);
  return worker;
}
