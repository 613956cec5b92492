import { checkAudioFormat } from '../../generator/audio-format.js';
import { type Counts, noCounts } from '../../generator/counts.js';
import type { AudioOutput } from '../../generator/page/audio-output.js';
import { correctSettings, type Settings } from '../../generator/page/backend.js';
import { openAudio } from '../../generator/page/open-output.js';
import { everyHalfSecond } from '../../generator/page/shared-interval.js';
import type { AudioComposition } from '../composition.js';
import { wallOrigin } from '../wall-clock.js';
import { tonePlayer } from './engine-client.js';
import type { Hold, LayerError, Playback, PlaybackListener } from './playback.js';
import { PlayerClient, settingsOf } from './player-client.js';

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
  checkAudioFormat(format);
  const output = openAudio(format);
  const { port, loaded } = output.open(tonePlayer, { format });
  const playback = new AudioPlayback(output, port, loaded, listener);
  try {
    await loaded;
    return playback;
  } catch (error) {
    playback.close();
    throw error;
  }
}

class AudioPlayback implements Playback<AudioComposition> {
  readonly #output: AudioOutput;
  readonly #talk: PlayerClient;
  readonly #settings: Settings = {};
  readonly #listener: PlaybackListener;
  /** Resolves when the browser wants a user gesture. */
  #suspension = Promise.withResolvers<void>();
  /** What was asked for last: what is wrong with anything older is of no interest. */
  #newest: AudioComposition | null = null;
  readonly #forgetTick: () => void;
  #ended = false;

  constructor(output: AudioOutput, port: MessagePort, loaded: Promise<Worker | Worklet>, listener: PlaybackListener) {
    this.#output = output;
    correctSettings(output.track, this.#settings);
    this.#listener = listener;
    output.onsuspend = (suspended) => {
      if (suspended) this.#suspension.resolve();
      else this.#suspension = Promise.withResolvers();
      listener.suspendChanged(suspended);
    };
    const endedOutside = () => {
      if (this.#ended) return;
      this.close();
      listener.ended();
    };
    const realm = loaded.then((global) => ({ global }));
    this.#talk = new PlayerClient(port, realm, {
      started: () => listener.started(),
      failed: (failure) => listener.failed(failure),
      ended: endedOutside,
      suspendChanged: () => {},
    });
    this.#forgetTick = everyHalfSecond(() => {
      if (this.track.readyState === 'ended') endedOutside();
      else this.#followClock();
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

  async play(composition: AudioComposition): Promise<readonly LayerError[]> {
    checkAudioFormat(composition);
    this.#newest = composition;
    const playing = this.#talk.play(composition);
    // A worklet that waits for a user gesture answers after it.
    const errors = await Promise.race([playing, this.#suspension.promise]);
    if (!errors) {
      const tell = (failures: readonly LayerError[]) => {
        if (composition !== this.#newest) return;
        for (const failure of failures) this.#listener.failed(failure);
      };
      playing.then(tell, (error) => tell(composition.layers.map(({ id }) => ({ id, error }))));
    }
    if (composition === this.#newest)
      Object.assign(this.#settings, settingsOf(composition), this.#output.fixedSettings);
    return errors ?? [];
  }

  setHold({ muted, paused }: Hold): void {
    this.#talk.post({ type: 'hold', muted, paused });
  }

  repeatFrame(): void {}

  getCounts(): Promise<Counts> {
    // A worklet that waits for a user gesture has counted nothing, and would not say so.
    return this.suspended ? Promise.resolve(noCounts()) : this.#talk.counts();
  }

  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forgetTick();
    this.#output.end();
  }

  /** Somebody may have set the machine's clock. */
  #followClock(): void {
    const newest = this.#newest;
    if (!newest?.layers.some(({ signal }) => signal.animation === 'wall-clock')) return;
    const now = wallOrigin();
    if (newest.wallOrigin !== now) this.play({ ...newest, wallOrigin: now }).catch(() => {});
  }
}
