import { waveformAliases } from '../audio/waveform-aliases.js';
import { waveforms } from '../audio/waveforms.js';
import type { Param, Params } from '../params.js';
import type { TrackKind } from '../track-kind.js';
import { patternAliases } from '../video/pattern-aliases.js';
import { patterns } from '../video/patterns.js';
import { barDocs } from './bars-docs.js';
import { cardDocs } from './cards-docs.js';
import { geometryDocs } from './geometry-docs.js';
import { levelDocs } from './levels-docs.js';
import { motionDocs } from './motion-docs.js';
import type { SharedAttribute, SignalDocs } from './signal-docs.js';
import { lineUpDocs, mixtureDocs, noiseDocs, otherDocs, pulseDocs, waveDocs } from './waveform-docs.js';

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
  ...createGroup('video', 'Bars', barDocs),
  ...createGroup('video', 'Test cards', cardDocs),
  ...createGroup('video', 'Geometry and resolution', geometryDocs),
  ...createGroup('video', 'Levels', levelDocs),
  ...createGroup('video', 'Motion', motionDocs),
  ...createGroup('audio', 'Waves', waveDocs),
  ...createGroup('audio', 'Noise', noiseDocs),
  ...createGroup('audio', 'Several tones', mixtureDocs),
  ...createGroup('audio', 'Beats and pulses', pulseDocs),
  ...createGroup('audio', 'Line-up', lineUpDocs),
  ...createGroup('audio', 'Other waveforms', otherDocs),
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
