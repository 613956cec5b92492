import type { PropertyValues } from '@lit/reactive-element';
import type { DisplaySurface } from '../devices/virtual-screen.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { nativeMediaDevices } from '../generator/page/native-media-devices.js';
import { checkOneOf } from '../signals/check-names.js';
import type { TrackKind } from '../signals/track-kind.js';
import { withAudioProperties } from './audio-properties.js';
import { boolean, oneOf } from './converters.js';
import { captureDevice } from './device-capture.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';

/** The kind of surface that the browser offers first: the values of `displaySurface`; empty for no preference. */
export type OfferedSurface = DisplaySurface | '';

/**
 * A screen, a window or a tab as a live video track. With `audio`, its audio is a second live track. The browser asks the user
 * to choose one, and it allows this only in a click: use `manual` and a button.
 *
 * ```html
 * <screen-source id="shared" for="screen" manual></screen-source>
 * <button commandfor="shared" command="--start">Share</button>
 * ```
 *
 * @summary A screen, a window or a tab as a live video track, with its audio.
 * @tag screen-source
 */
export class ScreenSourceElement extends withAudioProperties(InputSourceElement) {
  /** The kind of surface that the browser offers first. The user may choose another one. */
  @property({ type: oneOf<OfferedSurface>(), attribute: 'display-surface', reflect: true })
  displaySurface: OfferedSurface = '';

  /**
   * Captures the audio too: of a tab, or of the whole machine. The browser decides which surfaces have audio, and the user may
   * leave it out. If there is none, a `warning` event says so, and the track of pictures is the only one. A change takes effect
   * at the next start.
   */
  @property({ type: boolean, reflect: true })
  audio = false;

  /** The kind of the track: `video`, or `null` if `audio` is set, because there are tracks of both kinds. */
  override get kind(): 'video' | null {
    return this.audio ? null : 'video';
  }

  /** The user is not asked again: a change of `display-surface` or of `audio` takes effect at the next start. */
  protected override captureKey(): readonly unknown[] {
    return [];
  }

  /** The tracks that run stay, also when `audio` has changed. */
  protected override get startedKind(): TrackKind | null {
    return 'video';
  }

  /** A wrong surface is reported at once, and not only at the next start. */
  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    // A start checks it by itself.
    if (!changed.has('displaySurface') || this.state !== 'live') return;
    try {
      this.#checkSurface();
    } catch (error) {
      this.states.reportError(error as Error);
    }
  }

  protected override async capture(signal: AbortSignal): Promise<CapturedTrack> {
    const { displaySurface, audio } = this;
    this.#checkSurface();
    const video = displaySurface ? { displaySurface } : true;
    const opening = nativeMediaDevices().getDisplayMedia({ video, ...(audio && { audio }) });
    const ended = (track: MediaStreamTrack) => this.captureEnded(track);
    const captured = await captureDevice('screen', 'video', opening, signal, ended, audio);
    if (audio && !captured.audio) this.states.warn(new DOMException(NO_AUDIO, 'NotFoundError'));
    return captured;
  }

  /** @throws {TypeError} for anything but a surface. */
  #checkSurface(): void {
    if (this.displaySurface) checkOneOf('displaySurface', SURFACES, this.displaySurface);
  }
}

const NO_AUDIO =
  'The screen is shown without audio: the user has not shared the audio, or this browser cannot capture it from this surface. In ' +
  'Chromium, share a tab with its audio.';

const SURFACES: readonly DisplaySurface[] = ['monitor', 'window', 'browser'];

declare global {
  interface HTMLElementTagNameMap {
    'screen-source': ScreenSourceElement;
  }
}
