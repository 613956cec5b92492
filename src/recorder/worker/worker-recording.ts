import { canEncodeAudio, canEncodeVideo } from 'mediabunny';
import { defer } from '../../generator/deferred.js';
import { plainError } from '../../generator/messages.js';
import type { TrackInput } from '../../processor/messages.js';
import { type TrackInputListener, TrackInputReader } from '../../processor/worker/track-input.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { RecordingResult, WorkerRecordingOptions } from '../messages.js';
import { RecordingClock } from '../recording-clock.js';
import { FileStorage, MemoryStorage } from '../recording-storage.js';
import { unsupportedType, usualTypes } from '../recording-type.js';
import { AudioLane } from './audio-lane.js';
import { ContainerFile, type Packet } from './container-file.js';
import { VideoLane } from './video-lane.js';

/** Receives the reports of a recording in the worker. */
export interface WorkerRecordingListener {
  /** So many bytes and seconds are written. */
  progressed(size: number, duration: number): void;
  failed(error: unknown): void;
}

/** A recording in the worker: from tracks, by lanes of encoded packets, to a file. */
export class WorkerRecording {
  readonly #options: WorkerRecordingOptions;
  readonly #listener: WorkerRecordingListener;
  readonly #clock: RecordingClock;
  readonly #file: ContainerFile;
  readonly #lanes: Readonly<{ video: VideoLane | null; audio: AudioLane | null }>;
  readonly #readers = new Map<TrackKind, TrackInputReader>();
  readonly #timers: readonly ReturnType<typeof setInterval>[];
  #isClosed = false;
  #hasFailed = false;
  readonly #failed = defer<void>();

  /**
   * @param now The page's clock, in milliseconds since 1970.
   * @throws {DOMException} `NotSupportedError` if this browser has no encoder for a kind of track.
   */
  static async open(
    options: WorkerRecordingOptions,
    now: () => number,
    listener: WorkerRecordingListener,
  ): Promise<WorkerRecording> {
    const { codecs, container, type } = options.format;
    const usable = {
      video: await firstOf(inOrder(codecs.video), (codec) => canEncodeVideo(codec as 'vp9')),
      audio: await firstOf(codecs.audio, (codec) => canEncodeAudio(codec as 'opus')),
    };
    if (options.kinds.some((kind) => !usable[kind] && codecs[kind].length > 0)) {
      throw unsupportedType(type, usualTypes(options.kinds));
    }
    const { file } = options;
    const storage = file ? await FileStorage.open(file) : new MemoryStorage();
    const clock = new RecordingClock(now);
    return new WorkerRecording(options, clock, new ContainerFile(container, usable, storage), usable, listener);
  }

