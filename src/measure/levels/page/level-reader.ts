import { reviveError } from '../../../generator/messages.js';
import { everyHalfSecond } from '../../../generator/page/tracks.js';
import { acquireWorker, type WorkerLease, type WorkerScript } from '../../../generator/page/worker-pool.js';
import type { TrackReader } from '../../../processor/page/reader.js';
import { openAudioReader } from '../../../processor/page/track-reader.js';
import type { AudioLevels } from '../audio-meter.js';
import type { MeterCommand, MeterEvent, OpenMeter } from '../level-messages.js';

/** Receives what a {@link LevelReader} measures. */
export interface LevelListener {
  /** About 20 times a second of audio. */
  measured(levels: AudioLevels): void;
  /** The browser lets no audio run before a user gesture: levels come after the next one. */
  blocked(): void;
  /** There will be no levels. */
  failed(error: Error): void;
}

/** Measures the levels of a track in a worker, until `close()`. The track is left alone. */
export class LevelReader {
  readonly #listener: LevelListener;
  readonly #closing = new AbortController();
  readonly #port: MessagePort;
  readonly #stopWatching: () => void;
  /** The last levels; `null` before the first and after a reset. */
  #levels: AudioLevels | null = null;
  /** How often in a row there were no new levels. */
  #emptyLooks = 0;
  #hasNewLevels = false;
  /** Levels of a longer measurement were on their way when it was reset. */
  #longest = Number.POSITIVE_INFINITY;

  constructor(track: MediaStreamTrack, listener: LevelListener) {
    const { port1, port2 } = new MessageChannel();
    this.#listener = listener;
    this.#port = port1;
    this.#port.onmessage = ({ data }: MessageEvent<MeterEvent>) =>
      'error' in data ? this.#fail(reviveError(data.error)) : this.#take(data);
    this.#stopWatching = everyHalfSecond(() => this.#checkSilence());
    this.#open(track, port2).catch((error: Error) => this.#fail(error));
  }

  /** Starts integrated loudness, range, maxima and clips again. */
  reset(): void {
    this.#longest = Math.min(this.#longest, this.#levels?.duration ?? Number.POSITIVE_INFINITY);
    this.#levels = null;
    this.#port.postMessage('reset' satisfies MeterCommand);
  }

  /** Frees everything. */
  close(): void {
    this.#port.postMessage('close' satisfies MeterCommand);
    this.#closing.abort();
    this.#port.close();
    this.#stopWatching();
  }

  #fail(error: Error): void {
    if (this.#closing.signal.aborted) return;
    this.close();
    this.#listener.failed(error);
  }

  #take(levels: AudioLevels): void {
    if (this.#closing.signal.aborted || levels.duration > this.#longest) return;
    this.#longest = Number.POSITIVE_INFINITY;
    this.#levels = levels;
    this.#hasNewLevels = true;
    this.#listener.measured(levels);
  }

  /** Some browsers deliver nothing where there is silence, such as of a remote track: then the last levels would stay. */
  #checkSilence(): void {
    const levels = this.#levels;
    this.#emptyLooks = this.#hasNewLevels ? 0 : this.#emptyLooks + 1;
    // Levels may wait where the page was busy: only a second empty look means silence.
    if (levels && this.#emptyLooks >= 2 && !isSilent(levels)) {
      this.#levels = silenced(levels);
      this.#listener.measured(this.#levels);
    }
    this.#hasNewLevels = false;
  }

  async #open(track: MediaStreamTrack, port: MessagePort): Promise<void> {
    const { signal } = this.#closing;
    const opened: { lease?: WorkerLease; reader?: TrackReader } = {};
    const free = () => {
      opened.reader?.close();
      opened.lease?.release();
    };
    signal.addEventListener('abort', free, { once: true });
    try {
      const lease = await acquireWorker(levelWorker);
      opened.lease = lease;
      if (signal.aborted) return free();
      const reader = await openAudioReader(track, () => this.#listener.blocked());
      opened.reader = reader;
      if (signal.aborted) return free();
      const { input, transfer } = reader;
      lease.worker.postMessage({ type: 'open-meter', input, port } satisfies OpenMeter, [port, ...transfer]);
    } catch (error) {
      free();
      throw error;
    }
  }
}

const levelWorker: WorkerScript = {
  file: 'track-elements-level-worker.js',
  text: () => import('../../../workers/track-elements-level-worker-text.js'),
};

const SILENCE = Number.NEGATIVE_INFINITY;

const isSilent = ({ channels }: AudioLevels): boolean => channels.every(({ peak }) => peak === SILENCE);

/** The accumulated figures stay; the current levels are those of silence. */
const silenced = (levels: AudioLevels): AudioLevels => ({
  ...levels,
  channels: levels.channels.map((channel) => ({ ...channel, peak: SILENCE, truePeak: SILENCE, rms: SILENCE })),
  loudness: { ...levels.loudness, momentary: SILENCE, shortTerm: SILENCE },
  correlation: null,
});
