import { plainError } from '../../generator/messages.js';
import type { AudioBlock } from '../../processor/messages.js';
import { samplesOfData } from '../../processor/samples.js';
import type { FrameSamples } from '../../processor/worker/frame-copier.js';
import { TrackInputReader } from '../../processor/worker/track-input.js';
import type { PictureMark } from '../../signals/mark/picture-mark.js';
import { framesPerSecond } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { AudioMeasurement } from '../audio-measurement.js';
import type { ClockRelation } from '../latency.js';
import type { ProbeCommand, ProbeEvent, ProbeSettings, Reference, WorkerReport } from '../messages.js';
import { noOffset } from '../probe-report.js';
import type { SyncMeasurement } from '../sync-measurement.js';
import { VideoMeasurement } from '../video-measurement.js';
import type { WallClockReading } from '../wall-clock-reading.js';
import { PictureReader } from './picture-reader.js';
import type { Comparison, ProbeScope } from './probe-scope.js';

type TrackCommand = Extract<ProbeCommand, { type: 'track' }>;

/** A track that is measured, or has ended. */
interface MeasuredTrack {
  readonly input: TrackInputReader | null;
  /** As the page told it. */
  readonly start: number;
  readonly uncertainty: number;
}

/** Measures the tracks of one probe. */
export class ProbeSession {
  readonly #post: (event: ProbeEvent) => void;
  readonly #clock: WallClockReading;
  readonly #scope: ProbeScope;
  readonly #tracks = new Map<TrackKind, MeasuredTrack>();
  #settings: ProbeSettings = { clock: null, frameRate: { numerator: 30, denominator: 1 }, compareEvery: 30 };
  #comparison: Comparison | null = null;
  /** Why pictures are not compared; empty if they are. */
  #incomparable = '';
  #video: VideoMeasurement | null = null;
  #audio: AudioMeasurement | null = null;
  /** `null` without audio. */
  #sync: SyncMeasurement | null = null;
  #lastMark: PictureMark | null = null;
  readonly #reader = new PictureReader();
  /** Pictures that wait to be read. */
  readonly #waiting: WaitingPicture[] = [];
  #isReading = false;
  /** Pictures in a row that could not be read. */
  #failures = 0;
  #isComparing = false;
  /** Pictures since the last one that was compared. */
  #sinceCompared = Number.POSITIVE_INFINITY;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(post: (event: ProbeEvent) => void, clock: WallClockReading, scope: ProbeScope) {
    this.#post = post;
    this.#clock = clock;
    this.#scope = scope;
    this.#timer = setInterval(() => this.#postReport(), REPORT_INTERVAL_MS);
  }

  setSettings(settings: ProbeSettings): void {
    this.#settings = settings;
    if (!this.#lastMark) this.#audio?.setRate(settings.frameRate);
  }

  /** Compares with this reference from the next picture on. Its part has to be loaded. */
  setReference(reference: Reference | null): void {
    this.#comparison = null;
    this.#incomparable = '';
    this.#sinceCompared = Number.POSITIVE_INFINITY;
    this.#video?.forgetQuality();
    if (!reference) return;
    try {
      this.#comparison = this.#scope.compareWith?.(reference) ?? null;
    } catch (error) {
      this.#post({ type: 'failed', error: plainError(error) });
    }
  }

  setTrack({ kind, input, start, uncertainty }: TrackCommand): void {
    const last = this.#tracks.get(kind);
    last?.input?.close();
    if (!input) {
      if (!last) return;
      this.#tracks.set(kind, { ...last, input: null });
      (kind === 'video' ? this.#video : this.#audio)?.end();
      return;
    }
    const reader = new TrackInputReader(
      input,
      {
        frame: (frame, arrival, unread) => this.#addFrame(frame, this.#clock.fromPage(arrival), unread),
        data: (data, arrival) => this.#addData(data, this.#clock.fromPage(arrival)),
        block: (block) => this.#addBlock(block),
        failed: (error) => this.#post({ type: 'failed', error: plainError(error) }),
      },
      this.#clock.page,
    );
    this.#tracks.set(kind, { input: reader, start, uncertainty });
    this.#begin(kind);
  }

  reset(start: number): void {
    for (const [kind, track] of this.#tracks) {
      this.#tracks.set(kind, { ...track, start });
      this.#begin(kind);
      if (!track.input) (kind === 'video' ? this.#video : this.#audio)?.end();
    }
  }

  report(): WorkerReport {
    const now = this.#clock.now();
    return {
      video: this.#video?.report(now, this.#clockOf('video')) ?? null,
      audio: this.#audio?.report(now, this.#clockOf('audio')) ?? null,
      starts: { video: this.#tracks.get('video')?.start, audio: this.#tracks.get('audio')?.start },
      offset: this.#sync?.report(this.#uncertaintyOf('video') + this.#uncertaintyOf('audio')) ?? noOffset,
      unsupported: this.#video && this.#incomparable ? [`psnr: ${this.#incomparable}`] : [],
    };
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { input } of this.#tracks.values()) input?.close();
    for (const { frame } of this.#waiting.splice(0)) frame?.close();
  }

  #begin(kind: TrackKind): void {
    const start = this.#clock.fromPage((this.#tracks.get(kind) as MeasuredTrack).start);
    this.#sync = this.#scope.audio?.compare() ?? null;
    if (kind === 'audio') {
      this.#audio = this.#scope.audio?.measure(start, this.#settings.frameRate) ?? null;
      if (this.#lastMark) this.#audio?.follow(this.#lastMark, start);
      return;
    }
    this.#video = new VideoMeasurement(start);
    this.#lastMark = null;
    this.#incomparable = '';
    this.#sinceCompared = Number.POSITIVE_INFINITY;
  }

  #uncertaintyOf(kind: TrackKind): number {
    return this.#tracks.get(kind)?.uncertainty ?? 0;
  }

  #clockOf(kind: TrackKind): ClockRelation | null {
    const { clock } = this.#settings;
    return clock && { ...clock, uncertainty: clock.uncertainty + this.#uncertaintyOf(kind) };
  }

  #addFrame(frame: VideoFrame, arrival: number, unread?: number): void {
    const video = this.#video;
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    const isLate = this.#waiting.length >= MOST_WAITING;
    if (isLate) frame.close();
    if (video) this.#waiting.push({ frame: isLate ? null : frame, arrival, unread, width, height, video });
    else if (!isLate) frame.close();
    if (!this.#isReading) void this.#readWaiting();
  }

  async #readWaiting(): Promise<void> {
    this.#isReading = true;
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      try {
        await this.#read(next);
        this.#failures = 0;
      } catch (error) {
        // The picture came, and nothing else is known about it.
        const { frame, video, ...picture } = next;
        video.add({ ...picture, mark: null, isSkipped: true });
        this.#failures += 1;
        if (this.#failures === TOLD_FAILURES) this.#post({ type: 'failed', error: plainError(error) });
      } finally {
        next.frame?.close();
      }
    }
    this.#isReading = false;
  }

  async #read({ frame, video, ...picture }: WaitingPicture): Promise<void> {
    if (!frame) {
      video.add({ ...picture, mark: null, isSkipped: true });
      return;
    }
    const isDue =
      this.#comparison !== null && !this.#isComparing && this.#sinceCompared + 1 >= this.#settings.compareEvery;
    const { mark, picture: planes } = await this.#reader.read(frame, performance.now(), isDue);
    const isFirst = this.#lastMark === null;
    const standing = video.add({ ...picture, mark });
    this.#sinceCompared++;
    if (video !== this.#video) return;
    if (planes && mark) void this.#compare(mark, planes, frame.colorSpace);
    if (!mark) return;
    if (standing !== 'repeated') this.#follow(mark, picture.arrival, standing === 'restart');
    if (isFirst) this.#postReport();
  }

  /** Relates the audio to a picture. */
  #follow(mark: PictureMark, arrival: number, isRestart: boolean): void {
    if (isRestart) this.#sync?.reset();
    this.#audio?.follow(mark, arrival, isRestart);
    this.#lastMark = mark;
    this.#sync?.addMark(mark, arrival);
  }

  async #compare(mark: PictureMark, samples: FrameSamples, colorSpace: VideoColorSpace): Promise<void> {
    const [comparison, video] = [this.#comparison, this.#video];
    this.#sinceCompared = 0;
    this.#isComparing = true;
    try {
      const quality = await comparison?.compare(samples, mark, colorSpace);
      // There may be another track or reference by now.
      if (!quality || comparison !== this.#comparison || video !== this.#video) return;
      this.#incomparable = typeof quality === 'string' ? quality : '';
      if (typeof quality !== 'string') video?.addQuality(quality);
    } catch (error) {
      this.#post({ type: 'failed', error: plainError(error) });
    } finally {
      this.#isComparing = false;
    }
  }

  #addData(data: AudioData, arrival: number): void {
    const { planes, sampleRate } = samplesOfData(data);
    // The first sample of a block can be heard when the block comes.
    this.#hear(planes, sampleRate, arrival);
  }

  #addBlock({ planes, sampleRate, start }: AudioBlock): void {
    if (planes.length > 0) this.#hear(planes, sampleRate, this.#clock.fromPage(start));
  }

  #hear(planes: readonly Float32Array[], sampleRate: number, arrival: number): void {
    const audio = this.#audio;
    if (!audio || sampleRate < LEAST_SAMPLE_RATE_HZ) return;
    const mark = this.#lastMark;
    for (const heard of audio.add({ planes, sampleRate, arrival })) {
      if (!mark) continue;
      this.#sync?.addAudio(heard.frame, heard.arrival, framesPerSecond(mark.rate));
      audio.addLatency(heard, mark);
    }
  }

  #postReport(): void {
    if (this.#tracks.size > 0) this.#post({ type: 'report', report: this.report() });
  }
}

/** A picture that waits to be read; without a frame if too many wait. */
interface WaitingPicture {
  readonly frame: VideoFrame | null;
  readonly arrival: number;
  readonly unread: number | undefined;
  readonly width: number;
  readonly height: number;
  /** The measurement to which it belongs, although there may be another track by now. */
  readonly video: VideoMeasurement;
}

const REPORT_INTERVAL_MS = 1000;
/** Half a second at 30 frames per second. */
const MOST_WAITING = 15;
const LEAST_SAMPLE_RATE_HZ = 8000;

/** A single picture that cannot be read is not reported; this number of pictures in a row is. */
const TOLD_FAILURES = 10;
