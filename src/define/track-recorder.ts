/* Registers `<track-recorder>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { TrackRecorderElement } from '../elements/track-recorder-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackRecorderElement } from '../elements/track-recorder-element.js';

if (mayDefine('track-recorder', TrackRecorderElement)) customElements.define('track-recorder', TrackRecorderElement);
