/* Registers `<screen-source>`, unless another copy of the library has done so. */

import { mayDefine } from '../elements/may-define.js';
import { ScreenSourceElement } from '../elements/screen-source-element.js';

/** Gives TypeScript the type of the tag. */
export type { ScreenSourceElement } from '../elements/screen-source-element.js';

if (mayDefine('screen-source', ScreenSourceElement)) customElements.define('screen-source', ScreenSourceElement);
