/* Registers `<level-meter>`, unless another copy of the library has done so. */
import { LevelMeterElement } from '../elements/level-meter-element.js';

/** Gives TypeScript the type of the tag. */
export type { LevelMeterElement } from '../elements/level-meter-element.js';

if (!customElements.get('level-meter')) customElements.define('level-meter', LevelMeterElement);
