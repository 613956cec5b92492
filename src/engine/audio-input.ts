import { planesOf } from '../generator/audio-data.js';
import { plainError } from '../generator/messages.js';
import { channelShares } from '../processor/channel-mix.js';
import type { TrackInput } from '../processor/messages.js';
import { TrackInputReader } from '../processor/worker/track-input.js';
import type { ToneRenderer } from '../signals/audio/tone-renderer.js';
import { valueError } from '../signals/checks.js';
import { LONGEST_INPUT_DELAY_S } from './composition.js';
import type { ClipCommand, InputCommand, InputEvent, OpenAudioInput, TimedInput, TimedMessage } from './messages.js';
import { Resampler } from './resampler.js';
import { ClipRenderer, MOST_AGAIN, type SampleClip } from './sample-clip.js';
import { TimedSamples } from './timed-samples.js';

/** The open inputs of audio: of the worker, or of a context's worklet. */
export class AudioInputs {
  readonly #inputs = new Map<number, SampleRing | TimedSamples | SampleClip>();

  /** Reads a track or a file, or keeps a clip, until the page closes the input. A layer that plays a track is silent from then on. */
  open({ input, inputId, port }: OpenAudioInput): void {
    if ('planes' in input) {
      this.#inputs.set(inputId, input);
      port.onmessage = ({ data }: MessageEvent<ClipCommand>) => {
        if (data !== 'close') Object.assign(input, data);
        else this.#close(inputId, port);
      };
      return;
    }
    const close = 'timed' in input ? this.#openTimed(inputId, input, port) : this.#openTrack(inputId, input, port);
    port.onmessage = ({ data }: MessageEvent<InputCommand>) => {
      if (data !== 'close') return;
      close();
      this.#close(inputId, port);
    };
  }

