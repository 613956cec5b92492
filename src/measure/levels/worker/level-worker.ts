/* The worker that measures the levels of audio tracks: one for all meters of a page. */
import { copyPlanes } from '../../../generator/audio-data.js';
import { plainError, workerReady } from '../../../generator/messages.js';
import type { AudioBlock, TrackInput } from '../../../processor/messages.js';
import { type ReadInput, type TrackInputListener, TrackInputReader } from '../../../processor/worker/track-input.js';
import { UnhurriedReader } from '../../../processor/worker/unhurried-reader.js';
import { AudioMeter, LEVELS_PER_SECOND } from '../audio-meter.js';
import type { MeterCommand, MeterEvent, OpenMeter } from '../level-messages.js';

/** Measures one track, and posts its levels, until the page closes it. */
class TrackMeter implements TrackInputListener {
  readonly #meter: AudioMeter;
  readonly #port: MessagePort;
  /** Memory for the samples of a block. */
  #planes: Float32Array<ArrayBuffer>[] = [];

  constructor({ input, port }: OpenMeter) {
    this.#port = port;
    this.#meter = new AudioMeter((levels) => this.#post(levels));
    const reader = new TrackInputReader(unhurried(input), this, () => performance.now());
    port.onmessage = ({ data }: MessageEvent<MeterCommand>) => {
      if (data === 'reset') {
        this.#meter.reset();
        return;
      }
      reader.close();
      port.close();
    };
  }

  frame(frame: VideoFrame): void {
    frame.close();
  }

  data(data: AudioData): void {
    const { numberOfChannels, numberOfFrames, sampleRate } = data;
    if (this.#planes.length !== numberOfChannels || this.#planes[0].length !== numberOfFrames) {
      this.#planes = Array.from({ length: numberOfChannels }, () => new Float32Array(numberOfFrames));
    }
    copyPlanes(data, this.#planes);
    data.close();
    this.#meter.add(this.#planes, sampleRate);
  }

  block({ planes, sampleRate }: AudioBlock): void {
    this.#meter.add(planes, sampleRate);
  }

  failed(error: unknown): void {
    this.#post({ error: plainError(error) });
  }

  #post(event: MeterEvent): void {
    this.#port.postMessage(event);
  }
}

const unhurried = (input: TrackInput): ReadInput =>
  'readable' in input
    ? { readable: { getReader: () => new UnhurriedReader(input.readable.getReader(), nextLook) } }
    : input;

/** Levels are wanted 20 times a second. All meters look at the same moments, so that they wake the worker together. */
const nextLook = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, LOOK_MS - (performance.now() % LOOK_MS)));

const LOOK_MS = 1000 / LEVELS_PER_SECOND;

export function start(): void {
  addEventListener('message', ({ data }: MessageEvent<OpenMeter>) => void new TrackMeter(data));
  postMessage(workerReady('track-elements-level-worker.js'));
}
