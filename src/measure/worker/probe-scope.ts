import type { FrameSamples } from '../../processor/worker/frame-copier.js';
import type { PictureMark } from '../../signals/mark/picture-mark.js';
import type { Rate } from '../../signals/rate.js';
import type { AudioMeasurement } from '../audio-measurement.js';
import type { Reference } from '../messages.js';
import type { SyncMeasurement } from '../sync-measurement.js';
import type { PictureQuality } from '../video-measurement.js';

/** Compares received pictures with their reference. */
export interface Comparison {
  /**
   * Compares in slices, so that other pictures can be read in between. Resolves to a sentence if the picture cannot be
   * compared.
   *
   * @param colorSpace The colour space of the received picture, as far as its frame tells it.
   */
  compare(received: FrameSamples, mark: PictureMark, colorSpace: VideoColorSpace): Promise<PictureQuality | string>;
}

/** The parts of the worker that are loaded later. */
export interface ProbeScope {
  /**
   * `null` until its part is loaded.
   *
   * @throws {TypeError | RangeError} for a description that cannot be drawn.
   */
  compareWith: ((reference: Reference) => Comparison) | null;
  /** `null` until its part is loaded. */
  audio: AudioMeans | null;
}

/** The measurements that only a probe with audio needs. */
export interface AudioMeans {
  measure(start: number, rate: Rate): AudioMeasurement;
  compare(): SyncMeasurement;
}
