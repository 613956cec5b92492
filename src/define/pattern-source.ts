/* Registers `<pattern-source>`, unless another copy of the library has done so. */
import { PatternSourceElement } from '../elements/pattern-source-element.js';

/** Gives TypeScript the type of the tag. */
export type { PatternSourceElement } from '../elements/pattern-source-element.js';

if (!customElements.get('pattern-source')) customElements.define('pattern-source', PatternSourceElement);
