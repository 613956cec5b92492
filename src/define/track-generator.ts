/* Registers `<track-generator>`, unless another copy of the library has done so. */
import { TrackGeneratorElement } from '../elements/track-generator-element.js';

/** Gives TypeScript the type of the tag. */
export type { TrackGeneratorElement } from '../elements/track-generator-element.js';

if (!customElements.get('track-generator')) customElements.define('track-generator', TrackGeneratorElement);
