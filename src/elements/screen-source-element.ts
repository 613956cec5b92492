import type { PropertyValues } from '@lit/reactive-element';
import type { DisplaySurface } from '../devices/virtual-screen.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { nativeMediaDevices } from '../generator/page/native-media-devices.js';
import { checkOneOf } from '../signals/checks.js';
import { oneOf } from './converters.js';
import { captureDevice } from './device-capture.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';

/** The kind of surface that the browser offers first: the values of `displaySurface`; empty for no preference. */
export type OfferedSurface = DisplaySurface | '';

/**
 * A screen, a window or a tab as a live video track. The browser asks the user which one, and only in a click:
 * `manual`, and a button.
 *
 * ```html
 * <screen-source id="shared" for="screen" manual></screen-source>
 * <button commandfor="shared" command="--start">Share</button>
 * ```
 *
 * @summary A screen, a window or a tab as a live video track.
 * @tag screen-source
 */
export class ScreenSourceElement extends InputSourceElement {
  /** The kind of surface that the browser offers first. The user may choose another one. */
  @property({ type: oneOf<OfferedSurface>(), attribute: 'display-surface', reflect: true })
  displaySurface: OfferedSurface = '';

  /** The kind of the track: `video`. */
  override get kind(): 'video' {
    return 'video';
  }

  /** Nothing asks the user again: a change of `display-surface` counts from the next start. */
  protected override captureKey(): readonly unknown[] {
    return [];
  }

  /** A wrong surface is told at once, and not by the next start. */
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

  protected override capture(signal: AbortSignal): Promise<CapturedTrack> {
    const { displaySurface } = this;
    this.#checkSurface();
    const video = displaySurface ? { displaySurface } : true;
    const opening = nativeMediaDevices().getDisplayMedia({ video });
    return captureDevice('screen', 'video', opening, signal, (track) => this.captureEnded(track));
  }

  /** @throws {TypeError} for anything but a surface. */
  #checkSurface(): void {
    if (this.displaySurface) checkOneOf('displaySurface', SURFACES, this.displaySurface);
  }
}

const SURFACES: readonly DisplaySurface[] = ['monitor', 'window', 'browser'];

declare global {
  interface HTMLElementTagNameMap {
    'screen-source': ScreenSourceElement;
  }
}
