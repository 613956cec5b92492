/* Registers `<whep-player>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { WhepPlayerElement } from '../elements/whep-player-element.js';

/** Gives TypeScript the type of the tag. */
export type { WhepPlayerElement } from '../elements/whep-player-element.js';

if (mayDefine('whep-player', WhepPlayerElement)) customElements.define('whep-player', WhepPlayerElement);
