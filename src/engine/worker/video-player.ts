import { noCounts } from '../../generator/counts.js';
import { pictureFrame } from '../../generator/page/video-input.js';
import { now, Timeline } from '../../generator/timeline.js';
import type { Task } from '../../generator/worker/scheduler.js';
import { createPicture } from '../../signals/picture.js';
import { hasDecorations } from '../../signals/video/pattern.js';
import type { VideoComposition, VideoLayer } from '../composition.js';
import type { PartName, Refusal, Report, VideoMessage } from '../messages.js';
import { plainError } from '../posted-error.js';
import { WallTimeline } from '../wall-clock.js';
import { BitmapSink, type FrameSink } from './frame-sink.js';
import type { LayerRenderer } from './layer-renderer.js';
import { Scene } from './scene.js';
import type { WorkerScope } from './worker-scope.js';

/** Plays a composition into one track: frame `n` at its deadline, dropped when a whole frame late. */
export class VideoPlayer implements Task {
  due = Number.POSITIVE_INFINITY;
  readonly #port: MessagePort;
  readonly #sink: FrameSink;
  readonly #scope: WorkerScope;
  readonly #origin: number;
  readonly #counts = noCounts();
  #timeline: Timeline | null = null;
  #composition: VideoComposition | null = null;
  #scene: Scene | null = null;
  /** What is known to have broken. */
  readonly #told = new WeakSet<LayerRenderer>();
  #black: Pick<Scene, 'render' | 'picture'> | null = null;
  /** The picture on show as a frame, where it is known that it will be shown again: it is cloned then. */
  #still: VideoFrame | null = null;
  #number = -1;
  /** Whether frame `#number` could not be sent when it was due. */
  #owed = false;
  #composed = false;
  #paused = false;
  #pausedAt: number | null = null;
  #muted = false;
  #changed = true;
  #lastTimestamp = 0;
  #lastAt = 0;

  constructor(port: MessagePort, sink: FrameSink, origin: number, scope: WorkerScope) {
    this.#port = port;
    this.#sink = sink;
    this.#scope = scope;
    this.#origin = origin;
    sink.onend = () => this.#end();
    port.onmessage = ({ data }: MessageEvent<VideoMessage>) => this.#receive(data);
    scope.scheduler.add(this);
  }

