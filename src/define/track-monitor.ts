/* Registers `<track-monitor>`, unless another copy of the library has done so. */
import { TrackMonitorElement } from '../elements/track-monitor-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackMonitorElement } from '../elements/track-monitor-element.js';

if (!customElements.get('track-monitor')) customElements.define('track-monitor', TrackMonitorElement);
