/* Registers `<signal-scope>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { SignalScopeElement } from '../elements/signal-scope-element.js';

/** Gives TypeScript the type of the tag. */
export type { SignalScopeElement } from '../elements/signal-scope-element.js';

if (mayDefine('signal-scope', SignalScopeElement)) customElements.define('signal-scope', SignalScopeElement);
