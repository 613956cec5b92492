import { openAudioReader } from '../../processor/page/track-reader.js';
import { readByWorklet } from '../../processor/page/worklet-reader.js';
import { type OpenedSamples, PlayedInput } from './played-input.js';

/** A track of audio as an input. It is read once for each worker or worklet whose players play it. */
export class AudioTrackInput extends PlayedInput {
  readonly #track: MediaStreamTrack;

  constructor(track: MediaStreamTrack) {
    super();
    this.#track = track;
  }

  protected override openSamples(isWorklet: boolean): Promise<OpenedSamples> {
    return (isWorklet ? readByWorklet : openAudioReader)(this.#track, () => {});
  }
}
