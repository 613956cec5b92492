/* Registers `<file-source>`, unless another copy of the library has done so. */

import { FileSourceElement } from '../elements/file-source-element.js';
import { mayDefine } from '../elements/may-define.js';

/** Gives TypeScript the type of the tag. */
export type { FileSourceElement } from '../elements/file-source-element.js';

if (mayDefine('file-source', FileSourceElement)) customElements.define('file-source', FileSourceElement);
