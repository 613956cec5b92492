/** The documentation of a signal. It is apart from the code, so that worker and worklet do not include the texts. */
export interface SignalDocs {
  /** The name of the pattern or waveform. */
  readonly name: string;
  readonly title: string;
  /** One line about the signal. */
  readonly summary: string;
  /** The standard that defines it. */
  readonly standard?: string;
  /** The shared attributes, besides size, rate and level, that have an effect on it. */
  readonly uses?: readonly SharedAttribute[];
  /** One line about each member of `params`. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export type SharedAttribute = 'color' | 'background' | 'speed' | 'seed' | 'frequency';
