import { noCounts } from '../counts.js';
import type { SampleSource } from '../sample-source.js';
import type { AudioPacerMessage } from '../worker/audio-pacer.js';

/** Where the context's time 0 lies on the page's timeline, in milliseconds. */
export type ProcessorMessage = AudioPacerMessage | { readonly type: 'clock'; readonly start: number };

/**
 * Registers a processor that plays a sound in an audio worklet. The worklet's global scope is one for all modules of a
 * context, and two of ours may bring the same.
 */
export function registerSound(
  name: string,
  make: (report: (message: unknown) => void, init: never) => SampleSource,
): void {
  class SoundProcessor extends AudioWorkletProcessor {
    readonly #sound: SampleSource;
    readonly #counts = noCounts();
    #port: MessagePort | null = null;
    #open = true;
    /** Sample number on the timeline less `currentFrame`. */
    #offset = 0;
    #samples = 0;

    constructor({ processorOptions }: AudioWorkletNodeOptions) {
      super();
      this.#offset = Math.round((processorOptions.start * sampleRate) / 1000);
      this.#sound = make((message) => this.#port?.postMessage(message), processorOptions as never);
      this.port.onmessage = ({ data }: MessageEvent<MessagePort>) => {
        this.#port = data;
        data.onmessage = ({ data }: MessageEvent<ProcessorMessage>) => this.#receive(data);
      };
    }

    process(_: Float32Array[][], [planes]: Float32Array[][]): boolean {
      if (!this.#open || !planes?.[0]) return this.#open;
      if (this.#samples === 0) this.#port?.postMessage({ type: 'started' });
      this.#sound.pull(planes, sampleRate, currentFrame + this.#offset);
      this.#samples += planes[0].length;
      return true;
    }

    #receive(message: ProcessorMessage): void {
      if (message.type === 'clock') {
        const offset = Math.round((message.start * sampleRate) / 1000);
        if (Math.abs(offset - this.#offset) > sampleRate * TOLERANCE) this.#offset = offset;
      } else if (message.type === 'count') {
        const counts = { ...this.#counts, produced: Math.floor((this.#samples * 100) / sampleRate) };
        this.#sound.addTo(counts);
        this.#port?.postMessage({ type: 'counts', counts });
      } else if (message.type === 'close') {
        this.#open = false;
        this.#sound.end();
        this.#port?.postMessage({ type: 'ended' });
        this.#port?.close();
      } else {
        this.#sound.receive(message);
      }
    }
  }
  try {
    registerProcessor(name, SoundProcessor);
  } catch {}
}

/** Seconds by which the audio clock may differ from the page's. */
const TOLERANCE = 0.005;
