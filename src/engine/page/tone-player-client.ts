import { LatestRun } from '../../generator/latest-run.js';
import type { OpenAudio } from '../../generator/page/output.js';
import { PortClient } from '../../generator/page/port-client.js';
import type { AudioComposition } from '../composition.js';
import type { PlayerEvent, ToneRequests } from '../messages.js';
import type { LayerError } from './playback.js';
import { PlayerClient, type PlayerListener } from './player-client.js';

/** The page's end of the conversation with a player of tones, which is given the inputs that it plays. */
export class TonePlayerClient extends PlayerClient {
  readonly #loaded: Promise<Worker | BaseAudioContext>;
  readonly #requests: PortClient<Pick<ToneRequests, 'open-audio-input'>, never, PlayerEvent>;
  readonly #opening = new LatestRun();

  constructor({ port, loaded }: OpenAudio, listener: PlayerListener) {
    super(port, loaded, listener);
    this.#loaded = loaded;
    this.#requests = new PortClient(port, ({ type }) => {
      if (type === 'ended') this.#requests.close();
    });
  }

  override async play(composition: AudioComposition): Promise<readonly LayerError[]> {
    const run = this.#opening.begin();
    const ids = composition.layers.flatMap(({ signal }) => ('input' in signal && signal.input) || []);
    if (ids.length > 0) await this.#openInputs([...new Set(ids)]);
    return run.aborted ? [] : super.play(composition);
  }

  async #openInputs(ids: readonly number[]): Promise<void> {
    const [target, { openAudioInputs }] = await Promise.all([this.#loaded, import('./played-input.js')]);
    await openAudioInputs(ids, target, (request, transfer) =>
      this.#requests.request('open-audio-input', request, transfer),
    );
  }
}
