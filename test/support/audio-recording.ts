/** Records a track as a page hears it: the samples that an `AudioContext` gets. */
import { isAudible } from './audio-analysis.js';
import { onCleanup } from './cleanup.js';
import { type WaitOptions, waitFor } from './waiting.js';

/** A stretch of audio: one plane per channel. */
export interface AudioClip {
  readonly sampleRate: number;
  readonly planes: readonly Float32Array[];
}

/** How much is recorded before a recorder is handed out: Chromium's first moments have gaps. */
const WARM_UP_S = 0.2;

/** The length of a block of the Web Audio API, in samples. */
const BLOCK_LENGTH = 128;
const BLOCKS_PER_MESSAGE = 8;

const processorText = `
registerProcessor('recorder', class extends AudioWorkletProcessor {
  blocks = [];
  open = true;
  constructor() {
    super();
    this.port.onmessage = () => { this.open = false; };
  }
  process([planes]) {
    this.blocks.push(planes.map((plane) => plane.slice()));
    if (this.blocks.length === ${BLOCKS_PER_MESSAGE}) this.port.postMessage(this.blocks.splice(0));
    return this.open;
  }
});`;

/** One context per sample rate, never closed: closing one with a worklet crashes WebKitGTK's web process at times. */
const contexts = new Map<number, Promise<AudioContext>>();

async function openContext(sampleRate: number): Promise<AudioContext> {
  const context = new AudioContext({ sampleRate });
  const url = URL.createObjectURL(new Blob([processorText], { type: 'text/javascript' }));
  await context.audioWorklet.addModule(url);
  URL.revokeObjectURL(url);
  await context.resume();
  return context;
}

/** Records from its creation until `close()` or the end of the test. Lengths are in seconds, positions in samples. */
export class AudioRecorder {
  readonly #source: MediaStreamAudioSourceNode;
  readonly #node: AudioWorkletNode;
  /** Blocks of 128 samples: one plane per channel, none while the track delivers nothing. */
  readonly #blocks: Float32Array[][] = [];

  private constructor(source: MediaStreamAudioSourceNode, node: AudioWorkletNode) {
    this.#source = source;
    this.#node = node;
    node.port.onmessage = ({ data }: MessageEvent<Float32Array[][]>) => {
      this.#blocks.push(...data);
    };
    onCleanup(() => this.close());
  }

  /** Starts a recorder. Resolves once it has recorded 0.2 s, silent or not. */
  static async of(media: MediaStream | MediaStreamTrack, sampleRate = 48000): Promise<AudioRecorder> {
    const opening = contexts.get(sampleRate) ?? openContext(sampleRate);
    contexts.set(sampleRate, opening);
    const context = await opening;
    const node = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 1 });
    const source = context.createMediaStreamSource(media instanceof MediaStream ? media : new MediaStream([media]));
    // A browser need not run a node that is not connected to the destination. This one outputs silence.
    source.connect(node).connect(context.destination);
    const recorder = new AudioRecorder(source, node);
    await waitFor(() => recorder.length > WARM_UP_S * sampleRate, 'the first samples of a recording');
    return recorder;
  }

  get sampleRate(): number {
    return this.#node.context.sampleRate;
  }

  /** The number of samples so far. */
  get length(): number {
    return this.#blocks.length * BLOCK_LENGTH;
  }

  /** Samples of the left channel (0) or the right (1), from a position on. Both are the same if the track is mono. */
  samples(channel: 0 | 1 = 0, from = 0, to = this.length): Float32Array {
    const firstBlock = Math.floor(from / BLOCK_LENGTH);
    const blocks = this.#blocks.slice(firstBlock, Math.ceil(to / BLOCK_LENGTH));
    const offset = firstBlock * BLOCK_LENGTH;
    return concat(blocks.map((planes) => planes[channel] ?? planes[0] ?? silentBlock)).slice(
      from - offset,
      to - offset,
    );
  }

  /** Resolves to the audio of the next `seconds`, with the channels that the track then has. */
  async next(seconds: number): Promise<AudioClip> {
    const wanted = Math.round(seconds * this.sampleRate);
    // The next message may begin with blocks that were recorded before this call.
    let at = this.#blocks.length + BLOCKS_PER_MESSAGE;
    let clip: Float32Array[][] = [];
    await waitFor(
      () => {
        for (; at < this.#blocks.length && clip.length * BLOCK_LENGTH < wanted; at++) {
          const planes = this.#blocks[at];
          if (planes.length === 0) continue;
          // A clip has one number of channels: it starts again where the number changes.
          if (clip.length > 0 && clip[0].length !== planes.length) clip = [];
          clip.push(planes);
        }
        return clip.length * BLOCK_LENGTH >= wanted;
      },
      () => `${wanted} samples (${clip.length * BLOCK_LENGTH} were recorded)`,
      { timeoutMs: seconds * 1000 + 8000 },
    );
    const planes = clip[0].map((_, channel) => concat(clip.map((block) => block[channel])));
    return { sampleRate: this.sampleRate, planes };
  }

  /** Resolves to the next twentieth of a second of audio for which `probe` returns true. */
  async nextWhere(probe: (clip: AudioClip) => boolean, { timeoutMs = 8000 }: WaitOptions = {}): Promise<AudioClip> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const clip = await this.next(0.05);
      if (probe(clip)) return clip;
      if (performance.now() > deadline) throw new Error(`Not heard within ${timeoutMs} ms: ${probe}`);
    }
  }

  /** Resolves to the `seconds` of audio that follow the first audible sample from a position on. */
  async audible(seconds: number, from = 0): Promise<[left: Float32Array, right: Float32Array]> {
    const count = Math.round(seconds * this.sampleRate);
    let start = -1;
    let searched = from;
    await waitFor(() => {
      const found = ([0, 1] as const)
        .map((channel) => this.samples(channel, searched).findIndex(isAudible))
        .filter((index) => index >= 0);
      if (found.length > 0) start = searched + Math.min(...found);
      searched = Math.max(searched, this.length);
      return found.length > 0;
    }, 'an audible sample');
    await waitFor(() => this.length >= start + count, `${seconds} s of audio`);
    return [this.samples(0, start, start + count), this.samples(1, start, start + count)];
  }

  /** Resolves when the last `seconds` were silent. */
  async silence(seconds = 0.1): Promise<void> {
    const count = Math.round(seconds * this.sampleRate);
    const end = this.length + count;
    await waitFor(
      () =>
        this.length >= end &&
        !([0, 1] as const).some((channel) => this.samples(channel, this.length - count).some(isAudible)),
      `${seconds} s of silence`,
    );
  }

  close(): void {
    this.#node.port.postMessage('close');
    this.#source.disconnect();
    this.#node.disconnect();
  }
}

const silentBlock = new Float32Array(BLOCK_LENGTH);

function concat(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
