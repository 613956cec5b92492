import type { Counts } from '../generator/feed.js';
import { type Sound, type SoundMessage, type SoundReport, WrittenSound } from '../generator/sound.js';
import type { SoundFormat } from '../generator/sound-format.js';
import { continueTone } from '../signals/audio/continue-tone.js';
import { createToneRenderer, type ToneRenderer } from '../signals/audio/renderer.js';
import type { ToneDescription, Waveform } from '../signals/audio/waveform.js';
import type { AudioComposition, AudioLayer } from './composition.js';
import type { Report, ToneMessage } from './messages.js';
import { plainError } from './plain-error.js';

/** The sum of a composition's tones; what was written where there is none. */
export class Tones implements Sound {
  readonly #written: WrittenSound;
  readonly #report: (report: SoundReport | Report) => void;
  readonly #table: readonly Waveform[];
  /** The rate at which the context plays, in a worklet; native blocks have the composition's. */
  readonly #fixedRate: number | undefined;
  #layers: PlayingLayer[] = [];
  #composed = false;
  #rate = 48000;
  #channels = 2;
  #next = 0;
  #held = false;
  #gate = 1;
  #scratch: Float32Array[] = [];

  constructor(
    report: (report: SoundReport | Report) => void,
    format: SoundFormat,
    table: readonly Waveform[],
    fixedRate?: number,
  ) {
    this.#report = report;
    this.#table = table;
    this.#written = new WrittenSound(report, format);
    this.#fixedRate = fixedRate;
  }

  get sampleRate(): number {
    return this.#composed ? this.#rate : this.#written.sampleRate;
  }

  get channels(): number {
    return this.#composed ? this.#channels : this.#written.channels;
  }

  pull(planes: Float32Array[], rate: number, n: number): boolean {
    const frames = planes[0]?.length ?? 0;
    this.#next = n + frames;
    if (!this.#composed) {
      this.#written.pull(planes, rate);
    } else {
      for (const plane of planes) plane.fill(0);
      if (this.#scratch.length !== planes.length || this.#scratch[0]?.length !== frames) {
        this.#scratch = planes.map(() => new Float32Array(frames));
      }
      for (const { renderer, gain, pan, gains } of this.#layers) {
        renderer.render(this.#scratch, n);
        this.#scratch.forEach((samples, channel) => {
          const target = gain * balance(pan, channel, planes.length);
          gains[channel] = add(samples, planes[channel] as Float32Array, gains[channel] ?? target, target, rate);
        });
      }
      if (this.#layers.some(({ until }) => until <= n)) {
        this.#layers = this.#layers.filter(({ until }) => until > n);
        this.#composed = this.#layers.length > 0;
      }
    }
    this.#applyGate(planes, rate);
    return this.#composed;
  }

  receive(message: SoundMessage | ToneMessage): void {
    if (message.type === 'play') {
      this.#play(message.composition);
    } else if (message.type === 'hold') {
      this.#held = message.muted || message.paused;
    } else {
      this.#written.receive(message);
    }
  }

  addTo(counts: Counts): void {
    this.#written.addTo(counts);
  }

  end(): void {
    this.#written.end();
  }

  #play({ sampleRate, channels, layers }: AudioComposition): void {
    const rate = this.#fixedRate ?? sampleRate;
    const start = Math.round((this.#next / (this.#fixedRate ?? this.sampleRate)) * rate);
    try {
      const playing = layers.map((layer) => {
        const before = this.#layers.find(({ id }) => id === layer.id);
        const signal = { ...layer.signal, sampleRate: rate };
        return this.#prepare(layer, continueTone(before?.signal ?? null, signal, start, rate * FADE), before?.gains);
      });
      for (const old of this.#layers) {
        if (old.until === Number.POSITIVE_INFINITY && !layers.some(({ id }) => id === old.id)) {
          const silence = { ...old.signal, waveform: 'silence', params: {}, sampleRate: rate };
          const until = start + rate * FADE;
          playing.push({
            ...this.#prepare(old, continueTone(old.signal, silence, start, rate * FADE), old.gains),
            until,
          });
        }
      }
      this.#layers = playing;
      this.#composed = playing.length > 0;
    } catch (error) {
      this.#report({ type: 'refused', error: plainError(error) });
      return;
    }
    this.#report({ type: 'playing', refused: [] });
    this.#rate = rate;
    this.#channels = channels;
  }

  #prepare(layer: AudioLayer, signal: ToneDescription, gains: number[] = []): PlayingLayer {
    const renderer = createToneRenderer(signal, this.#table);
    return { ...layer, signal, gains, renderer, until: Number.POSITIVE_INFINITY };
  }

  /** Muting fades, as every change does. */
  #applyGate(planes: Float32Array[], rate: number): void {
    const target = this.#held ? 0 : 1;
    if (this.#gate === 1 && target === 1) return;
    const step = 1 / (rate * FADE);
    const from = this.#gate;
    for (const plane of planes) {
      this.#gate = from;
      for (let i = 0; i < plane.length; i++) {
        this.#gate = target > this.#gate ? Math.min(1, this.#gate + step) : Math.max(target, this.#gate - step);
        plane[i] = (plane[i] as number) * this.#gate;
      }
    }
  }
}

/** Seconds that a change takes. */
const FADE = 0.01;

interface PlayingLayer extends AudioLayer {
  readonly renderer: ToneRenderer;
  /** Where each channel's gain has come to. */
  readonly gains: number[];
  /** The sample number with which it is over. */
  readonly until: number;
}

/** Adds samples with a gain that goes from one value to another; returns how far it has come. */
function add(samples: Float32Array, to: Float32Array, from: number, target: number, rate: number): number {
  const step = Math.max(1, Math.abs(target)) / (rate * FADE);
  let gain = from;
  for (let i = 0; i < to.length; i++) {
    gain = gain < target ? Math.min(target, gain + step) : Math.max(target, gain - step);
    to[i] = (to[i] as number) + (samples[i] as number) * gain;
  }
  return gain;
}

/** Balance of two channels: the side that the sound leaves gets quieter, the other stays. */
function balance(pan: number, channel: number, channels: number): number {
  if (channels < 2 || channel > 1) return 1;
  return Math.min(1, channel === 0 ? 1 - pan : 1 + pan);
}
