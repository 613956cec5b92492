import { type Counts, noCounts } from '../../generator/counts.js';
import { LatestRun } from '../../generator/latest-run.js';
import { reviveError } from '../../generator/messages.js';
import type { Script } from '../../generator/page/load-script.js';
import type { VideoPicture } from '../../generator/page/output.js';
import { PortClient } from '../../generator/page/port-client.js';
import type { Hold } from '../../generator/page/track-writer.js';
import type { Settings } from '../../generator/page/tracks.js';
import type { Composition } from '../composition.js';
import type { PlayAnswer, PlayerEvent, ToneRequests, VideoCommand, VideoRequests } from '../messages.js';
import { customLayers, loadCustomSignals, withModule } from './custom-signals.js';
import { loadPart, videoParts } from './engine-client.js';
import type { LayerError, PlaybackListener } from './playback.js';

/** The page's end of the conversation with a player, of video or of tones. */
export class PlayerClient {
  readonly #client: PortClient<PlayerRequests, VideoCommand, PlayerEvent>;
  readonly #loaded: Promise<Worker | BaseAudioContext>;
  readonly #listener: PlayerListener;
  readonly #playing = new LatestRun();
  #counts = noCounts();

  /** @param loaded The worker in which the player runs, or the context in whose worklet it does. */
  constructor(port: MessagePort, loaded: Promise<Worker | BaseAudioContext>, listener: PlayerListener) {
    this.#loaded = loaded;
    this.#listener = listener;
    this.#client = new PortClient(port, (event) => this.#receive(event));
    loaded.catch((error) => this.#client.close(error));
  }

  /** As `Playback.play()`. A call whose modules are still loading resolves to no errors if a newer call follows. */
  async play(composition: Composition): Promise<readonly LayerError[]> {
    const signal = this.#playing.begin();
    const { layers, isSingleLayer } = composition;
    const custom = customLayers(composition);
    const errors = custom.length > 0 ? await loadCustomSignals(await this.#loaded, custom) : [];
    if (signal.aborted) return [];
    if (isSingleLayer && errors.length > 0) return errors;
    const playable = layers.filter((layer) => !errors.some(({ id }) => id === layer.id)).map(withModule);
    const rejected = await this.#request({ ...composition, layers: playable } as Composition, signal);
    return [...errors, ...rejected];
  }

  /** Shows a frame while no layer plays, and closes it. Resolves to `false` if it was dropped. */
  async write(frame: VideoPicture): Promise<boolean> {
    try {
      return await this.#client.request('write', { frame }, [frame]);
    } catch {
      // A request that is rejected before it is sent leaves the frame open. A frame that was sent is closed here already.
      frame.close();
      return false;
    }
  }

  setHold({ muted, paused }: Hold): void {
    this.#client.post({ type: 'hold', muted, paused });
  }

  /** Posts a command without data. */
  post(type: 'repeat-frame' | 'bitmap-shown' | 'close'): void {
    this.#client.post({ type });
  }

  /** After the player has ended: the last counts that it reported. */
  async getCounts(): Promise<Counts> {
    this.#counts = await this.#client.request('count', {}).catch(() => this.#counts);
    return this.#counts;
  }

  /** Loads the part that the player needs, and asks again. */
  async #request(composition: Composition, signal: AbortSignal): Promise<readonly LayerError[]> {
    while (!signal.aborted) {
      const answer = await this.#client.request('play', { composition });
      if ('rejected' in answer) return answer.rejected.map(({ id, error }) => ({ id, error: reviveError(error) }));
      await loadPart((await this.#loaded) as Worker, videoParts[answer.needsPart] as Script);
    }
    return [];
  }

  #receive(event: PlayerEvent): void {
    if (event.type === 'started') this.#listener.started?.();
    else if (event.type === 'layer-failed') this.#listener.failed({ id: event.id, error: reviveError(event.error) });
    else if (event.type === 'bitmap') this.#listener.showBitmap?.(event.bitmap);
    else if (event.type === 'muted') this.#listener.muted?.(event.muted);
    else if (event.type === 'ended') {
      this.#client.close();
      this.#listener.ended?.();
    }
  }
}

/** Receives the events of a player. */
export interface PlayerListener extends Partial<Pick<PlaybackListener, 'started' | 'ended'>> {
  failed(failure: LayerError): void;
  /** A fault has muted the track, or no longer does. */
  muted?(muted: boolean): void;
  /** The listener owns the bitmap. */
  showBitmap?(bitmap: ImageBitmap): void;
}

/** The requests of both kinds of players. */
interface PlayerRequests extends Omit<VideoRequests & ToneRequests, 'play'> {
  play(request: { readonly composition: Composition }): PlayAnswer;
}

/** The settings of a track that plays a composition. */
export function settingsOf(composition: Composition): Settings {
  if ('channels' in composition) return { sampleRate: composition.sampleRate, channelCount: composition.channels };
  const { width, height, frameRate } = composition;
  return { width, height, frameRate: frameRate.numerator / frameRate.denominator };
}
