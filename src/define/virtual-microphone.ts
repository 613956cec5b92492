/* Registers `<virtual-microphone>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { VirtualMicrophoneElement } from '../elements/virtual-microphone-element.js';

/** Gives TypeScript the type of the tag. */
export type { VirtualMicrophoneElement } from '../elements/virtual-microphone-element.js';

if (mayDefine('virtual-microphone', VirtualMicrophoneElement))
  customElements.define('virtual-microphone', VirtualMicrophoneElement);
