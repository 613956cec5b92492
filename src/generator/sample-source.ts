import type { AudioFormat } from './audio-format.js';
import type { Counts } from './counts.js';
import { SampleQueue } from './sample-queue.js';

/** What goes out on an audio track, computed in the worker or the worklet. */
export interface SampleSource {
  /** Hertz, of the native blocks. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Fills the planes, at `rate`, with what is due at sample number `n` of the timeline; `false` when nothing sounds. */
  pull(planes: Float32Array[], rate: number, n: number): boolean;
  /** Takes a message of the page. */
  receive(message: SampleMessage): void;
  addTo(counts: Counts): void;
  /** Settles what waits. */
  end(): void;
}

/** From the page to whatever plays its sound. */
export type SampleMessage =
  | { readonly type: 'samples'; readonly id: number; readonly planes: Float32Array[]; readonly sampleRate: number }
  | { readonly type: 'hold'; readonly muted: boolean; readonly paused: boolean };

/** From whatever plays the sound to the page. */
export type SampleReport = { readonly type: 'settled'; readonly id: number; readonly taken: boolean };

/** What was written, as sound. */
export class QueuedSamples implements SampleSource {
  readonly #queue: SampleQueue;
  readonly #format: AudioFormat;
  #sampleRate = 48000;
  #channels = 1;
  #muted = false;

  constructor(report: (report: SampleReport) => void, format: AudioFormat) {
    this.#queue = new SampleQueue((id, taken) => report({ type: 'settled', id, taken }));
    this.#format = format;
  }

  /** That of what plays, unless the format says one: between writes it stays. */
  get sampleRate(): number {
    this.#sampleRate = this.#format.sampleRate ?? this.#queue.sampleRate ?? this.#sampleRate;
    return this.#sampleRate;
  }

  get channels(): number {
    this.#channels = this.#format.channels ?? (this.#queue.channels || this.#channels);
    return this.#channels;
  }

  pull(planes: Float32Array[], rate: number): boolean {
    const sounding = this.#queue.pull(planes, rate);
    if (this.#muted) for (const plane of planes) plane.fill(0);
    return sounding;
  }

  receive(message: SampleMessage): void {
    if (message.type === 'samples') this.#queue.push(message.id, message.planes, message.sampleRate);
    else this.#muted = message.muted || message.paused;
  }

  addTo(counts: Counts): void {
    counts.underruns += this.#queue.underruns;
    counts.dropped += this.#queue.dropped;
  }

  end(): void {
    this.#queue.clear();
  }
}
