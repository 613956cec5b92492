/* Registers `<element-source>`, unless another copy of the library has done so. */

import { ElementSourceElement } from '../elements/element-source-element.js';
import { mayDefine } from '../elements/may-define.js';

/** Gives TypeScript the type of the tag. */
export type { ElementSourceElement } from '../elements/element-source-element.js';

if (mayDefine('element-source', ElementSourceElement)) customElements.define('element-source', ElementSourceElement);
