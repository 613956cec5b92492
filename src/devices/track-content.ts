import type { AudioComposition, AudioLayer, Composition, VideoComposition, VideoLayer } from '../engine/composition.js';
import { acquireInput, type InputListener, type TrackLease } from '../engine/page/track-inputs.js';
import { parseRate, type Rate } from '../signals/rate.js';
import { audioFormat, type DeviceContent, videoFormat } from './device-content.js';
import type { TrackFormat } from './device-format.js';

/**
 * Another track as the content of a device: its picture, scaled to each of the device's tracks, and cropped where the shapes
 * differ; or its audio.
 */
export class TrackContent implements DeviceContent {
  readonly #lease: TrackLease;

  static async open(track: MediaStreamTrack, listener?: InputListener, signal?: AbortSignal): Promise<TrackContent> {
    return new TrackContent(await acquireInput(track, listener, signal));
  }

  private constructor(lease: TrackLease) {
    this.#lease = lease;
  }

  /** @throws {TypeError} for the format of the other kind. */
  compose(format: TrackFormat): Composition {
    return this.#lease.track.kind === 'audio' ? this.#composeAudio(format) : this.#composeVideo(format);
  }

  #composeAudio(format: TrackFormat): AudioComposition {
    const { sampleRate, channels } = audioFormat(format);
    return { sampleRate, channels, layers: [this.audioLayer()] };
  }

  #composeVideo(format: TrackFormat): VideoComposition {
    const { width, height, frameRate } = videoFormat(format);
    const rate = parseRate(frameRate);
    return { width, height, frameRate: rate, layers: [this.layer(width, height, rate)] };
  }

  /** The picture as a layer of a size. */
  layer(width: number, height: number, frameRate: Rate): VideoLayer {
    const signal = { kind: 'video', input: this.#lease.id, width, height, fit: 'cover', frameRate } as const;
    return { id: INPUT_LAYER, signal, x: 0, y: 0, opacity: 1 };
  }

  /** The audio as a layer. */
  audioLayer(): AudioLayer {
    return { id: INPUT_LAYER, signal: { kind: 'audio', input: this.#lease.id }, gain: 1, pan: 0 };
  }

  close(): void {
    this.#lease.release();
  }
}

/** No layer of an element has this id. */
const INPUT_LAYER = 0;
