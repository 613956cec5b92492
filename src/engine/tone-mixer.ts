import { type AudioFormat, DEFAULT_SAMPLE_RATE_HZ } from '../generator/audio-format.js';
import type { Counts } from '../generator/counts.js';
import { type Answer, type AudioEvent, answer, plainError } from '../generator/messages.js';
import { SampleQueue, type SampleSource } from '../generator/sample-source.js';
import { continueTone } from '../signals/audio/continue-tone.js';
import { createToneRenderer, type ToneRenderer } from '../signals/audio/tone-renderer.js';
import type { CompleteToneDescription, WaveformTable } from '../signals/audio/waveform.js';
import { checkNumber } from '../signals/checks.js';
import { AudioFaults } from './audio-faults.js';
import type { AudioInputs } from './audio-input.js';
import type { AudioComposition, AudioInputDescription, AudioLayer, AudioSignal } from './composition.js';
import { fadedIn, fadedOut } from './faded-renderer.js';
import { Limiter } from './limiter.js';
import type { PlayAnswer, PlayerEvent, RejectedLayer, ToneMessage } from './messages.js';

/** The sum of a composition's tones and inputs; without a composition, the samples that the page writes. */
export class ToneMixer implements SampleSource {
  readonly #written: SampleQueue;
  readonly #post: (message: Answer | AudioEvent | PlayerEvent) => void;
  readonly #table: WaveformTable;
  readonly #inputs: AudioInputs;
  /**
   * A worklet plays at the rate of its context, a media element at the rate of its file, and a native track at the rate of the
   * composition.
   */
  readonly #contextRate: number | undefined;
  #layers: PlayingLayer[] = [];
  #isComposed = false;
  #sampleRate = DEFAULT_SAMPLE_RATE_HZ;
  #channels = 2;
  /** The number of the next sample. */
  #next = 0;
  #isHeld = false;
  /** The gain by which muting fades. */
  #holdGain = 1;
  #layerPlanes: Float32Array[] = [];
  /** How often the samples of an input came too late. */
  #inputUnderruns = 0;
  readonly #limiter = new Limiter();
  #isLimited = false;
  readonly #faults = new AudioFaults();
  /** Whether a fault mutes the track. */
  #isMuted = false;

  constructor(
    post: (message: Answer | AudioEvent | PlayerEvent) => void,
    format: AudioFormat,
    table: WaveformTable,
    inputs: AudioInputs,
    contextRate?: number,
  ) {
    this.#post = post;
    this.#table = table;
    this.#inputs = inputs;
    this.#written = new SampleQueue(post, format);
    this.#contextRate = contextRate;
  }

  /** The composition follows the timeline. */
  get isPatient(): boolean {
    return !this.#isComposed && this.#written.isPatient;
  }

  get sampleRate(): number {
    return this.#isComposed ? this.#sampleRate : this.#written.sampleRate;
  }

  get channels(): number {
    return this.#isComposed ? this.#channels : this.#written.channels;
  }

