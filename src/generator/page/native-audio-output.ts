import type { AudioFormat } from '../audio-format.js';
import type { AudioEvent, OpenWorkerAudio } from '../messages.js';
import { pageOrigin } from '../timeline.js';
import type { AudioOutput, AudioPlayer, OpenAudio } from './output.js';
import { endTrack } from './tracks.js';

/** An audio track by `MediaStreamTrackGenerator` (Chromium). A worker writes its blocks; it needs no user gesture. */
export class NativeAudioOutput implements AudioOutput {
  readonly backend = 'native';
  readonly track: MediaStreamTrack;
  readonly suspended = false;
  onsuspend: ((suspended: boolean) => void) | null = null;
  readonly #writable: WritableStream<AudioData>;
  #port: MessagePort | null = null;

  constructor() {
    const generator = new MediaStreamTrackGenerator<AudioData>({ kind: 'audio' });
    this.track = generator;
    this.#writable = generator.writable;
  }

  open(player: AudioPlayer, format: AudioFormat): OpenAudio {
    const { port1: port, port2 } = new MessageChannel();
    this.#port = port;
    return { port, loaded: this.#play(player, format, port, port2) };
  }

  /** The end of the stream ends clones of the track. If a player has the stream, it closes it. */
  end(): void {
    endTrack(this.track);
    if (this.#port) this.#port.postMessage({ type: 'close' });
    else void this.#writable.close().catch(() => {});
  }

  async #play(player: AudioPlayer, format: AudioFormat, ours: MessagePort, port: MessagePort): Promise<Worker> {
    const { worker, release } = await player.acquireWorker();
    ours.addEventListener('message', ({ data }: MessageEvent<AudioEvent>) => {
      if (data.type !== 'ended') return;
      ours.close();
      release();
    });
    ours.start();
    const init: OpenWorkerAudio = { target: this.#writable, port, origin: pageOrigin(), format };
    worker.postMessage({ type: player.openMessage, ...init }, [this.#writable, port]);
    return worker;
  }
}
