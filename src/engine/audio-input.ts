import { planesOf } from '../generator/audio-data.js';
import { plainError } from '../generator/messages.js';
import { interpolate } from '../generator/sample-source.js';
import { TrackInputReader } from '../processor/worker/track-input.js';
import type { ToneRenderer } from '../signals/audio/tone-renderer.js';
import { valueError } from '../signals/checks.js';
import type { InputCommand, InputEvent, OpenAudioInput } from './messages.js';

/** The open inputs of audio: of the worker, or of a context's worklet. */
export class AudioInputs {
  readonly #inputs = new Map<number, SampleRing>();

  /** Reads a track until the page closes the input. A layer that plays it is silent from then on. */
  open({ input, inputId, port }: OpenAudioInput): void {
    const ring = new SampleRing();
    const post = (event: InputEvent) => port.postMessage(event);
    const add = (planes: readonly Float32Array[], sampleRate: number) => {
      if (ring.written === 0) post({ type: 'heard' });
      ring.push(planes, sampleRate);
    };
    const reader = new TrackInputReader(
      input,
      {
        frame: (frame) => frame.close(),
        data: (data) => {
          add(planesOf(data), data.sampleRate);
          data.close();
        },
        block: ({ planes, sampleRate }) => add(planes, sampleRate),
        failed: (error) => post({ type: 'failed', error: plainError(error) }),
      },
      () => 0,
    );
    this.#inputs.set(inputId, ring);
    port.onmessage = ({ data }: MessageEvent<InputCommand>) => {
      if (data !== 'close') return;
      this.#inputs.delete(inputId);
      reader.close();
      port.close();
    };
  }

  /**
   * Makes the renderer of a layer that plays an input.
   *
   * @param id 0 for silence.
   * @param underrun Called when samples come too late.
   * @throws {RangeError} for an input that is not open.
   */
  createRenderer(id: number, sampleRate: number, underrun: () => void): ToneRenderer {
    const ring = id === 0 ? new SampleRing() : this.#inputs.get(id);
    if (!ring) throw valueError('input', id, 'the id of an open input');
    return new InputRenderer(ring, sampleRate, underrun);
  }
}

/** The newest second of a track. Samples are numbered from the first one that came. */
export class SampleRing {
  #planes: Float32Array[] = [];
  #sampleRate = 0;
  #written = 0;

  /** The number of the next sample that comes. */
  get written(): number {
    return this.#written;
  }

  /** Hertz; 0 before the first samples. */
  get sampleRate(): number {
    return this.#sampleRate;
  }

  get channels(): number {
    return this.#planes.length;
  }

  push(planes: readonly Float32Array[], sampleRate: number): void {
    const { length } = planes[0] ?? [];
    if (!length) return;
    if (planes.length !== this.#planes.length || sampleRate !== this.#sampleRate) {
      this.#planes = planes.map(() => new Float32Array(sampleRate));
      this.#sampleRate = sampleRate;
    }
    for (const [channel, samples] of planes.entries()) {
      const ring = this.#planes[channel] as Float32Array;
      for (let i = 0; i < length; i++) ring[(this.#written + i) % ring.length] = samples[i] as number;
    }
    this.#written += length;
  }

  /** A sample of an output channel: mono goes to every channel, and all channels together to mono. */
  sample(number: number, channel: number, channels: number): number {
    const planes = this.#planes;
    const at = number < 0 ? 0 : number % this.#sampleRate;
    if (channels > 1) return planes[planes.length === 1 ? 0 : channel]?.[at] ?? 0;
    let sum = 0;
    for (const plane of planes) sum += plane[at] as number;
    return sum / planes.length;
  }
}

/** The newest sample is this far ahead when a layer begins to play. Blocks of 10 ms come and are taken: 20 to 40 ms. */
const START_DELAY_S = 0.03;
/** A layer that falls behind by more leaves samples out. */
const LONGEST_DELAY_S = 0.1;

/** By more, a mixer does not play between the samples: it has begun elsewhere. */
const MOST_AGAIN = 64;

/** Plays an input for one layer, a little behind its newest sample. Samples of another rate are interpolated. */
class InputRenderer implements ToneRenderer {
  readonly #ring: SampleRing;
  readonly #sampleRate: number;
  readonly #underrun: () => void;
  /** The number of the next sample. It has a fraction if the rates differ. */
  #position = 0;
  /** The number of the sample, of the mixer, that follows the last block. */
  #next = Number.NEGATIVE_INFINITY;
  #isWaiting = true;
  /** The rate of the input in the last block. */
  #inputRate = 0;

  constructor(ring: SampleRing, sampleRate: number, underrun: () => void) {
    this.#ring = ring;
    this.#sampleRate = sampleRate;
    this.#underrun = underrun;
  }

  render(planes: readonly Float32Array[], n: number): void {
    this.#keepTo(n);
    this.#next = n + (planes[0]?.length ?? 0);
    const filled = this.#read(planes);
    for (const plane of planes) plane.fill(0, filled);
  }

  /** A mixer that plays between the samples asks for the last ones of a block again. */
  #keepTo(n: number): void {
    const again = this.#next - n;
    if (again === 0 || Math.abs(again) > MOST_AGAIN) return;
    this.#position -= (again * this.#ring.sampleRate) / this.#sampleRate;
  }

  /** Returns how many samples there were. */
  #read(planes: readonly Float32Array[]): number {
    const { written, sampleRate } = this.#ring;
    const startDelay = Math.round(START_DELAY_S * sampleRate);
    const isNewRate = sampleRate !== this.#inputRate;
    this.#inputRate = sampleRate;
    if (isNewRate || written - this.#position > LONGEST_DELAY_S * sampleRate) {
      this.#position = Math.max(0, written - startDelay);
      this.#isWaiting ||= isNewRate;
    }
    if (this.#isWaiting && (sampleRate === 0 || written - this.#position < startDelay)) return 0;
    this.#isWaiting = false;
    const wanted = planes[0]?.length ?? 0;
    const step = sampleRate / this.#sampleRate;
    const isExact = step === 1 && Number.isInteger(this.#position);
    // Interpolation looks two samples ahead.
    const playable = Math.ceil((written - this.#position - (isExact ? 0 : 2)) / step);
    const count = Math.max(0, Math.min(wanted, playable));
    for (const [channel, plane] of planes.entries()) {
      const sampleAt = (number: number) => this.#ring.sample(number, channel, planes.length);
      for (let i = 0; i < count; i++) {
        const position = this.#position + i * step;
        plane[i] = isExact ? sampleAt(position) : interpolate(sampleAt, position);
      }
    }
    this.#position += count * step;
    if (count < wanted) {
      this.#isWaiting = true;
      this.#underrun();
    }
    return count;
  }
}
