import { isSameKey, type SourceInput } from '../../engine/page/input-playback.js';
import type { InputLease } from '../../engine/page/shared-input.js';
import { openTimedInput } from '../../engine/page/track-inputs.js';
import { defer } from '../../generator/deferred.js';
import { hasAudioDecoder } from '../../generator/features.js';
import { reviveError } from '../../generator/messages.js';
import { PortClient } from '../../generator/page/port-client.js';
import { acquireWorker, type WorkerLease, type WorkerScript } from '../../generator/page/worker-pool.js';
import { clockSkew, now, pageOrigin } from '../../generator/timeline.js';
import type { Rate } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { FileCommand, FileEvent, FileInfo, FileRequest, FileRequests, OpenFile, PlayFile } from '../messages.js';

/** Receives what happens to a file: a plain object of functions. */
export interface FileListener {
  /** It has begun to play, at its beginning or anywhere else. */
  playing(file: FileInput): void;
  /** Everything has been played, and it is not repeated. */
  ended(file: FileInput): void;
  /** The pictures have another size. */
  resized(file: FileInput): void;
  /** It cannot be read any more. */
  failed(file: FileInput, error: Error): void;
}

/** A media file as inputs of the engine: one for its pictures, and one for its samples. A worker decodes it. */
export class FileInput implements SourceInput {
  readonly pausesItself = true;
  readonly #worker: WorkerLease;
  readonly #client: PortClient<FileRequests, FileCommand, FileEvent>;
  readonly #port: MessagePort;
  readonly #key: readonly unknown[];
  readonly #listener: FileListener;
  readonly #closing = new AbortController();
  readonly #leases: Partial<Record<TrackKind, InputLease>> = {};
  /** Resolves when a player hears the samples. */
  readonly #isHeard = defer<void>();
  #info: FileInfo = { duration: 0, video: null, hasAudio: false, undecoded: null };
  #width = 0;
  #height = 0;
  /** Seconds. While it plays: the one that was due at `#start`. */
  #position = 0;
  /** In seconds of the page's timeline; `null` while nothing plays. */
  #start: number | null = null;
  /** Whether it plays, or will as soon as its beginning is decoded. */
  #isPlaying = false;
  #isEnded = false;
  #loop = false;

