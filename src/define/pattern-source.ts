/* Registers `<pattern-source>`, unless another copy of the library has done so. */
import { PatternSourceElement } from '../elements/pattern-source-element.js';

if (!customElements.get('pattern-source')) customElements.define('pattern-source', PatternSourceElement);
