import type { PropertyValues } from '@lit/reactive-element';
import { LayerController } from '../controllers/layer-controller.js';
import { TrackLifecycleController } from '../controllers/track-lifecycle-controller.js';
import type { AudioComposition, AudioLayer } from '../engine/composition.js';
import { openAudioPlayback } from '../engine/page/audio-playback.js';
import type { Playback } from '../engine/page/playback.js';
import { wallOrigin } from '../engine/wall-clock.js';
import type { CompleteToneDescription, PerChannel } from '../signals/audio/waveform.js';
import type { WaveformName } from '../signals/catalogue/signal-names.js';
import { valueError } from '../signals/checks.js';
import { plainCopy } from '../signals/plain-copy.js';
import { parseRate } from '../signals/rate.js';
import {
  boolean,
  checkParams,
  jsonObject,
  number,
  numberList,
  oneOf,
  perChannel,
  rate,
  sendable,
  sendableList,
  text,
} from './converters.js';
import { hasConfigurationChanged, property, sendableConfiguration } from './property.js';
import { openSingleLayer, playSingleLayer, SourceElement } from './source-element.js';

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
export class ToneSourceElement extends SourceElement<Playback<AudioComposition>> {
  /** The name of the waveform: one of the catalogue, or one that the page has defined with `defineWaveform()`. */
  @property({ type: text, reflect: true, configures: true })
  waveform: WaveformName = 'sine';

  /**
   * Frequency in hertz, above 0 and below half the sample rate. A list has a frequency for each channel, and its last one is
   * also used for all further channels; in the attribute, separate them by spaces: `frequency="440 1000"`. When the frequency
   * changes, the wave keeps its phase.
   */
  @property({ type: perChannel, reflect: true, configures: true })
  frequency: number | readonly number[] = 1000;

  /**
   * Peak level in dBFS, at most 0; −Infinity is silence. For a band-limited wave it is the peak of the ideal shape. Noise has
   * the RMS of a sine with this level. A list has a level for each channel. The waveform `line-up` ignores it.
   */
  @property({ type: perChannel, reflect: true, configures: true })
  level: number | readonly number[] = -18;

  /** Degrees by which the wave is ahead. A list has a value for each channel. */
  @property({ type: perChannel, reflect: true, configures: true })
  phase: number | readonly number[] = 0;

  /** The channels with inverted polarity, from 1; the attribute separates them by spaces: `invert="1 2"`. */
  @property({ type: numberList, reflect: true, configures: true })
  invert: readonly number[] = [];

  /**
   * The channels that carry the signal, from 1; all channels if the list is empty. An ident uses the first one as left and the
   * second one as right.
   */
  @property({ type: numberList, reflect: true, configures: true })
  routing: readonly number[] = [];

  /** Seconds, 0 to 60, in which the tone fades in when it starts, changes or is unmuted. Below a few milliseconds it clicks. */
  @property({ type: number, reflect: true, configures: true })
  attack = 0.01;

  /** Seconds, 0 to 60, in which the tone fades out when it is muted, paused, or removed from a generator. */
  @property({ type: number, reflect: true, configures: true })
  release = 0.01;

  /** Number of channels, 1 to 8. */
  @property({ type: number, reflect: true, configures: true })
  channels = 2;

  /**
   * Sample rate in hertz, 3000 to 384000. A change cuts the tone and fades the new one in. A track that a worklet plays
   * keeps the sample rate and the channels that it started with.
   */
  @property({ type: number, attribute: 'sample-rate', reflect: true, configures: true })
  sampleRate = 48000;

  /**
   * `timeline`: samples are numbered from the start of the page's engine. `wall-clock`: samples are numbered since 1970 by
   * the machine's clock, so that machines with synchronised clocks play the same sample at the same time.
   */
  @property({ type: oneOf<'timeline' | 'wall-clock'>(), reflect: true, configures: true })
  animation: 'timeline' | 'wall-clock' = 'timeline';