  run(time: number): void {
    // Somebody has set the machine's clock.
    if (this.#timeline instanceof WallTimeline && this.#timeline.isOff && this.#composition)
      this.#compose(this.#composition);
    const timeline = this.#timeline;
    if (!timeline || !this.#scene) {
      this.due = Number.POSITIVE_INFINITY;
      return;
    }
    const n = timeline.numberAt(time);
    this.due = timeline.due(n + 1);
    if (n <= this.#number) return;
    if (this.#number >= 0) this.#counts.dropped += n - this.#number - 1;
    this.#number = n;
    this.#owed = this.#sink.busy;
    if (this.#owed) {
      this.#counts.dropped++;
      return;
    }
    this.#show(timeline, n);
  }

  /** A page that was too busy gets the frame that is due now as soon as it has shown the last, not at the next deadline. */
  #shown(): void {
    if (!(this.#sink instanceof BitmapSink)) return;
    this.#sink.shown();
    if (!this.#owed || this.#sink.busy || !this.#timeline || !this.#scene) return;
    this.#owed = false;
    this.#counts.dropped--;
    this.#show(this.#timeline, this.#number);
  }

  #show(timeline: Timeline, n: number): void {
    const period = 1000 / (timeline.rate.numerator / timeline.rate.denominator);
    if (now() - timeline.due(n) > period / 2) this.#counts.late++;
    const duration = timeline.timestamp(n + 1) - timeline.timestamp(n);
    if (this.#paused) this.#pausedAt ??= n;
    try {
      this.#send(this.#frame(this.#pausedAt ?? n, timeline.timestamp(n), duration));
    } catch (error) {
      // Of no single layer, as far as is known.
      const [layer] = this.#scene?.layers ?? [];
      this.#report({ type: 'failed', layer: layer?.id ?? 0, error: plainError(error) });
    }
  }

  /** Frame `n` as it goes out: a new buffer where the picture changed, a clone where it did not and the sink takes it. */
  #frame(n: number, timestamp: number, duration: number): VideoFrame {
    const shown = this.#muted ? this.#blackScene() : (this.#scene as Scene);
    const changed = shown.render(n) || this.#changed;
    this.#changed = false;
    if (changed && !this.#muted) this.#tellBroken();
    if (changed) this.#forgetStill();
    else this.#counts.repeated++;
    if (changed || !this.#sink.takesClones) return pictureFrame(shown.picture, { timestamp, duration });
    this.#still ??= pictureFrame(shown.picture, { timestamp, duration });
    return new VideoFrame(this.#still, { timestamp, duration });
  }

  #send(frame: VideoFrame): void {
    this.#lastTimestamp = frame.timestamp;
    this.#lastAt = now();
    if (this.#counts.produced++ === 0) this.#report({ type: 'started' });
    this.#sink.send(frame);
  }

  #receive(message: VideoMessage): void {
    const handlers: { [T in VideoMessage['type']]: (message: Extract<VideoMessage, { type: T }>) => void } = {
      play: ({ composition }) => this.#play(composition),
      hold: ({ muted, paused }) => this.#hold(muted, paused),
      write: ({ id, frame }) => this.#write(id, frame),
      again: () => this.#again(),
      shown: () => this.#shown(),
      count: () => this.#report({ type: 'counts', counts: { ...this.#counts } }),
      close: () => this.#end(),
    };
    handlers[message.type](message as never);
  }

  #play(composition: VideoComposition): void {
    const part = this.#lacks(composition);
    if (part) {
      this.#report({ type: 'wanting', part });
      return;
    }
    try {
      this.#report({ type: 'playing', refused: this.#compose(composition) });
    } catch (error) {
      this.#report({ type: 'refused', error: plainError(error) });
    }
  }

  /** The part of the worker that has to be loaded first. */
  #lacks(composition: VideoComposition): PartName | null {
    const layers = composition.layers.filter(({ muted }) => !muted);
    const { tables, extraPatterns, dress } = this.#scope;
    const isKnown = ({ signal }: VideoLayer) => tables.video.some(({ name }) => name === signal.pattern);
    if (!extraPatterns && !layers.every(isKnown)) return 'extraPatterns';
    return !dress && layers.some(({ signal }) => hasDecorations(signal)) ? 'dressing' : null;
  }

  /** Shows a composition from now on. Tells what of it cannot be shown. */
  #compose(composition: VideoComposition): readonly Refusal[] {
    const old = this.#timeline;
    const timeline = this.#timelineFor(composition);
    const scene = new Scene(composition, {
      means: { table: this.#scope.tables.video, dress: this.#scope.dress },
      before: this.#scene,
      number: timeline.numberAt(now()),
      ...(timeline instanceof WallTimeline && { pageStart: timeline.pageStart }),
    });
    const { refused } = scene;
    // It stays as it was, with its size and rate.
    if (composition.isSingleLayer && refused.length > 0) return refused;
    for (const { drawing } of scene.layers) if (drawing.error) this.#told.add(drawing);
    this.#scene = scene;
    this.#composition = composition;
    this.#composed = composition.layers.length > 0;
    this.#timeline = timeline;
    if (timeline !== old) {
      this.#number = -1;
      if (this.#pausedAt !== null && old) this.#pausedAt = timeline.numberAt(old.due(this.#pausedAt));
      // The frame on show belongs to this moment at any rate, so a new one waits for the next deadline.
      const started = this.#counts.produced > 0;
      this.due = timeline.due(timeline.numberAt(now()) + (started ? 1 : 0));
    }
    this.#black = null;
    this.#changed = true;
    this.due = Math.min(this.due, timeline.due(timeline.numberAt(now()) + 1));
    this.#scope.scheduler.wakeFor(this);
    return refused;
  }

  /** The timeline that there is, where it serves. */
  #timelineFor({ frameRate, layers }: VideoComposition): Timeline {
    const old = this.#timeline;
    const byClock = layers.some(({ signal }) => signal.animation === 'wall-clock');
    const isSameRate = old?.rate.numerator === frameRate.numerator && old.rate.denominator === frameRate.denominator;
    if (!byClock) {
      return old && isSameRate && !(old instanceof WallTimeline) ? old : new Timeline(frameRate, this.#origin);
    }
    return old instanceof WallTimeline && isSameRate && !old.isOff ? old : new WallTimeline(frameRate, this.#origin);
  }

  /** Tells of layers that have broken, once of each. */
  #tellBroken(): void {
    for (const { id, drawing } of this.#scene?.layers ?? []) {
      if (!drawing.error || this.#told.has(drawing)) continue;
      this.#told.add(drawing);
      this.#report({ type: 'failed', layer: id, error: drawing.error });
    }
  }

  /** What a muted track shows: black of the size that it would have. */
  #blackScene(): Pick<Scene, 'render' | 'picture'> {
    const { width, height } = (this.#scene as Scene).picture;
    this.#black ??= { picture: createPicture(width, height), render: () => false };
    return this.#black;
  }

  #hold(muted: boolean, paused: boolean): void {
    if (muted !== this.#muted) this.#changed = true;
    this.#muted = muted;
    this.#paused = paused;
    // Time goes on: what is due then comes when the source resumes.
    if (!paused) this.#pausedAt = null;
    else if (this.#number >= 0) this.#pausedAt ??= this.#number;
  }

  /** A frame from the page, while no layer plays: it takes the place of the background that the last one left. */
  #write(id: number, frame: VideoFrame): void {
    const taken = !this.#composed && !this.#sink.busy && !this.#paused;
    if (taken) {
      this.#scene = null;
      this.#number = -1;
      this.#send(frame);
    } else {
      this.#counts.dropped++;
      frame.close();
    }
    this.#report({ type: 'settled', id, taken });
  }

  #again(): void {
    if (this.#counts.produced === 0 || this.#sink.busy || !this.#scene || this.#changed) return;
    const timestamp = this.#lastTimestamp + Math.max(1, Math.round((now() - this.#lastAt) * 1000));
    this.#counts.repeated++;
    this.#send(pictureFrame((this.#muted ? this.#blackScene() : this.#scene).picture, { timestamp }));
  }

  #forgetStill(): void {
    this.#still?.close();
    this.#still = null;
  }

  #report(report: Report): void {
    this.#port.postMessage(report);
  }

  #end(): void {
    this.#scope.scheduler.remove(this);
    this.#port.onmessage = null;
    this.#forgetStill();
    void this.#sink.close().then(() => {
      this.#report({ type: 'ended' });
      this.#port.close();
    });
  }
}
