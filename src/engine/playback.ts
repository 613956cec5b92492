import type { Backend, Settings } from '../generator/backend.js';
import { type Counts, noCounts } from '../generator/feed.js';
import type { PacerMessage } from '../generator/pacer.js';
import type { Composition } from './composition.js';
import { type Report, revive, type ToneMessage, type VideoMessage } from './messages.js';

/** A composition playing into a track: what a page holds of the engine. */
export interface Playback<C extends Composition = Composition> {
  readonly backend: Backend;
  readonly track: MediaStreamTrack;
  /** Whether the browser wants a user gesture before it lets the track run. */
  readonly suspended: boolean;
  /**
   * Plays this from now on, on the same track; rejects where it cannot be played, and what played before goes on. Where
   * a user gesture is wanted first, it resolves, and the listener hears what comes of it.
   */
  play(composition: C): Promise<void>;
  /** Black or silence; the picture held, or silence. */
  hold(muted: boolean, paused: boolean): void;
  /** Shows the last picture once more, for a viewer who has just come. */
  again(): void;
  counts(): Promise<Counts>;
  /** Ends the track for good and frees everything. */
  end(): void;
}

/** Whom a playback tells what happens to it: a plain object. */
export interface PlaybackListener {
  /** The first frame or block has been given to the track. */
  started(): void;
  /** What plays broke. */
  failed(error: Error): void;
  /** The track was ended by somebody else. */
  ended(): void;
  suspendChanged(suspended: boolean): void;
}

/** The conversation with a player, whatever plays: its reports go to the listener, counts to who asked. */
export class Conversation {
  readonly #port: MessagePort;
  readonly #listener: PlaybackListener;
  readonly #asked: ((counts: Counts) => void)[] = [];
  /** The plays that wait for their answer, which come in the same order. */
  readonly #plays: { done(): void; refused(error: Error): void }[] = [];
  #over = false;
  #counts = noCounts();

  constructor(port: MessagePort, listener: PlaybackListener) {
    this.#port = port;
    this.#listener = listener;
    port.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#receive(data));
    port.start();
  }

  post(message: VideoMessage | ToneMessage | PacerMessage, transfer: Transferable[] = []): void {
    if (!this.#over) this.#port.postMessage(message, transfer);
  }

  play(composition: Composition): Promise<void> {
    return new Promise((done, refused) => {
      this.#plays.push({ done, refused });
      this.post({ type: 'play', composition } as VideoMessage | ToneMessage);
    });
  }

  /** The last that were told, where nobody is there any more to count. */
  counts(): Promise<Counts> {
    if (this.#over) return Promise.resolve(this.#counts);
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.post({ type: 'count' });
    });
  }

  #tell(counts: Counts): void {
    this.#counts = counts;
    for (const resolve of this.#asked.splice(0)) resolve(counts);
  }

  #receive(report: Report): void {
    if (report.type === 'started') this.#listener.started();
    else if (report.type === 'playing') this.#plays.shift()?.done();
    else if (report.type === 'refused') this.#plays.shift()?.refused(revive(report.error));
    else if (report.type === 'failed') this.#listener.failed(revive(report.error));
    else if (report.type === 'counts') this.#tell(report.counts);
    else if (report.type === 'ended') {
      this.#over = true;
      this.#tell(this.#counts);
      for (const { refused } of this.#plays.splice(0)) refused(new DOMException('The track has ended.', 'AbortError'));
      this.#listener.ended();
    }
  }
}

/** What `getSettings()` has to say of a composition's track. */
export function settingsOf(composition: Composition): Settings {
  if ('channels' in composition) return { sampleRate: composition.sampleRate, channelCount: composition.channels };
  const { width, height, frameRate } = composition;
  return { width, height, frameRate: frameRate.numerator / frameRate.denominator };
}
