import { describeValue } from '../../signals/describe-value.js';
import type { AudioFormat } from '../audio-format.js';
import type { Counts } from '../counts.js';
import type { SampleReport } from '../sample-source.js';
import type { AudioPacerMessage, AudioPacerReport } from '../worker/audio-pacer.js';
import { copySamples } from './audio-input.js';
import type { AudioOutput, AudioPlayerSource, OpenAudio } from './audio-output.js';
import type { Settings } from './backend.js';
import type { WriteOptions } from './track-writer.js';

/** Brings written sound to an audio output: checked here, queued and paced where the output plays. */
export class AudioWriter {
  readonly #output: AudioOutput;
  counts: Counts | null = null;
  onstart: (() => void) | null = null;
  readonly sound: OpenAudio;
  readonly #sampleRate: number;
  readonly #format: AudioFormat;
  /** What `getSettings()` tells. */
  readonly #settings: Settings;
  readonly #waiting = new Map<number, (taken: boolean) => void>();
  #failure: unknown;
  #dropped = 0;
  #written = 0;
  #paused = false;
  #ended = false;

  constructor(output: AudioOutput, format: AudioFormat, settings: Settings, player: AudioPlayerSource = writtenSound) {
    this.#output = output;
    this.#format = format;
    this.#settings = settings;
    this.#sampleRate = format.sampleRate ?? 48000;
    this.#tell(this.#sampleRate, 1);
    this.sound = output.open(player, { format });
    this.sound.port.onmessage = ({ data }) => this.#receive(data);
    this.sound.loaded.catch((error) => {
      this.#failure = error;
      this.#settleAll();
    });
  }

  hold(muted: boolean, paused: boolean): void {
    this.#paused = paused;
    this.#post({ type: 'hold', muted, paused });
  }

  async write(data: unknown, options: WriteOptions): Promise<boolean> {
    const samples = copySamples(data);
    if (!samples) throw (await import('./write-error.js')).complaint('audio', data);
    const { planes } = samples;
    const sampleRate = samples.sampleRate ?? options.sampleRate ?? this.#sampleRate;
    if (this.#failure) throw this.#failure;
    if (describeValue(data) === 'AudioData') (data as AudioData).close();
    // While the browser waits for a user gesture, nobody takes anything out of the queue.
    if (this.#paused || this.#ended || this.#output.suspended) {
      this.#dropped++;
      return false;
    }
    if (planes[0]?.length === 0) return true;
    this.#tell(sampleRate, planes.length);
    const id = ++this.#written;
    this.#post(
      { type: 'samples', id, planes, sampleRate },
      planes.map(({ buffer }) => buffer),
    );
    const taken = await new Promise<boolean>((resolve) => this.#waiting.set(id, resolve));
    if (this.#failure) throw this.#failure;
    return taken;
  }

  tick(): void {
    this.#post({ type: 'count' });
  }

  end(): void {
    this.#ended = true;
    this.#output.end();
    this.#settleAll();
  }

  /** A native track has the rate and the channels of what is written, unless it was made with its own. */
  #tell(sampleRate: number, channels: number): void {
    if (this.#output.fixedSettings) return;
    this.#settings.sampleRate = this.#format.sampleRate ?? sampleRate;
    this.#settings.channelCount = this.#format.channels ?? channels;
  }

  #post(message: AudioPacerMessage, transfer: Transferable[] = []): void {
    this.sound.port.postMessage(message, transfer);
  }

  #receive(report: SampleReport | AudioPacerReport): void {
    if (report.type === 'settled') {
      this.#waiting.get(report.id)?.(report.taken);
      this.#waiting.delete(report.id);
    } else if (report.type === 'counts') {
      this.counts = { ...report.counts, dropped: report.counts.dropped + this.#dropped };
    } else if (report.type === 'started') {
      this.onstart?.();
    } else if (report.type === 'ended') {
      this.#settleAll();
    }
  }

  #settleAll(): void {
    for (const settle of this.#waiting.values()) settle(false);
    this.#waiting.clear();
  }
}

const writtenSound: AudioPlayerSource = {
  // Only native tracks need it.
  worker: async () => (await import('./worker-pool.js')).pacingWorker(),
  type: 'pace',
  worklet: {
    fromFile: (worklet) => worklet.addModule(new URL('../worklet/generator-worklet.js', import.meta.url)),
    text: () => import('../worklet/generator-worklet-text.js'),
  },
  processor: 'track-elements-written',
};