  private constructor(
    options: WorkerRecordingOptions,
    clock: RecordingClock,
    file: ContainerFile,
    { video, audio }: Readonly<Record<TrackKind, string | undefined>>,
    listener: WorkerRecordingListener,
  ) {
    this.#options = options;
    this.#clock = clock;
    this.#file = file;
    this.#listener = listener;
    const sink = { add: (packet: Packet) => this.#add(packet), fail: (error: unknown) => this.#fail(error) };
    const { videoBitrate, audioBitrate, timeslice } = options;
    this.#lanes = {
      video: video
        ? new VideoLane({ codec: video, ...(videoBitrate && { bitrate: videoBitrate }) }, this.#clock, sink)
        : null,
      audio: audio
        ? new AudioLane({ codec: audio, ...(audioBitrate && { bitrate: audioBitrate }) }, this.#clock, sink)
        : null,
    };
    this.#timers = [setInterval(() => this.#tick(), TICK_MS), setInterval(() => void this.#commit(), timeslice)];
  }

  pause(time: number): void {
    this.#clock.pause(time);
  }

  resume(time: number): void {
    this.#clock.resume(time);
  }

  /**
   * Reads a track in place of the last one of its kind. The first one begins the recording.
   *
   * @param time The page's time, in milliseconds since 1970, as all others that are passed.
   */
  setTrack(kind: TrackKind, input: TrackInput | null, time: number): void {
    const { video, audio } = this.#lanes;
    const listener: TrackInputListener = {
      frame: (frame, arrival) => (video ? video.add(frame, arrival) : frame.close()),
      data: (data, arrival) => (audio ? audio.addData(data, arrival) : data.close()),
      block: (block) => audio?.addBlock(block),
      failed: (error) => this.#fail(error),
    };
    const reader = input && new TrackInputReader(input, listener, this.#clock.now);
    if (this.#isClosed) {
      reader?.close();
      return;
    }
    this.#clock.start(time);
    this.#readers.get(kind)?.close();
    this.#readers.delete(kind);
    (kind === 'video' ? video : audio)?.trackChanged();
    if (reader) this.#readers.set(kind, reader);
  }

  /**
   * Completes the recording, after a failure with everything up to there.
   *
   * @throws {DOMException} `InvalidStateError` if no track delivered anything.
   */
  async stop(time: number): Promise<RecordingResult> {
    this.#close();
    this.#clock.end(time);
    await this.#finishLanes();
    await this.#file.end().catch((error) => this.#fail(error));
    if (this.#file.kinds.length === 0) {
      await this.#file.abort();
      throw new DOMException('Nothing was recorded: no track delivered a picture or a sample.', 'InvalidStateError');
    }
    const { blob, warning } = await this.#file.finish();
    const type = this.#type;
    const { video, audio } = this.#lanes;
    return {
      blob: this.#options.file ? null : new Blob([blob], { type }),
      type,
      size: blob.size,
      // A busy worker has written more than there was when the page stopped it.
      duration: Math.max(this.#clock.seconds, video?.lastPictureTime ?? 0, audio?.end ?? 0),
      ...(warning !== undefined && { warning: plainError(warning) }),
    };
  }

  /** Encoders hand over their last packets. After a failure one of them may never do that. */
  async #finishLanes(): Promise<void> {
    const { video, audio } = this.#lanes;
    const lanes = Promise.allSettled([video?.finish(), audio?.finish()]);
    const limit = this.#failed.promise.then(
      () => new Promise<[]>((resolve) => setTimeout(() => resolve([]), RESCUE_MS)),
    );
    for (const result of await Promise.race([lanes, limit])) {
      if (result.status === 'rejected') this.#fail(result.reason);
    }
  }

  #close(): void {
    this.#isClosed = true;
    for (const timer of this.#timers) clearInterval(timer);
    for (const reader of this.#readers.values()) reader.close();
    this.#readers.clear();
  }

  #tick(): void {
    this.#lanes.video?.tick();
    this.#lanes.audio?.tick();
    if (this.#clock.seconds > OPEN_AFTER_S) void this.#file.open().catch((error) => this.#fail(error));
  }

  async #commit(): Promise<void> {
    const { seconds, paused } = this.#clock;
    try {
      await this.#file.commit();
      if (!this.#hasFailed && this.#file.size > 0 && !paused) this.#listener.progressed(this.#file.size, seconds);
    } catch (error) {
      this.#fail(error);
    }
  }

  #add(packet: Packet): void {
    const expected = [...this.#readers.keys()].filter((kind) => this.#lanes[kind]);
    this.#file.add(packet, expected).catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#failed.resolve();
    this.#close();
    this.#listener.failed(error);
  }

  get #type(): string {
    const { kinds } = this.#file;
    const { mimeType, container } = this.#options.format;
    const codecs = (['video', 'audio'] as const)
      .filter((kind) => kinds.includes(kind))
      .map((kind) => this.#file.codecString(kind).replace(/^vp09\..*/, 'vp9'));
    const essence = mimeType || `${kinds.includes('video') ? 'video' : 'audio'}/${container}`;
    return container === 'wav' || container === 'mp3' ? essence : `${essence};codecs=${codecs.join(',')}`;
  }
}

async function firstOf(
  codecs: readonly string[],
  test: (codec: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const codec of codecs) if (await test(codec)) return codec;
  return undefined;
}

/**
 * The codecs that are tried, best first. Firefox's H.264 has other parameter sets with each key frame, and a file has those of
 * the first; the colors of its VP9 are wrong by up to 29 levels.
 */
function inOrder(codecs: readonly string[]): readonly string[] {
  if (!navigator.userAgent.includes('Firefox')) return codecs;
  const usable = codecs.filter((codec) => codec !== 'avc');
  return [...usable].sort((a, b) => Number(b === 'vp8') - Number(a === 'vp8'));
}

const TICK_MS = 200;
/** How long encoders are waited for after a failure. */
const RESCUE_MS = 1000;
/** A kind that has not come after this long does not hold up the other one. */
const OPEN_AFTER_S = 3;
