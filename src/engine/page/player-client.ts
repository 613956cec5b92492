import { type Counts, noCounts } from '../../generator/counts.js';
import type { Settings } from '../../generator/page/backend.js';
import type { AudioPacerMessage } from '../../generator/worker/audio-pacer.js';
import type { Composition } from '../composition.js';
import type { PartName, Report, ToneMessage, VideoMessage } from '../messages.js';
import { revive } from '../posted-error.js';
import { moduleUrlOf, signalNameOf } from './custom-signals.js';
import type { LayerError, PlaybackListener } from './playback.js';

/** Where a player runs, so that what its signals need can be loaded there. */
export interface Realm {
  readonly global: Worker | Worklet;
  /** Loads a part of the worker. */
  readonly load?: (part: PartName) => Promise<void>;
}

/** The conversation with a player, whatever plays: its reports go to the listener, counts to who asked. */
export class PlayerClient {
  readonly #port: MessagePort;
  readonly #listener: PlaybackListener;
  readonly #realm: Promise<Realm>;
  readonly #asked: ((counts: Counts) => void)[] = [];
  /** The plays that wait for their answer, which come in the same order. */
  readonly #plays: Play[] = [];
  /** The number of the newest play: what an older one has to wait for comes too late. */
  #newest = 0;
  #over = false;
  #counts = noCounts();

  constructor(port: MessagePort, realm: Promise<Realm>, listener: PlaybackListener) {
    this.#port = port;
    this.#realm = realm;
    realm.catch(() => {});
    this.#listener = listener;
    port.addEventListener('message', ({ data }: MessageEvent<Report>) => this.#receive(data));
    port.start();
  }

  post(message: VideoMessage | ToneMessage | AudioPacerMessage, transfer: Transferable[] = []): void {
    if (!this.#over) this.#port.postMessage(message, transfer);
  }

  async play(composition: Composition): Promise<readonly LayerError[]> {
    const number = ++this.#newest;
    const own = composition.layers.some(({ signal }) => moduleUrlOf(signalNameOf(signal)));
    const { playable, errors } = own ? await this.#define(composition) : { playable: composition, errors: [] };
    if (number !== this.#newest) return [];
    if (composition.isSingleLayer && errors.length > 0) return errors;
    const refused = await new Promise<readonly LayerError[]>((done, fail) =>
      this.#ask({ composition: playable, number, done, fail }),
    );
    return [...errors, ...refused];
  }

  /** The last that were told, where nobody is there any more to count. */
  counts(): Promise<Counts> {
    if (this.#over) return Promise.resolve(this.#counts);
    return new Promise((resolve) => {
      this.#asked.push(resolve);
      this.post({ type: 'count' });
    });
  }

  #ask(play: Play): void {
    if (this.#over) {
      play.fail(ended());
      return;
    }
    try {
      this.post({ type: 'play', composition: play.composition } as VideoMessage | ToneMessage);
      this.#plays.push(play);
    } catch (error) {
      // What cannot be cloned, such as a function among params.
      play.fail(error as Error);
    }
  }

  /** Loads the page's own signals; a layer of which that fails is left out. */
  async #define(composition: Composition): Promise<{ playable: Composition; errors: LayerError[] }> {
    const [{ global }, { loadDefinitions }] = await Promise.all([this.#realm, import('./load-definition.js')]);
    const errors = await loadDefinitions(global, composition.layers);
    const layers = composition.layers.filter((layer) => !errors.some(({ id }) => id === layer.id));
    return { playable: { ...composition, layers } as Composition, errors };
  }

  /** Loads what a play wants, and asks again, unless a newer one has taken its place. */
  async #load(part: PartName, play: Play): Promise<void> {
    try {
      await (await this.#realm).load?.(part);
      if (play.number === this.#newest) this.#ask(play);
      else play.done([]);
    } catch (error) {
      play.fail(error as Error);
    }
  }

  #tell(counts: Counts): void {
    this.#counts = counts;
    for (const resolve of this.#asked.splice(0)) resolve(counts);
  }

  #receive(report: Report): void {
    if (report.type === 'started') this.#listener.started();
    else if (report.type === 'wanting') void this.#load(report.part, this.#plays.shift() as Play);
    else if (report.type === 'playing') {
      this.#plays.shift()?.done(report.refused.map(({ id, error }) => ({ id, error: revive(error) })));
    } else if (report.type === 'refused') this.#plays.shift()?.fail(revive(report.error));
    else if (report.type === 'failed') this.#listener.failed({ id: report.layer, error: revive(report.error) });
    else if (report.type === 'counts') this.#tell(report.counts);
    else if (report.type === 'ended') {
      this.#over = true;
      this.#tell(this.#counts);
      for (const { fail } of this.#plays.splice(0)) fail(ended());
      this.#listener.ended();
    }
  }
}

interface Play {
  readonly composition: Composition;
  readonly number: number;
  readonly done: (refused: readonly LayerError[]) => void;
  readonly fail: (error: Error) => void;
}

const ended = (): DOMException => new DOMException('The track has ended.', 'AbortError');

/** What `getSettings()` has to say of a composition's track. */
export function settingsOf(composition: Composition): Settings {
  if ('channels' in composition) return { sampleRate: composition.sampleRate, channelCount: composition.channels };
  const { width, height, frameRate } = composition;
  return { width, height, frameRate: frameRate.numerator / frameRate.denominator };
}
