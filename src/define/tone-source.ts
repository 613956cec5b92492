/* Registers `<tone-source>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { ToneSourceElement } from '../elements/tone-source-element.js';

/** Gives TypeScript the type of the tag. */
export type { ToneSourceElement } from '../elements/tone-source-element.js';

if (mayDefine('tone-source', ToneSourceElement)) customElements.define('tone-source', ToneSourceElement);
