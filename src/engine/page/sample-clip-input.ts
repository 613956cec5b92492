import { now, pageOrigin } from '../../generator/timeline.js';
import type { SampleClip } from '../sample-clip.js';
import { type OpenedSamples, PlayedInput } from './played-input.js';

/**
 * Samples that the page has, as an input: silent until `begin()`, and after the last one. Players have all of them before they play
 * them, so that nothing is missing however busy the page is.
 */
export class SampleClipInput extends PlayedInput {
  readonly #clip: SampleClip;
  #start: number | undefined;

  constructor(clip: SampleClip) {
    super();
    this.#clip = clip;
  }

  /**
   * Plays the clip from now on: from its beginning wherever it is open, and from where it is by then for players that open it
   * later.
   */
  begin(): void {
    this.#start = now() - pageOrigin();
    this.post({ start: this.#start });
  }

  protected override openSamples(): OpenedSamples {
    return { input: { ...this.#clip, start: this.#start }, transfer: [], close: () => {} };
  }
}
