import type { AudioOutput, AudioPlayerSource, OpenAudio } from './audio-output.js';
import { endTrack } from './backend.js';

/** SampleSource by `MediaStreamTrackGenerator` (Chromium), paced in a worker. It needs no user gesture. */
export class NativeAudioOutput implements AudioOutput {
  readonly backend = 'native';
  readonly track: MediaStreamTrack;
  onsuspend: ((suspended: boolean) => void) | null = null;
  readonly #writable: WritableStream<AudioData>;
  #port: MessagePort | null = null;

  constructor() {
    const generator = new MediaStreamTrackGenerator<AudioData>({ kind: 'audio' });
    this.track = generator;
    this.#writable = generator.writable;
  }

  open(player: AudioPlayerSource, init: object): OpenAudio {
    const { port1: port, port2 } = new MessageChannel();
    this.#port = port;
    const loaded = import('./native-sound.js').then(({ playNatively }) =>
      playNatively(this.#writable, port, port2, player, init),
    );
    return { port, loaded };
  }

  // The worker closes the stream, which ends the clones too.
  end(): void {
    endTrack(this.track);
    if (this.#port) this.#port.postMessage({ type: 'close' });
    else void this.#writable.close().catch(() => {});
  }
}
