import type { AudioFormat } from '../audio-format.js';
import { noCounts } from '../counts.js';
import { type Answer, type AudioEvent, type AudioMessage, answer } from '../messages.js';
import type { SampleSource } from '../sample-source.js';
import { registerOnce } from './register-script.js';

/** The `processorOptions` of the processors. */
export interface AudioProcessorOptions {
  readonly format: AudioFormat;
  /** The time 0 of the context, in milliseconds after the page's origin. */
  readonly start: number;
}

/** Registers an audio worklet processor that plays a sample source. */
export function registerAudioProcessor(
  name: string,
  createSource: (post: (message: Answer | object) => void, format: AudioFormat) => SampleSource,
): void {
  class SampleSourceProcessor extends AudioWorkletProcessor {
    readonly #source: SampleSource;
    /** The page posts it when the processor has been made. */
    #port: MessagePort | null = null;
    #isOpen = true;
    /** The number of a sample on the page's timeline, less `currentFrame`. */
    #offset: number;
    #playedSamples = 0;

    constructor({ processorOptions }: AudioWorkletNodeOptions) {
      super();
      const { start, format } = processorOptions as AudioProcessorOptions;
      this.#offset = samplesIn(start);
      this.#source = createSource((message) => this.#port?.postMessage(message), format);
      this.port.onmessage = ({ data: port }: MessageEvent<MessagePort>) => {
        this.#port = port;
        port.onmessage = ({ data }: MessageEvent<AudioMessage>) => this.#receive(data);
      };
    }

    process(_: Float32Array[][], [planes]: Float32Array[][]): boolean {
      if (!this.#isOpen || !planes?.[0]) return this.#isOpen;
      if (this.#playedSamples === 0) this.#report({ type: 'started' });
      this.#source.pull(planes, sampleRate, currentFrame + this.#offset);
      this.#playedSamples += planes[0].length;
      return true;
    }

    #receive(message: AudioMessage): void {
      if (message.type === 'clock') {
        const offset = samplesIn(message.start);
        if (Math.abs(offset - this.#offset) > sampleRate * CLOCK_TOLERANCE_S) this.#offset = offset;
      } else if (message.type === 'count') {
        const counts = noCounts();
        counts.produced = Math.ceil((this.#playedSamples * 100) / sampleRate);
        this.#source.addTo(counts);
        answer(
          (reply) => this.#port?.postMessage(reply),
          message.id,
          () => counts,
        );
      } else if (message.type === 'close') {
        this.#isOpen = false;
        this.#source.close();
        this.#report({ type: 'ended' });
        this.#port?.close();
      } else {
        this.#source.receive(message);
      }
    }

    #report(event: AudioEvent): void {
      this.#port?.postMessage(event);
    }
  }
  registerOnce(name, SampleSourceProcessor);
}

const samplesIn = (milliseconds: number): number => Math.round((milliseconds * sampleRate) / 1000);

/** The audio clock may differ from the page's by this much before samples are numbered by a new reading. */
const CLOCK_TOLERANCE_S = 0.005;
