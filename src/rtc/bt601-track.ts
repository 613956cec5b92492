import { acquireEngine, loadPart } from '../engine/page/engine-client.js';
import { reviveError } from '../generator/messages.js';
import type { Script } from '../generator/page/load-script.js';
import { everyHalfSecond } from '../generator/page/tracks.js';
import type { Bt601Event, RecodeToBt601 } from './worker/bt601-part.js';

/** A track with the pictures of another one, coded by the matrix of BT.601. */
export interface Bt601Track {
  readonly track: MediaStreamTrack;
  close(): void;
}

/** Runs in the engine's worker. */
const bt601Part: Script = {
  file: 'track-elements-bt601-part.js',
  text: () => import('../workers/track-elements-bt601-part-text.js'),
};

/**
 * Opens a track in BT.601. It ends with the other track.
 *
 * @param onFailure Called once, when a picture could not be recoded: from then on the pictures stay as they are.
 */
export async function openBt601Track(source: MediaStreamTrack, onFailure: (error: Error) => void): Promise<Bt601Track> {
  const engine = await acquireEngine();
  try {
    await loadPart(engine.worker, bt601Part);
    const { readable } = new MediaStreamTrackProcessor<VideoFrame>({ track: source });
    const track = new MediaStreamTrackGenerator<VideoFrame>({ kind: 'video' });
    const copyHint = () => {
      if (track.contentHint !== source.contentHint) track.contentHint = source.contentHint;
    };
    copyHint();
    const { port1, port2: port } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<Bt601Event>) => onFailure(reviveError(data.error));
    const message: RecodeToBt601 = { type: 'recode-to-bt601', readable, writable: track.writable, port };
    engine.worker.postMessage(message, [readable, message.writable, port]);
    // There is no event for a new hint.
    const stopCopying = everyHalfSecond(copyHint);
    return {
      track,
      close() {
        stopCopying();
        port1.close();
        track.stop();
        engine.release();
      },
    };
  } catch (error) {
    engine.release();
    throw error;
  }
}
