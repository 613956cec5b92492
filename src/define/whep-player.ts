/* Registers `<whep-player>`, unless another copy of the library has done so. */
import { WhepPlayerElement } from '../elements/whep-player-element.js';

/** Gives TypeScript the type of the tag. */
export type { WhepPlayerElement } from '../elements/whep-player-element.js';

if (!customElements.get('whep-player')) customElements.define('whep-player', WhepPlayerElement);
