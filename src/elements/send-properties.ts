import type { ReactiveElement } from '@lit/reactive-element';
import type { DegradationPreference, SendOptions } from '../rtc/send-options.js';
import { boolean, number, numberOrNull, oneOf, text } from './converters.js';
import { property } from './property.js';

/**
 * Gives an element the properties of elements that send tracks. They stand here, and not in a base class, because the
 * publisher and the loopback have different ones.
 *
 * ```ts
 * class RtcLoopbackElement extends withSendProperties(TrackElement<LoopbackState, LoopbackEventMap>) {}
 * ```
 */
export const withSendProperties = <Args extends unknown[], Host extends ReactiveElement>(
  base: abstract new (...args: Args) => Host,
): (abstract new (...args: Args) => Host & SendProperties) & Omit<typeof ReactiveElement, 'prototype'> =>
  sendProperties(base as unknown as abstract new () => object) as never;

/** The properties of elements that send tracks. `null` and empty text mean the browser's choice. */
export interface SendProperties extends InstanceType<ReturnType<typeof sendProperties>> {}

/** Typed without its base, so that the type of the class has these properties alone. */
export function sendProperties(base: abstract new () => object) {
  abstract class SendPropertiesElement extends base {
    /** Codecs in the order of preference, such as `VP8` or `H264, opus`; empty for the browser's choice. */
    @property({ type: text, reflect: true, configures: true })
    codec = '';

    /** Maximum bit rate of the video in bits per second, all its sizes and layers together. Unset, the browser chooses. */
    @property({ type: numberOrNull, attribute: 'max-bitrate', reflect: true, configures: true })
    maxBitrate: number | null = null;

    /** Maximum frame rate of the video in frames per second. Unset, it is the frame rate of the source. */
    @property({ type: numberOrNull, attribute: 'max-framerate', reflect: true, configures: true })
    maxFramerate: number | null = null;

    /** Factor by which width and height are divided (≥ 1), as `scaleResolutionDownBy`. */
    @property({ type: number, attribute: 'scale-down', reflect: true, configures: true })
    scaleDown = 1;

    /** Scalability mode of the video, such as `L1T2`; empty for the browser's choice. */
    @property({ type: text, attribute: 'scalability-mode', reflect: true, configures: true })
    scalabilityMode = '';

    /**
     * Says what the browser reduces first if the network or the processor is too slow. With `auto` (the browser's choice) and
     * `balanced`, the picture begins small, and may take half a minute to reach its full size.
     */
    @property({ type: oneOf<DegradationPreference>(), reflect: true, configures: true })
    degradation: DegradationPreference = 'maintain-resolution';

    /** Bit rate of the audio in bits per second, 6000 to 510000, all channels together. Unset, the browser chooses. */
    @property({ type: numberOrNull, attribute: 'audio-bitrate', reflect: true, configures: true })
    audioBitrate: number | null = null;

    /** Sends little while the audio is silent: discontinuous transmission (DTX). */
    @property({ type: boolean, attribute: 'audio-dtx', reflect: true, configures: true })
    audioDtx = false;

    /** Sends audio without forward error correction (FEC), with which a receiver repairs the loss of single packets. */
    @property({ type: boolean, attribute: 'no-audio-fec', reflect: true, configures: true })
    noAudioFec = false;
  }
  return SendPropertiesElement;
}

/** The options that an element's properties describe. */
export function sendOptionsOf(element: SendProperties): Omit<SendOptions, 'codec'> & { readonly codec: string } {
  const { codec, maxBitrate, maxFramerate, scaleDown, scalabilityMode, degradation } = element;
  const { audioBitrate, audioDtx, noAudioFec } = element;
  return {
    codec,
    maxBitrate,
    maxFramerate,
    scaleDown,
    scalabilityMode,
    degradation,
    audioBitrate,
    // Without the attribute the answer of a server decides.
    audioDtx: audioDtx || undefined,
    audioFec: noAudioFec ? false : undefined,
  };
}
