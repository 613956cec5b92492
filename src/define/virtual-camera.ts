/* Registers `<virtual-camera>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { VirtualCameraElement } from '../elements/virtual-camera-element.js';

/** Gives TypeScript the type of the tag. */
export type { VirtualCameraElement } from '../elements/virtual-camera-element.js';

if (mayDefine('virtual-camera', VirtualCameraElement)) customElements.define('virtual-camera', VirtualCameraElement);
