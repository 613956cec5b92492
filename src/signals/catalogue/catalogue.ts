import { waveformAliases } from '../audio/waveform-aliases.js';
import { waveforms } from '../audio/waveforms.js';
import type { Param, Params } from '../params.js';
import type { TrackKind } from '../track-kind.js';
import { patternAliases } from '../video/pattern-aliases.js';
import { patterns } from '../video/patterns.js';
import { bars } from './bars-docs.js';
import { cards } from './cards-docs.js';
import { geometry } from './geometry-docs.js';
import { levels } from './levels-docs.js';
import { motion } from './motion-docs.js';
import type { SharedAttribute, SignalDocs } from './signal-docs.js';
import { lineUps, mixtures, noises, others, pulses, tones } from './waveform-docs.js';

/** The description of a signal for menus and documentation. */
export interface SignalRecord extends Omit<SignalDocs, 'parameters'> {
  readonly kind: TrackKind;
  /** The title of its group: `Bars`, `Noise` and so on. */
  readonly group: string;
  readonly uses: readonly SharedAttribute[];
  /** Its other names, for example those of GStreamer and FFmpeg. Some have other defaults. */
  readonly aliases: readonly string[];
  /** The members of `params`. */
  readonly parameters: readonly ParameterRecord[];
}

/** A parameter with its name and one line about it. */
export type ParameterRecord = Param & { readonly name: string; readonly summary: string };

/** All patterns and waveforms, by groups. */
export const catalogue: readonly SignalRecord[] = [
  ...createGroup('video', 'Bars', bars),
  ...createGroup('video', 'Test cards', cards),
  ...createGroup('video', 'Geometry and resolution', geometry),
  ...createGroup('video', 'Levels', levels),
  ...createGroup('video', 'Motion', motion),
  ...createGroup('audio', 'Waves', tones),
  ...createGroup('audio', 'Noise', noises),
  ...createGroup('audio', 'Several tones', mixtures),
  ...createGroup('audio', 'Beats and pulses', pulses),
  ...createGroup('audio', 'Line-up', lineUps),
  ...createGroup('audio', 'Other sounds', others),
];

function createGroup(kind: TrackKind, title: string, docs: readonly SignalDocs[]): SignalRecord[] {
  const table: readonly { readonly name: string; readonly params?: Params }[] = kind === 'video' ? patterns : waveforms;
  return docs.map(({ parameters: summaries = {}, uses = [], ...text }) => {
    const params = table.find(({ name }) => name === text.name)?.params ?? {};
    const parameters = Object.entries(params).map(([name, param]) => ({
      ...param,
      name,
      summary: summaries[name] ?? '',
    }));
    const aliases = (kind === 'video' ? patternAliases : waveformAliases).filter(({ alias }) => alias === text.name);
    return { kind, group: title, ...text, uses, aliases: aliases.map(({ name }) => name), parameters };
  });
}
