/* Registers `<track-probe>`, unless another copy of the library has done so. */
import { TrackProbeElement } from '../elements/track-probe-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackProbeElement } from '../elements/track-probe-element.js';

if (!customElements.get('track-probe')) customElements.define('track-probe', TrackProbeElement);
