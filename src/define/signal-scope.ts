/* Registers `<signal-scope>`, unless another copy of the library has done so. */
import { SignalScopeElement } from '../elements/signal-scope-element.js';

/** Gives TypeScript the type of the tag. */
export type { SignalScopeElement } from '../elements/signal-scope-element.js';

if (!customElements.get('signal-scope')) customElements.define('signal-scope', SignalScopeElement);
