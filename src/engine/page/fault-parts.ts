/* Imported by pages with faults: makes the engine's worker find its part for them. */
import { videoParts } from './engine-client.js';

videoParts.faults = {
  file: 'track-elements-faults-part.js',
  text: () => import('../../workers/track-elements-faults-part-text.js'),
};
