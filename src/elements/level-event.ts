import type { AudioLevels } from '../measure/levels/audio-meter.js';

/** New levels of a meter. */
export class LevelEvent extends Event {
  constructor(
    /** The levels, of the last twentieth of a second and since the start. */
    readonly levels: AudioLevels,
  ) {
    super('level');
  }
}
