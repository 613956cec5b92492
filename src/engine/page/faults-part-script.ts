import { videoParts } from './engine-client.js';

/** Makes the engine's worker find its part for faults. Only pages with faults have this code. */
export function offerFaultsPart(): void {
  videoParts.faults ??= {
    file: 'track-elements-faults-part.js',
    text: () => import('../../workers/track-elements-faults-part-text.js'),
  };
}
