import { AudioSample } from 'mediabunny';
import { planesOf } from '../../generator/audio-data.js';
import type { AudioBlock } from '../../processor/messages.js';
import type { RecordingClock } from '../recording-clock.js';
import { ArrivalClock, type Dated } from './arrival-clock.js';
import { AudioPacketEncoder, type PacketSink } from './packet-encoder.js';
import { AUDIO_SAMPLE_RATE_HZ, StereoConverter, type StereoSamples } from './stereo-converter.js';

/** How the audio of a recording is encoded. */
export interface AudioLaneOptions {
  readonly codec: string;
  readonly bitrate?: number;
}

/**
 * The audio of a recording: one sequence of samples without gaps, whatever tracks they come from. Where no audio comes
 * there is silence.
 */
export class AudioLane {
  readonly #clock: RecordingClock;
  readonly #encoder: AudioPacketEncoder;
  readonly #converter = new StereoConverter();
  readonly #arrivals = new ArrivalClock<AudioSample>();
  #end = 0;
  #hasBegun = false;
  /** Whether audio was missing at the last tick. */
  #wasMissing = false;
  /** Since when all audio has come too late for its place, in seconds; `null` while it has not. */
  #lateSince: number | null = null;

  constructor({ codec, bitrate }: AudioLaneOptions, clock: RecordingClock, sink: PacketSink) {
    this.#clock = clock;
    this.#encoder = new AudioPacketEncoder(codec, bitrate, sink);
  }

  /** The end of the data that was written, in seconds. */
  get end(): number {
    return this.#end;
  }

  /** The samples that follow come from another track. */
  trackChanged(): void {
    this.#play(this.#arrivals.reset());
  }

  /**
   * Takes audio as a processor of a track reads it, and closes it.
   *
   * @param arrival The time of its arrival, in milliseconds of the clock.
   */
  addData(data: AudioData, arrival: number): void {
    const { numberOfChannels, numberOfFrames, sampleRate, timestamp } = data;
    const planes = planesOf(data, Math.min(numberOfChannels, 2));
    data.close();
    if (this.#clock.paused) return;
    const sample = this.#convert(planes, sampleRate);
    // The last sample of a block is made when the block can arrive.
    this.#play(this.#arrivals.take(sample, timestamp / 1000, arrival - (numberOfFrames / sampleRate) * 1000));
  }

  /** Takes audio as a worklet hears it. */
  addBlock({ planes, sampleRate, start }: AudioBlock): void {
    if (planes.length === 0 || this.#clock.paused) return;
    this.#place(this.#convert(planes, sampleRate), this.#clock.secondsOf(start));
  }

  /** Writes silence where no audio has come, so that pictures never wait for audio. */
  tick(): void {
    const { seconds, paused } = this.#clock;
    const isMissing = !paused && this.#hasBegun && seconds - this.#end > MAX_DELAY_S;
    // If the worker was busy, this call may come before the audio that has arrived in that time.
    if (isMissing && this.#wasMissing) this.#writeSilence(seconds - MAX_DELAY_S / 2);
    this.#wasMissing = isMissing;
  }

  /** Ends with silence, if audio has stopped before. Resolves when all packets were handed over. */
  async finish(): Promise<void> {
    this.#play(this.#arrivals.release());
    const { seconds } = this.#clock;
    if (this.#hasBegun && seconds - this.#end > TOLERANCE_S) this.#writeSilence(seconds);
    await this.#encoder.finish();
  }

  #convert(planes: readonly Float32Array[], sampleRate: number): AudioSample {
    return sampleOf(this.#converter.convert(planes, sampleRate));
  }

  #play(samples: readonly Dated<AudioSample>[]): void {
    for (const { sample, time } of samples) this.#place(sample, this.#clock.secondsOf(time));
  }

  /** Writes a sample at its time, or the part of it that comes after what was written before. */
  #place(sample: AudioSample, seconds: number): void {
    if (sample.numberOfFrames === 0) return;
    const isContinuous = this.#hasBegun && Math.abs(seconds - this.#end) < TOLERANCE_S;
    const start = isContinuous || this.#isLateForLong(sample, seconds) ? this.#end : seconds;
    const overlap = this.#end - start;
    if (overlap >= sample.duration || this.#encoder.queued >= MAX_QUEUED_BLOCKS) {
      sample.close();
    } else if (overlap > 0) {
      this.#write(sample.trim(Math.round(overlap * sample.sampleRate)), this.#end);
      sample.close();
    } else {
      // A track that begins much later has no packets before: the others would wait until all of its silence is written.
      if (this.#hasBegun || start < MAX_LEAD_S) this.#writeSilence(start);
      this.#write(sample, Math.max(start, this.#end));
    }
  }

  /**
   * Whether audio comes too late for its place again and again, and not at once as it does after a busy moment: its dates are too
   * early. In Firefox an audio device falls behind under load, and the dates follow up to four seconds later.
   */
  #isLateForLong(sample: AudioSample, seconds: number): boolean {
    const now = this.#clock.seconds;
    this.#lateSince = this.#end - seconds < sample.duration ? null : (this.#lateSince ?? now);
    return this.#lateSince !== null && now - this.#lateSince >= MAX_LATE_S && this.#end + sample.duration <= now;
  }

  #write(sample: AudioSample, start: number): void {
    sample.setTimestamp(start);
    this.#end = start + sample.duration;
    this.#hasBegun = true;
    this.#encoder.encode(sample);
  }

  /** A machine that slept leaves a gap of hours, so that the silence is made of pieces, which share their memory. */
  #writeSilence(until: number): void {
    let left = Math.round((until - this.#end) * AUDIO_SAMPLE_RATE_HZ);
    for (; left > 0; left -= AUDIO_SAMPLE_RATE_HZ) {
      const numberOfFrames = Math.min(left, AUDIO_SAMPLE_RATE_HZ);
      this.#write(sampleOf(SILENCE.subarray(0, numberOfFrames * 2)), this.#end);
    }
  }
}

const sampleOf = (data: StereoSamples): AudioSample =>
  new AudioSample({ data, format: 'f32-planar', numberOfChannels: 2, sampleRate: AUDIO_SAMPLE_RATE_HZ, timestamp: 0 });

/** A second of it. */
const SILENCE = new Float32Array(AUDIO_SAMPLE_RATE_HZ * 2);
/** Audio that is this much early or late follows what came before it without a gap. */
const TOLERANCE_S = 0.015;
/** Audio that has not come after this long does not come. */
const MAX_DELAY_S = 0.5;
/** Audio that comes too late for longer follows what was written before it. */
const MAX_LATE_S = 0.1;
const MAX_LEAD_S = 3;
const MAX_QUEUED_BLOCKS = 500;
