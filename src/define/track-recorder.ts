/* Registers `<track-recorder>`, unless another copy of the library has done so. */
import { TrackRecorderElement } from '../elements/track-recorder-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackRecorderElement } from '../elements/track-recorder-element.js';

if (!customElements.get('track-recorder')) customElements.define('track-recorder', TrackRecorderElement);
