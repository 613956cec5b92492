import type { ReactiveElement } from '@lit/reactive-element';
import { number } from './converters.js';
import { property } from './property.js';

/**
 * Gives a source the properties of one that also plays audio from elsewhere. They are declared here, and not in a base class,
 * because a canvas has no audio.
 *
 * ```ts
 * class CameraSourceElement extends withAudioProperties(InputSourceElement) {}
 * ```
 */
export const withAudioProperties = <Args extends unknown[], Host extends ReactiveElement>(
  base: abstract new (...args: Args) => Host,
): (abstract new (...args: Args) => Host & AudioProperties) & Omit<typeof ReactiveElement, 'prototype'> =>
  audioProperties(base as unknown as abstract new () => object) as never;

/** The properties of sources that play audio. */
export interface AudioProperties extends InstanceType<ReturnType<typeof audioProperties>> {}

/** Typed without its base, so that the type of the class has these properties alone. */
export function audioProperties(base: abstract new () => object) {
  abstract class AudioPropertiesElement extends base {
    /**
     * Sample rate of an audio track in hertz, 3000 to 384000. A track that a worklet plays keeps the sample rate with which it
     * started.
     */
    @property({ type: number, attribute: 'sample-rate', reflect: true, configures: true })
    sampleRate = 48000;

    /**
     * Number of channels of an audio track, 1 to 8. Input with one channel is heard on all of them. Input with several channels
     * is mixed into one if this is 1, and 5.1 channels are mixed into stereo together with their centre.
     */
    @property({ type: number, reflect: true, configures: true })
    channels = 2;

    /** Audio inside a generator: factor for the samples, 0 to 1000. */
    @property({ type: number, reflect: true })
    gain = 1;

    /** Audio inside a generator: position from −1 (left) to 1 (right). */
    @property({ type: number, reflect: true })
    pan = 0;
  }
  return AudioPropertiesElement;
}
