import { waveformAliases } from '../audio/waveform-aliases.js';
import { waveforms } from '../audio/waveforms.js';
import type { Param, Params } from '../params.js';
import { patternAliases } from '../video/pattern-aliases.js';
import { patterns } from '../video/patterns.js';
import { bars } from './bars-docs.js';
import { cards } from './cards-docs.js';
import { geometry } from './geometry-docs.js';
import { levels } from './levels-docs.js';
import { motion } from './motion-docs.js';
import type { SharedAttribute, SignalDocs } from './signal-docs.js';
import { lineUps, mixtures, noises, others, pulses, tones } from './waveform-docs.js';

/** What there is to say about a signal: for menus and documentation. */
export interface SignalRecord extends Omit<SignalDocs, 'parameters'> {
  readonly kind: 'video' | 'audio';
  /** Signals of a kind belong together: `Bars`, `Noise` and so on. */
  readonly group: string;
  readonly uses: readonly SharedAttribute[];
  /** Other names that it goes by, in GStreamer or FFmpeg, some with other defaults. */
  readonly aliases: readonly string[];
  /** What it alone knows: the members of `params`. */
  readonly parameters: readonly ParameterRecord[];
}

export type ParameterRecord = Param & { readonly name: string; readonly summary: string };

/** Every pattern and every waveform, by groups. */
export const catalogue: readonly SignalRecord[] = [
  ...group('video', 'Bars', bars),
  ...group('video', 'Test cards', cards),
  ...group('video', 'Geometry and resolution', geometry),
  ...group('video', 'Levels', levels),
  ...group('video', 'Motion', motion),
  ...group('audio', 'Waves', tones),
  ...group('audio', 'Noise', noises),
  ...group('audio', 'Several tones', mixtures),
  ...group('audio', 'Beats and pulses', pulses),
  ...group('audio', 'Line-up', lineUps),
  ...group('audio', 'Other sounds', others),
];

function group(kind: SignalRecord['kind'], title: string, texts: readonly SignalDocs[]): SignalRecord[] {
  const table: readonly { readonly name: string; readonly params?: Params }[] = kind === 'video' ? patterns : waveforms;
  return texts.map(({ parameters: summaries = {}, uses = [], ...text }) => {
    const params = table.find(({ name }) => name === text.name)?.params ?? {};
    const parameters = Object.entries(params).map(([name, param]) => ({
      ...param,
      name,
      summary: summaries[name] ?? '',
    }));
    const also = (kind === 'video' ? patternAliases : waveformAliases).filter(({ alias }) => alias === text.name);
    return { kind, group: title, ...text, uses, aliases: also.map(({ name }) => name), parameters };
  });
}
