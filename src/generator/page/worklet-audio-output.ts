import { acquireContext } from './audio-contexts.js';
import type { AudioOutput, AudioPlayerSource, OpenAudio } from './audio-output.js';
import { endTrack, hearScriptedEvents, type Settings } from './backend.js';

/** SampleSource by an audio worklet and a stream destination: in every browser, once a user gesture allows it. */
export class WorkletAudioOutput implements AudioOutput {
  readonly backend = 'worklet';
  readonly track: MediaStreamTrack;
  suspended = false;
  onsuspend: ((suspended: boolean) => void) | null = null;
  readonly #context: AudioContext;
  readonly #release: () => void;
  readonly #destination: MediaStreamAudioDestinationNode;
  readonly #ended = new AbortController();
  #port: MessagePort | null = null;

  constructor(sampleRate: number, channelCount: number) {
    const { context, release } = acquireContext(sampleRate);
    this.#context = context;
    this.#release = release;
    this.#destination = new MediaStreamAudioDestinationNode(context, { channelCount });
    [this.track] = this.#destination.stream.getAudioTracks() as [MediaStreamTrack];
    hearScriptedEvents(this.track);
  }

  get fixedSettings(): Settings {
    return { sampleRate: this.#context.sampleRate, channelCount: this.#destination.channelCount };
  }

  open(player: AudioPlayerSource, init: object): OpenAudio {
    const { port1: port, port2 } = new MessageChannel();
    this.#port = port;
    const loaded = import('./worklet-sound.js').then(({ playInWorklet }) =>
      playInWorklet(this, this.#destination, port, port2, player, init, this.#ended.signal),
    );
    return { port, loaded };
  }

  end(): void {
    if (this.#ended.signal.aborted) return;
    this.#port?.postMessage({ type: 'close' });
    this.#ended.abort();
    endTrack(this.track);
    this.#release();
  }
}
