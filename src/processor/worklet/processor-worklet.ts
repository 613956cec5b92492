/* The worklet that hears the audio of a track, in browsers that cannot read it otherwise. */
import { registerOnce, registerScript } from '../../generator/worklet/register-script.js';
import type { AudioBlock } from '../messages.js';

/** A message each 10 ms, in place of one each 2.7 ms. */
const BLOCK_LENGTH = 480;

export function start(): void {
  // The class of the browser is there in a worklet only.
  class TrackProcessorWorklet extends AudioWorkletProcessor {
    #port: MessagePort | null = null;
    #planes: Float32Array[] = [];
    #filled = 0;
    #time = 0;
    #isOpen = true;
    /** The time 0 of the context in milliseconds since 1970, as the page reads it; `null` until it has read it often enough. */
    #contextStart: number | null = null;
    /** Blocks that wait until they can be dated. */
    #held: { readonly planes: Float32Array[]; readonly time: number }[] = [];

    constructor() {
      super();
      this.port.onmessage = ({ data }: MessageEvent<MessagePort | number | 'close'>) => {
        if (typeof data === 'number') this.#contextStart = data;
        else if (data === 'close') this.#close();
        else this.#open(data);
      };
    }

    process([planes = []]: Float32Array[][]): boolean {
      const [first] = planes;
      if (!this.#port || !first) return this.#isOpen;
      if (this.#planes.length !== planes.length) this.#begin(planes.length);
      for (let at = 0; at < first.length; ) {
        if (this.#filled === 0) this.#time = currentTime + at / sampleRate;
        const count = Math.min(first.length - at, BLOCK_LENGTH - this.#filled);
        for (const [index, plane] of planes.entries()) {
          this.#planes[index]?.set(plane.subarray(at, at + count), this.#filled);
        }
        this.#filled += count;
        at += count;
        if (this.#filled === BLOCK_LENGTH) this.#post();
      }
      return this.#isOpen;
    }

    #open(port: MessagePort): void {
      this.#port = port;
      // The worker says that it wants no more.
      port.onmessage = () => this.#close();
    }

    #close(): void {
      this.#isOpen = false;
      this.#port?.close();
      this.#port = null;
    }

    #begin(channels: number): void {
      this.#planes = Array.from({ length: channels }, () => new Float32Array(BLOCK_LENGTH));
      this.#filled = 0;
    }

    #post(): void {
      this.#held.push({ planes: this.#planes, time: this.#time });
      this.#begin(this.#planes.length);
      if (this.#contextStart === null) return;
      for (const { planes, time } of this.#held.splice(0)) {
        const block: AudioBlock = { planes, sampleRate, start: this.#contextStart + time * 1000 };
        this.#port?.postMessage(
          block,
          planes.map(({ buffer }) => buffer),
        );
      }
    }
  }

  registerOnce('track-elements-processor', TrackProcessorWorklet);
  registerScript('track-elements-processor-worklet.js');
}
