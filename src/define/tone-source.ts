/* Registers `<tone-source>`, unless another copy of the library has done so. */
import { ToneSourceElement } from '../elements/tone-source-element.js';

/** Gives TypeScript the type of the tag. */
export type { ToneSourceElement } from '../elements/tone-source-element.js';

if (!customElements.get('tone-source')) customElements.define('tone-source', ToneSourceElement);
