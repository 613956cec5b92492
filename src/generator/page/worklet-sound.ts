import { now, pageOrigin } from '../timeline.js';
import type { AudioPlayerSource } from './audio-output.js';
import { loadWorklet } from './worklet-source.js';

/** Lets a player in a worklet play into a node, and tells it the time, until the signal. */
export async function playInWorklet(
  output: Suspendable,
  node: AudioNode,
  port: MessagePort,
  theirs: MessagePort,
  { worklet, processor }: AudioPlayerSource,
  init: object,
  signal: AbortSignal,
): Promise<Worklet> {
  const context = node.context as AudioContext;
  const decided = watchSuspension(context, output, signal);
  for (const gesture of GESTURES)
    addEventListener(gesture, () => void context.resume().catch(() => {}), { capture: true, signal });
  await loadWorklet(context, worklet);
  if (signal.aborted) return context.audioWorklet;
  const player = new AudioWorkletNode(context, processor, {
    numberOfInputs: 0,
    outputChannelCount: [node.channelCount],
    processorOptions: { ...init, start: startOf(context) },
  });
  player.port.postMessage(theirs, [theirs]);
  player.connect(node);
  tellTime(context, port, signal);
  signal.addEventListener('abort', () => player.disconnect());
  await decided;
  return context.audioWorklet;
}

interface Suspendable {
  suspended: boolean;
  readonly onsuspend: ((suspended: boolean) => void) | null;
}

/**
 * Tells when the browser wants a user gesture. A context that may run needs a moment for it, and only Firefox tells the
 * two apart. Resolves when it is known.
 */
function watchSuspension(context: AudioContext, output: Suspendable, signal: AbortSignal): Promise<void> {
  const tell = () => {
    const suspended = context.state !== 'running' && !isAllowed();
    if (signal.aborted || output.suspended === suspended) return;
    output.suspended = suspended;
    output.onsuspend?.(suspended);
  };
  context.addEventListener('statechange', tell, { signal });
  return new Promise((resolve) => {
    const decide = () => {
      tell();
      resolve();
    };
    if (context.state === 'running') resolve();
    else context.addEventListener('statechange', decide, { once: true, signal });
    setTimeout(decide, PATIENCE);
  });
}

function isAllowed(): boolean {
  const { getAutoplayPolicy } = navigator as { getAutoplayPolicy?(type: 'audiocontext'): string };
  return getAutoplayPolicy?.call(navigator, 'audiocontext') === 'allowed';
}

/** Milliseconds. */
const PATIENCE = 500;

/** What browsers take for a gesture that may start sound. */
const GESTURES = ['pointerdown', 'pointerup', 'keydown', 'touchend', 'click'];

/** Where the context's time 0 lies on the page's timeline, in milliseconds. */
const startOf = (context: AudioContext): number => now() - pageOrigin() - context.currentTime * 1000;

/** A reading of `currentTime` is old by up to a few blocks, never early: the smallest of the last starts is the best. */
function tellTime(context: AudioContext, port: MessagePort, signal: AbortSignal): void {
  const starts: number[] = [];
  const tell = () => {
    if (context.state !== 'running') return;
    starts.push(startOf(context));
    if (starts.length > 8) starts.shift();
    port.postMessage({ type: 'clock', start: Math.min(...starts) });
  };
  // While it is suspended, the context's time stands still.
  const restart = () => {
    starts.length = 0;
    tell();
  };
  restart();
  context.addEventListener('statechange', restart, { signal });
  const timer = setInterval(tell, 500);
  signal.addEventListener('abort', () => clearInterval(timer));
}