  /**
   * Opens a file at its beginning. It plays nothing yet.
   *
   * @param key Tells inputs apart: a source whose key has changed shows something else.
   * @throws {DOMException} `NetworkError` for a file that does not load; `EncodingError` for one that is no media file, or has no
   * such track; `NotSupportedError` for a codec that this browser does not decode.
   */
  static async open(
    request: FileRequest,
    key: readonly unknown[],
    listener: FileListener,
    signal: AbortSignal,
  ): Promise<FileInput> {
    const worker = await acquireWorker(fileWorker);
    const file = new FileInput(worker, key, listener);
    try {
      signal.throwIfAborted();
      await file.#open(request, signal);
      return file;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  private constructor(worker: WorkerLease, key: readonly unknown[], listener: FileListener) {
    const { port1, port2: port } = new MessageChannel();
    this.#worker = worker;
    this.#key = key;
    this.#listener = listener;
    this.#port = port1;
    this.#client = new PortClient(port1, (event) => this.#receive(event));
    const message: OpenFile = { type: 'open-file', port, origin: pageOrigin(), pageSkew: clockSkew() };
    worker.worker.postMessage(message, [port]);
  }

  get kinds(): readonly TrackKind[] {
    return [...(this.#info.video ? ['video' as const] : []), ...(this.#info.hasAudio ? ['audio' as const] : [])];
  }

  /** The id of the input of a kind; 0 if the file has no such track. */
  id(kind: TrackKind): number {
    return this.#leases[kind]?.id ?? 0;
  }

  /** Pixels. */
  get size(): readonly [width: number, height: number] {
    return [this.#width, this.#height];
  }

  /** The frame rate of the pictures; `null` without any. */
  get frameRate(): Rate | null {
    return this.#info.video?.frameRate ?? null;
  }

  /** Seconds. */
  get duration(): number {
    return this.#info.duration;
  }

  /** Whether it plays, or will in a moment. */
  get isPlaying(): boolean {
    return this.#isPlaying;
  }

  /** Whether everything has been played. */
  get ended(): boolean {
    return this.#isEnded;
  }

  /** Whether it begins again after its end. */
  get loop(): boolean {
    return this.#loop;
  }

  set loop(loop: boolean) {
    this.#loop = loop;
    this.#client.post({ type: 'loop', loop });
  }

  /** The position in seconds. */
  get currentTime(): number {
    const { duration } = this;
    if (this.#start === null) return this.#position;
    const played = this.#position + Math.max(0, (now() - pageOrigin()) / 1000 - this.#start);
    return this.#loop && duration > 0 ? played % duration : Math.min(duration, played);
  }

  /** Plays from a position on, as soon as its beginning is decoded and, if audio is wanted, a player hears it. */
  async play({ position, frameRate, kinds }: Omit<PlayFile, 'type'>): Promise<void> {
    this.#position = Math.min(Math.max(0, position), this.duration);
    this.#start = null;
    this.#isPlaying = true;
    this.#isEnded = false;
    if (kinds.includes('audio') && this.#info.hasAudio) await this.#isHeard.promise;
    // It may have been paused in the meantime.
    if (this.#isPlaying) this.#client.post({ type: 'play', position: this.#position, frameRate, kinds });
  }

  /** Stays at a position, and shows its picture. */
  show(position: number): void {
    this.#position = Math.min(Math.max(0, position), this.duration);
    this.#start = null;
    this.#isPlaying = false;
    // At the end there is nothing left to play.
    this.#isEnded = this.#position >= this.duration;
    this.#client.post({ type: 'show', position: this.#position });
  }

  /** Stays where it is. */
  pause(): void {
    this.#position = this.currentTime;
    this.#start = null;
    this.#isPlaying = false;
    this.#client.post({ type: 'pause' });
  }

  hasKey(key: readonly unknown[]): boolean {
    return isSameKey(key, this.#key);
  }

  close(): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    for (const lease of Object.values(this.#leases)) lease.release();
    this.#client.post({ type: 'close' });
    this.#client.close();
    this.#port.close();
    this.#worker.release();
  }

  async #open(request: FileRequest, signal: AbortSignal): Promise<void> {
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: this.#closing.signal });
    });
    const opening = this.#client.request('open', { ...request, hasAudioDecoder: hasAudioDecoder() });
    const info = await Promise.race([opening, aborted]);
    if (info.undecoded) await Promise.race([this.#decodeAudio(request, info.undecoded), aborted]);
    this.#info = info;
    [this.#width, this.#height] = [info.video?.width ?? 0, info.video?.height ?? 0];
    for (const kind of this.kinds) this.#leases[kind] = await this.#openInput(kind, signal);
  }

  /** Decodes the audio here, in place of the worker. */
  async #decodeAudio({ location, name }: FileRequest, codec: string): Promise<void> {
    const { decodeAudio } = await import('./decode-audio.js');
    const audio = await decodeAudio(location).catch(() => {
      const reason = `its audio is ${codec}, which this browser does not decode`;
      throw new DOMException(`${name}; ${reason}: use a file with audio in PCM, Opus or AAC.`, 'NotSupportedError');
    });
    await this.#client.request(
      'set-audio',
      audio,
      audio.planes.map(({ buffer }) => buffer as ArrayBuffer),
    );
  }

  #openInput(kind: TrackKind, signal: AbortSignal): Promise<InputLease> {
    const connect = (port: MessagePort) => {
      this.#client.post({ type: 'connect', kind, port }, [port]);
      if (kind === 'audio') this.#isHeard.resolve();
    };
    const resized = (width: number, height: number) => {
      if (width === this.#width && height === this.#height) return;
      [this.#width, this.#height] = [width, height];
      this.#listener.resized(this);
    };
    return openTimedInput(kind, connect, { resized, failed: (error) => this.#listener.failed(this, error) }, signal);
  }

  #receive(event: FileEvent): void {
    if (this.#closing.signal.aborted) return;
    if (event.type === 'failed') {
      this.#isPlaying = false;
      this.#listener.failed(this, reviveError(event.error));
    } else if (!this.#isPlaying) {
      // It was paused when the event was on its way.
    } else if (event.type === 'playing') {
      this.#start = event.start;
      this.#listener.playing(this);
    } else {
      this.#position = this.duration;
      this.#start = null;
      this.#isPlaying = false;
      this.#isEnded = true;
      this.#listener.ended(this);
    }
  }
}

const fileWorker: WorkerScript = {
  file: 'track-elements-file-worker.js',
  text: () => import('../../workers/track-elements-file-worker-text.js'),
};
