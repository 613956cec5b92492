import { noCounts } from '../counts.js';
import { type AudioEvent, type AudioMessage, answer, type OpenNativeAudio } from '../messages.js';
import type { SampleSource } from '../sample-source.js';
import { now, Timeline } from '../timeline.js';
import type { Scheduler, Task } from './scheduler.js';

/**
 * Writes audio to a native track in blocks of 10 ms, each at its deadline, silence included. If 10 ms are no whole number
 * of samples, all blocks are a little shorter: Chromium clicks when their lengths differ.
 */
export class AudioPacer implements Task {
  due: number;
  readonly #source: SampleSource;
  readonly #port: MessagePort;
  readonly #writer: WritableStreamDefaultWriter<AudioData>;
  readonly #scheduler: Scheduler;
  readonly #counts = noCounts();
  readonly #origin: number;
  #blocks: Timeline;
  #next: number;

  constructor({ writable, port, origin }: OpenNativeAudio, source: SampleSource, scheduler: Scheduler) {
    this.#source = source;
    this.#port = port;
    this.#scheduler = scheduler;
    this.#writer = writable.getWriter();
    this.#origin = origin;
    this.#blocks = this.#timelineOf(source.sampleRate);
    this.#next = this.#blocks.numberAt(now()) + 1;
    this.due = this.#blocks.due(this.#next);
    port.onmessage = ({ data }: MessageEvent<AudioMessage>) => this.#receive(data);
    scheduler.add(this);
  }

  run(time: number): void {
    const { sampleRate } = this.#source;
    if (sampleRate !== this.#blocks.rate.numerator) {
      const due = this.#blocks.due(this.#next);
      this.#blocks = this.#timelineOf(sampleRate);
      this.#next = this.#blocks.numberAt(due);
    }
    const current = this.#blocks.numberAt(time);
    // After a short stall the missed blocks are still useful, since the listener has a buffer. Older ones are not.
    const oldest = current - MAX_LATE_BLOCKS;
    if (this.#next < oldest) {
      this.#counts.dropped += oldest - this.#next;
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
    const { channels } = this.#source;
    const { numerator: sampleRate, denominator: frames } = this.#blocks.rate;
    const data = new Float32Array(frames * channels);
    const planes = Array.from({ length: channels }, (_, channel) =>
      data.subarray(channel * frames, (channel + 1) * frames),
    );
    this.#source.pull(planes, sampleRate, block * frames);
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate,
      numberOfChannels: channels,
      numberOfFrames: frames,
      timestamp: this.#blocks.timestamp(block),
      data,
    });
    if (this.#counts.produced++ === 0) this.#report({ type: 'started' });
    this.#writer.write(audio).catch(() => {
      audio.close();
      this.#close();
    });
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
    this.#writer.close().then(ended, ended);
  }
}

const BLOCKS_PER_SECOND = 100;
/** Half a second. */
const MAX_LATE_BLOCKS = 50;
