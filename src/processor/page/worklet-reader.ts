import { addToWorklet } from '../../generator/page/add-to-worklet.js';
import { acquireContext, type ContextLease } from '../../generator/page/audio-contexts.js';
import { onGesture } from '../../generator/page/gestures.js';
import type { Script } from '../../generator/page/load-script.js';
import { now } from '../../generator/timeline.js';
import type { PortReader } from './reader.js';

/**
 * Reads audio by an audio worklet, which hands it over in blocks.
 *
 * @param onBlocked Called once if the browser does not let the context run.
 */
export async function readByWorklet(track: MediaStreamTrack, onBlocked: () => void): Promise<PortReader> {
  const { context, source, release } = openContext(track);
  const { port1, port2 } = new MessageChannel();
  try {
    await addToWorklet(context, script);
    const node = new AudioWorkletNode(context, 'track-elements-processor');
    const stopClock = postClock(context, node.port);
    node.port.postMessage(port1, [port1]);
    // A browser need not run a node that leads nowhere. This one outputs silence.
    source.connect(node).connect(context.destination);
    const stopAsking = runWhenAllowed(context, onBlocked);
    const close = () => {
      stopAsking();
      stopClock();
      // The context stays for others, and the reader may be gone already.
      node.port.postMessage('close');
      source.disconnect();
      node.disconnect();
      release();
    };
    return { input: { port: port2 }, transfer: [port2], close };
  } catch (error) {
    release();
    throw error;
  }
}

/**
 * Runs a context now, or after the next gesture on the page.
 *
 * @param onBlocked Called if it does not run now.
 * @returns What ends that.
 */
function runWhenAllowed(context: AudioContext, onBlocked: () => void): () => void {
  const asking = new AbortController();
  // A browser that does not let it run resolves this later or never, and rejects it at the end of the context.
  const run = () => void context.resume().catch(() => {});
  onGesture(run, asking.signal);
  const timer = setTimeout(() => {
    if (context.state !== 'running') onBlocked();
  }, CONTEXT_START_TIMEOUT_MS);
  run();
  return () => {
    clearTimeout(timer);
    asking.abort();
  };
}

/** A context that may run does so within this time, also on a busy machine. */
const CONTEXT_START_TIMEOUT_MS = 2000;

/**
 * Firefox refuses a track whose context has another sample rate, and tells the rate of none: contexts of the usual rates are
 * tried.
 */
function openContext(track: MediaStreamTrack): ContextLease & { source: MediaStreamAudioSourceNode } {
  let refusal: unknown;
  for (const sampleRate of [track.getSettings().sampleRate, ...USUAL_RATES_HZ]) {
    const lease = acquireContext(sampleRate);
    try {
      return { ...lease, source: lease.context.createMediaStreamSource(new MediaStream([track])) };
    } catch (error) {
      lease.release(true);
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
    readings = [...readings.slice(isFull ? 1 : 0), now() - context.currentTime * 1000];
    if (readings.length === CLOCK_READINGS) port.postMessage(Math.min(...readings));
  };
  read();
  // The time of a context that does not run stands still, so that earlier readings are wrong.
  const forget = () => {
    readings = [];
  };
  context.addEventListener('statechange', forget);
  return () => {
    clearTimeout(timer);
    context.removeEventListener('statechange', forget);
  };
}

const CLOCK_READINGS = 12;
/** Sources read their context for four seconds, too: when the device falls behind, both follow at the same time. */
const CLOCK_INTERVAL_MS = 333;
const FIRST_CLOCK_INTERVAL_MS = 11;

const script: Script = {
  file: 'track-elements-processor-worklet.js',
  text: () => import('../../workers/track-elements-processor-worklet-text.js'),
};
