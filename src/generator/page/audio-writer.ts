import { MAX_CHANNELS } from '../../signals/audio/channels.js';
import { describeValue } from '../../signals/describe-value.js';
import { planesOf } from '../audio-data.js';
import { type AudioFormat, checkAudioFormat, DEFAULT_SAMPLE_RATE_HZ } from '../audio-format.js';
import { type Counts, noCounts } from '../counts.js';
import type { AudioCommand, AudioEvent, AudioRequests } from '../messages.js';
import { pageOrigin } from '../timeline.js';
import type { AudioOutput, AudioPlayer, OpenAudio } from './output.js';
import { PlayQueue } from './play-queue.js';
import { PortClient } from './port-client.js';
import type { TimestampClock } from './timestamp-clock.js';
import {
  DEFAULT_QUEUE_LIMIT_S,
  type Hold,
  type PacingInit,
  type TrackWriter,
  type WriteOptions,
  type WriterListener,
} from './track-writer.js';
import { correctSettings } from './tracks.js';
import { acquireWorker, generatorWorker } from './worker-pool.js';

/** The data that an audio generator accepts. Bare samples are mono; an array has one plane for each channel. */
export type AudioInput = AudioData | AudioBuffer | Float32Array | Int16Array | readonly (Float32Array | Int16Array)[];

/**
 * Copies written samples and posts them to the output's player, which queues them and plays them in time. Samples for which
 * the queue has no room are refused here, before they are posted.
 */
export class AudioWriter implements TrackWriter {
  readonly output: AudioOutput;
  listener: WriterListener = {};
  queueLimit = DEFAULT_QUEUE_LIMIT_S;
  /** The player, for a caller that has brought its own. */
  readonly player: OpenAudio;
  readonly #client: PortClient<AudioRequests, AudioCommand, AudioEvent>;
  readonly #format: AudioFormat;
  readonly #queue = new PlayQueue(() => this.listener.announce?.('played'));
  /** Says when samples are due; `null` if they are played one after the other. */
  readonly #pacing: Promise<TimestampClock> | null;
  #clears = 0;
  #loadError: Error | null = null;
  #counts = noCounts();
  #droppedHere = 0;
  #paused = false;
  #ended = false;

  constructor(
    output: AudioOutput,
    { pacing, clock = '', sampleRate, channels }: AudioFormat & PacingInit,
    player: AudioPlayer = writtenAudioPlayer,
  ) {
    const format = { sampleRate, channels };
    this.output = output;
    this.#format = format;
    this.#correctSettings(this.#defaultRate, 1);
    this.player = output.open(player, format);
    this.#client = new PortClient(this.player.port, (event) => {
      if (event.type === 'started') this.listener.announce?.('started');
      else if (event.type === 'queue') this.#queue.receive(event);
      else if (event.type === 'ended') this.#close();
    });
    this.#pacing = pacing ? this.#loadClock(clock) : null;
    this.#pacing?.catch(() => {});
    this.player.loaded.catch((error) => {
      this.#loadError = error;
      this.#client.close(error);
    });
  }

  get queued(): number {
    return this.#queue.queued;
  }

  setHold({ muted, paused }: Hold): void {
    this.#paused = paused;
    this.#queue.hold(paused);
    this.#client.post({ type: 'hold', muted, paused });
  }

  async write(data: unknown, options: WriteOptions): Promise<boolean> {
    checkAudioFormat(options);
    const samples = copySamples(data);
    if (!samples) throw (await import('./write-error.js')).writeError('audio', data);
    const { planes, sampleRate = options.sampleRate ?? this.#defaultRate } = samples;
    if (this.#loadError) throw this.#loadError;
    const clears = this.#clears;
    const clock = this.#pacing && (await this.#pacing);
    const length = planes[0]?.length ?? 0;
    const { queued } = this.#queue;
    const answerAt = Math.min(ANSWER_AT_S, this.queueLimit / 2);
    // If a caller awaits each write, there is always room, whatever the length of its data is.
    const isTooMuch = queued > answerAt + TOLERANCE_S && queued + length / sampleRate > this.queueLimit + TOLERANCE_S;
    // While the browser waits for a user gesture, nothing is taken out of the queue.
    const isCleared = clears !== this.#clears;
    const isDropped = isTooMuch || isCleared || this.#paused || this.#ended || this.output.suspended;
    const isAudioData = describeValue(data) === 'AudioData';
    const timestamp = options.timestamp ?? (isAudioData ? (data as AudioData).timestamp : undefined);
    // From here on the call does not reject, so that the samples are the library's.
    if (isAudioData) (data as AudioData).close();
    if (isDropped) return this.#drop();
    if (length === 0) return true;
    this.#correctSettings(sampleRate, planes.length);
    const seconds = length / sampleRate;
    const due = clock && timestamp !== undefined && clock.dueAt({ timestamp, seconds, queued, origin: pageOrigin() });
    this.#queue.add(seconds);
    const buffers = planes.map(({ buffer }) => buffer);
    try {
      return await this.#client.request('samples', { planes, sampleRate, answerAt, ...(due && { due }) }, buffers);
    } catch (error) {
      if (this.#ended) return false;
      throw error;
    }
  }

  clear(): void {
    this.#clears++;
    this.#pacing?.then((clock) => clock.restart()).catch(() => {});
    this.#queue.clear();
    this.#client.post({ type: 'clear' });
  }

  played(): Promise<boolean> {
    return this.#queue.played();
  }

  async getCounts(): Promise<Counts> {
    // A worklet that waits for a user gesture does not answer. It is known to wait once it is loaded.
    await this.player.loaded.catch(() => {});
    if (!this.output.suspended) {
      this.#counts = await this.#client.request('count', {}).catch(() => this.#counts);
    }
    return { ...this.#counts, dropped: this.#counts.dropped + this.#droppedHere };
  }

  tick(): void {}

  repeatFrame(): void {}

  end(): void {
    this.#close();
    this.output.end();
  }

  get #defaultRate(): number {
    return this.#format.sampleRate ?? DEFAULT_SAMPLE_RATE_HZ;
  }

  /** The format of the track: that of the output or the generator, or else that of the written samples. */
  #correctSettings(sampleRate: number, channels: number): void {
    const { track, fixedSettings } = this.output;
    const { sampleRate: fixedRate = sampleRate, channels: channelCount = channels } = this.#format;
    correctSettings(track, fixedSettings ?? { sampleRate: fixedRate, channelCount });
  }

  #drop(): false {
    this.#droppedHere++;
    return false;
  }

  async #loadClock(name: string): Promise<TimestampClock> {
    // Samples that are sent to a player that is still loading would be late.
    const [{ TimestampClock }] = await Promise.all([import('./timestamp-clock.js'), this.player.loaded]);
    return new TimestampClock(name, LATE_TOLERANCE_MS);
  }

  #close(): void {
    if (!this.#ended) this.#pacing?.then((clock) => clock.close()).catch(() => {});
    this.#clears++;
    this.#ended = true;
    this.#client.close();
    this.#queue.clear();
  }
}

