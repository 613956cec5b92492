/* Registers `<camera-source>`, unless another copy of the library has done so. */

import { CameraSourceElement } from '../elements/camera-source-element.js';
import { mayDefine } from '../elements/may-define.js';

/** Gives TypeScript the type of the tag. */
export type { CameraSourceElement } from '../elements/camera-source-element.js';

if (mayDefine('camera-source', CameraSourceElement)) customElements.define('camera-source', CameraSourceElement);
