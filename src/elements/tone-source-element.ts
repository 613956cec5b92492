import type { PropertyDeclarations } from '@lit/reactive-element';
import type { AudioComposition, AudioLayer } from '../engine/composition.js';
import { openAudioPlayback } from '../engine/page/audio-playback.js';
import type { Playback, PlaybackListener } from '../engine/page/playback.js';
import { wallOrigin } from '../engine/wall-clock.js';
import type { CompleteToneDescription, PerChannel } from '../signals/audio/waveform.js';
import { checkParams, paramsConverter } from './attributes.js';
import { channelsConverter, listConverter, listOf, numberConverter, numberOf, perChannel } from './numbers.js';
import { SignalSourceElement } from './signal-source-element.js';

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
    frequency: { reflect: true, useDefault: true, converter: channelsConverter },
    level: { reflect: true, useDefault: true, converter: channelsConverter },
    phase: { reflect: true, useDefault: true, converter: channelsConverter },
    invert: { reflect: true, useDefault: true, converter: listConverter },
    routing: { reflect: true, useDefault: true, converter: listConverter },
    attack: { reflect: true, useDefault: true, converter: numberConverter },
    release: { reflect: true, useDefault: true, converter: numberConverter },
    channels: { reflect: true, useDefault: true, converter: numberConverter },
    sampleRate: { reflect: true, attribute: 'sample-rate', useDefault: true, converter: numberConverter },
    animation: { type: String, reflect: true, useDefault: true },
    seed: { reflect: true, useDefault: true, converter: channelsConverter },
    params: { reflect: true, useDefault: true, converter: paramsConverter },
    gain: { reflect: true, useDefault: true, converter: numberConverter },
    pan: { reflect: true, useDefault: true, converter: numberConverter },
  };

  /**
   * The name of the waveform. Waves: `sine`, `square`, `sawtooth`, `triangle`, `pulse`. Noise: `white-noise`,
   * `pink-noise`, `brown-noise`, `blue-noise`, `violet-noise`, `velvet-noise`, `gaussian-noise`. Several tones: `sweep`,
   * `multitone`, `dtmf`, `am`, `fm`, `chord`. Beats and pulses: `av-sync`, `ticks`, `metronome`, `beep`, `impulse`.
   * Line-up: `line-up`, `ident-ebu`, `glits`. And `silence`.
   */
  declare waveform: string;
  /**
   * Hertz, above 0 and below half the sample rate. A list has one a channel, of which the last counts for the remaining
   * ones; as an attribute with spaces between: `frequency="440 1000"`. A change goes on where the wave stood.
   */
  declare frequency: number | readonly number[];
  /**
   * dBFS, at most 0: the peak; of a band-limited wave that of its ideal shape; noise has the RMS of a sine of that level.
   * A list has one a channel; −Infinity is off. `line-up` has a level of its own.
   */
  declare level: number | readonly number[];
  /** Degrees by which the wave is ahead. A list has one a channel. */
  declare phase: number | readonly number[];
  /** The channels that are turned upside down, from 1; as an attribute with spaces between: `invert="2"`. */
  declare invert: readonly number[];
  /**
   * The channels that carry the signal, from 1: all of them where there are none in the list. An ident takes the first for
   * the left one, the second for the right one.
   */
  declare routing: readonly number[];
  /** Seconds, 0 to 60, in which the tone fades in when it starts, changes or is unmuted. Below a few milliseconds it clicks. */
  declare attack: number;
  /** Seconds, 0 to 60, in which the tone fades out when it is muted, paused, or taken out of a generator. */
  declare release: number;
  /** Channels, 1 to 8. */
  declare channels: number;
  /**
   * Hertz, 3000 to 384000. A change cuts the tone, and the new one fades in; a track that a worklet plays keeps the rate
   * and the channels that it started with.
   */
  declare sampleRate: number;
  /**
   * `timeline`: samples are numbered from the start of the page's engine. `wall-clock`: by the machine's clock, since
   * 1970, so that machines whose clocks agree play the same sample at the same time, together with patterns that go by it.
   */
  declare animation: 'timeline' | 'wall-clock';
  /**
   * Where random waveforms start: a 32-bit integer, of which a fraction is cut off. Noise is the same in all channels; a
   * list of seeds, one a channel, makes noises that have nothing in common: `seed="1 2"`.
   */
  declare seed: number | readonly number[];
  /** What only one waveform knows, as a JSON object. */
  declare params: Readonly<Record<string, unknown>>;
  /** Inside a generator: a factor, 0 to 1000. */
  declare gain: number;
  /** Inside a generator: −1 (left) to 1 (right). */
  declare pan: number;

  constructor() {
    super();
    this.waveform = 'sine';
    this.frequency = 1000;
    this.level = -18;
    this.phase = 0;
    this.invert = [];
    this.routing = [];
    this.attack = 0.01;
    this.release = 0.01;
    this.channels = 2;
    this.sampleRate = 48000;
    this.animation = 'timeline';
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
    return { id: this.layerId, signal: this.#describe(), gain: numberOf(this.gain), pan: numberOf(this.pan) };
  }

  protected compose(): AudioComposition {
    const signal = this.#describe();
    const { sampleRate, channels } = signal;
    const layers = [{ id: this.layerId, signal, gain: 1, pan: 0 }];
    return { sampleRate, channels, isSingleLayer: true, wallOrigin: wallOrigin(), layers };
  }

  protected openPlayback(
    listener: PlaybackListener,
    composition: AudioComposition,
  ): Promise<Playback<AudioComposition>> {
    return openAudioPlayback(listener, composition);
  }

  #describe(): CompleteToneDescription {
    return {
      kind: 'audio',
      waveform: this.waveform,
      frequency: perChannel(this.frequency),
      level: perChannel(this.level),
      phase: turns(perChannel(this.phase)),
      invert: listOf(this.invert),
      routing: listOf(this.routing),
      attack: numberOf(this.attack),
      release: numberOf(this.release),
      channels: numberOf(this.channels),
      sampleRate: numberOf(this.sampleRate),
      animation: this.animation,
      seed: perChannel(this.seed),
      params: checkParams(this.params),
    };
  }
}

/** Degrees as turns. */
const turns = (degrees: PerChannel): PerChannel =>
  typeof degrees === 'number' ? degrees / 360 : degrees.map((angle) => angle / 360);

declare global {
  interface HTMLElementTagNameMap {
    'tone-source': ToneSourceElement;
  }
}
