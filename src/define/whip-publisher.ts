/* Registers `<whip-publisher>`, unless another copy of the library has done so. */
import { WhipPublisherElement } from '../elements/whip-publisher-element.js';

/** Gives TypeScript the type of the tag. */
export type { WhipPublisherElement } from '../elements/whip-publisher-element.js';

if (!customElements.get('whip-publisher')) customElements.define('whip-publisher', WhipPublisherElement);
