import type { AudioFormat } from '../../generator/audio-format.js';
import { type Counts, noCounts } from '../../generator/counts.js';
import { hasNative } from '../../generator/features.js';
import { AudioWriter } from '../../generator/page/audio-writer.js';
import type { Backend } from '../../generator/page/backend.js';
import { FrameOutput } from '../../generator/page/frame-output.js';
import { openAudioSoon } from '../../generator/page/open-audio.js';
import { openAudio, openVideo } from '../../generator/page/open-output.js';
import type { AudioOutput, PageVideoOutput, VideoPicture } from '../../generator/page/output.js';
import type { TrackGeneratorInit } from '../../generator/page/track-generator.js';
import type { Hold, PacingInit, TrackWriter } from '../../generator/page/track-writer.js';
import { correctSettings, setTrackMuted } from '../../generator/page/tracks.js';
import { VideoWriter } from '../../generator/page/video-writer.js';
import { WritableTrack } from '../../generator/page/writable-track.js';
import { type FrameTimes, isVideoFrame, type VideoSource } from '../../generator/video-frames.js';
import type { AudioComposition, Composition, VideoComposition } from '../composition.js';
import { tonePlayer } from './engine-client.js';
import type { LayerError, PlaybackListener } from './playback.js';
import { settingsOf } from './player-client.js';
import { TonePlayerClient } from './tone-player-client.js';
import { openVideoPlayback, type VideoPlayback } from './video-playback.js';

/** A track into which a page writes, and into which the engine plays while a composition has layers. */
export class ComposedGenerator {
  /** The track as the page writes into it. */
  readonly generator: WritableTrack;
  readonly #player: WrittenPlayer;

  /**
   * Opens a track: in this task, unless it is of audio and the best backend of the browser takes a moment.
   *
   * @throws as `TrackGenerator`.
   */
  static open(init: TrackGeneratorInit, listener: ComposedListener): ComposedGenerator | Promise<ComposedGenerator> {
    if (init.kind !== 'audio') return ComposedGenerator.openNow(init, listener);
    const opened = openAudioSoon(formatOf(init), init.backend);
    const create = (output: AudioOutput) => new ComposedGenerator(init, listener, output);
    return opened instanceof Promise ? opened.then(create) : create(opened);
  }

  /** Opens a track in this task, by a backend that can do so. */
  static openNow(init: TrackGeneratorInit, listener: ComposedListener): ComposedGenerator {
    const { kind, backend } = init;
    const output = kind === 'video' ? openVideo(backend) : openAudio(formatOf(init), backend);
    return new ComposedGenerator(init, listener, output);
  }

  private constructor(init: TrackGeneratorInit, listener: ComposedListener, output: PageVideoOutput | AudioOutput) {
    const { kind, pacing, clock } = init;
    const paced = { pacing, clock };
    this.#player =
      'show' in output
        ? new WrittenVideoPlayer(output, paced, listener)
        : new WrittenAudioPlayer(new AudioWriter(output, { ...formatOf(init), ...paced }, tonePlayer), listener);
    this.generator = new WritableTrack(kind, this.#player.writer);
    this.generator.addEventListener('started', () => listener.started());
    this.generator.addEventListener('ended', () => listener.ended());
    this.generator.addEventListener('played', () => listener.played?.());
    this.generator.addEventListener('warning', (event) => {
      // The listener tells the page.
      event.preventDefault();
      listener.warned?.((event as ErrorEvent).error);
    });
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

  /** As `Playback.play()`. A composition without layers leaves the track to the page. */
  async play(composition: Composition): Promise<readonly LayerError[]> {
    if (!this.#player.hasPlayed && composition.layers.length === 0) return [];
    return this.#player.play(composition as AudioComposition & VideoComposition);
  }

  setHold(hold: Hold): void {
    this.generator.muted = hold.muted;
    this.generator.paused = hold.paused;
    this.#player.setHold(hold);
  }

  /** Shows the last frame once more, for a viewer who has just arrived. */
  repeatFrame(): void {
    this.#player.repeatFrame();
  }

  getCounts(): Promise<Counts> {
    return this.#player.getCounts();
  }

  /** Ends the track for good and frees everything. */
  close(): void {
    this.generator.stop();
  }
}

type ComposedListener = PlaybackListener & { played?(): void };

const formatOf = ({ sampleRate, channels }: TrackGeneratorInit): AudioFormat => ({ sampleRate, channels });

/** A writer, and the engine's player of the same track. */
interface WrittenPlayer {
  readonly writer: TrackWriter;
  readonly hasPlayed: boolean;
  play(composition: Composition): Promise<readonly LayerError[]>;
  setHold(hold: Hold): void;
  repeatFrame(): void;
  getCounts(): Promise<Counts>;
}

/** The player of tones plays written audio as well, so that both share its port. */
class WrittenAudioPlayer implements WrittenPlayer {
  readonly writer: AudioWriter;
  readonly #client: TonePlayerClient;
  hasPlayed = false;

  constructor(writer: AudioWriter, listener: PlaybackListener) {
    this.writer = writer;
    this.#client = new TonePlayerClient(writer.player, {
      failed: (failure) => listener.failed(failure),
      muted: (muted) => setTrackMuted(writer.output.track, muted),
      // A fault of the track has ended it.
      ended: () => writer.end(),
    });
  }

  async play(composition: AudioComposition): Promise<readonly LayerError[]> {
    const { track, fixedSettings } = this.writer.output;
    if (track.readyState === 'ended') throw new DOMException('The track has ended.', 'AbortError');
    this.hasPlayed = true;
    const errors = await this.#client.play(composition);
    if (!fixedSettings) correctSettings(track, settingsOf(composition));
    return errors;
  }

  setHold(): void {}

  repeatFrame(): void {}

  getCounts(): Promise<Counts> {
    return this.writer.getCounts();
  }
}

/** With the first composition the engine takes over the track, for good. From then on written frames go to the engine. */
class WrittenVideoPlayer implements WrittenPlayer {
  readonly writer: VideoWriter;
  readonly #output: PageVideoOutput;
  readonly #listener: PlaybackListener;
  #playback: Promise<VideoPlayback> | null = null;
  #engineOutput: EngineOutput | null = null;
  #hold: Hold = { muted: false, paused: false };
  /** The counts when the engine took over. */
  #countsBefore = noCounts();

