/* Registers `<whep-player>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/whep-player-element.js';
import { WhepPlayerElement } from '../elements/whep-player-element.js';

if (!customElements.get('whep-player')) customElements.define('whep-player', WhepPlayerElement);
