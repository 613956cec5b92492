import type { AudioFormat } from '../audio-format.js';
import type { AudioEvent, OpenWorkerAudio } from '../messages.js';
import { pageOrigin } from '../timeline.js';
import type { Backend } from './backend.js';
import type { AudioOutput, AudioPlayer, OpenAudio } from './output.js';

/** An audio output, as far as all backends are the same. */
export abstract class PlayedAudioOutput implements AudioOutput {
  abstract readonly backend: Backend;
  abstract readonly track: MediaStreamTrack;
  suspended = false;
  onsuspend: ((suspended: boolean) => void) | null = null;
  /** The page's end of the conversation with the player; `null` before `open()`. */
  protected port: MessagePort | null = null;

  open(player: AudioPlayer, format: AudioFormat): OpenAudio {
    const { port1: port, port2 } = new MessageChannel();
    this.port = port;
    return { port, loaded: this.play(player, format, port, port2) };
  }

  abstract end(): void;

  /** Starts the player, and gives it its end of the conversation. */
  protected abstract play(
    player: AudioPlayer,
    format: AudioFormat,
    ours: MessagePort,
    theirs: MessagePort,
  ): Promise<Worker | BaseAudioContext>;
}

/**
 * Starts a player in a worker, which is released when the player has ended.
 *
 * @param init With the player's end of the conversation.
 * @param heard Called with each event of the player.
 */
export async function playInWorker(
  player: AudioPlayer,
  ours: MessagePort,
  init: Omit<OpenWorkerAudio, 'origin'>,
  heard?: (event: AudioEvent) => void,
): Promise<Worker> {
  const { worker, release } = await player.acquireWorker();
  ours.addEventListener('message', ({ data }: MessageEvent<AudioEvent>) => {
    heard?.(data);
    if (data.type !== 'ended') return;
    ours.close();
    release();
  });
  ours.start();
  const { port, target } = init;
  const message = { type: player.openMessage, origin: pageOrigin(), ...init };
  worker.postMessage(message, 'sampleRate' in target ? [port] : [target, port]);
  return worker;
}