  constructor(output: PageVideoOutput, pacing: PacingInit, listener: PlaybackListener) {
    this.#output = output;
    this.writer = new VideoWriter(output, pacing);
    this.#listener = listener;
  }

  get hasPlayed(): boolean {
    return this.#playback !== null;
  }

  async play(composition: VideoComposition): Promise<readonly LayerError[]> {
    this.#playback ??= this.#handOver();
    const playback = await this.#playback;
    // Without layers the page writes into the track, and a change of the background must not replace what it has written.
    if (composition.layers.length === 0 && this.#engineOutput?.hasFrame) return [];
    // The composition replaces the written frame.
    this.#engineOutput?.forgetFrame();
    return playback.play(composition);
  }

  setHold(hold: Hold): void {
    this.#hold = hold;
    this.#withPlayback((playback) => playback.setHold(hold));
  }

  repeatFrame(): void {
    this.writer.repeatFrame();
    this.#withPlayback((playback) => playback.repeatFrame());
  }

  async getCounts(): Promise<Counts> {
    if (!this.#playback) return this.writer.counts;
    const played = await this.#playback.then((playback) => playback.getCounts()).catch(noCounts);
    const sum = noCounts();
    for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] = this.#countsBefore[name] + played[name];
    return sum;
  }

  async #handOver(): Promise<VideoPlayback> {
    const output = this.#output;
    const { track, backend } = output;
    this.#countsBefore = { ...this.writer.counts };
    const engineOutput = new EngineOutput(output);
    this.#engineOutput = engineOutput;
    this.writer.output = engineOutput;
    const target = output.handOver();
    const playback = await openVideoPlayback(
      {
        started: () => this.#listener.started(),
        failed: (failure) => this.#listener.failed(failure),
        ended: () => {},
        suspendChanged: () => {},
      },
      { backend, track, target, end: () => output.end() },
    );
    playback.setHold(this.#hold);
    if (track.readyState === 'ended') playback.close();
    engineOutput.playback = playback;
    return playback;
  }

  #withPlayback(use: (playback: VideoPlayback) => void): void {
    void this.#playback?.then(use).catch(() => {});
  }
}

/** Takes written frames to the engine, which shows them in the track that it has taken over. */
class EngineOutput extends FrameOutput {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  readonly #before: PageVideoOutput;
  /** `null` while the engine is taking over. */
  playback: VideoPlayback | null = null;
  #hasFrame = false;

  constructor(before: PageVideoOutput) {
    super();
    this.#before = before;
    this.backend = before.backend;
    this.track = before.track;
  }

  /** Whether a written frame is on show, or on its way. */
  get hasFrame(): boolean {
    return this.#hasFrame;
  }

  override forgetFrame(): void {
    super.forgetFrame();
    this.#hasFrame = false;
  }

  /** Without `VideoFrame` the worker gets bitmaps. */
  override async grab(source: VideoSource, times: FrameTimes): Promise<VideoPicture> {
    return hasNative('VideoFrame') ? super.grab(source, times) : this.#before.grab(source, times);
  }

  override async show(picture: VideoPicture): Promise<boolean> {
    if (!this.playback) {
      picture.close();
      return false;
    }
    const showing = isVideoFrame(picture) ? super.show(picture) : this.playback.write(picture);
    this.#hasFrame = true;
    if (await showing) return true;
    this.#hasFrame = false;
    return false;
  }

  override copy(): VideoPicture | null | Promise<VideoPicture | null> {
    return hasNative('VideoFrame') ? super.copy() : this.#before.copy();
  }

  override repeatFrame(): void {
    if (hasNative('VideoFrame')) super.repeatFrame();
    else this.#before.repeatFrame();
  }

  end(): void {
    this.forgetFrame();
    if (this.playback) this.playback.close();
    else this.#before.end();
  }

  protected async send(frame: VideoFrame): Promise<boolean> {
    if (this.playback) return this.playback.write(frame);
    frame.close();
    return false;
  }
}
