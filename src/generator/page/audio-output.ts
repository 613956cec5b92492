import type { Output, Settings } from './backend.js';
import type { WorkerLease } from './worker-pool.js';
import type { WorkletSource } from './worklet-source.js';

/** What plays sound into a track: in a worker where tracks are native, in a worklet elsewhere. The same code in both. */
export interface AudioPlayerSource {
  /** The worker, and the type of the message that starts it there. */
  worker(): Promise<WorkerLease>;
  readonly type: string;
  /** The worklet, and the name of the processor in it. */
  readonly worklet: WorkletSource;
  readonly processor: string;
}

/** An audio track together with what makes it. */
export interface AudioOutput extends Output {
  /** Whether the browser wants a user gesture before it lets the track run. */
  readonly suspended?: boolean;
  onsuspend: ((suspended: boolean) => void) | null;
  /** What no composition changes. */
  readonly fixedSettings?: Settings;
  /**
   * Lets a player play into the track, with plain data to start from. The port can be used at once: what is posted
   * waits for the player.
   */
  open(player: AudioPlayerSource, init: object): OpenAudio;
}

export interface OpenAudio {
  readonly port: MessagePort;
  /** Where the player runs. Rejects where it could not be loaded. */
  readonly loaded: Promise<Worker | Worklet>;
}
