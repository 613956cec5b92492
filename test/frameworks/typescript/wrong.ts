import 'track-elements/define/pattern-source';
import type { CataloguePattern } from 'track-elements/signals';

const source = document.createElement('pattern-source');
source.width = 'wide';
source.flip = 'sideways';
source.patern = 'ball';
export const unknown: CataloguePattern = 'smpte-hdd';
