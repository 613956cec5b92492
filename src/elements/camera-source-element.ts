import { type FacingMode, facingModes } from '../devices/facing-mode.js';
import type { CapturedTrack } from '../engine/page/captured-input.js';
import { nativeMediaDevices } from '../generator/page/native-media-devices.js';
import { checkOneOf } from '../signals/check-names.js';
import { rateValue } from '../signals/rate.js';
import type { TrackKind } from '../signals/track-kind.js';
import { withAudioProperties } from './audio-properties.js';
import { oneOf, text } from './converters.js';
import { captureDevice } from './device-capture.js';
import { InputSourceElement } from './input-source-element.js';
import { property } from './property.js';

/**
 * The pictures of a real camera as a live video track, or the audio of a microphone as a live audio track. The browser asks the
 * user for permission.
 *
 * ```html
 * <camera-source for="screen" width="1280" height="720"></camera-source>
 * <camera-source kind="audio" for="speaker"></camera-source>
 * ```
 *
 * @summary A real camera or microphone as a live track.
 * @tag camera-source
 */
export class CameraSourceElement extends withAudioProperties(InputSourceElement) {
  /** The kind of the track: `video` of a camera, or `audio` of a microphone. */
  @property({ type: oneOf<TrackKind>(), reflect: true, configures: true })
  override kind: TrackKind = 'video';

  /** The id of the camera or of the microphone, as `enumerateDevices()` tells it; empty for the one that the browser or the user chooses. */
  @property({ type: text, attribute: 'device-id', reflect: true, configures: true })
  deviceId = '';

  /** The direction that the camera faces. If there is no such camera, another one is used. */
  @property({ type: oneOf<FacingMode>(), attribute: 'facing-mode', reflect: true, configures: true })
  facingMode: FacingMode = '';

  /** The camera is asked for its size and rate again when they change. */
  protected override captureKey(): readonly unknown[] {
    if (this.kind === 'audio') return [this.kind, this.deviceId];
    return [this.kind, this.deviceId, this.facingMode, this.width, this.height, this.frameRate];
  }

  protected override capture(signal: AbortSignal): Promise<CapturedTrack> {
    const { kind, deviceId, facingMode, width, height } = this;
    checkOneOf('kind', ['video', 'audio'], kind);
    const ended = (track: MediaStreamTrack) => this.captureEnded(track);
    if (kind === 'audio') {
      const audio = deviceId ? { deviceId: { exact: deviceId } } : true;
      return captureDevice('microphone', kind, nativeMediaDevices().getUserMedia({ audio }), signal, ended);
    }
    if (facingMode) checkOneOf('facingMode', facingModes, facingMode);
    const video: MediaTrackConstraints = {
      frameRate: { ideal: rateValue(this.rateFor(null)) },
      ...(deviceId && { deviceId: { exact: deviceId } }),
      ...(facingMode && { facingMode: { ideal: facingMode } }),
      // If a side is no number, the engine reports it.
      ...(Number.isFinite(width) && { width: { ideal: width as number } }),
      ...(Number.isFinite(height) && { height: { ideal: height as number } }),
    };
    const opening = nativeMediaDevices().getUserMedia({ video });
    return captureDevice('camera', kind, opening, signal, ended);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'camera-source': CameraSourceElement;
  }
}