/** A write is answered when at most this much is left to play up to its end. */
const ANSWER_AT_S = 0.5;
/** Samples that are later move the clock. */
const LATE_TOLERANCE_MS = 10;
/** The page learns a little later what has been played. */
const TOLERANCE_S = 0.02;

const writtenAudioPlayer: AudioPlayer = {
  acquireWorker: () => acquireWorker(generatorWorker),
  openMessage: 'open-written-audio',
  worklet: {
    file: 'track-elements-generator-worklet.js',
    text: () => import('../../workers/track-elements-generator-worklet-text.js'),
  },
  processor: 'track-elements-written',
};

/** Samples of the library's own. */
interface Samples {
  /** One for each channel, from −1 to 1. */
  readonly planes: Float32Array<ArrayBuffer>[];
  /** Hertz; `undefined` for bare samples. */
  readonly sampleRate?: number;
}

/** Copies written samples; `null` for data that an audio generator does not accept. */
function copySamples(data: unknown): Samples | null {
  const samples = copiers[describeValue(data)]?.(data as never);
  const planes = samples?.planes ?? [];
  const length = planes[0]?.length;
  const isValid = planes.every((plane) => plane.length === length && plane.every(Number.isFinite));
  return samples && length !== undefined && planes.length <= MAX_CHANNELS && isValid ? samples : null;
}

const copiers: Readonly<Record<string, (data: never) => Samples | null>> = {
  AudioData: (data: AudioData) => {
    if (!data.format) return null;
    return { planes: planesOf(data), sampleRate: data.sampleRate };
  },
  AudioBuffer: (buffer: AudioBuffer) => ({
    planes: Array.from({ length: buffer.numberOfChannels }, (_, channel) => buffer.getChannelData(channel).slice()),
    sampleRate: buffer.sampleRate,
  }),
  Float32Array: (samples: Float32Array) => ({ planes: [samples.slice()] as Samples['planes'] }),
  Int16Array: (samples: Int16Array) => ({ planes: [Float32Array.from(samples, (sample) => sample / 32768)] }),
  Array: (data: readonly unknown[]) => {
    const planes = data.flatMap((plane) => (Array.isArray(plane) ? [] : (copySamples(plane)?.planes ?? [])));
    return planes.length === data.length ? { planes } : null;
  },
};
