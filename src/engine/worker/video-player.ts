import { noCounts } from '../../generator/counts.js';
import { answer, plainError } from '../../generator/messages.js';
import { clockSkew, now, Timeline } from '../../generator/timeline.js';
import { blackFrame, FrameClass, type FrameTimes, pictureFrame } from '../../generator/video-frames.js';
import type { Task } from '../../generator/worker/scheduler.js';
import { hasDecorations } from '../../signals/video/pattern.js';
import type { VideoComposition } from '../composition.js';
import type { PartName, PlayAnswer, PlayerEvent, RejectedLayer, VideoMessage } from '../messages.js';
import { WallTimeline } from '../wall-clock.js';
import type { FaultablePlayer, FrameClock, FrameShow, ShownScene } from './frame-show.js';
import { BitmapSink, type FrameSink } from './frame-sink.js';
import { Preparation } from './preparation.js';
import { type LayerRenderer, Scene } from './scene.js';
import type { WorkerScope } from './worker-scope.js';

/** Plays compositions into one track: each frame at its deadline. A frame is dropped if the next one is already due. */
export class VideoPlayer implements FaultablePlayer, Task {
  due = Number.POSITIVE_INFINITY;
  readonly #port: MessagePort;
  readonly #sink: FrameSink;
  readonly #scope: WorkerScope;
  readonly #origin: number;
  readonly counts = noCounts();
  #timeline: Timeline | null = null;
  #composition: VideoComposition | null = null;
  /** The player itself, or faults between it and its frames. */
  #show: FrameShow = this;
  /** `null` while written frames are shown. */
  #scene: Scene | null = null;
  /** The broken renderers that the page knows of. */
  readonly #reported = new WeakSet<LayerRenderer>();
  /** The present picture as a frame, once it has been shown twice: later frames are clones of it. */
  #repeatedFrame: VideoFrame | null = null;
  /** The number of the last frame that was due; −1 before the first. */
  #number = -1;
  /** Whether the sink was too busy for frame `#number`. */
  #isOwed = false;
  /** Whether the newest composition has layers, also while it is prepared. */
  #hasLayers = false;
  /** The preparation of the newest composition, if that takes more than a moment. */
  #preparation: Preparation<Scene> | null = null;
  #paused = false;
  #pausedAt: number | null = null;
  #muted = false;
  /** Whether the next frame is a new picture even if its scene has not changed. */
  #isChanged = true;
  #lastTimestamp = 0;
  #lastSentAt = 0;

  /** @param origin The page's origin, in milliseconds of `now()`. */
  constructor(port: MessagePort, sink: FrameSink, origin: number, scope: WorkerScope) {
    this.#port = port;
    this.#sink = sink;
    this.#scope = scope;
    this.#origin = origin;
    sink.onend = () => this.close();
    sink.onfail = (error) => this.#reportFailure(error);
    port.onmessage = ({ data }: MessageEvent<VideoMessage>) => this.#receive(data);
    scope.scheduler.add(this);
  }

