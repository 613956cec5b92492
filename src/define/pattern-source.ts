/* Registers `<pattern-source>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/pattern-source-element.js';
import { PatternSourceElement } from '../elements/pattern-source-element.js';

if (!customElements.get('pattern-source')) customElements.define('pattern-source', PatternSourceElement);
