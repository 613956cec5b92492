/*
 * The way of a frame, from `<pattern-source pattern="ball">` to its track. (The way of audio is similar, but its player
 * may run in a worklet: see audio-playback.ts.)
 *
 * 1. The element's properties become a composition of one layer: ../composition.ts.
 * 2. `VideoPlayback.play()` takes it, and its `PlayerClient` posts it: player-client.ts, ../messages.ts.
 * 3. In the engine's worker, which all sources share, the track's player receives it: ../worker/engine-worker.ts,
 *    ../worker/video-player.ts. If it lacks code, it answers `needsPart`; the client loads the part and asks again.
 * 4. The player makes a scene. Each layer of it has a renderer: ../worker/scene.ts, signals/video/pattern-renderer.ts.
 * 5. The answer says which layers were rejected. The element reports their errors.
 * 6. At the deadline of each frame the scheduler runs the player, and the renderers draw the pattern.
 * 7. The picture becomes a `VideoFrame`, and the sink takes it to the track: ../worker/frame-sink.ts. A track that is a
 *    captured canvas is in the page, so that its sink posts bitmaps, which `VideoPlayback` shows.
 */
import type { Counts } from '../../generator/counts.js';
import { has, hasNative, hasNativeTracks } from '../../generator/features.js';
import { type Backend, type BackendRecord, findBackend } from '../../generator/page/backend.js';
import { configurationNow } from '../../generator/page/configuration.js';
import type { VideoPicture, VideoTarget } from '../../generator/page/output.js';
import type { Hold } from '../../generator/page/track-writer.js';
import { correctSettings, endTrack, everyHalfSecond, setTrackMuted } from '../../generator/page/tracks.js';
import { pageOrigin } from '../../generator/timeline.js';
import type { VideoComposition } from '../composition.js';
import type { EngineReady, OpenVideo, PlayerEvent } from '../messages.js';
import { acquireEngine, loadPart, type WorkerLease } from './engine-client.js';
import type { LayerError, Playback, PlaybackListener } from './playback.js';
import { PlayerClient, settingsOf } from './player-client.js';

/**
 * Opens a video track into which the engine plays.
 *
 * @param target A track that is open already, if the engine is to play into that.
 * @throws {DOMException} `NetworkError` if the worker does not load; `NotSupportedError` if the browser lacks the
 * configured backend.
 */
export async function openVideoPlayback(listener: PlaybackListener, target?: TargetTrack): Promise<VideoPlayback> {
  const lease = await acquireEngine();
  try {
    if (!hasNative('VideoFrame')) await (await import('./rgb-frames.js')).useRgbFrames(lease.worker, loadPart);
    const { port1, port2: port } = new MessageChannel();
    const openPlayer: OpenPlayer = (target) => {
      const message: OpenVideo = { type: 'open-video', port, origin: pageOrigin(), target };
      lease.worker.postMessage(message, typeof target === 'string' ? [port] : [port, target]);
    };
    const opened = target ?? (await openTrack(lease.ready as EngineReady, port1, openPlayer));
    if (opened.backend !== 'worker') openPlayer('show' in opened.target ? 'bitmaps' : opened.target);
    return new VideoPlayback(lease, port1, opened, listener);
  } catch (error) {
    lease.release();
    throw error;
  }
}

/** An open video track, and where the engine shows its pictures. */
export interface TargetTrack {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  readonly target: VideoTarget;
  /** Ends the track. */
  end(): void;
}

export class VideoPlayback implements Playback<VideoComposition> {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  readonly suspended = false;
  readonly #lease: WorkerLease;
  readonly #opened: TargetTrack;
  readonly #client: PlayerClient;
  readonly #stopPolling: () => void;
  #isClosed = false;

