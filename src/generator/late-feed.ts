import type { AudioFeed } from './audio-feed.js';
import type { AudioOutput, SoundPlayer } from './audio-output.js';
import { correctSettings } from './backend.js';
import { type Counts, type Feed, noCounts, type WriteOptions } from './feed.js';
import { nameOf } from './name-of.js';
import { checkFormat, type SoundFormat } from './sound-format.js';

/** An audio feed whose code is on its way, paid for by audio only: the track is there at once, what is written waits. */
export class LateFeed implements Feed {
  readonly output: AudioOutput;
  onstart: (() => void) | null = null;
  onsuspend: ((suspended: boolean) => void) | null = null;
  /** `null` when the track has ended before. */
  readonly loading: Promise<AudioFeed | null>;
  #feed: AudioFeed | null = null;
  #muted = false;
  #paused = false;
  #ended = false;

  constructor(output: AudioOutput, format: SoundFormat, player?: SoundPlayer) {
    this.output = output;
    const settings = { ...output.fixedSettings };
    correctSettings(output.track, settings);
    output.onsuspend = (suspended) => this.onsuspend?.(suspended);
    this.loading = import('./audio-feed.js').then(({ AudioFeed }) => {
      if (this.#ended) return null;
      const feed = new AudioFeed(output, format, settings, player);
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
    checkFormat(options);
    const feed = this.#feed;
    if (feed) return feed.write(data, options);
    // The caller may use its samples again.
    const kept = keep(data);
    const loaded = await this.loading;
    if (loaded) return loaded.write(kept, options);
    if (nameOf(data) === 'AudioData') (data as AudioData).close();
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
