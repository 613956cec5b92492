/* Registers `<track-generator>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { TrackGeneratorElement } from '../elements/track-generator-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackGeneratorElement } from '../elements/track-generator-element.js';

if (mayDefine('track-generator', TrackGeneratorElement))
  customElements.define('track-generator', TrackGeneratorElement);
