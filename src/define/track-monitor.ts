/* Registers `<track-monitor>`, unless another copy of the library has done so. */
import { mayDefine } from '../elements/may-define.js';
import { TrackMonitorElement } from '../elements/track-monitor-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackMonitorElement } from '../elements/track-monitor-element.js';

if (mayDefine('track-monitor', TrackMonitorElement)) customElements.define('track-monitor', TrackMonitorElement);
