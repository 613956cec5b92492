import type { AudioFormat } from '../generator/audio-format.js';
import type { Counts } from '../generator/counts.js';
import { QueuedSamples, type SampleMessage, type SampleReport, type SampleSource } from '../generator/sample-source.js';
import { continueTone } from '../signals/audio/continue-tone.js';
import { createToneRenderer, type ToneRenderer } from '../signals/audio/tone-renderer.js';
import type { CompleteToneDescription, WaveformTable } from '../signals/audio/waveform.js';
import { checkValue } from '../signals/checks.js';
import type { AudioComposition, AudioLayer } from './composition.js';
import { Limiter } from './limiter.js';
import type { Refusal, Report, ToneMessage } from './messages.js';
import { plainError } from './posted-error.js';

/** The sum of a composition's tones; what was written where there is none. */
export class ToneMixer implements SampleSource {
  readonly #written: QueuedSamples;
  readonly #report: (report: SampleReport | Report) => void;
  readonly #table: WaveformTable;
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
  readonly #limiter = new Limiter();
  #limited = false;

  constructor(
    report: (report: SampleReport | Report) => void,
    format: AudioFormat,
    table: WaveformTable,
    fixedRate?: number,
  ) {
    this.#report = report;
    this.#table = table;
    this.#written = new QueuedSamples(report, format);
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
      for (const layer of this.#layers) this.#mix(layer, planes, rate, n);
      this.#limiter.apply(planes, rate, this.#limited);
      if (this.#layers.some(({ until }) => until <= n)) {
        this.#layers = this.#layers.filter(({ until }) => until > n);
        this.#composed = this.#layers.length > 0;
      }
    }
    this.#applyGate(planes, rate);
    return this.#composed;
  }

  receive(message: SampleMessage | ToneMessage): void {
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

  #mix(layer: PlayingLayer, planes: Float32Array[], rate: number, n: number): void {
    const { id, renderer, gain, pan, gains } = layer;
    try {
      renderer.render(this.#scratch, n);
    } catch (error) {
      this.#layers = this.#layers.filter((other) => other !== layer);
      this.#report({ type: 'failed', layer: id, error: plainError(error) });
      return;
    }
    this.#scratch.forEach((samples, channel) => {
      const target = gain * balance(pan, channel, planes.length);
      gains[channel] = add(samples, planes[channel] as Float32Array, gains[channel] ?? target, target, rate);
    });
  }

  #play({ sampleRate, channels, layers: all, limiter = false, wallOrigin = 0 }: AudioComposition): void {
    const layers = all.filter(({ muted }) => !muted);
    const rate = this.#fixedRate ?? sampleRate;
    const start = Math.round((this.#next / (this.#fixedRate ?? this.sampleRate)) * rate);
    const sinceEpoch = Math.round((wallOrigin * rate) / 1000);
    const asked = (signal: CompleteToneDescription): CompleteToneDescription => ({
      ...signal,
      sampleRate: rate,
      offset: signal.animation === 'wall-clock' ? sinceEpoch : 0,
    });
    const refused: Refusal[] = [];
    const playing = layers.flatMap((layer) => {
      const { id } = layer;
      const before = this.#layers.find((other) => other.id === id);
      const signal = asked(layer.signal);
      try {
        checkMix(layer);
        // A wave table takes longer to make than a worklet has for a block.
        if (before?.until === FOREVER && same(before.asked, signal))
          return { ...before, gain: layer.gain, pan: layer.pan };
        const tone = continueTone(before?.signal ?? null, signal, start, fadeOf(signal.attack, rate));
        return this.#prepare({ ...layer, asked: signal }, tone, before?.gains);
      } catch (error) {
        refused.push({ id, error: plainError(error) });
        return before ? this.#keep(before, asked(before.asked), start) : [];
      }
    });
    const goesOn = ({ id, until }: PlayingLayer) => until < FOREVER || layers.some((layer) => layer.id === id);
    if (refused.length > 0 && refused.length === layers.length && this.#layers.every(goesOn)) {
      this.#report({ type: 'playing', refused });
      return;
    }
    for (const old of this.#layers) {
      // At another rate there is no sample that would follow on its last one.
      if (old.signal.sampleRate !== rate || layers.some(({ id }) => id === old.id)) continue;
      if (old.until < FOREVER) {
        playing.push(old);
        continue;
      }
      const silence = { ...old.signal, waveform: 'silence', params: {} };
      const length = fadeOf(old.signal.release, rate);
      playing.push({
        ...this.#prepare(old, continueTone(old.signal, silence, start, length), old.gains),
        until: start + length,
      });
    }
    this.#layers = playing;
    this.#composed = playing.length > 0;
    this.#limited = limiter;
    this.#rate = rate;
    this.#channels = channels;
    this.#report({ type: 'playing', refused });
  }

  #prepare(layer: AskedLayer, signal: CompleteToneDescription, gains: number[] = []): PlayingLayer {
    const renderer = createToneRenderer(signal, this.#table);
    return { ...layer, signal, gains, renderer, until: FOREVER };
  }

  /** What played before, for one that is refused: at another rate it begins anew, where it can be played at that. */
  #keep(layer: PlayingLayer, asked: CompleteToneDescription, start: number): PlayingLayer[] {
    const rate = asked.sampleRate;
    if (layer.signal.sampleRate === rate) return [layer];
    if (layer.until < FOREVER) return [];
    try {
      const tone = continueTone(null, asked, start, fadeOf(asked.attack, rate));
      return [this.#prepare({ ...layer, asked }, tone, layer.gains)];
    } catch {
      return [];
    }
  }

  /** Muting fades, as every change does: as long as the slowest of the tones. */
  #applyGate(planes: Float32Array[], rate: number): void {
    const target = this.#held ? 0 : 1;
    if (this.#gate === target && target === 1) return;
    const fades = this.#layers.map(({ signal }) => fadeOf(this.#held ? signal.release : signal.attack, rate));
    const step = 1 / (this.#composed ? Math.max(1, ...fades) : fadeOf(FADE, rate));
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

/** Seconds that a change takes where nothing else is said. */
const FADE = 0.01;

/** The samples that a fade takes; one at least. */
const fadeOf = (seconds = FADE, rate: number): number => Math.max(1, seconds * rate);

/** @throws {RangeError} for what no mixing desk has. */
function checkMix({ gain, pan }: AudioLayer): void {
  checkValue(gain >= 0 && gain <= 1000, 'Gain', gain, 'a factor from 0 to 1000');
  checkValue(pan >= -1 && pan <= 1, 'Pan', pan, 'from -1 (left) to 1 (right)');
}

const FOREVER = Number.POSITIVE_INFINITY;

/** Whether two signals say the same, value by value. */
function same(one: unknown, other: unknown): boolean {
  if (Object(one) !== one || Object(other) !== other) return Object.is(one, other);
  const [a, b] = [one, other] as Record<string, unknown>[];
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => same(a[key], b[key]));
}

interface AskedLayer extends AudioLayer {
  /** The signal as it was asked for, which `signal` comes to by a fade. */
  readonly asked: CompleteToneDescription;
}

interface PlayingLayer extends AskedLayer {
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
