import { afterwards } from './afterwards.js';
import { isWebKit } from './backends.js';
import { until } from './until.js';

/** Posts what it hears, a tenth of a second at a time. */
const recorderText = `
  registerProcessor('recorder', class extends AudioWorkletProcessor {
    blocks = [];
    process([planes]) {
      const silent = new Float32Array(128);
      this.blocks.push([0, 1].map((channel) => (planes[channel] ?? (channel ? planes[0] : null) ?? silent).slice()));
      if (this.blocks.length === 8) this.port.postMessage(this.blocks.splice(0));
      return true;
    }
  });
`;

/** Whether a listener hears each sample: WebKitGTK has gaps between any two audio contexts. */
export const hearsAll = !isWebKit;

/** What a listener hears of an audio track: its samples in an `AudioContext`. Over when the test is over. */
export class Recording {
  readonly #context: AudioContext;
  /** Left and right: of a mono track both are the same. */
  readonly #planes: [number[], number[]] = [[], []];

  private constructor(context: AudioContext) {
    this.#context = context;
  }

  /** Resolves when a while has been heard, be it silent: the first moments of a listener in Chromium have gaps. */
  static async of(track: MediaStreamTrack, sampleRate = 48000): Promise<Recording> {
    const context = new AudioContext({ sampleRate });
    const recording = new Recording(context);
    afterwards(() => context.close());
    const url = URL.createObjectURL(new Blob([recorderText], { type: 'text/javascript' }));
    await context.audioWorklet.addModule(url);
    URL.revokeObjectURL(url);
    const recorder = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 1 });
    recorder.port.onmessage = ({ data }: MessageEvent<Float32Array[][]>) => {
      for (const [left = [], right = []] of data) {
        recording.#planes[0].push(...left);
        recording.#planes[1].push(...right);
      }
    };
    new MediaStreamAudioSourceNode(context, { mediaStream: new MediaStream([track]) }).connect(recorder);
    // What leads nowhere need not be run.
    recorder.connect(context.destination);
    await context.resume();
    await until(() => recording.length > 0.2 * sampleRate, 'what is heard');
    return recording;
  }

  get sampleRate(): number {
    return this.#context.sampleRate;
  }

  get length(): number {
    return this.#planes[0].length;
  }

  /** What was heard in a channel since a moment, which an earlier `length` names. */
  samples(channel: 0 | 1 = 0, since = 0): number[] {
    return this.#planes[channel].slice(since);
  }

  /** Resolves to so many seconds that follow the first sound after a moment. */
  async sound(seconds: number, since = 0): Promise<[left: number[], right: number[]]> {
    const count = Math.round(seconds * this.sampleRate);
    const start = await until(() => {
      const indices = this.#planes.map((plane) => plane.findIndex((sample, at) => at >= since && isSound(sample)));
      const found = indices.filter((index) => index >= 0);
      return found.length > 0 && Math.min(...found);
    }, 'a sound');
    await until(() => this.length >= start + count, `${seconds} s of sound`);
    return [this.#planes[0].slice(start, start + count), this.#planes[1].slice(start, start + count)];
  }

  /** Resolves when so many seconds in a row were silent. */
  async silence(seconds = 0.1): Promise<void> {
    const count = Math.round(seconds * this.sampleRate);
    const since = this.length;
    await until(
      () => this.length >= since + count && !this.#planes.some((plane) => plane.slice(-count).some(isSound)),
      `${seconds} s of silence`,
    );
  }
}

/** Louder than −80 dB. */
export const isSound = (sample: number): boolean => Math.abs(sample) > 1e-4;

/** The largest difference of two rows of samples, the second as long as it is. */
export function difference(heard: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  for (let at = 0; at < expected.length; at++) {
    largest = Math.max(largest, Math.abs((heard[at] ?? Number.NaN) - (expected[at] as number)));
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

/** A sine. */
export const sine = (
  frequency: number,
  seconds: number,
  sampleRate = 48000,
  amplitude = 0.5,
): Float32Array<ArrayBuffer> =>
  Float32Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequency * (n + 0.25)) / sampleRate),
  );

/** Samples that are all different, as a recording can be told from one that lost or doubled some; the first is loud. */
export const ragged = (length: number, seed = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, n) => (n === 0 ? 0.75 : (((n + seed) * 7919) % 1999) / 2500 - 0.4));

/**
 * What a sine is, whatever gaps a listener had and however its start rang: its frequency by the usual distance of
 * rising zero crossings, its peak by what few samples exceed.
 */
export function toneOf(samples: ArrayLike<number>, sampleRate: number): { frequency: number; peak: number } {
  const levels = Array.from(samples, Math.abs).sort((a, b) => a - b);
  const peak = levels[Math.floor(levels.length * 0.97)] ?? 0;
  const crossings: number[] = [];
  let low = false;
  for (let at = 1; at < samples.length; at++) {
    const before = samples[at - 1] as number;
    const now = samples[at] as number;
    low ||= now < -peak / 4;
    if (!low || before >= 0 || now < 0) continue;
    crossings.push(at - now / (now - before));
    low = false;
  }
  const periods = crossings.slice(1).map((crossing, at) => crossing - (crossings[at] as number));
  periods.sort((a, b) => a - b);
  // The mean of the middle ones.
  const middle = periods.slice(Math.floor(periods.length / 4), Math.ceil((periods.length * 3) / 4));
  const period = middle.reduce((sum, each) => sum + each, 0) / middle.length;
  return { frequency: sampleRate / period, peak };
}

/** Where a sine of this frequency has a step in it. */
export function clicksIn(samples: ArrayLike<number>, frequency: number, sampleRate: number): number[] {
  const factor = 2 * Math.cos((2 * Math.PI * frequency) / sampleRate);
  const clicks: number[] = [];
  // Its first and last moments are steps by themselves.
  for (let at = 200; at < samples.length; at++) {
    const [now, before, last] = [samples[at], samples[at - 1], samples[at - 2]] as [number, number, number];
    const step = Math.abs(now - factor * before + last);
    if (step > 0.02 && at - (clicks.at(-1) ?? 0) > 100) clicks.push(at);
  }
  return clicks;
}

/** The samples of a block of sound, one plane a channel. */
export function planesOf(data: AudioData): Float32Array[] {
  return Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(data.numberOfFrames);
    data.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
}
