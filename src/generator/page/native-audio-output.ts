import type { AudioFormat } from '../audio-format.js';
import type { AudioPlayer } from './output.js';
import { PlayedAudioOutput, playInWorker } from './played-audio-output.js';
import { endTrack } from './tracks.js';

/** An audio track by `MediaStreamTrackGenerator` (Chromium). A worker writes its blocks; it needs no user gesture. */
export class NativeAudioOutput extends PlayedAudioOutput {
  readonly backend = 'native';
  readonly track: MediaStreamTrack;
  readonly #writable: WritableStream<AudioData>;

  constructor() {
    super();
    const generator = new MediaStreamTrackGenerator<AudioData>({ kind: 'audio' });
    this.track = generator;
    this.#writable = generator.writable;
  }

  /** The end of the stream ends clones of the track. If a player has the stream, it closes it. */
  end(): void {
    endTrack(this.track);
    if (this.port) this.port.postMessage({ type: 'close' });
    else void this.#writable.close().catch(() => {});
  }

  protected play(player: AudioPlayer, format: AudioFormat, ours: MessagePort, port: MessagePort): Promise<Worker> {
    return playInWorker(player, ours, { target: this.#writable, port, format });
  }
}
