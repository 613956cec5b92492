import { type Counts, noCounts } from '../../generator/counts.js';
import { type Backend, correctSettings } from '../../generator/page/backend.js';
import { LastFrame } from '../../generator/page/last-frame.js';
import { TrackGenerator, type TrackGeneratorInit } from '../../generator/page/track-generator.js';
import { frameOf } from '../../generator/page/video-input.js';
import type { FrameTimes, VideoOutput, VideoPicture, VideoSource } from '../../generator/page/video-output.js';
import type { AudioComposition, Composition, VideoComposition } from '../composition.js';
import type { Report, VideoMessage } from '../messages.js';
import { tonePlayer } from './engine-client.js';
import type { Hold, LayerError, PlaybackListener } from './playback.js';
import { PlayerClient, settingsOf } from './player-client.js';
import { openVideoPlayback, type VideoPlayback } from './video-playback.js';

/**
 * A generator into which pages write, and into which the engine plays once a composition has layers: then what shows
 * its pictures goes over to the engine for good, and the track stays the same.
 */
export class ComposedGenerator {
  readonly generator: TrackGenerator;
  readonly #listener: PlaybackListener;
  #talk: Promise<PlayerClient> | null = null;
  #playback: Promise<VideoPlayback> | null = null;
  #written: EngineOutput | null = null;
  /** What had been counted when the engine took over. */
  #before: Counts | null = null;

  constructor(init: TrackGeneratorInit, listener: PlaybackListener) {
    this.generator = new TrackGenerator(init, tonePlayer);
    this.#listener = listener;
    this.generator.addEventListener('started', () => listener.started());
    this.generator.addEventListener('ended', () => listener.ended());
    this.generator.addEventListener('suspendchange', () => listener.suspendChanged(this.suspended));
  }

  get track(): MediaStreamTrack {
    return this.generator.track;
  }

  get backend(): Backend {
    return this.generator.backend;
  }

  get suspended(): boolean {
    return this.generator.suspended;
  }

  /** Plays a composition, on the same track; one without layers leaves the track to what is written. */
  async play(composition: Composition): Promise<readonly LayerError[]> {
    const played = this.#talk || this.#playback;
    if (!played && composition.layers.length === 0) return [];
    return 'channels' in composition ? this.#playTones(composition) : this.#playPictures(composition);
  }

  setHold(hold: Hold): void {
    this.generator.muted = hold.muted;
    this.generator.paused = hold.paused;
    void this.#playback?.then((playback) => playback.setHold(hold)).catch(() => {});
  }

  repeatFrame(): void {
    this.generator.showAgain();
    void this.#playback?.then((playback) => playback.repeatFrame()).catch(() => {});
  }

  /** What was written before the engine played, and what the engine has shown since. */
  async getCounts(): Promise<Counts> {
    const played = await this.#playback?.then((playback) => playback.getCounts()).catch(() => null);
    const counts = { ...(this.#before ?? (await this.generator.getStats())) };
    const sum = noCounts();
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] = counts[name] + (played?.[name] ?? 0);
    return sum;
  }

  close(): void {
    this.generator.stop();
  }

  async #playTones(composition: AudioComposition): Promise<readonly LayerError[]> {
    this.#talk ??= this.#converse();
    const errors = await (await this.#talk).play(composition);
    // A worklet's track keeps what it was made with.
    if (this.backend === 'native') correctSettings(this.track, settingsOf(composition));
    return errors;
  }

  async #converse(): Promise<PlayerClient> {
    const feed = await this.generator.audioFeed;
    if (!feed) throw new DOMException('The track has ended.', 'AbortError');
    const { port, loaded } = feed.sound;
    await loaded;
    return new PlayerClient(
      port,
      loaded.then((global) => ({ global })),
      {
        ...silentListener,
        failed: (failure) => this.#listener.failed(failure),
      },
    );
  }

  async #playPictures(composition: VideoComposition): Promise<readonly LayerError[]> {
    this.#playback ??= this.#handOver();
    const playback = await this.#playback;
    this.#written?.forget();
    return playback.play(composition);
  }

  async #handOver(): Promise<VideoPlayback> {
    const { track, backend, generator } = this;
    this.#before = await generator.getStats();
    const successor = new EngineOutput(backend, track);
    this.#written = successor;
    const output = generator.handOver(successor);
    successor.endTrack = () => output.end();
    const playback = await openVideoPlayback(
      {
        ...silentListener,
        started: () => this.#listener.started(),
        failed: (failure) => this.#listener.failed(failure),
      },
      { backend, track, target: output.target, end: () => output.end() },
    );
    playback.setHold({ muted: generator.muted, paused: generator.paused });
    // It may have been stopped meanwhile.
    if (track.readyState === 'ended') playback.close();
    successor.connect(playback);
    return playback;
  }
}

const silentListener: PlaybackListener = { started() {}, failed() {}, ended() {}, suspendChanged() {} };

/** Pictures that a page writes, on their way to the engine that has the track. */
class EngineOutput implements VideoOutput {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  #playback: VideoPlayback | null = null;
  /** What ends the track while no playback does. */
  endTrack = (): void => {};
  readonly #waiting = new Map<number, (taken: boolean) => void>();
  readonly #last = new LastFrame();
  #written = 0;

  constructor(backend: Backend, track: MediaStreamTrack) {
    this.backend = backend;
    this.track = track;
  }

  connect(playback: VideoPlayback): void {
    this.#playback = playback;
    playback.port.addEventListener('message', ({ data }: MessageEvent<Report>) => {
      if (data.type === 'settled') this.#settle(data.id, data.taken);
    });
  }

  grab(source: VideoSource, times: FrameTimes): VideoFrame | Promise<VideoFrame> {
    return frameOf(source, times);
  }

  async show(picture: VideoPicture): Promise<boolean> {
    if (this.#playback && picture instanceof VideoFrame && this.track.readyState === 'live') {
      this.#last.keep(picture);
      return this.#post(this.#playback, picture);
    }
    picture.close();
    return false;
  }

  copy(): VideoFrame | null {
    return this.#last.copy();
  }

  repeat(): void {
    void this.#repeat().catch(() => {});
  }

  /** What was written is not on show any more. */
  forget(): void {
    this.#last.forget();
  }

  handOver(): never {
    throw new Error('What the engine plays into stays with it.');
  }

  end(): void {
    this.forget();
    if (this.#playback) this.#playback.close();
    else this.endTrack();
    for (const id of this.#waiting.keys()) this.#settle(id, false);
  }

  async #repeat(): Promise<void> {
    const frame = await this.#last.again();
    if (frame && this.#playback) await this.#post(this.#playback, frame);
    else frame?.close();
  }

  #post(playback: VideoPlayback, frame: VideoFrame): Promise<boolean> {
    const id = ++this.#written;
    playback.port.postMessage({ type: 'write', id, frame } satisfies VideoMessage, [frame]);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  #settle(id: number, taken: boolean): void {
    this.#waiting.get(id)?.(taken);
    this.#waiting.delete(id);
  }
}