  constructor(lease: WorkerLease, port: MessagePort, opened: TargetTrack, listener: PlaybackListener) {
    this.#lease = lease;
    this.#opened = opened;
    this.backend = opened.backend;
    this.track = opened.track;
    this.#client = new PlayerClient(port, Promise.resolve(lease.worker), {
      ...listener,
      showBitmap: (bitmap) => this.#show(bitmap),
      muted: (muted) => setTrackMuted(this.track, muted),
      ended: () => {
        const isOutside = !this.#isClosed;
        this.#release();
        if (isOutside) listener.ended();
      },
    });
    // A page's own track.stop() fires no event, and the player does not notice it while it sends no frames.
    this.#stopPolling = everyHalfSecond(() => {
      if (this.track.readyState === 'ended') this.#client.post('close');
    });
  }

  async play(composition: VideoComposition): Promise<readonly LayerError[]> {
    const errors = await this.#client.play(composition);
    const { length } = composition.layers;
    if (length === 0 || errors.length < length) correctSettings(this.track, settingsOf(composition));
    return errors;
  }

  /** Shows a frame while no layer plays. Resolves to `false` if it was dropped. */
  write(frame: VideoPicture): Promise<boolean> {
    return this.#client.write(frame);
  }

  setHold(hold: Hold): void {
    this.#client.setHold(hold);
  }

  repeatFrame(): void {
    this.#client.post('repeat-frame');
  }

  getCounts(): Promise<Counts> {
    return this.#client.getCounts();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#opened.end();
    this.#client.post('close');
    // The player reports when it has closed everything. If the worker is too busy for that, it is released anyway.
    setTimeout(() => this.#release(), PLAYER_CLOSE_TIMEOUT_MS);
  }

  #show(bitmap: ImageBitmap): void {
    const { target } = this.#opened;
    if (!this.#isClosed && 'show' in target) target.show(bitmap);
    else bitmap.close();
    this.#client.post('bitmap-shown');
  }

  #release(): void {
    this.#stopPolling();
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#opened.end();
    }
    this.#lease.release();
  }
}

const PLAYER_CLOSE_TIMEOUT_MS = 2000;

/** Opens the player of a track in the worker. */
type OpenPlayer = (target: OpenVideo['target']) => void;

/** Opens a track by the configured backend, or by the best one that the browser has. */
const openTrack = (ready: EngineReady, port: MessagePort, openPlayer: OpenPlayer): TargetTrack | Promise<TargetTrack> =>
  findBackend('video', backends, configurationNow().backends?.video, ready).open(port, openPlayer);

/** The browser makes a track of frames. */
export const nativeBackend: BackendRecord<() => TargetTrack> = {
  name: 'native',
  needs: 'MediaStreamTrackGenerator',
  isSupported: () => hasNativeTracks('VideoFrame'),
  open: () => {
    const track = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
    return { backend: 'native', track, target: track.writable, end: () => endTrack(track) };
  },
};

/** The backends into which the engine plays, best first. */
const backends: readonly BackendRecord<
  (port: MessagePort, openPlayer: OpenPlayer) => TargetTrack | Promise<TargetTrack>,
  [EngineReady]
>[] = [
  nativeBackend,
  {
    name: 'worker',
    needs: 'VideoTrackGenerator',
    isSupported: ({ hasVideoTrackGenerator }) => hasVideoTrackGenerator && hasNative('VideoFrame'),
    open: async (port, openPlayer) => {
      const track = await receiveTrack(port, () => openPlayer('track'));
      // The track's frames never come to the page.
      return { backend: 'worker', track, target: { show: (bitmap) => bitmap.close() }, end: () => endTrack(track) };
    },
  },
  {
    name: 'canvas',
    needs: 'createImageBitmap',
    isSupported: () => has('createImageBitmap'),
    open: async () => {
      // Browsers with one of the other backends do not need this code.
      const { BitmapTrack } = await import('./bitmap-track.js');
      const output = new BitmapTrack();
      return { backend: 'canvas', track: output.track, target: output, end: () => output.end() };
    },
  },
];

const receiveTrack = (port: MessagePort, openPlayer: () => void): Promise<MediaStreamTrack> =>
  new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<PlayerEvent>) => {
      if (data.type !== 'track') return;
      port.onmessage = null;
      resolve(data.track);
    };
    openPlayer();
  });
