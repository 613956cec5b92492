import type { PropertyDeclarations } from '@lit/reactive-element';
import { openAudioPlayback } from '../engine/audio-playback.js';
import type { AudioComposition, AudioLayer } from '../engine/composition.js';
import type { Playback, PlaybackListener } from '../engine/playback.js';
import type { ToneDescription } from '../signals/audio/waveform.js';
import { checkParams, paramsConverter } from './attributes.js';
import { SignalSourceElement } from './signal-source.js';

/**
 * A test tone as a live audio track.
 *
 * ```html
 * <audio id="speaker" autoplay></audio>
 * <tone-source for="speaker" waveform="sine" frequency="1000" level="-18"></tone-source>
 * ```
 *
 * @summary A test tone as a live audio track.
 * @tag tone-source
 */
export class ToneSourceElement extends SignalSourceElement<AudioComposition> {
  static override properties: PropertyDeclarations = {
    waveform: { type: String, reflect: true, useDefault: true },
    frequency: { type: Number, reflect: true, useDefault: true },
    level: { type: Number, reflect: true, useDefault: true },
    channels: { type: Number, reflect: true, useDefault: true },
    sampleRate: { type: Number, reflect: true, attribute: 'sample-rate', useDefault: true },
    seed: { type: Number, reflect: true, useDefault: true },
    params: { reflect: true, useDefault: true, converter: paramsConverter },
    gain: { type: Number, reflect: true, useDefault: true },
    pan: { type: Number, reflect: true, useDefault: true },
  };

  /** The name of the waveform: `sine`, `square`, `sawtooth`, `triangle`, `white-noise`, `pink-noise` or `silence`. */
  declare waveform: string;
  /** Hertz, above 0 and below half the sample rate. */
  declare frequency: number;
  /** dBFS, at most 0: the peak; of a band-limited wave that of its ideal shape; noise has the RMS of a sine of that level. */
  declare level: number;
  /** Channels with the same samples, 1 to 8. */
  declare channels: number;
  /** Hertz, 3000 to 384000. A track that a worklet plays keeps the rate and the channels that it started with. */
  declare sampleRate: number;
  /** Where random waveforms start: a 32-bit integer. */
  declare seed: number;
  /** What only one waveform knows, as a JSON object. */
  declare params: Readonly<Record<string, unknown>>;
  /** Inside a generator: a factor. */
  declare gain: number;
  /** Inside a generator: −1 (left) to 1 (right). */
  declare pan: number;

  constructor() {
    super();
    this.waveform = 'sine';
    this.frequency = 1000;
    this.level = -18;
    this.channels = 2;
    this.sampleRate = 48000;
    this.seed = 0;
    this.params = {};
    this.gain = 1;
    this.pan = 0;
  }

  get kind(): 'audio' {
    return 'audio';
  }

  /** @internal */
  layer(): AudioLayer {
    const { gain, pan } = this;
    return { id: this.layerId, signal: this.#describe(), gain, pan };
  }

  protected compose(): AudioComposition {
    const { sampleRate, channels } = this;
    return { sampleRate, channels, layers: [{ id: this.layerId, signal: this.#describe(), gain: 1, pan: 0 }] };
  }

  protected openPlayback(
    listener: PlaybackListener,
    composition: AudioComposition,
  ): Promise<Playback<AudioComposition>> {
    return openAudioPlayback(listener, composition);
  }

  #describe(): ToneDescription {
    const { waveform, frequency, level, channels, sampleRate, seed } = this;
    const params = checkParams(this.params);
    return { kind: 'audio', waveform, frequency, level, channels, sampleRate, seed, phase: 0, params };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'tone-source': ToneSourceElement;
  }
}
