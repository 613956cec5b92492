/** What there is to say about a signal, apart from its code, so that worker and worklet do without the texts. */
export interface SignalDocs {
  /** As in the table of patterns or of waveforms. */
  readonly name: string;
  readonly title: string;
  /** One line. */
  readonly summary: string;
  /** The standard that it follows. */
  readonly standard?: string;
  /** Which of the attributes that all patterns or waveforms share make a difference to it, besides size, rate and level. */
  readonly uses?: readonly SharedAttribute[];
  /** One line for each of its own parameters. */
  readonly parameters?: Readonly<Record<string, string>>;
}

export type SharedAttribute = 'color' | 'background' | 'speed' | 'seed' | 'frequency';
