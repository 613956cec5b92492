/* Registers `<level-meter>`, unless another copy of the library has done so. */

import { LevelMeterElement } from '../elements/level-meter-element.js';
import { mayDefine } from '../elements/may-define.js';

/** Gives TypeScript the type of the tag. */
export type { LevelMeterElement } from '../elements/level-meter-element.js';

if (mayDefine('level-meter', LevelMeterElement)) customElements.define('level-meter', LevelMeterElement);
