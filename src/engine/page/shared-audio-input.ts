import { openAudioReader } from '../../processor/page/track-reader.js';
import { readByWorklet } from '../../processor/page/worklet-reader.js';
import { type OpenedSamples, PlayedInput } from './played-input.js';

/** Opens samples for a worker, or for a worklet. */
export type OpenSamples = (isWorklet: boolean) => Promise<OpenedSamples>;

/** Opens a track for a worker, or for a worklet. */
export const readAudio = (track: MediaStreamTrack, isWorklet: boolean): Promise<OpenedSamples> =>
  (isWorklet ? readByWorklet : openAudioReader)(track, () => {});

/** Audio as an input. It is read once for each worker or worklet whose players play it. */
export class SharedAudioInput extends PlayedInput {
  readonly #open: OpenSamples;

  constructor(open: OpenSamples) {
    super();
    this.#open = open;
  }

  protected override openSamples(isWorklet: boolean): Promise<OpenedSamples> {
    return this.#open(isWorklet);
  }
}
