/* Registers `<canvas-source>`, unless another copy of the library has done so. */

import { CanvasSourceElement } from '../elements/canvas-source-element.js';
import { mayDefine } from '../elements/may-define.js';

/** Gives TypeScript the type of the tag. */
export type { CanvasSourceElement } from '../elements/canvas-source-element.js';

if (mayDefine('canvas-source', CanvasSourceElement)) customElements.define('canvas-source', CanvasSourceElement);
