import { freezeConfiguration } from '../../generator/page/configuration.js';
import { loadOnce, loadScript, type Script } from '../../generator/page/load-script.js';
import type { TrackKind } from '../../signals/track-kind.js';
import type { ShownFrame, TrackInput } from '../messages.js';

/** A track that is read for a worker. */
export interface TrackReader {
  readonly input: TrackInput;
  /** The parts of the input that move to the worker. */
  readonly transfer: Transferable[];
  close(): void;
}

/**
 * Opens a track for a worker, by the best way that this browser has: a stream of its frames (Chromium), or a
 * video element or an audio worklet, which hand over each frame.
 */
export async function openTrackReader(track: MediaStreamTrack): Promise<TrackReader> {
  if (typeof MediaStreamTrackProcessor === 'function') return readByProcessor(track);
  return track.kind === 'audio' ? readByWorklet(track) : readByElement(track);
}

function readByProcessor(track: MediaStreamTrack): TrackReader {
  // A clone, because the end of the reader must not end the track.
  const clone = track.clone();
  const { readable } = new MediaStreamTrackProcessor<VideoFrame | AudioData>({
    track: clone,
    maxBufferSize: MAX_BUFFERED[track.kind as TrackKind],
  });
  const endPull = track.kind === 'audio' ? pullRemoteAudio(track) : null;
  return {
    input: { readable },
    transfer: [readable as unknown as Transferable],
    close() {
      clone.stop();
      endPull?.();
    },
  };
}

/** A remote track delivers no samples in Chromium until an element plays it. Returns what ends that. */
function pullRemoteAudio(track: MediaStreamTrack): () => void {
  const audio = new Audio();
  audio.volume = 0;
  audio.srcObject = new MediaStream([track]);
  audio.play().catch(() => {});
  return () => {
    audio.srcObject = null;
  };
}

async function readByWorklet(track: MediaStreamTrack): Promise<TrackReader> {
  const { context, source } = openContext(track);
  const { port1, port2 } = new MessageChannel();
  try {
    await addToWorklet(context.audioWorklet);
    const node = new AudioWorkletNode(context, 'track-elements-recorder');
    const stopClock = postClock(context, node.port);
    node.port.postMessage(port1, [port1]);
    // A browser need not run a node that leads nowhere. This one outputs silence.
    source.connect(node).connect(context.destination);
    void context.resume().catch(() => {});
    const close = () => {
      stopClock();
      void context.close();
    };
    return { input: { port: port2 }, transfer: [port2], close };
  } catch (error) {
    void context.close();
    throw error;
  }
}

/**
 * Firefox refuses a track whose context has another sample rate, and tells the rate of none: contexts of the usual rates are
 * tried.
 */
function openContext(track: MediaStreamTrack): { context: AudioContext; source: MediaStreamAudioSourceNode } {
  let refusal: unknown;
  for (const sampleRate of [track.getSettings().sampleRate, ...USUAL_RATES_HZ]) {
    const context = new AudioContext({ ...(sampleRate && { sampleRate }) });
    try {
      return { context, source: context.createMediaStreamSource(new MediaStream([track])) };
    } catch (error) {
      void context.close();
      refusal = error;
    }
  }
  throw refusal;
}

const USUAL_RATES_HZ = [48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 11_025, 8000, 88_200, 96_000, 176_400, 192_000];

/**
 * Posts the time 0 of the context, in milliseconds since 1970. A reading of `currentTime` is late by up to the time between
 * two calls of the audio device, about 20 ms in Firefox, so that the smallest of the last readings is the best. The first
 * ones follow quickly, and nothing is posted before there are enough of them. Sources of this library read their context in
 * the same way. Neither `outputLatency` nor `getOutputTimestamp()` is read: in Firefox both ask the audio device while they
 * hold a lock that a worklet waits for, and the device waits for the worklet. The page then stands still for ever.
 *
 * @returns What ends that.
 */
function postClock(context: AudioContext, port: MessagePort): () => void {
  let readings: number[] = [];
  let timer: ReturnType<typeof setTimeout>;
  const read = () => {
    const isFull = readings.length === CLOCK_READINGS;
    timer = setTimeout(read, isFull ? CLOCK_INTERVAL_MS : FIRST_CLOCK_INTERVAL_MS);
    if (context.state !== 'running') return;
    readings = [
      ...readings.slice(isFull ? 1 : 0),
      performance.timeOrigin + performance.now() - context.currentTime * 1000,
    ];
    if (readings.length === CLOCK_READINGS) port.postMessage(Math.min(...readings));
  };
  read();
  // The time of a context that does not run stands still, so that earlier readings are wrong.
  context.onstatechange = () => {
    readings = [];
  };
  return () => {
    clearTimeout(timer);
    context.onstatechange = null;
  };
}

const CLOCK_READINGS = 12;
/** Sources read their context for four seconds, too: when the device falls behind, both follow at the same time. */
const CLOCK_INTERVAL_MS = 333;
const FIRST_CLOCK_INTERVAL_MS = 11;

const script: Script = {
  file: 'recorder-worklet.js',
  text: () => import('../worklet/recorder-worklet-text.js'),
};

/** If `configure()` was given the worklet's URL, this one is looked for beside it first. */
function addToWorklet(worklet: Worklet): Promise<void> {
  const { workletUrl } = freezeConfiguration();
  const beside = workletUrl && new URL(script.file, new URL(`${workletUrl}`, document.baseURI));
  const fromUrl = (url: string | URL) => worklet.addModule(url);
  const fromFile = () => worklet.addModule(new URL('../worklet/recorder-worklet.js', import.meta.url));
  return loadOnce(worklet, script, () =>
    loadScript(script, {
      fromFile: () => (beside ? fromUrl(beside).catch(fromFile) : fromFile()),
      fromUrl,
      serve: `${script.file} beside ${workletUrl ?? 'engine-worklet.js, and call configure({ workletUrl })'}`,
    }),
  );
}

function readByElement(track: MediaStreamTrack): TrackReader {
  const { port1, port2 } = new MessageChannel();
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([track]);
  const post = (now: number) => {
    // Requested first: one picture that cannot be read must not end the reading.
    request = video.requestVideoFrameCallback(post);
    // While its track is exchanged, a video may have no picture.
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const frame = new VideoFrame(video, { timestamp: Math.round(now * 1000) });
    const shown: ShownFrame = { frame, arrival: performance.timeOrigin + now - SHOWN_LATE_MS };
    port1.postMessage(shown, [frame]);
  };
  let request = video.requestVideoFrameCallback(post);
  video.play().catch(() => {});
  return {
    input: { port: port2 },
    transfer: [port2],
    close() {
      video.cancelVideoFrameCallback(request);
      video.srcObject = null;
      port1.close();
    },
  };
}

/**
 * How long before its callback a picture came to the element, in Firefox: it is shown at the next refresh of the screen, and
 * the callback is called at the one after that, so that one and a half refreshes at 60 Hz are right within eight milliseconds.
 */
const SHOWN_LATE_MS = 25;

/** Frames that wait while the worker is busy: a second of pictures, five of audio. The oldest are dropped. */
const MAX_BUFFERED = { video: 30, audio: 500 };
