/* Registers `<signal-fault>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { SignalFaultElement } from '../elements/signal-fault-element.js';

/** Gives TypeScript the type of the tag. */
export type { SignalFaultElement } from '../elements/signal-fault-element.js';

if (mayDefine('signal-fault', SignalFaultElement)) customElements.define('signal-fault', SignalFaultElement);
