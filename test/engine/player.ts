import { type Waveform, waveforms } from 'track-elements/signals';
import { AudioInputs } from '../../dist/engine/audio-input.js';
import type { AudioComposition, AudioLayer } from '../../dist/engine/composition.js';
import { ToneMixer } from '../../dist/engine/tone-mixer.js';
import { toneOf } from '../signals/descriptions.js';

interface ToneLayer extends AudioLayer {
  readonly signal: ReturnType<typeof toneOf>;
}

/** A layer of a composition. */
export const layer = (
  id: number,
  changes: Parameters<typeof toneOf>[0] = {},
  more: Partial<ToneLayer> = {},
): ToneLayer => ({
  id,
  signal: toneOf({ level: -6, channels: 2, ...changes }),
  gain: 1,
  pan: 0,
  ...more,
});

/** A mixer of tones, with the messages that it posts to the page. */
export class Player {
  readonly events: object[] = [];
  /** The rejected layers of each composition. */
  readonly rejections: (readonly { readonly id: number; readonly error: { name: string; message: string } }[])[] = [];
  limiter = false;
  readonly inputs = new AudioInputs();
  readonly tones: ToneMixer;
  #next = 0;
  #rate = 48000;

  constructor({ fixedRate, own = [] }: { readonly fixedRate?: number; readonly own?: readonly Waveform[] } = {}) {
    const post = (message: object) => {
      if ('value' in message) this.rejections.push((message.value as { rejected: [] }).rejected);
      else this.events.push(message);
    };
    this.tones = new ToneMixer(post, {}, [...own, ...waveforms], this.inputs, fixedRate);
  }

  play(...layers: AudioLayer[]): void {
    this.compose({ layers });
  }

  compose(more: Partial<AudioComposition>): void {
    const composition = { sampleRate: 48000, channels: 2, layers: [], limiter: this.limiter, ...more };
    this.tones.receive({ type: 'play', id: 1, composition });
  }

  /** The ids of the layers that were rejected from the last composition. */
  get rejected(): number[] {
    return this.rejections.at(-1)?.map(({ id }) => id) ?? [];
  }

  /** The next samples, in blocks of 480. */
  hear(blocks: number, rate = 48000): [left: number[], right: number[]] {
    if (rate !== this.#rate) this.#next = Math.ceil((this.#next / this.#rate) * rate);
    this.#rate = rate;
    const heard: [number[], number[]] = [[], []];
    for (let i = 0; i < blocks; i++) {
      const planes = [new Float32Array(480), new Float32Array(480)];
      this.tones.pull(planes, rate, this.#next);
      this.#next += 480;
      planes.forEach((samples, channel) => {
        heard[channel].push(...samples);
      });
    }
    return heard;
  }
}

export const peak = (samples: number[]) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
export const largestStep = (samples: number[]) =>
  samples.slice(1).reduce((most, sample, i) => Math.max(most, Math.abs(sample - samples[i])), 0);

/** The amplitude of a layer, unless it says another level. */
export const half = 10 ** (-6 / 20);
/** The steepest step of a sine of half the full scale. */
export const slope = (frequency: number) => (2 * Math.PI * frequency * half) / 48000;
