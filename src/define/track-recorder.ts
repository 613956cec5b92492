/* Registers `<track-recorder>`, unless another copy of the library has done so. */
// Without names, because only such an import stays in the declaration file, which then has the type of the tag.
import '../elements/track-recorder-element.js';
import { TrackRecorderElement } from '../elements/track-recorder-element.js';

if (!customElements.get('track-recorder')) customElements.define('track-recorder', TrackRecorderElement);
