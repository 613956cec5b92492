import type { Params, ParamValues } from '../params.js';

/** A tone as plain data: what an element's attributes amount to. It can be cloned to a worker or a worklet. */
export interface ToneDescription {
  readonly kind: 'audio';
  /** A name from the table of waveforms. */
  readonly waveform: string;
  /** Hertz, above 0 and below half the sample rate. */
  readonly frequency: number;
  /** dBFS, peak; of a band-limited wave that of its ideal shape; noise has the RMS of a sine of that level. At most 0. */
  readonly level: number;
  readonly channels: number;
  /** Hertz. */
  readonly sampleRate: number;
  /** Where random waveforms start: a 32-bit integer. */
  readonly seed: number;
  /** Turns (0 to 1) at sample 0: the engine writes it so that a change of frequency goes on where the wave stood. */
  readonly phase: number;
  /** What only one waveform knows. */
  readonly params: Readonly<Record<string, unknown>>;
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

/** What computes the samples of one waveform. They depend on the description and `n` alone. */
export interface WaveformRenderer {
  /** Fills `samples` with sample number `n` and those after it, at full scale (0 dBFS). The same for every channel. */
  render(samples: Float32Array, n: number): void;
}

/** A waveform: one record of the table. */
export interface Waveform<P extends Params = Params> {
  readonly name: string;
  /** What it alone knows: the `params` of a description, checked before it gets them. */
  readonly params?: P;
  /** Throws a `TypeError` or `RangeError` that says what is accepted where the description cannot be played. */
  prepare(description: ToneDescription, params: ParamValues<P>): WaveformRenderer;
}
