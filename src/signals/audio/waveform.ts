import type { Params, ParamValues } from '../params.js';

/** One value for every channel, or a list with one a channel, of which the last counts for those that remain. */
export type PerChannel = number | readonly number[];

/** A tone as plain data: what an element's attributes amount to. It can be cloned to a worker or a worklet. */
export interface ToneDescription {
  readonly kind: 'audio';
  /** A name from the table of waveforms. */
  readonly waveform: string;
  /** Hertz, above 0 and below half the sample rate. */
  readonly frequency: PerChannel;
  /**
   * dBFS, peak; of a band-limited wave that of its ideal shape; noise has the RMS of a sine of that level. At most 0; −∞
   * is silence.
   */
  readonly level: PerChannel;
  /** 1 to 8. */
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
  /**
   * Where random waveforms start: a 32-bit integer, of which a fraction is cut off. Noise is the same in all channels of
   * one seed; a list with one a channel makes noises that have nothing in common.
   */
  readonly seed: PerChannel;
  /** Turns (0 to 1) at sample 0. */
  readonly phase: PerChannel;
  /**
   * `timeline` (unless given): samples are numbered from the start of the page's engine. `wall-clock`: by the machine's
   * clock, since 1970, so that machines whose clocks agree play the same sample at the same time; no change carries a
   * phase on.
   */
  readonly animation?: 'timeline' | 'wall-clock';
  /** The channels, from 1, that are turned upside down. */
  readonly invert?: readonly number[];
  /** The channels, from 1, that carry the signal: all of them unless given. The first is the left one of an ident. */
  readonly routing?: readonly number[];
  /** Seconds in which a start or a change fades in: 0.01 unless given. */
  readonly attack?: number;
  /** Seconds in which an end fades out: 0.01 unless given. */
  readonly release?: number;
  /** What only one waveform knows. */
  readonly params: Readonly<Record<string, unknown>>;
  /**
   * Turns that the engine adds to the phase of each channel, so that a change of frequency goes on where the wave stood.
   * Whole turns count as well: what sounds at another ratio (the notes of a chord) goes on too.
   */
  readonly shift?: readonly number[];
  /** How many samples it is ahead of the numbers that it is asked for: the engine writes it for a wall clock. 0 unless given. */
  readonly offset?: number;
  /** The sample number, of its own, from which on it plays: the engine writes it for what plays only once. 0 unless given. */
  readonly since?: number;
  /** Fades from another tone into this one, so that no change clicks. */
  readonly ramp?: Ramp;
}

export interface Ramp {
  /** What sounded before; `null` for silence. */
  readonly from: ToneDescription | null;
  /** The first sample of the fade. */
  readonly start: number;
  /** Samples. */
  readonly length: number;
}

/** What one channel plays: a description with the values of that channel, which have been checked. */
export interface ChannelTone extends Omit<ToneDescription, 'frequency' | 'level' | 'phase' | 'seed'> {
  readonly frequency: number;
  readonly level: number;
  readonly seed: number;
  /** Turns at sample 0, with the engine's shift. */
  readonly phase: number;
  /** Which of the channels that carry the signal it is, from 0. */
  readonly channel: number;
}

/** What computes the samples of one waveform. They depend on the description and `n` alone. */
export interface WaveformRenderer {
  /** Fills `samples` with sample number `n` and those after it, at full scale (0 dBFS). */
  render(samples: Float32Array, n: number): void;
}

/** A waveform: one record of the table. */
export interface Waveform<P extends Params = Params> {
  readonly name: string;
  /** What it alone knows: the `params` of a description, checked before it gets them. */
  readonly params?: P;
  /** Whether its channels differ by more than frequency and phase: `channel` makes a difference to it. */
  readonly byChannel?: boolean;
  /** Whether it has a level of its own, whatever the description says (but −∞). */
  readonly ownLevel?: boolean;
  /** Throws a `TypeError` or `RangeError` that says what is accepted where the description cannot be played. */
  prepare(tone: ChannelTone, params: ParamValues<P>): WaveformRenderer;
}

/** Another name of a waveform. */
export interface WaveformAlias {
  readonly name: string;
  /** The name that the catalogue has. */
  readonly alias: string;
}

/** What a description may name: waveforms, and aliases of them. */
export type WaveformTable = readonly (Waveform | WaveformAlias)[];
