import { type AudioFormat, DEFAULT_SAMPLE_RATE_HZ } from '../audio-format.js';
import { autoplayPolicy } from '../features.js';
import { now, pageOrigin } from '../timeline.js';
import { addToWorklet } from './add-to-worklet.js';
import { acquireContext } from './audio-contexts.js';
import { onGesture } from './gestures.js';
import type { AudioPlayer } from './output.js';
import { PlayedAudioOutput } from './played-audio-output.js';
import { hearScriptedEvents } from './scripted-events.js';
import { endTrack, type Settings } from './tracks.js';

/** An audio track by an audio worklet and a stream destination: in every browser, after a user gesture. */
export class WorkletAudioOutput extends PlayedAudioOutput {
  readonly backend = 'worklet';
  readonly track: MediaStreamTrack;
  readonly #context: AudioContext;
  readonly #releaseContext: () => void;
  readonly #destination: MediaStreamAudioDestinationNode;
  readonly #ended = new AbortController();

  constructor({ sampleRate = DEFAULT_SAMPLE_RATE_HZ, channels: channelCount = 2 }: AudioFormat) {
    super();
    const { context, release } = acquireContext(sampleRate);
    this.#context = context;
    this.#releaseContext = release;
    this.#destination = new MediaStreamAudioDestinationNode(context, { channelCount });
    [this.track] = this.#destination.stream.getAudioTracks() as [MediaStreamTrack];
    hearScriptedEvents(this.track);
  }

  get fixedSettings(): Settings {
    return { sampleRate: this.#context.sampleRate, channelCount: this.#destination.channelCount };
  }

  end(): void {
    if (this.#ended.signal.aborted) return;
    this.port?.postMessage({ type: 'close' });
    this.#ended.abort();
    endTrack(this.track);
    this.#releaseContext();
  }

  protected async play(
    { worklet, processor }: AudioPlayer,
    format: AudioFormat,
    ours: MessagePort,
    theirs: MessagePort,
  ): Promise<BaseAudioContext> {
    const context = this.#context;
    const { signal } = this.#ended;
    const decided = this.#watchSuspension();
    onGesture(() => void context.resume().catch(() => {}), signal);
    await addToWorklet(context, worklet);
    if (signal.aborted) return context;
    const node = new AudioWorkletNode(context, processor, {
      numberOfInputs: 0,
      outputChannelCount: [this.#destination.channelCount],
      processorOptions: { format, start: startOf(context) },
    });
    node.port.postMessage(theirs, [theirs]);
    node.connect(this.#destination);
    signal.addEventListener('abort', () => node.disconnect());
    postClock(context, ours, signal);
    await decided;
    return context;
  }

  /**
   * Keeps `suspended` up to date. Resolves when it is first known: a context that may run takes a moment to start, and
   * only Firefox tells its policy.
   */
  #watchSuspension(): Promise<void> {
    const context = this.#context;
    const { signal } = this.#ended;
    const update = () => {
      const suspended = context.state !== 'running' && autoplayPolicy('audiocontext') !== 'allowed';
      if (signal.aborted || this.suspended === suspended) return;
      this.suspended = suspended;
      this.onsuspend?.(suspended);
    };
    context.addEventListener('statechange', update, { signal });
    return new Promise((resolve) => {
      const decide = () => {
        update();
        resolve();
      };
      if (context.state === 'running') resolve();
      else context.addEventListener('statechange', decide, { once: true, signal });
      setTimeout(decide, CONTEXT_START_TIMEOUT_MS);
    });
  }
}

/** A context that does not run after this long waits for a user gesture. */
const CONTEXT_START_TIMEOUT_MS = 500;

/** The time 0 of a context, in milliseconds after the page's origin. */
const startOf = (context: AudioContext): number => now() - pageOrigin() - context.currentTime * 1000;

/**
 * Posts the time 0 of the context to the processor, until the signal. A reading of `currentTime` is late by up to a few
 * blocks and never early, so that the smallest of the last readings is the best.
 */
function postClock(context: AudioContext, port: MessagePort, signal: AbortSignal): void {
  const starts: number[] = [];
  const post = () => {
    if (context.state !== 'running') return;
    starts.push(startOf(context));
    if (starts.length > CLOCK_READINGS) starts.shift();
    port.postMessage({ type: 'clock', start: Math.min(...starts) });
  };
  // The time of a suspended context stands still, so that earlier readings are wrong afterwards.
  const restart = () => {
    starts.length = 0;
    post();
  };
  restart();
  context.addEventListener('statechange', restart, { signal });
  const timer = setInterval(post, CLOCK_INTERVAL_MS);
  signal.addEventListener('abort', () => clearInterval(timer));
}

const CLOCK_READINGS = 8;
const CLOCK_INTERVAL_MS = 500;
