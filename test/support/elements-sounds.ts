/** Samples read back out of a track, and what is in them. */

/** A stretch of sound. */
export interface Sound {
  readonly sampleRate: number;
  readonly planes: readonly Float32Array[];
}

/** Reads blocks of a track as they were written. Chromium only. */
export async function blocksOf(track: MediaStreamTrack, count: number): Promise<Sound[]> {
  if (!MediaStreamTrackProcessor) throw new Error('This browser has no MediaStreamTrackProcessor.');
  const reader = new MediaStreamTrackProcessor({ track }).readable.getReader();
  const blocks: Sound[] = [];
  try {
    while (blocks.length < count) {
      const { value: data, done } = await reader.read();
      if (done) throw new Error('The track ended.');
      const planes = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
        const samples = new Float32Array(data.numberOfFrames);
        data.copyTo(samples, { planeIndex, format: 'f32-planar' });
        return samples;
      });
      blocks.push({ sampleRate: data.sampleRate, planes });
      data.close();
    }
    return blocks;
  } finally {
    await reader.cancel();
  }
}

const recorder = `
registerProcessor('recorder', class extends AudioWorkletProcessor {
  open = true;
  constructor() {
    super();
    this.port.onmessage = () => { this.open = false; };
  }
  process([input]) {
    if (this.open && input.length > 0) this.port.postMessage(input.map((plane) => plane.slice()));
    return this.open;
  }
});`;

/** One context a rate, kept: WebKitGTK's web process crashes now and then where one with a worklet is closed. */
const contexts = new Map<number, Promise<AudioContext>>();

async function openContext(sampleRate: number): Promise<AudioContext> {
  const context = new AudioContext({ sampleRate });
  const url = URL.createObjectURL(new Blob([recorder], { type: 'text/javascript' }));
  await context.audioWorklet.addModule(url);
  URL.revokeObjectURL(url);
  await context.resume();
  return context;
}

/** Listens to a stream as a page does, by an `AudioContext`. */
export class Listener {
  readonly #source: MediaStreamAudioSourceNode;
  readonly #node: AudioWorkletNode;

  private constructor(source: MediaStreamAudioSourceNode, node: AudioWorkletNode) {
    this.#source = source;
    this.#node = node;
  }

  static async of(stream: MediaStream, sampleRate = 48000): Promise<Listener> {
    const opening = contexts.get(sampleRate) ?? openContext(sampleRate);
    contexts.set(sampleRate, opening);
    const context = await opening;
    const node = new AudioWorkletNode(context, 'recorder', { numberOfOutputs: 1 });
    const source = context.createMediaStreamSource(stream);
    source.connect(node).connect(context.destination);
    return new Listener(source, node);
  }

  /** The next seconds. */
  hear(seconds: number): Promise<Sound> {
    const { sampleRate } = this.#node.context;
    const wanted = Math.round(seconds * sampleRate);
    const parts: Float32Array[][] = [];
    let length = 0;
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new Error(`Only ${length} of ${wanted} samples came.`)),
        seconds * 1000 + 8000,
      );
      this.#node.port.onmessage = ({ data }: MessageEvent<Float32Array[]>) => {
        // Another number of channels is another sound.
        if (parts[0] && parts[0].length !== data.length) parts.length = length = 0;
        parts.push(data);
        length += data[0].length;
        if (length < wanted) return;
        clearTimeout(late);
        this.#node.port.onmessage = null;
        resolve({ sampleRate, planes: parts[0].map((_, channel) => joined(parts.map((part) => part[channel]))) });
      };
    });
  }

  /** The next twentieth of a second of which something is true. */
  async until(probe: (sound: Sound) => boolean, patience = 6000): Promise<Sound> {
    const end = performance.now() + patience;
    for (;;) {
      const sound = await this.hear(0.05);
      if (probe(sound)) return sound;
      if (performance.now() > end) throw new Error(`Not heard within ${patience} ms: ${probe}`);
    }
  }

  close(): void {
    this.#node.port.postMessage('close');
    this.#source.disconnect();
    this.#node.disconnect();
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Decibels of a sine whose amplitude is 1. */
export const decibels = (amplitude: number): number => 20 * Math.log10(amplitude);

/** The amplitude of a sine of the same power. */
export const amplitudeOf = (samples: Float32Array): number =>
  Math.sqrt((2 * samples.reduce((sum, sample) => sum + sample * sample, 0)) / samples.length);

export const peakOf = (samples: Float32Array): number =>
  samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);

/** The amplitude of one frequency, through a Hann window. */
export function amplitudeAt(samples: Float32Array, sampleRate: number, frequency: number): number {
  const [real, imaginary] = correlation(samples, sampleRate, frequency, 0, samples.length);
  return (4 * Math.hypot(real, imaginary)) / samples.length;
}

/** The frequency of a tone near an expected one, by how far its phase runs from the first half to the second. */
export function frequencyOf(samples: Float32Array, sampleRate: number, near: number): number {
  const half = Math.floor(samples.length / 2);
  const [first, second] = [0, half].map((start) => {
    const [real, imaginary] = correlation(samples, sampleRate, near, start, half);
    return Math.atan2(imaginary, real);
  });
  const turns = (second - first) / (2 * Math.PI);
  return near + ((turns - Math.round(turns)) * sampleRate) / half;
}

function correlation(samples: Float32Array, sampleRate: number, frequency: number, start: number, length: number) {
  let real = 0;
  let imaginary = 0;
  for (let i = 0; i < length; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length);
    const angle = (2 * Math.PI * frequency * (start + i)) / sampleRate;
    real += samples[start + i] * window * Math.cos(angle);
    imaginary += samples[start + i] * window * -Math.sin(angle);
  }
  return [real, imaginary] as const;
}

/**
 * The median of a measure over windows of 50 ms. A context that listens to a stream has no jitter buffer: WebKitGTK's
 * loses a few milliseconds about twice a second, of an `OscillatorNode` too, Chromium's when the machine is busy.
 */
export function steady({ planes }: Sound, measure: (samples: Float32Array) => number, channel = 0): number {
  const samples = planes[channel];
  const window = 2400;
  const values: number[] = [];
  for (let at = 0; at + window <= samples.length; at += window) values.push(measure(samples.subarray(at, at + window)));
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
