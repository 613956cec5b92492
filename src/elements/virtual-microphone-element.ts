import type { PropertyValues } from '@lit/reactive-element';
import { audioFormat } from '../devices/device-content.js';
import { VirtualMicrophone } from '../devices/virtual-microphone.js';
import { number } from './converters.js';
import { property } from './property.js';
import { VirtualDeviceElement } from './virtual-device-element.js';

/**
 * A microphone that the page's own `getUserMedia()` knows, with the tones and the tracks inside as its audio.
 *
 * ```html
 * <virtual-microphone label="Headset"><tone-source frequency="440"></tone-source></virtual-microphone>
 * ```
 *
 * @summary A microphone that `getUserMedia()` knows, with content of your choice.
 * @tag virtual-microphone
 */
export class VirtualMicrophoneElement extends VirtualDeviceElement<VirtualMicrophone> {
  /** Sample rate in hertz, 8000 to 96000, of a track that a page requests without a sample rate. */
  @property({ type: number, attribute: 'sample-rate', reflect: true })
  sampleRate = 48000;

  /** Number of channels, 1 to 8, of a track that a page requests without a number of channels. */
  @property({ type: number, reflect: true })
  channels = 2;

  protected readonly trackKinds = ['audio'] as const;
  readonly device = this.follow(new VirtualMicrophone(), (format) => {
    const { sampleRate, channels } = audioFormat(format);
    return this.withTrackBeside(this.composer.composeAudio(this.layers.layers, { sampleRate, channels }));
  });

  protected override configure(changed: PropertyValues<this>): void {
    const { device, sampleRate, channels } = this;
    device.setFormat({ sampleRate, channels });
    super.configure(changed);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'virtual-microphone': VirtualMicrophoneElement;
  }
}
