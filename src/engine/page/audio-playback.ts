import { type AudioFormat, checkAudioFormat } from '../../generator/audio-format.js';
import { type Counts, noCounts } from '../../generator/counts.js';
import { defer } from '../../generator/deferred.js';
import { LatestRun } from '../../generator/latest-run.js';
import type { Backend } from '../../generator/page/backend.js';
import { openAudioSoon } from '../../generator/page/open-audio.js';
import type { AudioOutput, OpenAudio } from '../../generator/page/output.js';
import type { Hold } from '../../generator/page/track-writer.js';
import { correctSettings, everyHalfSecond, setTrackMuted } from '../../generator/page/tracks.js';
import { whenLoaded } from '../../generator/page/when-loaded.js';
import type { AudioComposition } from '../composition.js';
import { wallOrigin } from '../wall-clock.js';
import { tonePlayer } from './engine-client.js';
import type { LayerError, Playback, PlaybackListener } from './playback.js';
import { settingsOf } from './player-client.js';
import { TonePlayerClient } from './tone-player-client.js';

/**
 * Opens an audio track into which the engine plays, at the sample rate and with the channels of its first composition.
 *
 * @throws {RangeError} for a sample rate or a number of channels that no browser plays.
 * @throws {DOMException} `NetworkError` if the worker or the worklet does not load; `NotSupportedError` if the browser
 * lacks the configured backend.
 */
export async function openAudioPlayback(
  listener: PlaybackListener,
  { sampleRate, channels }: AudioComposition,
): Promise<Playback<AudioComposition>> {
  const format = { sampleRate, channels };
  checkAudioFormat(format);
  const output = await openAudioSoon(format);
  const player = output.open(tonePlayer, format);
  const playback = new AudioPlayback(output, player, listener);
  try {
    await player.loaded;
    return playback;
  } catch (error) {
    playback.close();
    throw error;
  }
}

/** Plays into an audio track that is open. Its player may still be loading. */
export const playIntoAudio = (
  output: AudioOutput,
  format: AudioFormat,
  listener: PlaybackListener,
): Playback<AudioComposition> => new AudioPlayback(output, output.open(tonePlayer, format), listener);

class AudioPlayback implements Playback<AudioComposition> {
  readonly #output: AudioOutput;
  readonly #client: TonePlayerClient;
  readonly #listener: PlaybackListener;
  readonly #stopPolling: () => void;
  readonly #playing = new LatestRun();
  #composition: AudioComposition | null = null;
  /** Resolves when the browser wants a user gesture. */
  #suspension = defer<void>();
  #isClosed = false;

  constructor(output: AudioOutput, player: OpenAudio, listener: PlaybackListener) {
    this.#output = output;
    this.#listener = listener;
    output.onsuspend = (suspended) => {
      if (suspended) {
        this.#suspension.resolve();
        whenLoaded(import('../../generator/page/suspended-warning.js'), ({ suspendedWarning }) =>
          listener.warned?.(suspendedWarning()),
        );
      } else this.#suspension = defer();
      listener.suspendChanged(suspended);
    };
    const endedOutside = () => {
      if (this.#isClosed) return;
      this.close();
      listener.ended();
    };
    this.#client = new TonePlayerClient(player, {
      started: () => listener.started(),
      failed: (failure) => listener.failed(failure),
      muted: (muted) => setTrackMuted(this.track, muted),
      ended: endedOutside,
    });
    this.#stopPolling = everyHalfSecond(() => {
      if (this.track.readyState === 'ended') endedOutside();
      else this.#followWallClock();
    });
  }

  get backend(): Backend {
    return this.#output.backend;
  }

  get track(): MediaStreamTrack {
    return this.#output.track;
  }

  get suspended(): boolean {
    return this.#output.suspended;
  }

  async play(composition: AudioComposition): Promise<readonly LayerError[]> {
    checkAudioFormat(composition);
    const signal = this.#playing.begin();
    this.#composition = composition;
    const playing = this.#client.play(composition);
    // A worklet that waits for a user gesture answers after it.
    const errors = await Promise.race([playing, this.#suspension.promise]);
    if (!errors) {
      const report = (failures: readonly LayerError[]) => {
        if (!signal.aborted) for (const failure of failures) this.#listener.failed(failure);
      };
      playing.then(report, (error) => report(composition.layers.map(({ id }) => ({ id, error }))));
    }
    if (!signal.aborted) correctSettings(this.track, this.#output.fixedSettings ?? settingsOf(composition));
    return errors ?? [];
  }

  setHold(hold: Hold): void {
    this.#client.setHold(hold);
  }

  repeatFrame(): void {}

  async getCounts(): Promise<Counts> {
    // A worklet that waits for a user gesture has counted nothing, and does not answer.
    return this.suspended ? noCounts() : this.#client.getCounts();
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopPolling();
    this.#output.end();
  }

  /** Plays tones that follow the wall clock again when the machine's clock was set. */
  #followWallClock(): void {
    const composition = this.#composition;
    if (!composition?.layers.some(({ signal }) => signal.animation === 'wall-clock')) return;
    const origin = wallOrigin();
    if (composition.wallOrigin !== origin) this.play({ ...composition, wallOrigin: origin }).catch(() => {});
  }
}
