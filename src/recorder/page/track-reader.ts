import { handsOverStreams, hasNative } from '../../generator/features.js';
import { onGesture } from '../../generator/page/gestures.js';
import type { TrackKind } from '../../signals/track-kind.js';
import { readByElement } from './element-reader.js';
import type { TrackReader } from './reader.js';
import { readByWorklet } from './worklet-reader.js';

/**
 * Opens a track for a worker, by the best way that this browser has: a stream of its frames (Chromium), or a
 * video element or an audio worklet, which hand over each frame.
 *
 * @param onBlocked Called if the browser does not let the audio run before a user gesture.
 * @param signal Ends waiting, where the way has to wait: it resolves.
 */
export async function openTrackReader(
  track: MediaStreamTrack,
  onBlocked: () => void,
  signal: AbortSignal,
): Promise<TrackReader> {
  if (hasNative('MediaStreamTrackProcessor') && handsOverStreams()) return readByProcessor(track, onBlocked);
  return track.kind === 'audio' ? readByWorklet(track, onBlocked) : readByElement(track, signal);
}

function readByProcessor(track: MediaStreamTrack, onBlocked: () => void): TrackReader {
  // A clone, because the end of the reader must not end the track.
  const clone = track.clone();
  const { readable } = new MediaStreamTrackProcessor<VideoFrame | AudioData>({
    track: clone,
    maxBufferSize: MAX_BUFFERED[track.kind as TrackKind],
  });
  const endPull = track.kind === 'audio' ? pullRemoteAudio(track, onBlocked) : null;
  return {
    input: { readable },
    transfer: [readable as unknown as Transferable],
    close() {
      clone.stop();
      endPull?.();
    },
  };
}

/**
 * A remote track delivers no samples in Chromium until an element plays it: also a muted video, which no autoplay policy
 * refuses by default, as it does an audio element.
 *
 * @param onBlocked Called if the browser refuses it nevertheless. It plays after the next gesture.
 * @returns What ends that.
 */
function pullRemoteAudio(track: MediaStreamTrack, onBlocked: () => void): () => void {
  const pulling = new AbortController();
  const player = document.createElement('video');
  player.muted = true;
  player.srcObject = new MediaStream([track]);
  player.play().catch(({ name }: Error) => {
    if (name !== 'NotAllowedError' || pulling.signal.aborted) return;
    onBlocked();
    onGesture(() => void player.play().catch(() => {}), pulling.signal);
  });
  return () => {
    pulling.abort();
    player.srcObject = null;
  };
}

/** Frames that wait while the worker is busy: a second of pictures, five of audio. The oldest are dropped. */
const MAX_BUFFERED = { video: 30, audio: 500 };
