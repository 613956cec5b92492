/* Registers `<rtc-loopback>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/rtc-loopback-element.js';
import { RtcLoopbackElement } from '../elements/rtc-loopback-element.js';

if (!customElements.get('rtc-loopback')) customElements.define('rtc-loopback', RtcLoopbackElement);
