/* Registers `<whip-publisher>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/whip-publisher-element.js';
import { WhipPublisherElement } from '../elements/whip-publisher-element.js';

if (!customElements.get('whip-publisher')) customElements.define('whip-publisher', WhipPublisherElement);
