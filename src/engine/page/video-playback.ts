import type { Counts } from '../../generator/counts.js';
import { type Backend, correctSettings, endTrack, hasNative } from '../../generator/page/backend.js';
import { freezeConfiguration } from '../../generator/page/configuration.js';
import { everyHalfSecond } from '../../generator/page/shared-interval.js';
import type { VideoTarget } from '../../generator/page/video-output.js';
import type { WorkerLease } from '../../generator/page/worker-pool.js';
import { pageOrigin } from '../../generator/timeline.js';
import type { VideoComposition } from '../composition.js';
import type { Hello, PartName, PicturesMessage, Report } from '../messages.js';
import { acquireEngine, parts } from './engine-client.js';
import { loadPart } from './load-module.js';
import type { openOtherVideo } from './non-native-video.js';
import type { Hold, LayerError, Playback, PlaybackListener } from './playback.js';
import { PlayerClient, settingsOf } from './player-client.js';

/** A track that somebody else has opened, and what shows pictures in it. */
export interface OpenVideo {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  readonly target: VideoTarget;
  /** Ends the track. */
  end(): void;
}

/**
 * Opens a video track that the engine plays into; or plays into one that is open.
 * @throws {DOMException} `NetworkError` when the worker does not load, `NotSupportedError` when the browser lacks the backend.
 */
export async function openVideoPlayback(listener: PlaybackListener, open?: OpenVideo): Promise<VideoPlayback> {
  const host = await acquireEngine();
  try {
    const { port1, port2: port } = new MessageChannel();
    const play = (target: PicturesMessage['target']) =>
      host.worker.postMessage(
        { type: 'pictures', port, origin: pageOrigin(), target } satisfies PicturesMessage,
        typeof target === 'string' ? [port] : [port, target],
      );
    const opened = open ?? openNative() ?? (await openOther(host.hello as unknown as Hello, port1, play));
    if (opened.backend !== 'worker') play(opened.target instanceof WritableStream ? opened.target : 'bitmaps');
    return new VideoPlayback(host, port1, opened, listener);
  } catch (error) {
    host.release();
    throw error;
  }
}

function openNative(): OpenVideo | null {
  if (!hasNative() || (freezeConfiguration().backends?.video ?? 'native') !== 'native') return null;
  const track = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
  return { backend: 'native', track, target: track.writable, end: () => endTrack(track) };
}

/** What Chromium does without is loaded where it is needed. */
async function openOther(...args: Parameters<typeof openOtherVideo>): Promise<OpenVideo> {
  return (await import('./non-native-video.js')).openOtherVideo(...args);
}

export class VideoPlayback implements Playback<VideoComposition> {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  readonly suspended = false;
  /** The player's own, for what a page writes while no layer plays. */
  readonly port: MessagePort;
  readonly #talk: PlayerClient;
  readonly #forgetTick: () => void;
  readonly #host: WorkerLease;
  readonly #opened: OpenVideo;
  #ended = false;

  constructor(host: WorkerLease, port: MessagePort, opened: OpenVideo, listener: PlaybackListener) {
    this.#host = host;
    this.port = port;
    this.#opened = opened;
    this.backend = opened.backend;
    this.track = opened.track;
    port.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#receive(data));
    const { worker } = host;
    const realm = Promise.resolve({ global: worker, load: (part: PartName) => loadPart(worker, parts[part]) });
    this.#talk = new PlayerClient(port, realm, {
      ...listener,
      ended: () => {
        const outside = !this.#ended;
        this.#release();
        if (outside) listener.ended();
      },
    });
    // The page's own track.stop() fires no event, and a track without frames does not notice it either.
    this.#forgetTick = everyHalfSecond(() => {
      if (this.track.readyState === 'ended') this.#talk.post({ type: 'close' });
    });
  }

  async play(composition: VideoComposition): Promise<readonly LayerError[]> {
    const errors = await this.#talk.play(composition);
    const { length } = composition.layers;
    if (length === 0 || errors.length < length) correctSettings(this.track, settingsOf(composition));
    return errors;
  }

  setHold({ muted, paused }: Hold): void {
    this.#talk.post({ type: 'hold', muted, paused });
  }

  repeatFrame(): void {
    this.#talk.post({ type: 'again' });
  }

  getCounts(): Promise<Counts> {
    return this.#talk.counts();
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#opened.end();
    this.#talk.post({ type: 'close' });
    // The worker says when it has closed everything; one that is busy gets its time.
    setTimeout(() => this.#release(), PATIENCE);
  }

  #receive(report: Report): void {
    if (report.type === 'bitmap') {
      const { target } = this.#opened;
      if (this.#ended || target instanceof WritableStream) report.bitmap.close();
      else target.show(report.bitmap);
      this.#talk.post({ type: 'shown' });
    }
  }

  #release(): void {
    this.#forgetTick();
    if (!this.#ended) {
      this.#ended = true;
      this.#opened.end();
    }
    this.#host.release();
  }
}

/** Milliseconds. */
const PATIENCE = 2000;
