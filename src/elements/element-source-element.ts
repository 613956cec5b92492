import { CapturedElementController } from '../controllers/captured-element-controller.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { captureMethod } from '../generator/features.js';
import { checkOneOf } from '../signals/check-names.js';
import type { TrackKind } from '../signals/track-kind.js';
import { withAudioProperties } from './audio-properties.js';
import { object, oneOf, text } from './converters.js';
import { InputSourceElement } from './input-source-element.js';
import { captureMedia, drawVideo, noAudioError } from './media-capture.js';
import { untilLoaded } from './media-loading.js';
import { property } from './property.js';

/**
 * The pictures of a `<video>` as a live video track, or the audio of a `<video>` or `<audio>` as a live audio track. When the element
 * plays something else, the track stays the same.
 *
 * ```html
 * <video id="film" src="film.mp4" autoplay muted loop></video>
 * <element-source from="film" for="screen"></element-source>
 * <element-source from="film" kind="audio" for="speaker"></element-source>
 * ```
 *
 * @summary The pictures or the audio of a media element as a live track.
 * @tag element-source
 */
export class ElementSourceElement extends withAudioProperties(InputSourceElement) {
  /** The kind of the track: `video` or `audio`. */
  @property({ type: oneOf<TrackKind>(), reflect: true, configures: true })
  override kind: TrackKind = 'video';

  /**
   * The id of the `<video>` or `<audio>`, or of an element around it, such as a player, in the same document or shadow tree.
   * The media element may be added later. If another one takes the id, the track shows or plays that one.
   */
  @property({ type: text, reflect: true, configures: true })
  from = '';

  /**
   * The media element, or an element around it, instead of the one that `from` names. It may be in any document or shadow tree.
   */
  @property({ type: object<HTMLElement | null>(), attribute: false, configures: true })
  element: HTMLElement | null = null;

  /** Counts what the element has played. */
  #loads = 0;

  readonly #media = new CapturedElementController<HTMLMediaElement>(this, {
    tags: () => (this.kind === 'audio' ? ['video', 'audio'] : ['video']),
    property: 'element',
    given: () => this.element,
    changed: () => this.recapture(),
  });

  protected override captureKey(): readonly unknown[] {
    return [this.kind, ...this.#media.key, this.#loads];
  }

  protected override async capture(signal: AbortSignal): Promise<CapturedTrack> {
    const { kind } = this;
    checkOneOf('kind', ['video', 'audio'], kind);
    const media = await this.#media.find(signal);
    if (kind === 'audio' && !captureMethod()) throw noAudioError();
    try {
      await untilLoaded(media, kind, signal, (error) => this.states.warn(error));
    } catch (error) {
      // An element that cannot play this may play something else.
      media.addEventListener('loadeddata', () => this.recapture(), { once: true, signal });
      throw error;
    }
    if (captureMethod()) return captureMedia(media, kind, () => this.#loaded());
    return drawVideo(media as HTMLVideoElement);
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
