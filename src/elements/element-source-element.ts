import { CapturedElementController } from '../controllers/captured-element-controller.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { captureMethod } from '../generator/features.js';
import { object, text } from './converters.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';
import { captureVideo, drawVideo } from './video-capture.js';
import { untilLoaded } from './video-loading.js';

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
  /**
   * The id of the `<video>`, in the same document or shadow tree, or of an element around it, as players make one. It may be added
   * later, and another one may take its id.
   */
  @property({ type: text, reflect: true, configures: true })
  from = '';

  /** The `<video>`, or an element around it, in place of the one that `from` names: of any document or shadow tree. */
  @property({ type: object<HTMLElement | null>(), attribute: false, configures: true })
  element: HTMLElement | null = null;

  /** Counts what the element has played. */
  #loads = 0;

  readonly #video = new CapturedElementController<HTMLVideoElement>(this, {
    tag: 'video',
    property: 'element',
    given: () => this.element,
    changed: () => this.recapture(),
  });

  protected override captureKey(): readonly unknown[] {
    return [...this.#video.key, this.#loads];
  }

  protected override async capture(signal: AbortSignal): Promise<CapturedTrack> {
    const video = await this.#video.find(signal);
    try {
      await untilLoaded(video, signal, (error) => this.states.warn(error));
    } catch (error) {
      // A video that cannot play this may play something else.
      video.addEventListener('loadeddata', () => this.recapture(), { once: true, signal });
      throw error;
    }
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
