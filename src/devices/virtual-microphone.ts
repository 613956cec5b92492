import { checkNumber } from '../signals/checks.js';
import type { Capabilities, Settings } from './capabilities.js';
import { type AudioClip, ClipContent } from './clip-content.js';
import { tracksOf } from './device-tracks.js';
import { VirtualDevice, type VirtualDeviceInit } from './virtual-device.js';

export interface VirtualMicrophoneInit extends VirtualDeviceInit {
  /** Hertz of a track without constraints, 8000 to 96000. Default: 48000. */
  sampleRate?: number;
  /** Channels of a track without constraints, 1 to 8. Default: 2. */
  channels?: number;
}

/** A microphone that plays a tone, or anything else. */
export class VirtualMicrophone extends VirtualDevice {
  readonly kind = 'audioinput';
  readonly trackKind = 'audio';
  #sampleRate = 48000;
  #channels = 2;

  /** @throws {RangeError} for an option that is not accepted. */
  constructor(init: VirtualMicrophoneInit = {}) {
    super(init, 'Virtual microphone');
    this.setFormat(init);
  }

  /**
   * Sets the values of a track without constraints.
   *
   * @throws {RangeError} for a rate or a number of channels that a track cannot have.
   */
  setFormat({ sampleRate = 48000, channels = 2 }: Pick<VirtualMicrophoneInit, 'sampleRate' | 'channels'>): void {
    checkNumber('sampleRate', sampleRate, MICROPHONE_RATES);
    checkNumber('channels', channels, { min: 1, max: 8 });
    this.#sampleRate = sampleRate;
    this.#channels = channels;
  }

  /**
   * Plays a clip once, from its beginning, in all open tracks. A track that is opened during this time begins at the current
   * position of the clip. Resolves when it has been played; the microphone is then silent. To play clips one after the other,
   * await each call. A clip that is played without waiting replaces the previous one.
   *
   * ```ts
   * await microphone.play('question.wav');
   * await microphone.play('answer.wav');
   * ```
   *
   * @param clip A file that the browser decodes: a URL, a `Blob` or an `ArrayBuffer`.
   * @throws {TypeError} for anything else.
   * @throws {DOMException} `NetworkError` for a URL that does not load; `EncodingError` for a file that the browser cannot decode;
   * `AbortError` if the microphone plays something else before the end of the clip.
   */
  async play(clip: AudioClip): Promise<void> {
    const opening = ClipContent.open(clip);
    await tracksOf(this).show(opening);
    const content = await opening;
    await content.play();
    await tracksOf(this).drop(content);
  }

  override get capabilities(): Capabilities {
    return {
      deviceId: this.deviceId,
      groupId: this.groupId,
      sampleRate: MICROPHONE_RATES,
      sampleSize: { min: 16, max: 16 },
      channelCount: { min: 1, max: Math.max(2, this.#channels) },
      latency: { min: BLOCK_SECONDS, max: BLOCK_SECONDS },
      echoCancellation: [true, false],
      autoGainControl: [true, false],
      noiseSuppression: [true, false],
      voiceIsolation: [true, false],
    };
  }

  override get defaults(): Settings {
    return {
      deviceId: this.deviceId,
      groupId: this.groupId,
      sampleRate: this.#sampleRate,
      sampleSize: 16,
      channelCount: this.#channels,
      latency: BLOCK_SECONDS,
      echoCancellation: true,
      autoGainControl: true,
      noiseSuppression: true,
      voiceIsolation: false,
    };
  }
}

const MICROPHONE_RATES = { min: 8000, max: 96000 };

/** Audio is played in blocks of this length. */
const BLOCK_SECONDS = 0.01;