  pull(planes: Float32Array[], sampleRate: number, n: number): boolean {
    const length = planes[0]?.length ?? 0;
    const { position, step } = this.#placeOf(n, length, sampleRate);
    this.#next = Math.ceil(position + step * length);
    if (!this.#isComposed) {
      // It fades by itself, because a pause holds its queue.
      this.#written.pull(planes, sampleRate, n);
      this.#holdGain = this.#isHeld ? 0 : 1;
    } else {
      if (position === n && step === 1) this.#mix(planes, sampleRate, n);
      else this.#faults.playBetween(planes, position, step, (mixed, first) => this.#mix(mixed, sampleRate, first));
      this.#limiter.apply(planes, sampleRate, this.#isLimited);
      if (this.#layers.some(({ end }) => end <= n)) {
        this.#layers = this.#layers.filter(({ end }) => end > n);
        this.#isComposed = this.#layers.length > 0;
      }
      this.#applyHold(planes, sampleRate);
      this.#faults.apply(planes, n, sampleRate);
      if (this.#faults.endsWithin(length, n, sampleRate)) this.#post({ type: 'ended' });
    }
    this.#tellMuted(this.#isComposed && this.#faults.isMutedAt(n, sampleRate));
    return this.#isComposed;
  }

  timestampShift(n: number, sampleRate: number): number {
    return this.#faults.timestampShift(n, sampleRate);
  }

  receive(message: ToneMessage): void {
    if (message.type === 'play') {
      answer(this.#post, message.id, () => this.#play(message.composition));
    } else if (message.type === 'open-audio-input') {
      answer(this.#post, message.id, () => this.#inputs.open(message));
    } else if (message.type === 'hold') {
      this.#isHeld = message.muted || message.paused;
      this.#written.receive(message);
    } else {
      this.#written.receive(message);
    }
  }

  addTo(counts: Counts): void {
    this.#written.addTo(counts);
    counts.underruns += this.#inputUnderruns;
  }

  close(): void {
    this.#written.close();
  }

  #tellMuted(muted: boolean): void {
    if (muted !== this.#isMuted) this.#post({ type: 'muted', muted });
    this.#isMuted = muted;
  }

  /** Where in the signal a block begins, and how far it moves with each sample. */
  #placeOf(n: number, length: number, sampleRate: number): { readonly position: number; readonly step: number } {
    const position = this.#faults.positionOf(n, sampleRate);
    return { position, step: (this.#faults.positionOf(n + length, sampleRate) - position) / length };
  }

  /** The sum of the layers from sample `n` on. */
  #mix(planes: Float32Array[], sampleRate: number, n: number): void {
    const length = planes[0]?.length ?? 0;
    for (const plane of planes) plane.fill(0);
    if (this.#layerPlanes.length !== planes.length || this.#layerPlanes[0]?.length !== length) {
      this.#layerPlanes = planes.map(() => new Float32Array(length));
    }
    for (const layer of this.#layers) this.#addLayer(layer, planes, sampleRate, n);
  }

  #addLayer(layer: PlayingLayer, planes: Float32Array[], sampleRate: number, n: number): void {
    const { id, renderer, gain, pan, gains } = layer;
    try {
      renderer.render(this.#layerPlanes, n);
    } catch (error) {
      this.#layers = this.#layers.filter((other) => other !== layer);
      this.#post({ type: 'layer-failed', id, error: plainError(error) });
      return;
    }
    for (const [channel, samples] of this.#layerPlanes.entries()) {
      const target = gain * balance(pan, channel, planes.length);
      const from = gains[channel] ?? target;
      gains[channel] = addWithGain(samples, planes[channel] as Float32Array, from, target, sampleRate);
    }
  }

  #play(composition: AudioComposition): PlayAnswer {
    const { channels, limiter = false, wallOrigin = 0, faults = [] } = composition;
    this.#faults.set(faults);
    const layers = composition.layers.filter(({ muted }) => !muted);
    const sampleRate = this.#contextRate ?? composition.sampleRate;
    const start = Math.round((this.#next / (this.#contextRate ?? this.sampleRate)) * sampleRate);
    const wallOffset = Math.round((wallOrigin * sampleRate) / 1000);
    const request = <Signal extends AudioSignal>(signal: Signal): Requested<Signal> => ({
      ...signal,
      sampleRate,
      offset: signal.animation === 'wall-clock' ? wallOffset : 0,
    });
    const rejected: RejectedLayer[] = [];
    const continued = new Set<PlayingLayer>();
    const playing = layers.flatMap((layer) => {
      const { id } = layer;
      const before = this.#layers.find((other) => other.id === id);
      const requested = request(layer.signal);
      try {
        checkNumber('gain', layer.gain, { min: 0, max: 1000 });
        checkNumber('pan', layer.pan, { min: -1, max: 1 });
        // An unchanged tone keeps its renderer: a new wave table takes longer than a worklet has for a block.
        if (before?.end === NEVER && isEqual(before.requested, requested)) {
          continued.add(before);
          return { ...before, gain: layer.gain, pan: layer.pan };
        }
        const next = this.#begin({ ...layer, requested }, before, start);
        // Between a tone and an input one fades out while the other fades in.
        if (before && isTone(before.signal) && isTone(requested)) continued.add(before);
        return next;
      } catch (error) {
        rejected.push({ id, error: plainError(error) });
        if (before) continued.add(before);
        return before ? this.#keep(before, request(before.requested), start) : [];
      }
    });
    const continues = ({ id, end }: PlayingLayer) => end < NEVER || layers.some((layer) => layer.id === id);
    // If every layer is rejected and none is removed, the composition before continues as a whole.
    if (rejected.length > 0 && rejected.length === layers.length && this.#layers.every(continues)) return { rejected };
    this.#layers = [...playing, ...this.#fadingOut(continued, start, sampleRate)];
    this.#isComposed = this.#layers.length > 0;
    this.#isLimited = limiter;
    this.#sampleRate = sampleRate;
    this.#channels = channels;
    return { rejected };
  }

  /** The layers that are removed or replaced, until they have faded out. At another sample rate they cannot continue. */
  #fadingOut(continued: ReadonlySet<PlayingLayer>, start: number, sampleRate: number): PlayingLayer[] {
    const removed = this.#layers.filter((layer) => layer.signal.sampleRate === sampleRate && !continued.has(layer));
    return removed.map((layer) => {
      if (layer.end < NEVER) return layer;
      const { signal } = layer;
      const length = fadeLength(signal.release, sampleRate);
      const end = start + length;
      if (!isTone(signal)) return { ...layer, renderer: fadedOut(layer.renderer, start, length), end };
      const silence = { ...signal, waveform: 'silence', params: {}, mark: false };
      return { ...this.#prepare(layer, continueTone(signal, silence, start, length), layer.gains), end };
    });
  }

  /** A layer that fades in: over the tone before, if it is a tone, too. */
  #begin(layer: RequestedLayer, before: PlayingLayer | undefined, start: number): PlayingLayer {
    const { requested } = layer;
    const { sampleRate } = requested;
    if (isTone(requested)) checkNumber('attack', requested.attack, { min: 0, max: 60, unit: 's' });
    const length = fadeLength(requested.attack, sampleRate);
    if (isTone(requested)) {
      const tone = before && isTone(before.signal) ? before.signal : null;
      return this.#prepare(layer, continueTone(tone, requested, start, length), tone ? before?.gains : []);
    }
    const underrun = () => {
      this.#inputUnderruns++;
    };
    const renderer = this.#inputs.createRenderer(requested.input, sampleRate, underrun);
    return { ...layer, signal: requested, gains: [], renderer: fadedIn(renderer, start, length), end: NEVER };
  }

  #prepare(layer: RequestedLayer, signal: CompleteToneDescription, gains: number[] = []): PlayingLayer {
    const renderer = createToneRenderer(signal, this.#table);
    return { ...layer, signal, gains, renderer, end: NEVER };
  }

  /** The layer that continues in place of a rejected one. At another sample rate it starts again, if it can play at that. */
  #keep(layer: PlayingLayer, requested: RequestedSignal, start: number): PlayingLayer[] {
    if (layer.signal.sampleRate === requested.sampleRate) return [layer];
    if (layer.end < NEVER) return [];
    try {
      const { gains } = layer;
      return [{ ...this.#begin({ ...layer, requested }, undefined, start), gains }];
    } catch {
      return [];
    }
  }

  /** Muting fades like every other change: as long as the slowest of the tones. */
  #applyHold(planes: Float32Array[], sampleRate: number): void {
    const target = this.#isHeld ? 0 : 1;
    if (this.#holdGain === target && target === 1) return;
    const fades = this.#layers.map(({ signal }) =>
      fadeLength(this.#isHeld ? signal.release : signal.attack, sampleRate),
    );
    const step = 1 / Math.max(1, ...fades);
    const from = this.#holdGain;
    for (const plane of planes) {
      this.#holdGain = from;
      for (let i = 0; i < plane.length; i++) {
        const gain = this.#holdGain;
        this.#holdGain = target > gain ? Math.min(1, gain + step) : Math.max(target, gain - step);
        plane[i] *= this.#holdGain;
      }
    }
  }
}

/** The length of a fade, of a tone that does not say another. */
const DEFAULT_FADE_S = 0.01;

/** The length of a fade in samples, at least 1. */
const fadeLength = (seconds = DEFAULT_FADE_S, sampleRate: number): number => Math.max(1, seconds * sampleRate);

const NEVER = Number.POSITIVE_INFINITY;

/** A signal at the rate at which it is played. */
type Requested<Signal extends AudioSignal> = Signal & { readonly sampleRate: number; readonly offset: number };
type RequestedSignal = Requested<CompleteToneDescription> | Requested<AudioInputDescription>;

const isTone = <Signal extends AudioSignal>(signal: Signal): signal is Exclude<Signal, { readonly input: number }> =>
  signal.waveform !== undefined;

interface RequestedLayer extends AudioLayer {
  /** The requested signal. `signal` fades from the previous one to this one. */
  readonly requested: RequestedSignal;
}

interface PlayingLayer extends RequestedLayer {
  readonly signal: CompleteToneDescription | Requested<AudioInputDescription>;
  readonly renderer: ToneRenderer;
  /** The present gain of each channel. */
  readonly gains: number[];
  /** The number of the sample at which the layer ends. */
  readonly end: number;
}

/** Whether two plain values are equal, property by property. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object(one) !== one || Object(other) !== other) return Object.is(one, other);
  const [a, b] = [one, other] as Record<string, unknown>[];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => isEqual(a[key], b[key]));
}

/** Adds samples with a gain that moves towards another. Returns the gain that it has reached. */
function addWithGain(
  samples: Float32Array,
  to: Float32Array,
  from: number,
  target: number,
  sampleRate: number,
): number {
  const step = Math.max(1, Math.abs(target)) / (sampleRate * DEFAULT_FADE_S);
  let gain = from;
  for (let i = 0; i < to.length; i++) {
    gain = gain < target ? Math.min(target, gain + step) : Math.max(target, gain - step);
    to[i] += samples[i] * gain;
  }
  return gain;
}

/** The gain of a channel for a pan of two channels: one side gets quieter, the other stays. */
function balance(pan: number, channel: number, channels: number): number {
  if (channels < 2 || channel > 1) return 1;
  return Math.min(1, channel === 0 ? 1 - pan : 1 + pan);
}