  /**
   * Seed of random waveforms: a 32-bit integer; a fraction is cut off. With one seed all channels have the same noise. A list
   * with one for each channel makes uncorrelated noises: `seed="1 2"`.
   */
  @property({ type: perChannel, reflect: true, configures: true })
  seed: number | readonly number[] = 0;

  /**
   * Adds the mark to all channels: the audio of each frame carries the number of this frame, on the same timeline as the mark
   * of a pattern of the page. `AudioMarkReader` reads it. The mark is a quiet noise between 450 and 3600 Hz, in addition to the
   * tone. It needs a sample rate of at least 8000.
   */
  @property({ type: boolean, reflect: true, configures: true })
  mark = false;

  /**
   * Frames per second of the mark, 10 to 120: the frame rate of the pattern that belongs to the tone. A number or a fraction
   * such as `30000/1001`.
   */
  @property({ type: rate, attribute: 'mark-rate', reflect: true, configures: true })
  markRate: number | string = 30;

  /** Level of the mark in dBFS, at most −7: it has the RMS of a sine with that peak level. */
  @property({ type: number, attribute: 'mark-level', reflect: true, configures: true })
  markLevel = -24;

  /** Options of a single waveform, as a JSON object. The catalogue lists them. */
  @property({ type: jsonObject, reflect: true, configures: true })
  params: Readonly<Record<string, unknown>> = {};

  /** Inside a generator: factor for the samples, 0 to 1000. */
  @property({ type: number, reflect: true })
  gain = 1;

  /** Inside a generator: position from −1 (left) to 1 (right). */
  @property({ type: number, reflect: true })
  pan = 0;

  /** @internal */
  override readonly lifecycle = new TrackLifecycleController<Playback<AudioComposition>>(
    this,
    { states: this.states, output: this.output },
    {
      open: (signal, listener) => {
        const composition = this.#composeAlone();
        return openSingleLayer(openAudioPlayback(listener, composition), composition, this, signal);
      },
      change: (playback) => playSingleLayer(playback, this.#composeAlone()),
    },
  );

  protected override readonly layer = new LayerController(
    this,
    { states: this.states, lifecycle: this.lifecycle },
    () => this.#describeLayer(),
  );

  /** The kind of the track: `audio`. */
  override get kind(): 'audio' {
    return 'audio';
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    if (hasConfigurationChanged(this, changed)) this.lifecycle.applyChange();
  }

  #describeLayer(): AudioLayer {
    const { gain, pan } = this;
    return { id: this.layer.id, signal: this.#describe(), gain, pan };
  }

  #composeAlone(): AudioComposition {
    const signal = this.#describe();
    const { sampleRate, channels } = this;
    const layers = [{ id: this.layer.id, signal, gain: 1, pan: 0 }];
    return {
      sampleRate: sendable(sampleRate),
      channels: sendable(channels),
      isSingleLayer: true,
      wallOrigin: wallOrigin(),
      layers,
      faults: this.faults,
    };
  }

  #describe(): CompleteToneDescription {
    return {
      ...sendableConfiguration<CompleteToneDescription>(this),
      kind: 'audio',
      frequency: sendableList(this.frequency),
      level: sendableList(this.level),
      phase: turnsOf(this.phase),
      invert: sendableList(this.invert),
      routing: sendableList(this.routing),
      seed: sendableList(this.seed),
      markRate: parseRate(this.markRate, 'markRate'),
      params: plainCopy(checkParams(this.params)),
    };
  }
}

/** @throws {RangeError} for anything but numbers. */
function turnsOf(degrees: PerChannel): readonly number[] {
  return sendableList(degrees).map((angle) => {
    if (!Number.isFinite(angle)) throw valueError('phase', angle, 'a number of degrees, or one for each channel');
    return angle / 360;
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'tone-source': ToneSourceElement;
  }
}
