import { checkAudioFormat } from '../audio-format.js';
import { AudioWriter } from './audio-writer.js';
import { openAudioSoon } from './open-audio.js';
import { TrackGenerator, type TrackGeneratorInit } from './track-generator.js';
import { checkPacing } from './track-writer.js';
import { WritableTrack } from './writable-track.js';

export type { TrackGenerator, TrackGeneratorInit } from './track-generator.js';

/**
 * Opens a generator by the best backend of the browser, also by one that takes a moment: in Firefox its audio then plays without a
 * user gesture. `new TrackGenerator()`, which has its track at once, waits for a gesture there.
 *
 * ```ts
 * const generator = await openTrackGenerator({ kind: 'audio' });
 * await generator.write(samples);
 * ```
 *
 * @throws as the constructor of `TrackGenerator`.
 */
export async function openTrackGenerator(init: TrackGeneratorInit): Promise<TrackGenerator> {
  if (init?.kind !== 'audio') return new TrackGenerator(init);
  checkPacing(init.pacing);
  checkAudioFormat(init);
  const writer = new AudioWriter(await openAudioSoon(init, init.backend), init);
  // A TrackGenerator, made by the constructor of its base class: its own would open another track.
  const generator: TrackGenerator = Reflect.construct(WritableTrack, ['audio', writer], TrackGenerator);
  try {
    generator.queueLimit = init.queueLimit ?? generator.queueLimit;
  } catch (error) {
    generator.stop();
    throw error;
  }
  return generator;
}
