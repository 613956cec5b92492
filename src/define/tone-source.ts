/* Registers `<tone-source>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/tone-source-element.js';
import { ToneSourceElement } from '../elements/tone-source-element.js';

if (!customElements.get('tone-source')) customElements.define('tone-source', ToneSourceElement);
