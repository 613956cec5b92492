import type { Counts } from '../../generator/counts.js';
import { has } from '../../generator/features.js';
import { type Backend, type BackendRecord, findBackend } from '../../generator/page/backend.js';
import { configurationNow } from '../../generator/page/configuration.js';
import type { VideoComposition } from '../composition.js';
import { BitmapTrack } from './bitmap-track.js';
import type { Hold, LayerError, Playback, PlaybackListener } from './playback.js';
import { nativeBackend, openVideoPlayback, type TargetTrack, type VideoPlayback } from './video-playback.js';

/**
 * Opens a video track in this task, by a backend that can do so. The engine plays into it as soon as it runs.
 *
 * @throws {DOMException} `NotSupportedError` if the browser lacks the configured backend.
 */
export function openVideoPlaybackNow(listener: PlaybackListener): Playback<VideoComposition> {
  const asked = configurationNow().backends?.video;
  // A track of a worker takes a moment.
  const { open } = findBackend('video', backends, asked === 'worker' ? 'canvas' : asked);
  return new InstantVideoPlayback(open(), listener);
}

const backends: readonly BackendRecord<() => TargetTrack>[] = [
  nativeBackend,
  {
    name: 'canvas',
    needs: 'createImageBitmap',
    isSupported: () => has('createImageBitmap'),
    open: () => {
      const output = new BitmapTrack();
      return { backend: 'canvas', track: output.track, target: output, end: () => output.end() };
    },
  },
];

class InstantVideoPlayback implements Playback<VideoComposition> {
  readonly track: MediaStreamTrack;
  readonly backend: Backend;
  readonly suspended = false;
  readonly #target: TargetTrack;
  readonly #playback: Promise<VideoPlayback>;

  constructor(target: TargetTrack, listener: PlaybackListener) {
    this.#target = target;
    this.track = target.track;
    this.backend = target.backend;
    this.#playback = openVideoPlayback(listener, target);
    this.#playback.catch(() => {});
  }

  async play(composition: VideoComposition): Promise<readonly LayerError[]> {
    return (await this.#playback).play(composition);
  }

  setHold(hold: Hold): void {
    this.#later((playback) => playback.setHold(hold));
  }

  repeatFrame(): void {
    this.#later((playback) => playback.repeatFrame());
  }

  async getCounts(): Promise<Counts> {
    return (await this.#playback).getCounts();
  }

  close(): void {
    this.#target.end();
    this.#later((playback) => playback.close());
  }

  /** As soon as the engine runs, in the order of the calls. */
  #later(use: (playback: VideoPlayback) => void): void {
    this.#playback.then(use).catch(() => {});
  }
}
