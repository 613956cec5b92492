import { hearScriptedEvents } from './scripted-events.js';

/** The track of a canvas that is captured frame by frame. The canvas needs a context before. */
export interface CapturedCanvas {
  readonly track: MediaStreamTrack;
  /** Sends what the canvas shows, if it has something new. */
  readonly requestFrame: () => void;
}

export function captureCanvas(canvas: HTMLCanvasElement): CapturedCanvas {
  const stream = canvas.captureStream(0);
  const [track] = stream.getVideoTracks() as [CanvasCaptureMediaStreamTrack];
  hearScriptedEvents(track);
  return { track, requestFrame: stream.requestFrame?.bind(stream) ?? track.requestFrame.bind(track) };
}