  #openTimed(inputId: number, { timed }: TimedInput, port: MessagePort): () => void {
    const samples = new TimedSamples();
    let hasSamples = false;
    timed.onmessage = ({ data }: MessageEvent<TimedMessage>) => {
      if (!hasSamples && data !== 'clear') port.postMessage({ type: 'heard' } satisfies InputEvent);
      hasSamples ||= data !== 'clear';
      samples.receive(data);
    };
    this.#inputs.set(inputId, samples);
    return () => timed.close();
  }

  #openTrack(inputId: number, input: TrackInput, port: MessagePort): () => void {
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
    return () => reader.close();
  }

  #close(inputId: number, port: MessagePort): void {
    this.#inputs.delete(inputId);
    port.close();
  }

  /**
   * Makes the renderer of a layer that plays an input.
   *
   * @param id 0 for silence.
   * @param underrun Called when samples come too late.
   * @throws {RangeError} for an input that is not open.
   */
  createRenderer(id: number, sampleRate: number, underrun: () => void): ToneRenderer {
    const input = id === 0 ? new SampleRing() : this.#inputs.get(id);
    if (!input) throw valueError('input', id, 'the id of an open input');
    return 'planes' in input ? new ClipRenderer(input, sampleRate) : input.createRenderer(sampleRate, underrun);
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

  createRenderer(sampleRate: number, underrun: () => void): ToneRenderer {
    return new InputRenderer(this, sampleRate, underrun);
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

  /** Copies samples for an output channel. Before the first sample, and after the newest, it is silent. */
  read(from: number, channel: number, channels: number, to: Float32Array): void {
    to.fill(0);
    const first = Math.max(0, -from);
    const end = Math.min(to.length, this.#written - from);
    for (const [input, gain] of channelShares(this.channels, channel, channels)) {
      const plane = this.#planes[input] as Float32Array;
      for (let i = first, at = (from + first) % plane.length; i < end; i++) {
        to[i] += gain * (plane[at] as number);
        at = at + 1 === plane.length ? 0 : at + 1;
      }
    }
  }
}

/** The newest sample is this far ahead when a layer begins to play. Blocks of 10 ms come and are taken: 20 to 40 ms. */
const START_DELAY_S = 0.03;

/** A mean delay from the first to the second is left alone: it depends on when in a block the layer has begun. */
const LEAST_MEAN_DELAY_S = 0.021;
const MOST_MEAN_DELAY_S = 0.045;
/** A correction ends when the delay is off by less. */
const DELAY_PRECISION_S = 0.001;
/** The delay rises and falls with every block, so that its mean over this time counts. */
const DELAY_MEAN_S = 2;
/** Share of the error that is corrected in a second, and the fastest correction: 1.7 cents, which is inaudible. */
const CORRECTION_PER_S = 0.05;
const FASTEST_CORRECTION = 0.001;

/**
 * Plays an input for one layer, a little behind its newest sample. Samples of another rate pass a low pass. Two devices never have quite
 * the same rate: the delay would grow, or the samples run out, so that the layer plays slightly faster or slower where it has to.
 */
export class InputRenderer implements ToneRenderer {
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
  /** Seconds that the newest sample is ahead on average; `NaN` before the layer plays. */
  #delay = Number.NaN;
  #isCorrecting = false;
  /** How many samples of the input come between two of the mixer. */
  #step = 1;
  #resampler = new Resampler(1);
  /** Samples that are resampled, of each channel. */
  #samples: Float32Array[] = [];

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
    this.#position -= again * this.#step;
  }

  /** Returns how many samples there were. */
  #read(planes: readonly Float32Array[]): number {
    const { written, sampleRate } = this.#ring;
    const startDelay = Math.round(START_DELAY_S * sampleRate);
    const isNewRate = sampleRate !== this.#inputRate;
    this.#inputRate = sampleRate;
    if (isNewRate) this.#resampler = new Resampler(sampleRate / this.#sampleRate);
    if (isNewRate || written - this.#position > LONGEST_INPUT_DELAY_S * sampleRate) {
      this.#position = Math.max(0, written - startDelay);
      this.#isWaiting ||= isNewRate;
      this.#delay = Number.NaN;
    }
    if (this.#isWaiting && (sampleRate === 0 || written - this.#position < startDelay)) return 0;
    this.#isWaiting = false;
    const wanted = planes[0]?.length ?? 0;
    this.#step = (sampleRate / this.#sampleRate) * this.#paceFor(wanted);
    const step = this.#step;
    const isExact = step === 1 && Number.isInteger(this.#position);
    const ahead = isExact ? 0 : this.#resampler.reach;
    const playable = Math.ceil((written - this.#position - ahead) / step);
    const count = Math.max(0, Math.min(wanted, playable));
    if (isExact) this.#copy(planes, count);
    else this.#resample(planes, count, step);
    this.#position += count * step;
    if (count < wanted) {
      this.#isWaiting = true;
      this.#delay = Number.NaN;
      this.#underrun();
    }
    return count;
  }

  /** By how much faster or slower to play the next samples, so that the delay stays. */
  #paceFor(length: number): number {
    const { written, sampleRate } = this.#ring;
    const seconds = length / this.#sampleRate;
    const delay = (written - this.#position) / sampleRate;
    if (Number.isNaN(this.#delay)) this.#delay = START_DELAY_S;
    else this.#delay += (delay - this.#delay) * Math.min(1, seconds / DELAY_MEAN_S);
    const error = this.#delay - START_DELAY_S;
    const isOff = this.#delay < LEAST_MEAN_DELAY_S || this.#delay > MOST_MEAN_DELAY_S;
    this.#isCorrecting = isOff || (this.#isCorrecting && Math.abs(error) > DELAY_PRECISION_S);
    if (!this.#isCorrecting) return 1;
    return 1 + Math.min(FASTEST_CORRECTION, Math.max(-FASTEST_CORRECTION, error * CORRECTION_PER_S));
  }

  #copy(planes: readonly Float32Array[], count: number): void {
    for (const [channel, plane] of planes.entries()) {
      this.#ring.read(this.#position, channel, planes.length, plane.subarray(0, count));
    }
  }

  #resample(planes: readonly Float32Array[], count: number, step: number): void {
    const resampler = this.#resampler;
    const first = Math.floor(this.#position) - resampler.reach;
    const needed = Math.ceil(count * step) + 2 * resampler.reach + 2;
    if (this.#samples.length !== planes.length || (this.#samples[0]?.length ?? 0) < needed) {
      this.#samples = planes.map(() => new Float32Array(needed));
    }
    for (const [channel, samples] of this.#samples.entries()) {
      this.#ring.read(first, channel, planes.length, samples.subarray(0, needed));
    }
    for (let i = 0; i < count; i++) {
      resampler.moveTo(this.#position - first + i * step);
      for (let channel = 0; channel < planes.length; channel++) {
        (planes[channel] as Float32Array)[i] = resampler.valueOf(this.#samples[channel] as Float32Array);
      }
    }
  }
}
