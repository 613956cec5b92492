/* Registers `<whip-publisher>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { WhipPublisherElement } from '../elements/whip-publisher-element.js';

/** Gives TypeScript the type of the tag. */
export type { WhipPublisherElement } from '../elements/whip-publisher-element.js';

if (mayDefine('whip-publisher', WhipPublisherElement)) customElements.define('whip-publisher', WhipPublisherElement);
