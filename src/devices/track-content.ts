import type { VideoComposition, VideoLayer } from '../engine/composition.js';
import { acquireInput, type InputLease, type InputListener } from '../engine/page/track-inputs.js';
import { parseRate } from '../signals/rate.js';
import { type DeviceContent, videoFormat } from './device-content.js';
import type { TrackFormat } from './device-format.js';

/** Another track as the picture of a device: scaled to each of its tracks, and cropped where the shapes differ. */
export class TrackContent implements DeviceContent {
  readonly #lease: InputLease;

  /** @throws {RangeError} for a track of audio. */
  static async open(track: MediaStreamTrack, listener?: InputListener, signal?: AbortSignal): Promise<TrackContent> {
    return new TrackContent(await acquireInput(track, listener, signal));
  }

  private constructor(lease: InputLease) {
    this.#lease = lease;
  }

  compose(format: TrackFormat): VideoComposition {
    const { width, height, frameRate } = videoFormat(format);
    return { width, height, frameRate: parseRate(frameRate), layers: [this.layer(width, height)] };
  }

  /** The picture as a layer of a size. */
  layer(width: number, height: number): VideoLayer {
    const signal = { kind: 'video', input: this.#lease.id, width, height, fit: 'cover' } as const;
    return { id: INPUT_LAYER, signal, x: 0, y: 0, opacity: 1 };
  }

  close(): void {
    this.#lease.release();
  }
}

/** No layer of an element has this id. */
const INPUT_LAYER = 0;
