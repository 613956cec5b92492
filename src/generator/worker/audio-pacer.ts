import { noCounts } from '../counts.js';
import { type AudioEvent, type AudioMessage, answer, type OpenWorkerAudio } from '../messages.js';
import type { SampleSource } from '../sample-source.js';
import { now, Timeline } from '../timeline.js';
import { type AudioTarget, FragmentTarget, StreamTarget } from './audio-target.js';
import type { Scheduler, Task } from './scheduler.js';

/**
 * Writes audio in blocks of 10 ms, each at its deadline, silence included: to a native track, or for a media element. If 10 ms
 * are no whole number of samples, all blocks are a little shorter: Chromium clicks when their lengths differ.
 */
export class AudioPacer implements Task {
  due: number;
  readonly #source: SampleSource;
  readonly #port: MessagePort;
  readonly #target: AudioTarget;
  readonly #scheduler: Scheduler;
  readonly #counts = noCounts();
  readonly #origin: number;
  #blocks: Timeline;
  #next: number;

  constructor({ target, port, origin }: OpenWorkerAudio, source: SampleSource, scheduler: Scheduler) {
    this.#source = source;
    this.#port = port;
    this.#scheduler = scheduler;
    this.#target = 'frames' in target ? new FragmentTarget(target, port) : new StreamTarget(target);
    this.#origin = origin;
    this.#blocks = this.#timelineOf(this.#format.sampleRate);
    this.#next = this.#blocks.numberAt(now()) + 1;
    // A media element first has to play.
    this.due = this.#target.format ? Number.POSITIVE_INFINITY : this.#blocks.due(this.#next);
    port.onmessage = ({ data }: MessageEvent<AudioMessage>) => this.#receive(data);
    scheduler.add(this);
  }

  run(time: number): void {
    const { sampleRate } = this.#format;
    if (sampleRate !== this.#blocks.rate.numerator) {
      const due = this.#blocks.due(this.#next);
      this.#blocks = this.#timelineOf(sampleRate);
      this.#next = this.#blocks.numberAt(due);
    }
    const current = this.#blocks.numberAt(time);
    // After a short stall the missed blocks are still useful, since the listener has a buffer. Older ones are not.
    const { isPatient } = this.#source;
    const oldest = current - (isPatient ? LISTENER_BUFFER_BLOCKS : MAX_LATE_BLOCKS);
    if (this.#next < oldest) {
      if (!isPatient) this.#counts.dropped += oldest - this.#next;
      this.#next = oldest;
    }
    for (; this.#next <= current; this.#next++) {
      if (this.#next < current) this.#counts.late++;
      this.#write(this.#next);
    }
    this.due = this.#blocks.due(this.#next);
  }

  #timelineOf(sampleRate: number): Timeline {
    return new Timeline(
      { numerator: sampleRate, denominator: Math.floor(sampleRate / BLOCKS_PER_SECOND) },
      this.#origin,
    );
  }

  #write(block: number): void {
    const { channels } = this.#format;
    const { numerator: sampleRate, denominator: frames } = this.#blocks.rate;
    const data = new Float32Array(frames * channels);
    const planes = Array.from({ length: channels }, (_, channel) =>
      data.subarray(channel * frames, (channel + 1) * frames),
    );
    this.#source.pull(planes, sampleRate, block * frames);
    if (this.#counts.produced++ === 0) this.#report({ type: 'started' });
    const shift = this.#source.timestampShift?.(block * frames, sampleRate) ?? 0;
    this.#target
      .write({ planes, data, sampleRate, timestamp: this.#blocks.timestamp(block) + 1000 * shift })
      .catch(() => this.#close());
  }

  /** The format of the blocks: that of the target if it has one, or else that of the samples. */
  get #format(): { readonly sampleRate: number; readonly channels: number } {
    return this.#target.format ?? this.#source;
  }

  /**
   * Follows the clock of a media element, of which `start` is the time 0: leaves blocks out, or writes some earlier, if more or less
   * is buffered than should be.
   */
  #follow(start: number): void {
    const time = now();
    const isFirst = this.due === Number.POSITIVE_INFINITY;
    if (isFirst) this.#next = this.#blocks.numberAt(time) + 1;
    // Blocks that are late are not missing.
    else this.run(time);
    const missing = this.#target.missingBlocks(time - this.#origin - start);
    if (missing < 0 && !isFirst) this.#counts.dropped -= missing;
    this.#next -= missing;
    // Blocks that are due earlier now are not late.
    for (let left = missing; left > 0; left--) this.#write(this.#next++);
    this.due = this.#blocks.due(this.#next);
    this.#scheduler.wakeFor(this);
  }

  #receive(message: AudioMessage): void {
    if (message.type === 'count') {
      const counts = { ...this.#counts };
      this.#source.addTo(counts);
      answer(
        (reply) => this.#port.postMessage(reply),
        message.id,
        () => counts,
      );
    } else if (message.type === 'clock') {
      this.#follow(message.start);
    } else if (message.type === 'close') {
      this.#close();
    } else {
      this.#source.receive(message);
    }
  }

  #report(event: AudioEvent): void {
    this.#port.postMessage(event);
  }

  #close(): void {
    this.#scheduler.remove(this);
    this.#source.close();
    const ended = () => {
      this.#report({ type: 'ended' });
      this.#port.close();
    };
    this.#target.close().then(ended, ended);
  }
}

const BLOCKS_PER_SECOND = 100;
/** Half a second. */
const MAX_LATE_BLOCKS = 50;
/**
 * Chromium's audio graph keeps at least 50 ms of a track, and drops what exceeds its buffer. These come together with the block
 * that is due.
 */
const LISTENER_BUFFER_BLOCKS = 4;
