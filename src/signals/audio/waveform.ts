import type { WaveformName } from '../catalogue/signal-names.js';
import { type Params, type ParamValues, withDefaults } from '../params.js';
import type { Rate } from '../rate.js';

/**
 * One value for all channels, or a list with one value per channel. The last value also applies to further channels.
 */
export type PerChannel = number | readonly number[];

/**
 * A tone with its level, channels and options, as plain data that can be cloned to a worker or a worklet. Only
 * `waveform` is required; the other fields have the defaults in {@link toneDefaults}.
 */
export interface ToneDescription {
  readonly kind?: 'audio';
  /** The name of a waveform or of an alias. */
  readonly waveform: WaveformName;
  /** Hz, above 0 and below half the sample rate. Default 1000. */
  readonly frequency?: PerChannel;
  /**
   * Peak level in dBFS, at most 0; −∞ is silence. Default −18. For a band-limited wave it is the peak of the ideal
   * shape; noise has the RMS of a sine of the same level.
   */
  readonly level?: PerChannel;
  /** The number of channels, 1 to 8. Default 2. */
  readonly channels?: number;
  /** Hz, 3000 to 384000. Default 48000. */
  readonly sampleRate?: number;
  /**
   * Seed of random waveforms, a 32-bit integer; a fraction is cut off. Default 0. Channels with the same seed have the
   * same noise; a list with one seed per channel makes independent noises.
   */
  readonly seed?: PerChannel;
  /** The phase at sample 0 in turns (0 to 1). Default 0. */
  readonly phase?: PerChannel;
  /**
   * `timeline` (default): samples are numbered from the start of the page's engine. `wall-clock`: samples are numbered
   * from 1970, so machines with synchronised clocks play the same sample at the same time. A change of frequency then
   * does not continue the phase.
   */
  readonly animation?: 'timeline' | 'wall-clock';
  /** The numbers, from 1, of the channels whose polarity is inverted. */
  readonly invert?: readonly number[];
  /** The numbers, from 1, of the channels that carry the signal. Default: all. In an ident, the first one is the left channel. */
  readonly routing?: readonly number[];
  /** Seconds, 0 to 60, in which the tone fades in when it starts or changes. Default 0.01. */
  readonly attack?: number;
  /** Seconds, 0 to 60, in which the tone fades out when it ends. Default 0.01. */
  readonly release?: number;
  /**
   * Adds the mark to all channels, whatever `routing` and `level` are: sample number `n`, `offset` included, belongs to frame
   * number ⌊n · markRate / sampleRate⌋. docs/mark.md has the format. It needs a sample rate of at least 8000 Hz. Default: no
   * mark.
   */
  readonly mark?: boolean;
  /** Frames per second of the mark, 10 to 120. Default 30. */
  readonly markRate?: Rate;
  /** dBFS, at most −7: the mark has the RMS of a sine with that peak level. Default −24. */
  readonly markLevel?: number;
  /** The parameters of this waveform; the catalogue lists them. */
  readonly params?: Readonly<Record<string, unknown>>;
  /**
   * Turns per channel that the engine adds to the phase, so that the wave continues where it was when the frequency
   * changes. Whole turns count as well, because partials at other ratios (the notes of a chord) continue too.
   */
  readonly shift?: readonly number[];
  /** Samples that are added to the sample number: the engine sets it for `wall-clock`. Default 0. */
  readonly offset?: number;
  /** The sample number, `offset` included, at which a tone that plays once begins. The engine sets it. Default 0. */
  readonly since?: number;
  /** A fade from another tone into this one, so that a change does not click. */
  readonly ramp?: Ramp;
}

/** A fade from one tone to another. */
export interface Ramp {
  /** The tone before; `null` for silence. */
  readonly from: ToneDescription | null;
  /** The number of the first sample of the fade. */
  readonly start: number;
  /** Samples, above 0. */
  readonly length: number;
}

/** The values of the fields that a tone description leaves out. */
export const toneDefaults = {
  kind: 'audio',
  frequency: 1000,
  level: -18,
  channels: 2,
  sampleRate: 48000,
  seed: 0,
  phase: 0,
  animation: 'timeline',
  invert: [],
  routing: [],
  attack: 0.01,
  release: 0.01,
  mark: false,
  markRate: { numerator: 30, denominator: 1 },
  markLevel: -24,
  params: {},
} as const satisfies Partial<ToneDescription>;

/** A tone description in which every field that has a default is present. */
export type CompleteToneDescription = ToneDescription & Required<Pick<ToneDescription, keyof typeof toneDefaults>>;

/** Adds the defaults to a description. */
export const completeTone = (description: ToneDescription): CompleteToneDescription =>
  withDefaults(toneDefaults, description);

/**
 * The tone of one channel: a description with that channel's values, which have been checked. Waveforms receive this.
 */
export interface ChannelTone extends Omit<CompleteToneDescription, 'frequency' | 'level' | 'phase' | 'seed'> {
  readonly frequency: number;
  readonly level: number;
  readonly seed: number;
  /** Turns at sample 0, the engine's shift included. */
  readonly phase: number;
  /** The index, from 0, among the channels that carry the signal. */
  readonly channel: number;
}

/** Computes the samples of one waveform. They depend only on the description and on `n`. */
export interface WaveformRenderer {
  /** Fills `samples`, beginning with sample number `n`, at full scale (0 dBFS). */
  render(samples: Float32Array, n: number): void;
}

/** A waveform: one record of the table. */
export interface Waveform<P extends Params = Params> {
  /** The name that descriptions use. The catalogue has the title and more. */
  readonly name: string;
  /** The parameters of this waveform. `params` of a description are checked against them. */
  readonly params?: P;
  /** Whether its channels differ by more than frequency, phase and seed: it reads `channel`. */
  readonly byChannel?: boolean;
  /** Whether it sets its own level, so that `level` makes no difference except for −∞. */
  readonly ownLevel?: boolean;
  /**
   * Makes a renderer.
   *
   * @throws {TypeError | RangeError} for a tone that cannot be played. The message says what is accepted.
   */
  prepare(tone: ChannelTone, params: ParamValues<P>): WaveformRenderer;
}

/** Another name of a waveform. */
export interface WaveformAlias {
  readonly name: string;
  /** The name of the waveform. */
  readonly alias: string;
}

/** The waveforms and aliases that a description may name. */
export type WaveformTable = readonly (Waveform | WaveformAlias)[];
