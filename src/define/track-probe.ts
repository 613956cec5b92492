/* Registers `<track-probe>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { TrackProbeElement } from '../elements/track-probe-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackProbeElement } from '../elements/track-probe-element.js';

if (mayDefine('track-probe', TrackProbeElement)) customElements.define('track-probe', TrackProbeElement);
