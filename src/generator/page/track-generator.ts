import { valueError } from '../../signals/checks.js';
import type { TrackKind } from '../../signals/track-kind.js';
import { checkAudioFormat } from '../audio-format.js';
import { AudioWriter } from './audio-writer.js';
import type { Backend } from './backend.js';
import { openAudio, openVideo } from './open-output.js';
import { checkPacing, type PacingInit } from './track-writer.js';
import { VideoWriter } from './video-writer.js';
import { WritableTrack } from './writable-track.js';

export type { Counts } from '../counts.js';
export type { AudioInput } from './audio-writer.js';
export type { Backend } from './backend.js';
export { type Configuration, configure } from './configuration.js';
export type { PacingInit, WriteOptions } from './track-writer.js';
export type { VideoInput } from './video-writer.js';
export type { SourceStats } from './writable-track.js';

/** The options of a new generator. */
export interface TrackGeneratorInit extends PacingInit {
  kind: TrackKind;
  /** Default: the best backend that the browser has. */
  backend?: Backend;
  /** Hertz, 3000 to 384000, of the track, and of samples that do not carry their rate. Default: 48000. */
  sampleRate?: number;
  /** Channels of an audio track, 1 to 8. Default: the channels of the first written samples. */
  channels?: number;
  /** Seconds of written audio, or paced pictures, that may wait. Default: 300. See `queueLimit` of the generator. */
  queueLimit?: number;
}

/**
 * Turns frames or samples into a `MediaStreamTrack`, as `MediaStreamTrackGenerator` does, in every browser.
 *
 * ```ts
 * const generator = new TrackGenerator({ kind: 'video' });
 * video.srcObject = new MediaStream([generator.track]);
 * await generator.write(canvas);
 * generator.stop();
 * ```
 *
 * @fires started - The track was given its first frame or block.
 * @fires ended - The track has ended. Fired once, whatever ended it.
 * @fires suspendchange - `suspended` changed.
 * @fires played - Everything that was written has been played.
 * @fires warning - An `ErrorEvent`: something is probably not as the page intends. Its message also goes to the console, unless
 * a listener calls `preventDefault()`.
 */
export class TrackGenerator extends WritableTrack {
  /**
   * @throws {TypeError} for an unknown kind or backend.
   * @throws {RangeError} for a sample rate or a number of channels that no browser plays.
   * @throws {DOMException} `NotSupportedError` if the browser cannot make such tracks.
   */
  constructor(init: TrackGeneratorInit) {
    const { kind, backend, queueLimit } = init ?? {};
    if (kind !== 'video' && kind !== 'audio') throw valueError('kind', kind, '"video" or "audio"', TypeError);
    checkPacing(init.pacing);
    checkAudioFormat(init);
    super(
      kind,
      kind === 'video' ? new VideoWriter(openVideo(backend), init) : new AudioWriter(openAudio(init, backend), init),
    );
    this.queueLimit = queueLimit ?? this.queueLimit;
  }
}
