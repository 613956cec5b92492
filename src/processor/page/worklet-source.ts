import type { AudioBlock } from '../messages.js';
import { dataOfBlock, samplesOfBlock } from '../samples.js';
import { QueuedSource } from './queued-source.js';
import type { ChunkTypes, TrackSourceInit } from './track-source.js';
import { readByWorklet } from './worklet-reader.js';

/** Reads audio by an audio worklet. The browser lets it run after a user gesture. */
export class WorkletSource extends QueuedSource<AudioBlock> {
  readonly backend = 'worklet';
  readonly #opening = new AbortController();

  constructor(init: TrackSourceInit) {
    super(init, () => {});
    this.#open(init).catch((error) => this.fail(error));
  }

  async #open({ track, onBlocked }: TrackSourceInit): Promise<void> {
    const { signal } = this.#opening;
    const { input, close } = await readByWorklet(track, onBlocked);
    const { port } = input;
    const end = () => {
      // The worklet is told that nobody listens.
      port.postMessage('close');
      port.close();
      close();
    };
    if (signal.aborted) return end();
    signal.addEventListener('abort', end, { once: true });
    port.onmessage = ({ data }: MessageEvent<AudioBlock>) => this.chunks.push(data);
  }

  protected convert<Form extends keyof ChunkTypes>(block: AudioBlock, form: Form): ChunkTypes[Form];
  protected convert(block: AudioBlock, form: keyof ChunkTypes): ChunkTypes[keyof ChunkTypes] {
    return form === 'samples' ? samplesOfBlock(block) : dataOfBlock(block);
  }

  protected free(): void {
    this.#opening.abort();
  }
}
