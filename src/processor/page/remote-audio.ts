import { onGesture } from '../../generator/page/gestures.js';

/**
 * A remote track delivers no samples in Chromium until an element plays it: also a muted video, which no autoplay policy
 * refuses by default, as it does an audio element.
 *
 * @param onBlocked Called if the browser refuses it nevertheless. It plays after the next gesture.
 * @returns What ends that.
 */
export function pullRemoteAudio(track: MediaStreamTrack, onBlocked: () => void): () => void {
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
