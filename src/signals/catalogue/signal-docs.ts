/** The documentation of a signal. It is apart from the code, so that worker and worklet do not include the texts. */
export interface SignalDocs<Name extends string = string> {
  /** The name of the pattern or waveform. */
  readonly name: Name;
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

/** Gives its records back. Their names become part of the type, from which `signal-names.ts` takes them. */
export const signalDocs = <Name extends string>(records: readonly SignalDocs<Name>[]): readonly SignalDocs<Name>[] =>
  records;

export type SharedAttribute = 'color' | 'background' | 'speed' | 'seed' | 'frequency';
