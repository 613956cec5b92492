import type { LiveTrack } from '../controllers/track-lifecycle-controller.js';
import { number } from './converters.js';
import { property } from './property.js';
import { SourceElement } from './source-element.js';

/** A source of pictures, which has a place in the picture of a generator around it. */
export abstract class PictureSourceElement<T extends LiveTrack = LiveTrack> extends SourceElement<T> {
  /** Inside a generator: pixels from its left edge. Odd numbers are rounded down. */
  @property({ type: number, reflect: true })
  x = 0;

  /** Inside a generator: pixels from its top edge. Odd numbers are rounded down. */
  @property({ type: number, reflect: true })
  y = 0;

  /** Inside a generator: 0 (invisible) to 1. */
  @property({ type: number, reflect: true })
  opacity = 1;
}
