import type { CapturedTrack } from '../engine/page/captured-input.js';
import { captureMethod } from '../generator/features.js';
import { findCaptured } from './captured-element.js';
import { object, text } from './converters.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';
import { captureVideo, drawVideo, untilLoaded } from './video-capture.js';

/**
 * The pictures of a `<video>` as a live video track. When the element plays something else, the track stays the same.
 *
 * ```html
 * <video id="film" src="film.mp4" autoplay muted loop></video>
 * <element-source from="film" for="screen"></element-source>
 * ```
 *
 * @summary The pictures of a video element as a live video track.
 * @tag element-source
 */
export class ElementSourceElement extends InputSourceElement {
  /** The id of the `<video>`, in the same document or shadow tree. */
  @property({ type: text, reflect: true, configures: true })
  from = '';

  /** The `<video>`, in place of the one that `from` names: an element of any document or shadow tree. */
  @property({ type: object<HTMLVideoElement | null>(), attribute: false, configures: true })
  element: HTMLVideoElement | null = null;

  /** Counts what the element has played. */
  #loads = 0;

  protected override captureKey(): readonly unknown[] {
    return [this.from, this.element, this.#loads];
  }

  protected override async capture(signal: AbortSignal): Promise<CapturedTrack> {
    const { element, from: id } = this;
    const video = await findCaptured<HTMLVideoElement>(this, { element, id, property: 'element', tags: ['video'] });
    await untilLoaded(video, signal);
    return captureMethod() ? captureVideo(video, () => this.#loaded()) : drawVideo(video);
  }

  /** The element plays something else, which has another track. */
  #loaded(): void {
    this.#loads++;
    this.recapture();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'element-source': ElementSourceElement;
  }
}
