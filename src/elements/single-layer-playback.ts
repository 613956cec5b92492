import type { Composition } from '../engine/composition.js';
import type { Hold, Playback } from '../engine/page/playback.js';

/** Opens the playback of a source by itself: of a composition with the source as its only layer. */
export async function openSingleLayer<C extends Composition>(
  opening: Promise<Playback<C>>,
  composition: C,
  hold: Hold,
  signal: AbortSignal,
): Promise<Playback<C>> {
  const playback = await opening;
  const close = () => playback.close();
  // The first frame may need a module that never loads.
  signal.addEventListener('abort', close);
  if (signal.aborted) close();
  try {
    playback.setHold(hold);
    await playSingleLayer(playback, composition);
    return playback;
  } catch (error) {
    close();
    throw error;
  } finally {
    signal.removeEventListener('abort', close);
  }
}

/** Plays a composition of one layer. Rejects with the layer's error. */
export async function playSingleLayer<C extends Composition>(playback: Playback<C>, composition: C): Promise<void> {
  const [failure] = await playback.play(composition);
  if (failure) throw failure.error;
}