  run(time: number): void {
    // A timeline that follows the wall clock is made again when the machine's clock has been set.
    const isOff = this.#timeline instanceof WallTimeline && this.#timeline.isOff;
    if (isOff && this.#composition && !this.#preparation) void this.#compose(this.#composition);
    const timeline = this.#timeline;
    if (!timeline || !this.#scene) {
      this.due = Number.POSITIVE_INFINITY;
      return;
    }
    const n = timeline.numberAt(time);
    this.due = timeline.due(n + 1);
    if (n <= this.#number) return;
    if (this.#number >= 0) this.counts.dropped += n - this.#number - 1;
    this.#number = n;
    this.#isOwed = this.#sink.isBusy;
    if (this.#isOwed) this.counts.dropped++;
    else this.#show.show(this.#scene, timeline, n);
  }

  #receive(message: VideoMessage): void {
    if (message.type === 'play') this.#answer(message.id, () => this.#play(message.composition));
    else if (message.type === 'write') this.#answer(message.id, () => this.#write(message.frame));
    else if (message.type === 'count') this.#answer(message.id, () => ({ ...this.counts }));
    else if (message.type === 'hold') this.#setHold(message.muted, message.paused);
    else if (message.type === 'repeat-frame') this.#repeatFrame();
    else if (message.type === 'bitmap-shown') this.#bitmapShown();
    else this.close();
  }

  #play(composition: VideoComposition): PlayAnswer | Promise<PlayAnswer> {
    const needsPart = this.#missingPart(composition);
    return needsPart ? { needsPart } : this.#compose(composition);
  }

  #missingPart({ layers, faults }: VideoComposition): PartName | null {
    const { tables, hasExtraPatterns, decorate, addFaults } = this.#scope;
    const signals = layers.flatMap(({ muted, signal }) => (muted || 'input' in signal ? [] : signal));
    const areKnown = signals.every(({ pattern }) => tables.video.some(({ name }) => name === pattern));
    if (!hasExtraPatterns && !areKnown) return 'extraPatterns';
    if (faults && !addFaults) return 'faults';
    return !decorate && signals.some(hasDecorations) ? 'decorations' : null;
  }

  /**
   * Shows a composition as soon as it is prepared; until then the previous one continues. A newer composition abandons the
   * preparation, whose answer then has no errors.
   */
  #compose(composition: VideoComposition): PlayAnswer | Promise<PlayAnswer> {
    const { tables, decorate, prepareInput, scheduler } = this.#scope;
    const timeline = this.#timelineFor(composition);
    const slices = Scene.preparing(
      { colorSpace: this.#sink.colorSpace, ...composition },
      {
        resources: { table: tables.video, decorate, prepareInput },
        before: this.#scene,
        number: timeline.numberAt(now()),
        ...(timeline instanceof WallTimeline && { pageStart: timeline.pageStart }),
      },
    );
    this.#preparation?.abandon();
    this.#preparation = null;
    const preparation = new Preparation(slices, scheduler);
    const { result } = preparation;
    this.#hasLayers = composition.layers.length > 0;
    if (!(result instanceof Promise)) return { rejected: this.#accept(result, composition, timeline) };
    this.#preparation = preparation;
    return result.then((scene) => ({ rejected: scene ? this.#accept(scene, composition, timeline) : [] }));
  }

  /** Shows a scene from now on. Returns the layers that cannot be shown. */
  #accept(scene: Scene, composition: VideoComposition, timeline: Timeline): readonly RejectedLayer[] {
    const old = this.#timeline;
    this.#preparation = null;
    const { rejected } = scene;
    if (composition.isSingleLayer && rejected.length > 0) return rejected;
    this.#show = this.#scope.addFaults?.(this, composition.faults) ?? this;
    for (const { renderer } of scene.layers) if (renderer.error) this.#reported.add(renderer);
    this.#scene = scene;
    this.#composition = composition;
    this.#timeline = timeline;
    if (timeline !== old) {
      this.#number = -1;
      this.#isOwed = false;
      if (this.#pausedAt !== null && old) this.#pausedAt = timeline.numberAt(old.due(this.#pausedAt));
      // A frame that is on show already stays until the next deadline.
      const hasStarted = this.counts.produced > 0;
      this.due = timeline.due(timeline.numberAt(now()) + (hasStarted ? 1 : 0));
    }
    this.#isChanged = true;
    this.due = Math.min(this.due, timeline.due(timeline.numberAt(now()) + 1));
    this.#scope.scheduler.wakeFor(this);
    return rejected;
  }

  /** The present timeline, if it suits the composition. */
  #timelineFor({ frameRate, layers }: VideoComposition): Timeline {
    const old = this.#timeline;
    const usesWallClock = layers.some(({ signal }) => signal.animation === 'wall-clock');
    const isSuitable =
      old?.rate.numerator === frameRate.numerator &&
      old.rate.denominator === frameRate.denominator &&
      (old instanceof WallTimeline ? usesWallClock && !old.isOff : !usesWallClock);
    return isSuitable ? old : new (usesWallClock ? WallTimeline : Timeline)(frameRate, this.#origin);
  }

  /** Sends frame `n`. */
  show(scene: ShownScene, timeline: FrameClock, n: number): void {
    const due = timeline.due(n);
    if (now() - due > (timeline.due(n + 1) - due) / 2) this.counts.late++;
    if (this.#paused) this.#pausedAt ??= n;
    const timestamp = timeline.timestamp(n);
    const duration = timeline.timestamp(n + 1) - timestamp;
    try {
      this.#send(this.#render(scene, timeline, this.#pausedAt ?? n, { timestamp, duration }));
    } catch (error) {
      this.#reportFailure(error);
    }
  }

  /** Reports a failure of the first layer: which one has failed is not known. */
  #reportFailure(error: unknown): void {
    const [layer] = this.#scene?.layers ?? [];
    this.#report({ type: 'layer-failed', id: layer?.id ?? 0, error: plainError(error) });
  }

  /** Frame `n`: new bytes if the picture has changed; or else a clone, if the sink accepts clones. */
  #render(scene: ShownScene, timeline: FrameClock, n: number, times: FrameTimes): VideoFrame {
    const isRendered = !this.#muted && scene.render(n, (number) => timeline.due(number) + clockSkew());
    const isChanged = isRendered || this.#isChanged;
    this.#isChanged = false;
    if (isChanged) {
      if (!this.#muted) this.#reportBroken(scene);
      this.#forgetRepeatedFrame();
      return this.#frameOf(scene, times);
    }
    this.counts.repeated++;
    if (!this.#sink.acceptsClones) return this.#frameOf(scene, times);
    this.#repeatedFrame ??= this.#frameOf(scene, times);
    return new FrameClass(this.#repeatedFrame, times);
  }

  /** A frame with the scene's present picture; black of its size while muted. */
  #frameOf({ picture }: ShownScene, times: FrameTimes): VideoFrame {
    return this.#muted ? blackFrame(picture.width, picture.height, times) : pictureFrame(picture, times);
  }

  #send(frame: VideoFrame): void {
    this.#lastTimestamp = frame.timestamp;
    this.#lastSentAt = now();
    if (this.counts.produced++ === 0) this.#report({ type: 'started' });
    this.#sink.send(frame);
  }

  /** Reports layers that have broken, each once. */
  #reportBroken(scene: ShownScene): void {
    for (const { id, renderer } of scene.layers) {
      if (!renderer.error || this.#reported.has(renderer)) continue;
      this.#reported.add(renderer);
      this.#report({ type: 'layer-failed', id, error: renderer.error });
    }
  }

  #setHold(muted: boolean, paused: boolean): void {
    if (muted !== this.#muted) this.#isChanged = true;
    this.#muted = muted;
    this.#paused = paused;
    // The timeline does not stop: after a pause the source shows the frame that is due then.
    if (!paused) this.#pausedAt = null;
    else if (this.#number >= 0) this.#pausedAt ??= this.#number;
  }

  /** Shows a written frame in place of the background that the last composition left. */
  #write(frame: VideoFrame | ImageBitmap): boolean {
    if (this.#hasLayers || this.#paused || this.#sink.isBusy) {
      this.counts.dropped++;
      frame.close();
      return false;
    }
    // The frame is newer than a background that is still prepared.
    this.#preparation?.abandon();
    this.#preparation = null;
    this.#scene = null;
    this.#number = -1;
    // A bitmap comes only where the sink makes bitmaps.
    this.#send(frame as VideoFrame);
    return true;
  }

  /** Written frames are repeated by the page, which has them. */
  #repeatFrame(): void {
    const scene = this.#scene;
    if (this.counts.produced === 0 || this.#sink.isBusy || !scene || this.#isChanged) return;
    const timestamp = this.#lastTimestamp + Math.max(1, Math.round((now() - this.#lastSentAt) * 1000));
    this.counts.repeated++;
    this.#send(this.#frameOf(scene, { timestamp }));
  }

  /** A page that was busy gets the frame that it missed at once, not at the next deadline. */
  #bitmapShown(): void {
    if (!(this.#sink instanceof BitmapSink)) return;
    this.#sink.bitmapShown();
    if (!this.#isOwed || this.#sink.isBusy || !this.#timeline || !this.#scene) return;
    this.#isOwed = false;
    this.counts.dropped--;
    this.#show.show(this.#scene, this.#timeline, this.#number);
  }

  #forgetRepeatedFrame(): void {
    this.#repeatedFrame?.close();
    this.#repeatedFrame = null;
  }

  #answer(id: number, run: () => unknown): void {
    answer((message) => this.#port.postMessage(message), id, run);
  }

  #report(event: PlayerEvent): void {
    this.#port.postMessage(event);
  }

  tellMuted(muted: boolean): void {
    this.#report({ type: 'muted', muted });
  }

  /** Ends the track. */
  close(): void {
    this.#preparation?.abandon();
    this.#scope.scheduler.remove(this);
    this.#port.onmessage = null;
    this.#forgetRepeatedFrame();
    void this.#sink.close().then(() => {
      this.#report({ type: 'ended' });
      this.#port.close();
    });
  }
}
