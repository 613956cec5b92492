import { cloneForReading, everyHalfSecond } from '../../generator/page/tracks.js';
import { type AudioSamples, samplesOfData } from '../samples.js';
import { pullRemoteAudio } from './remote-audio.js';
import type { ChunkTypes, ReadCounts, TrackSource, TrackSourceInit } from './track-source.js';

/** Reads by `MediaStreamTrackProcessor` (Chromium), outside the page's main thread. */
export class NativeSource implements TrackSource {
  readonly backend = 'native';
  /** A clone, because its end closes the stream, whoever reads it, and must not end the page's track. */
  readonly #clone: MediaStreamTrack;
  readonly #processor: MediaStreamTrackProcessor<VideoFrame | AudioData>;
  readonly #stopFollowing: () => void;
  #endPull: (() => void) | null = null;

  constructor({ track, maxBufferSize, onBlocked }: TrackSourceInit) {
    const clone = cloneForReading(track);
    this.#clone = clone;
    this.#processor = new MediaStreamTrackProcessor({ track: clone, maxBufferSize });
    const pull = () => {
      this.#endPull ??= track.kind === 'audio' ? pullRemoteAudio(track, onBlocked) : null;
    };
    let constraints = constraintsOf(track);
    // Playing costs more than reading, and a local track need not be played. A browser that names remote tracks otherwise shows
    // them by the audio that does not come.
    if (track.label === REMOTE_LABEL || this.#processor.totalFrames === undefined) pull();
    this.#stopFollowing = everyHalfSecond(() => {
      if (this.#processor.totalFrames === 0) pull();
      clone.enabled = track.enabled;
      if (track.readyState === 'ended') this.close();
      const last = constraints;
      constraints = constraintsOf(track);
      // The page's applyConstraints() changes its own track alone. A clone that cannot follow is read as it is.
      if (constraints !== last) clone.applyConstraints(track.getConstraints()).catch(() => {});
    });
  }

  get counts(): ReadCounts {
    const { totalFrames = null, discardedFrames = null } = this.#processor;
    const read = totalFrames === null ? null : totalFrames - (discardedFrames ?? 0);
    return { read, discarded: discardedFrames };
  }

  open<Form extends keyof ChunkTypes>(form: Form): ReadableStream<ChunkTypes[Form]>;
  open(form: keyof ChunkTypes): ReadableStream<VideoFrame | AudioData | AudioSamples> {
    const { readable } = this.#processor;
    return form === 'samples' ? readable.pipeThrough(toSamples()) : readable;
  }

  close(): void {
    this.#stopFollowing();
    this.#clone.stop();
    this.#endPull?.();
  }
}

/** Chromium's name of every remote audio track. */
const REMOTE_LABEL = 'remote audio';

const constraintsOf = (track: MediaStreamTrack): string => JSON.stringify(track.getConstraints());

const toSamples = (): TransformStream<VideoFrame | AudioData, AudioSamples> =>
  new TransformStream({
    transform(data, controller) {
      controller.enqueue(samplesOfData(data as AudioData));
    },
  });
