/* Registers `<rtc-loopback>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { RtcLoopbackElement } from '../elements/rtc-loopback-element.js';

/** Gives TypeScript the type of the tag. */
export type { RtcLoopbackElement } from '../elements/rtc-loopback-element.js';

if (mayDefine('rtc-loopback', RtcLoopbackElement)) customElements.define('rtc-loopback', RtcLoopbackElement);
