import { describeValue } from '../../signals/describe-value.js';
import { type AudioFormat, checkAudioFormat } from '../audio-format.js';
import { type Counts, noCounts } from '../counts.js';
import type { AudioOutput, AudioPlayerSource } from './audio-output.js';
import type { AudioWriter } from './audio-writer.js';
import { correctSettings } from './backend.js';
import type { TrackWriter, WriteOptions } from './track-writer.js';

/** An audio feed whose code is on its way, paid for by audio only: the track is there at once, what is written waits. */
export class LateAudioWriter implements TrackWriter {
  readonly output: AudioOutput;
  onstart: (() => void) | null = null;
  onsuspend: ((suspended: boolean) => void) | null = null;
  /** `null` when the track has ended before. */
  readonly loading: Promise<AudioWriter | null>;
  #feed: AudioWriter | null = null;
  #muted = false;
  #paused = false;
  #ended = false;

  constructor(output: AudioOutput, format: AudioFormat, player?: AudioPlayerSource) {
    this.output = output;
    const settings = { ...output.fixedSettings };
    correctSettings(output.track, settings);
    output.onsuspend = (suspended) => this.onsuspend?.(suspended);
    this.loading = import('./audio-writer.js').then(({ AudioWriter }) => {
      if (this.#ended) return null;
      const feed = new AudioWriter(output, format, settings, player);
      feed.onstart = () => this.onstart?.();
      this.#feed = feed;
      this.#hold();
      return feed;
    });
  }

  get counts(): Counts {
    return this.#feed?.counts ?? noCounts();
  }

  get muted(): boolean {
    return this.#muted;
  }

  set muted(muted: boolean) {
    this.#muted = muted;
    this.#hold();
  }

  get paused(): boolean {
    return this.#paused;
  }

  set paused(paused: boolean) {
    this.#paused = paused;
    this.#hold();
  }

  async write(data: unknown, options: WriteOptions): Promise<boolean> {
    checkAudioFormat(options);
    const feed = this.#feed;
    if (feed) return feed.write(data, options);
    // The caller may use its samples again.
    const kept = keep(data);
    const loaded = await this.loading;
    if (loaded) return loaded.write(kept, options);
    if (describeValue(data) === 'AudioData') (data as AudioData).close();
    return false;
  }

  tick(): void {
    this.#feed?.tick();
  }

  again(): void {}

  end(): void {
    this.#ended = true;
    if (this.#feed) this.#feed.end();
    else this.output.end();
  }

  #hold(): void {
    this.#feed?.hold(this.#muted, this.#paused);
  }
}

const keep = (data: unknown): unknown =>
  Array.isArray(data) ? data.map(keep) : ArrayBuffer.isView(data) ? (data as Float32Array).slice() : data;
