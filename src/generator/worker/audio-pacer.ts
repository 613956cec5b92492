import { type Counts, noCounts } from '../counts.js';
import type { SampleMessage, SampleSource } from '../sample-source.js';
import { now, Timeline } from '../timeline.js';
import type { Scheduler, Task } from './scheduler.js';

/** From the page, besides what the sound takes. */
export type AudioPacerMessage = SampleMessage | { readonly type: 'count' } | { readonly type: 'close' };

/** To the page, besides what the sound reports. */
export type AudioPacerReport =
  | { readonly type: 'counts'; readonly counts: Counts }
  | { readonly type: 'started' }
  | { readonly type: 'ended' };

/** Where a pacer writes, and whom it answers. */
export interface AudioPacerInit {
  readonly writable: WritableStream<AudioData>;
  readonly port: MessagePort;
  /** Milliseconds, of the page's timeline. */
  readonly origin: number;
}

/**
 * Writes sound to a native audio track in blocks of 10 ms, each at its deadline, silence included. At rates that have no
 * whole number of samples in 10 ms they are a little shorter: Chromium clicks when their lengths differ.
 */
export class AudioPacer implements Task {
  due: number;
  readonly #sound: SampleSource;
  readonly #port: MessagePort;
  readonly #writer: WritableStreamDefaultWriter<AudioData>;
  readonly #scheduler: Scheduler;
  readonly #counts = noCounts();
  readonly #origin: number;
  #blocks: Timeline;
  #next: number;

  constructor({ writable, port, origin }: AudioPacerInit, sound: SampleSource, scheduler: Scheduler) {
    this.#sound = sound;
    this.#port = port;
    this.#scheduler = scheduler;
    this.#writer = writable.getWriter();
    this.#origin = origin;
    this.#blocks = this.#timelineOf(sound.sampleRate);
    this.#next = this.#blocks.numberAt(now()) + 1;
    this.due = this.#blocks.due(this.#next);
    port.onmessage = ({ data }: MessageEvent<AudioPacerMessage>) => this.#receive(data);
    scheduler.add(this);
  }

  run(time: number): void {
    const { sampleRate } = this.#sound;
    if (sampleRate !== this.#blocks.rate.numerator) {
      const due = this.#blocks.due(this.#next);
      this.#blocks = this.#timelineOf(sampleRate);
      this.#next = this.#blocks.numberAt(due);
    }
    const current = this.#blocks.numberAt(time);
    // The listener's buffer covers a short stall if what it missed comes late; what is older is of no use to anyone.
    const oldest = current - CATCH_UP;
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
    return new Timeline({ numerator: sampleRate, denominator: Math.floor(sampleRate / BLOCKS_A_SECOND) }, this.#origin);
  }

  #write(block: number): void {
    const { channels } = this.#sound;
    const { numerator: sampleRate, denominator: frames } = this.#blocks.rate;
    const data = new Float32Array(frames * channels);
    const planes = Array.from({ length: channels }, (_, channel) =>
      data.subarray(channel * frames, (channel + 1) * frames),
    );
    this.#sound.pull(planes, sampleRate, block * frames);
    const timestamp = this.#blocks.timestamp(block);
    const audio = new AudioData({
      format: 'f32-planar',
      sampleRate,
      numberOfChannels: channels,
      numberOfFrames: frames,
      timestamp,
      data,
    });
    if (this.#counts.produced++ === 0) this.#port.postMessage({ type: 'started' } satisfies AudioPacerReport);
    this.#writer.write(audio).catch(() => {
      audio.close();
      this.#end();
    });
  }

  #receive(message: AudioPacerMessage): void {
    if (message.type === 'count') {
      const counts = { ...this.#counts };
      this.#sound.addTo(counts);
      this.#port.postMessage({ type: 'counts', counts } satisfies AudioPacerReport);
    } else if (message.type === 'close') {
      this.#end();
    } else {
      this.#sound.receive(message);
    }
  }

  #end(): void {
    this.#scheduler.remove(this);
    this.#sound.end();
    const ended = () => {
      this.#port.postMessage({ type: 'ended' } satisfies AudioPacerReport);
      this.#port.close();
    };
    this.#writer.close().then(ended, ended);
  }
}

const BLOCKS_A_SECOND = 100;
/** Blocks. */
const CATCH_UP = 50;
