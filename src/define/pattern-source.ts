/* Registers `<pattern-source>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { PatternSourceElement } from '../elements/pattern-source-element.js';

/** Gives TypeScript the type of the tag. */
export type { PatternSourceElement } from '../elements/pattern-source-element.js';

if (mayDefine('pattern-source', PatternSourceElement)) customElements.define('pattern-source', PatternSourceElement);
