import type { barDocs } from './bars-docs.js';
import type { cardDocs } from './cards-docs.js';
import type { geometryDocs } from './geometry-docs.js';
import type { levelDocs } from './levels-docs.js';
import type { motionDocs } from './motion-docs.js';
import type { lineUpDocs, mixtureDocs, noiseDocs, otherDocs, pulseDocs, waveDocs } from './waveform-docs.js';

/** The names of the catalogue's patterns. */
export type CataloguePattern = (
  | typeof barDocs
  | typeof cardDocs
  | typeof geometryDocs
  | typeof levelDocs
  | typeof motionDocs
)[number]['name'];

/** The names of the catalogue's waveforms. */
export type CatalogueWaveform = (
  | typeof waveDocs
  | typeof noiseDocs
  | typeof mixtureDocs
  | typeof pulseDocs
  | typeof lineUpDocs
  | typeof otherDocs
)[number]['name'];

/** Any other text: an alias, or a name that a page defines. In a union with `string`, editors would not offer the names. */
type OtherName = string & Record<never, never>;

/** The name of a pattern. Editors offer those of the catalogue; aliases and patterns of the page are other texts. */
export type PatternName = CataloguePattern | OtherName;

/** The name of a waveform. Editors offer those of the catalogue; aliases and waveforms of the page are other texts. */
export type WaveformName = CatalogueWaveform | OtherName;
