import type { TimedMessage } from '../../engine/messages.js';
import { LatestRun } from '../../generator/latest-run.js';
import { answer, plainError } from '../../generator/messages.js';
import { pageClock } from '../../processor/page-clock.js';
import { framesPerSecond, type Rate } from '../../signals/rate.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { FileEvent, FileInfo, FileMessage, FileRequests, OpenFile, PlayFile } from '../messages.js';
import { MediaFile, type MediaItem } from './media-file.js';

/** Plays a file: sends each picture and each block of samples a moment before it is due. */
export class FilePlayer {
  readonly #port: MessagePort;
  /** Seconds of the page's timeline. */
  readonly #now: () => number;
  #file: MediaFile | null = null;
  readonly #outputs: Record<TrackKind, MessagePort[]> = { video: [], audio: [] };
  /** The samples that were sent and may still be due, for a player that is connected later. */
  #recentAudio: Extract<TimedMessage, { planes: unknown }>[] = [];
  readonly #run = new LatestRun();
  #loop = false;
  /** Whether the file begins again after its end for the n-th time: the same for its pictures and its samples. */
  #repetitions: boolean[] = [];
  #isClosed = false;

  constructor({ port, origin, pageSkew }: OpenFile) {
    this.#port = port;
    const clock = pageClock(pageSkew);
    this.#now = () => (clock() - origin) / 1000;
    port.onmessage = ({ data }: MessageEvent<FileMessage>) => this.#receive(data);
  }

  #receive(message: FileMessage): void {
    const { type } = message;
    if (type === 'open')
      answer(
        (reply) => this.#port.postMessage(reply),
        message.id,
        () => this.#open(message),
      );
    else if (type === 'set-audio')
      answer(
        (reply) => this.#port.postMessage(reply),
        message.id,
        () => this.#file?.setAudio(message),
      );
    else if (type === 'connect') this.#connect(message.kind, message.port);
    else if (type === 'play') void this.#play(message);
    else if (type === 'show') void this.#show(message.position);
    else if (type === 'pause') this.#stop();
    else if (type === 'loop') this.#loop = message.loop;
    else this.#close();
  }

  async #open(request: Parameters<FileRequests['open']>[0]): Promise<FileInfo> {
    const file = await MediaFile.open(request);
    if (this.#isClosed) file.close();
    else this.#file = file;
    return file.info;
  }

  #connect(kind: TrackKind, port: MessagePort): void {
    this.#outputs[kind].push(port);
    if (kind === 'audio') for (const block of this.#recentAudio) port.postMessage(block);
  }

  /** Plays from a position on. The beginning waits until it is decoded, so that none of it is lost. */
  async #play({ position, frameRate, kinds }: PlayFile): Promise<void> {
    const signal = this.#begin();
    const file = this.#file as MediaFile;
    this.#repetitions = [];
    const readers = file.kinds
      .filter((kind) => kinds.includes(kind))
      .map((kind) => ({ kind, items: file.read(kind, position) }));
    try {
      const firsts = await Promise.all(readers.map(({ items }) => items.next()));
      if (signal.aborted) {
        for (const { value } of firsts) value?.frame?.close();
        return;
      }
      const start = this.#startTime(frameRate);
      this.#post({ type: 'playing', position, start });
      await Promise.all(
        readers.map(({ kind, items }, index) =>
          this.#send(kind, items, firsts[index]?.value ?? null, start - position, signal),
        ),
      );
      if (signal.aborted) return;
      const rounds = this.#repetitions.filter(Boolean).length;
      await this.#until(start - position + (rounds + 1) * file.info.duration, signal);
      if (!signal.aborted) this.#post({ type: 'ended' });
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      for (const { items } of readers) void items.return(undefined);
    }
  }

  /** Sends everything of one kind, again from the beginning as long as the file is repeated. */
  async #send(
    kind: TrackKind,
    items: AsyncGenerator<MediaItem>,
    first: MediaItem | null,
    offset: number,
    signal: AbortSignal,
  ): Promise<void> {
    const file = this.#file as MediaFile;
    if (first) {
      // A picture is seen at once: the moment until the start is not black.
      if (first.frame) this.#sendNow(first);
      else this.#sendItem(kind, first, offset);
    }
    let from = offset;
    for (let round = 0; ; round++) {
      const reading = round === 0 ? items : file.read(kind, 0);
      for await (const item of reading) {
        await this.#until(from + item.time - LEAD_S[kind], signal);
        if (signal.aborted) {
          item.frame?.close();
          return;
        }
        this.#sendItem(kind, item, from);
      }
      this.#repetitions[round] ??= this.#loop && file.info.duration > 0;
      if (signal.aborted || !this.#repetitions[round]) return;
      from += file.info.duration;
    }
  }

  /** Shows the picture of a position. */
  async #show(position: number): Promise<void> {
    const signal = this.#begin();
    const file = this.#file as MediaFile;
    if (!file.kinds.includes('video')) return;
    const items = file.read('video', position);
    try {
      const { value } = await items.next();
      if (signal.aborted) value?.frame?.close();
      else if (value) this.#sendNow(value);
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    } finally {
      void items.return(undefined);
    }
  }

  #sendItem(kind: TrackKind, { frame, planes, sampleRate, time }: MediaItem, offset: number): void {
    const due = offset + time;
    const outputs = this.#outputs[kind];
    if (frame) {
      const [output] = outputs;
      if (output) output.postMessage({ frame, due } satisfies TimedMessage, [frame]);
      else frame.close();
      return;
    }
    const block = { planes, sampleRate, due };
    const oldest = this.#now() - 1;
    this.#recentAudio = [...this.#recentAudio.filter((sent) => sent.due >= oldest), block];
    for (const output of outputs) output.postMessage(block satisfies TimedMessage);
  }

  #sendNow(item: MediaItem): void {
    this.#sendItem('video', { ...item, time: 0 }, Number.NEGATIVE_INFINITY);
  }

  /** The start of a run, in a moment: at the time of a frame, so that a file of the same rate has each of its frames shown once. */
  #startTime(frameRate: Rate): number {
    const rate = framesPerSecond(frameRate);
    return Math.ceil((this.#now() + START_DELAY_S) * rate) / rate;
  }

  #begin(): AbortSignal {
    const signal = this.#run.begin();
    this.#clear();
    return signal;
  }

  #stop(): void {
    this.#run.cancel();
    this.#clear();
  }

  /** Nothing of what was sent is due any more. */
  #clear(): void {
    this.#recentAudio = [];
    for (const output of [...this.#outputs.video, ...this.#outputs.audio]) {
      output.postMessage('clear' satisfies TimedMessage);
    }
  }

  #until(time: number, signal: AbortSignal): Promise<void> {
    const delay = (time - this.#now()) * 1000;
    if (signal.aborted || delay <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, delay);
      signal.addEventListener('abort', done);
    });
  }

  #fail(error: unknown): void {
    this.#stop();
    this.#post({ type: 'failed', error: plainError(error) });
  }

  #post(event: FileEvent): void {
    if (!this.#isClosed) this.#port.postMessage(event);
  }

  #close(): void {
    this.#isClosed = true;
    this.#run.cancel();
    this.#file?.close();
    for (const output of [...this.#outputs.video, ...this.#outputs.audio]) output.close();
    this.#port.close();
  }
}

/** Until the first samples are at their players. */
const START_DELAY_S = 0.1;

/** How long before it is due something is sent. A picture takes memory until then. */
const LEAD_S: Readonly<Record<TrackKind, number>> = { video: 0.15, audio: 0.5 };
