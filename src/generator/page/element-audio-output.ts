import { type AudioFormat, DEFAULT_SAMPLE_RATE_HZ } from '../audio-format.js';
import { FLAC_MP4_TYPE } from '../features.js';
import { type FlacFormat, flacFragment, flacHeader, LEAD_IN_FRAGMENTS } from '../flac-mp4.js';
import type { AudioCommand } from '../messages.js';
import { now, pageOrigin } from '../timeline.js';
import { onGesture } from './gestures.js';
import type { AudioPlayer } from './output.js';
import { PlayedAudioOutput, playInWorker } from './played-audio-output.js';
import { endTrack, type Settings } from './tracks.js';
import { withTimeout } from './with-timeout.js';

/**
 * An audio track by a muted media element that is captured (Firefox): unlike an `AudioContext`, it plays without a user gesture. A
 * worker makes its audio, as lossless fragments of a file, shortly before they play.
 */
export class ElementAudioOutput extends PlayedAudioOutput {
  readonly backend = 'element';
  readonly track: MediaStreamTrack;
  readonly fixedSettings: Settings;
  readonly #format: FlacFormat;
  readonly #audio: CapturedElement;
  readonly #file: SourceBuffer;
  readonly #ended = new AbortController();
  /** Fragments that wait until those before are taken. */
  #waiting: Uint8Array[] = [];
  #fragments = 0;
  /** Readings of the time 0 of the element, and when they were made. */
  #readings: { readonly start: number; readonly time: number }[] = [];
  #postedAt = 0;

  /**
   * Opens a track. It takes a moment: the element has no track before it has read the beginning of the file.
   *
   * Rejects if the element does not open the file.
   */
  static async open({ sampleRate = DEFAULT_SAMPLE_RATE_HZ, channels = 2 }: AudioFormat): Promise<ElementAudioOutput> {
    const format = { sampleRate, channels, frames: Math.floor(sampleRate / BLOCKS_PER_SECOND) };
    const audio = document.createElement('audio') as CapturedElement;
    audio.muted = true;
    const source = new MediaSource();
    const url = URL.createObjectURL(source);
    audio.src = url;
    try {
      const failed = once(audio, 'error').then(() => Promise.reject(audio.error));
      failed.catch(() => {});
      const until = (target: EventTarget, type: string) => withTimeout(Promise.race([once(target, type), failed]));
      await until(source, 'sourceopen');
      const file = source.addSourceBuffer(FLAC_MP4_TYPE);
      const stream = audio.mozCaptureStream();
      file.appendBuffer(flacHeader(format));
      await until(audio, 'loadedmetadata');
      if (file.updating) await until(file, 'updateend');
      const [track] = stream.getAudioTracks();
      if (!track) throw new DOMException('The captured media element has no track.', 'NotSupportedError');
      return new ElementAudioOutput(audio, file, track, format);
    } catch (error) {
      unload(audio);
      throw error;
    } finally {
      URL.revokeObjectURL(url);
    }
  }

  private constructor(audio: CapturedElement, file: SourceBuffer, track: MediaStreamTrack, format: FlacFormat) {
    super();
    this.#audio = audio;
    this.#file = file;
    this.track = track;
    this.#format = format;
    this.fixedSettings = { sampleRate: format.sampleRate, channelCount: format.channels };
  }

  end(): void {
    if (this.#ended.signal.aborted) return;
    this.port?.postMessage({ type: 'close' } satisfies AudioCommand);
    this.#ended.abort();
    this.#waiting = [];
    endTrack(this.track);
    unload(this.#audio);
  }

  protected async play(
    player: AudioPlayer,
    format: AudioFormat,
    ours: MessagePort,
    port: MessagePort,
  ): Promise<Worker> {
    const worker = await playInWorker(player, ours, { target: this.#format, port, format }, (event) => {
      if (event.type === 'fragment') this.#append(event.bytes);
    });
    if (!this.#ended.signal.aborted) this.#start();
    return worker;
  }

  #start(): void {
    const { signal } = this.#ended;
    this.#file.addEventListener('updateend', () => this.#appendWaiting(), { signal });
    // Firefox begins to play when 125 ms are buffered. With silence it begins at once, and audio follows before that has been played.
    const { channels, frames } = this.#format;
    const silence = Array.from({ length: channels }, () => new Float32Array(frames));
    for (let n = 0; n < LEAD_IN_FRAGMENTS; n++) this.#append(flacFragment(this.#format, n, silence));
    const play = () => void this.#audio.play().catch(() => this.#setSuspended(true));
    this.#audio.addEventListener('playing', () => this.#setSuspended(false), { signal });
    // Until fragments arrive, and if they stop.
    const timer = setInterval(() => this.#readClock(), CLOCK_READING_MS);
    signal.addEventListener('abort', () => clearInterval(timer));
    this.#audio.addEventListener('error', () => this.end(), { signal });
    onGesture(play, signal);
    play();
  }

  #setSuspended(suspended: boolean): void {
    if (this.#ended.signal.aborted || this.suspended === suspended) return;
    this.suspended = suspended;
    this.onsuspend?.(suspended);
  }

  #append(fragment: Uint8Array): void {
    if (this.#ended.signal.aborted) return;
    this.#waiting.push(fragment);
    this.#fragments++;
    this.#appendWaiting();
    this.#readClock();
  }

  #appendWaiting(): void {
    if (this.#file.updating) return;
    if (this.#waiting.length > 0) {
      this.#file.appendBuffer(joined(this.#waiting));
      this.#waiting = [];
    } else if (this.#fragments >= REMOVAL_INTERVAL_FRAGMENTS) {
      this.#fragments = 0;
      const end = this.#audio.currentTime - KEPT_S;
      if (end > 0) this.#file.remove(0, end);
    }
  }

  /**
   * Tells the worker when the element plays. It reads the position when a fragment arrives, since timers are slow in a hidden page. A
   * reading is late by up to 60 ms and never early, so that the smallest of the last ones is the best.
   */
  #readClock(): void {
    const { currentTime } = this.#audio;
    // The first position that is not 0 is the first that tells when the element began to play.
    if (currentTime === 0) return;
    const time = now();
    this.#postedAt ||= time;
    this.#readings.push({ start: time - pageOrigin() - currentTime * 1000, time });
    this.#readings = this.#readings.filter((reading) => time - reading.time < CLOCK_WINDOW_MS);
    if (time - this.#postedAt < CLOCK_INTERVAL_MS) return;
    this.#postedAt = time;
    const start = Math.min(...this.#readings.map((reading) => reading.start));
    this.port?.postMessage({ type: 'clock', start } satisfies AudioCommand);
  }
}

const BLOCKS_PER_SECOND = 100;
/** The element needs nothing that it has played. */
const KEPT_S = 1;
const REMOVAL_INTERVAL_FRAGMENTS = 500;
const CLOCK_READING_MS = 20;
const CLOCK_WINDOW_MS = 1000;
const CLOCK_INTERVAL_MS = 100;

interface CapturedElement extends HTMLAudioElement {
  mozCaptureStream(): MediaStream;
}

const once = (target: EventTarget, type: string): Promise<void> =>
  new Promise((resolve) => target.addEventListener(type, () => resolve(), { once: true }));

/** Closes the `MediaSource` of an element, and frees what it has decoded. */
function unload(audio: HTMLAudioElement): void {
  audio.pause();
  audio.removeAttribute('src');
  audio.load();
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
