import { acquireEngine, loadPart, type Part } from '../engine/page/engine-client.js';
import type { RecodeToBt601 } from './worker/bt601-part.js';

/** A track with the pictures of another one, coded by the matrix of BT.601. */
export interface Bt601Track {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Runs in the engine's worker. */
const bt601Part: Part = {
  file: 'bt601-part.js',
  url: () => new URL('./worker/bt601-part.js', import.meta.url),
  text: () => import('./worker/bt601-part-text.js'),
};

/** Opens a track in BT.601. It ends with the other track. */
export async function openBt601Track(source: MediaStreamTrack): Promise<Bt601Track> {
  const engine = await acquireEngine();
  try {
    await loadPart(engine.worker, bt601Part);
    const { readable } = new MediaStreamTrackProcessor<VideoFrame>({ track: source });
    const track = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
    track.contentHint = source.contentHint;
    const message: RecodeToBt601 = { type: 'recode-to-bt601', readable, writable: track.writable };
    engine.worker.postMessage(message, [readable, message.writable]);
    return {
      track,
      close() {
        track.stop();
        engine.release();
      },
    };
  } catch (error) {
    engine.release();
    throw error;
  }
}
