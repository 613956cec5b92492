/* Registers `<track-generator>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/track-generator-element.js';
import { TrackGeneratorElement } from '../elements/track-generator-element.js';

if (!customElements.get('track-generator')) customElements.define('track-generator', TrackGeneratorElement);
