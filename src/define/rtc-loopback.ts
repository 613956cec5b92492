/* Registers `<rtc-loopback>`, unless another copy of the library has done so. */
import { RtcLoopbackElement } from '../elements/rtc-loopback-element.js';

/** Gives TypeScript the type of the tag. */
export type { RtcLoopbackElement } from '../elements/rtc-loopback-element.js';

if (!customElements.get('rtc-loopback')) customElements.define('rtc-loopback', RtcLoopbackElement);
