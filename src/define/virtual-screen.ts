/* Registers `<virtual-screen>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { VirtualScreenElement } from '../elements/virtual-screen-element.js';

/** Gives TypeScript the type of the tag. */
export type { VirtualScreenElement } from '../elements/virtual-screen-element.js';

if (mayDefine('virtual-screen', VirtualScreenElement)) customElements.define('virtual-screen', VirtualScreenElement);
