import { handsOverStreams, hasNative } from '../../generator/features.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { TrackReader } from './reader.js';

/**
 * Opens a track for a worker, by the best way that this browser has: a stream of its frames (Chromium), or a
 * video element or an audio worklet, which hand over each frame. The code of a way is loaded where it is used.
 *
 * @param onBlocked Called if the browser does not let the audio run before a user gesture.
 * @param signal Ends waiting, where the way has to wait: it resolves.
 */
export async function openTrackReader(
  track: MediaStreamTrack,
  onBlocked: () => void,
  signal: AbortSignal,
): Promise<TrackReader> {
  if (track.kind === 'audio') return openAudioReader(track, onBlocked);
  if (handsOverFrames()) return readByStream(track, onBlocked);
  return (await import('./element-reader.js')).readByElement(track, signal);
}

/** Opens an audio track for a worker: {@link openTrackReader} without the code for video. */
export async function openAudioReader(track: MediaStreamTrack, onBlocked: () => void): Promise<TrackReader> {
  if (handsOverFrames()) return readByStream(track, onBlocked);
  return (await import('./worklet-reader.js')).readByWorklet(track, onBlocked);
}

const handsOverFrames = (): boolean => hasNative('MediaStreamTrackProcessor') && handsOverStreams();

async function readByStream(track: MediaStreamTrack, onBlocked: () => void): Promise<TrackReader> {
  const { NativeSource } = await import('./native-source.js');
  const source = new NativeSource({ track, maxBufferSize: MAX_BUFFERED[track.kind as TrackKind], onBlocked });
  const readable = source.open('frames');
  // The worker ends its reading first: see TrackInputReader.
  const close = () => void setTimeout(() => source.close(), STOP_DELAY_MS);
  return { input: { readable }, transfer: [readable as unknown as Transferable], close };
}

/** In this time the next frame comes to a worker that was told to end, at 10 frames per second or more. */
const STOP_DELAY_MS = 100;

/** Frames that wait while the worker is busy: a second of pictures, five of audio. The oldest are dropped. */
const MAX_BUFFERED = { video: 30, audio: 500 };
