import type { AudioOutput } from '../generator/audio-output.js';
import { correctSettings, type Settings } from '../generator/backend.js';
import { type Counts, noCounts } from '../generator/feed.js';
import { openAudio } from '../generator/open-output.js';
import { checkFormat } from '../generator/sound-format.js';
import { everyHalfSecond } from '../generator/ticker.js';
import type { AudioComposition } from './composition.js';
import { tonePlayer } from './engine-worker.js';
import { Conversation, type Playback, type PlaybackListener, settingsOf } from './playback.js';

/**
 * Opens an audio track that the engine plays into, at the rate and with the channels that its first composition has.
 * @throws {RangeError} for a rate or a number of channels that no browser plays.
 * @throws {DOMException} `NetworkError` when the worker or the worklet does not load, `NotSupportedError` when the browser lacks the backend.
 */
export async function openAudioPlayback(
  listener: PlaybackListener,
  { sampleRate, channels }: AudioComposition,
): Promise<Playback<AudioComposition>> {
  const format = { sampleRate, channels };
  checkFormat(format);
  const output = openAudio(format);
  const { port, loaded } = output.open(tonePlayer, { format });
  const playback = new AudioPlayback(output, port, listener);
  try {
    await loaded;
    return playback;
  } catch (error) {
    playback.end();
    throw error;
  }
}

class AudioPlayback implements Playback<AudioComposition> {
  readonly #output: AudioOutput;
  readonly #talk: Conversation;
  readonly #settings: Settings = {};
  readonly #listener: PlaybackListener;
  /** Resolves once the browser has wanted a user gesture. */
  readonly #suspended: Promise<void>;
  readonly #forgetTick: () => void;
  #ended = false;

  constructor(output: AudioOutput, port: MessagePort, listener: PlaybackListener) {
    this.#output = output;
    correctSettings(output.track, this.#settings);
    this.#listener = listener;
    this.#suspended = new Promise((resolve) => {
      output.onsuspend = (suspended) => {
        resolve();
        listener.suspendChanged(suspended);
      };
    });
    const endedOutside = () => {
      if (this.#ended) return;
      this.end();
      listener.ended();
    };
    this.#talk = new Conversation(port, {
      started: () => listener.started(),
      failed: (error) => listener.failed(error),
      ended: endedOutside,
      suspendChanged: () => {},
    });
    this.#forgetTick = everyHalfSecond(() => {
      if (this.track.readyState === 'ended') endedOutside();
    });
  }

  get backend() {
    return this.#output.backend;
  }

  get track(): MediaStreamTrack {
    return this.#output.track;
  }

  get suspended(): boolean {
    return Boolean(this.#output.suspended);
  }

  async play(composition: AudioComposition): Promise<void> {
    checkFormat(composition);
    // A worklet that waits for a user gesture answers after it.
    const playing = this.#talk.play(composition);
    const answered = await Promise.race([playing.then(() => true), this.#suspended]);
    if (!answered) playing.catch((error) => this.#listener.failed(error));
    Object.assign(this.#settings, settingsOf(composition), this.#output.fixedSettings);
  }

  hold(muted: boolean, paused: boolean): void {
    this.#talk.post({ type: 'hold', muted, paused });
  }

  again(): void {}

  counts(): Promise<Counts> {
    // A worklet that waits for a user gesture has counted nothing, and would not say so.
    return this.suspended ? Promise.resolve(noCounts()) : this.#talk.counts();
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forgetTick();
    this.#output.end();
  }
}
