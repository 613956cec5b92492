import { SampleQueue } from '../generator/sample-source.js';
import { channelShares, isMixed } from '../processor/channel-mix.js';
import type { ToneRenderer } from '../signals/audio/tone-renderer.js';
import type { TimedBlock, TimedMessage } from './messages.js';

/** Samples that come before they are due, like those of a file. Each layer that plays them has its own queue. */
export class TimedSamples {
  /** The newest ones, so that a layer that comes later misses none that are still due. */
  #entries: (TimedBlock | 'clear')[] = [];
  /** How many entries came before those. */
  #forgotten = 0;

  receive(message: TimedMessage): void {
    if (message === 'clear') {
      this.#forgotten += this.#entries.length;
      this.#entries = [message];
    } else if ('planes' in message) {
      this.#entries.push(message);
      // A `clear` stays until what follows it is forgotten.
      while (isBefore(this.#entries[1], message.due - KEPT_S)) {
        this.#entries.shift();
        this.#forgotten++;
      }
    }
  }

  /** The entries from a number on, and the number of the next one. */
  since(number: number): { readonly entries: readonly (TimedBlock | 'clear')[]; readonly next: number } {
    const entries = this.#entries.slice(Math.max(0, number - this.#forgotten));
    return { entries, next: this.#forgotten + this.#entries.length };
  }

  /** @param underrun Called when samples come too late. */
  createRenderer(sampleRate: number, underrun: () => void): ToneRenderer {
    return new TimedRenderer(this, sampleRate, underrun);
  }
}

/** Samples are sent half a second before they are due. */
const KEPT_S = 2;

const isBefore = (entry: TimedBlock | 'clear' | undefined, time: number): boolean =>
  entry !== undefined && entry !== 'clear' && entry.due < time;

/** Plays each sample when it is due: sample number `n` of the page's timeline at `n / sampleRate` seconds. */
class TimedRenderer implements ToneRenderer {
  readonly #samples: TimedSamples;
  readonly #sampleRate: number;
  readonly #underrun: () => void;
  readonly #queue = new SampleQueue(() => {}, {});
  /** The number of the next entry to take. */
  #nextEntry = 0;
  /** The number of the sample, of the mixer, that follows the last block. */
  #next = Number.NaN;
  /** The last samples of the last block. */
  #tail: readonly Float32Array[] = [];
  /** The end of what was taken, in seconds. */
  #end = Number.NEGATIVE_INFINITY;

  constructor(samples: TimedSamples, sampleRate: number, underrun: () => void) {
    this.#samples = samples;
    this.#sampleRate = sampleRate;
    this.#underrun = underrun;
  }

  render(planes: readonly Float32Array[], n: number): void {
    const length = planes[0]?.length ?? 0;
    const again = this.#next - n;
    // After a moment without blocks, the samples of that moment are not due any more.
    if (again < 0 && -again < this.#sampleRate) this.#pull(planes.length, this.#next, -again);
    this.#takeEntries(n / this.#sampleRate);
    // A mixer that plays between the samples asks for the last ones of a block again.
    const repeated = again > 0 && again <= TAIL_LENGTH ? again : 0;
    const pulled = this.#pull(planes.length, n + repeated, length - repeated);
    for (const [channel, plane] of planes.entries()) {
      if (repeated) plane.set((this.#tail[channel] as Float32Array).subarray(-repeated));
      plane.set(pulled[channel] as Float32Array, repeated);
    }
    this.#next = n + length;
    this.#tail = planes.map((plane) => plane.slice(-TAIL_LENGTH));
  }

  #takeEntries(time: number): void {
    const { entries, next } = this.#samples.since(this.#nextEntry);
    this.#nextEntry = next;
    for (const entry of entries) {
      if (entry === 'clear') {
        this.#queue.receive({ type: 'clear' });
        this.#end = Number.NEGATIVE_INFINITY;
      } else this.#take(entry, time);
    }
  }

  /** Puts samples into the queue, without those that were due before. */
  #take(block: TimedBlock, time: number): void {
    const { planes, sampleRate, due } = block;
    const length = planes[0]?.length ?? 0;
    // The queue plays the samples before first.
    const late = this.#end > time ? 0 : Math.max(0, Math.round((time - due) * sampleRate));
    if (late > 0 && this.#end > Number.NEGATIVE_INFINITY) this.#underrun();
    this.#end = due + length / sampleRate;
    if (late >= length) return;
    const kept = late > 0 ? planes.map((plane) => plane.subarray(late)) : planes;
    this.#queue.receive({
      type: 'samples',
      id: 0,
      planes: kept,
      sampleRate,
      due: due + late / sampleRate,
      answerAt: Number.POSITIVE_INFINITY,
    });
  }

  /** The next samples for a number of channels. */
  #pull(channels: number, n: number, length: number): readonly Float32Array[] {
    const { channels: inputs } = this.#queue;
    const hasMix = isMixed(inputs, channels);
    const planes = Array.from({ length: hasMix ? inputs : channels }, () => new Float32Array(length));
    if (length > 0) this.#queue.pull(planes, this.#sampleRate, n);
    if (!hasMix) return planes;
    return Array.from({ length: channels }, (_, channel) => {
      const mixed = new Float32Array(length);
      for (const [input, gain] of channelShares(inputs, channel, channels)) {
        const plane = planes[input] as Float32Array;
        for (let i = 0; i < length; i++) mixed[i] += gain * (plane[i] as number);
      }
      return mixed;
    });
  }
}

/** Of samples: more than a mixer asks for again. */
const TAIL_LENGTH = 64;
