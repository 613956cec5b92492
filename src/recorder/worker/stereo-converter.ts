import { channelShares } from '../../processor/channel-mix.js';

/** The sample rate of every recording, which all audio codecs support. */
export const AUDIO_SAMPLE_RATE_HZ = 48_000;

/** Two channels at 48 kHz: the samples of the left one, followed by those of the right one. */
export type StereoSamples = Float32Array<ArrayBuffer>;

/**
 * Converts audio of any sample rate to stereo at 48 kHz, block by block: mono goes to both sides, and more channels as they do
 * in Web Audio. Samples between two others are interpolated linearly. At 48 kHz, samples are not changed.
 */
export class StereoConverter {
  #sampleRate = AUDIO_SAMPLE_RATE_HZ;
  /** The last sample of the block before, on each side. */
  #last: [left: number, right: number] = [0, 0];
  /** The place of the next sample, in samples of the source after the last one of the block before. */
  #place = 1;

  convert(planes: readonly Float32Array[], sampleRate: number): StereoSamples {
    const [left, right] = [sideOf(planes, 0), sideOf(planes, 1)];
    if (sampleRate !== this.#sampleRate) {
      this.#sampleRate = sampleRate;
      this.#place = 1;
    }
    const step = sampleRate / AUDIO_SAMPLE_RATE_HZ;
    const count = Math.max(0, Math.floor((left.length - this.#place) / step) + 1);
    const samples = new Float32Array(count * 2);
    for (const [side, plane] of [left, right].entries()) {
      const before = this.#last[side] ?? 0;
      for (let index = 0; index < count; index++) {
        const place = this.#place + index * step;
        const whole = Math.floor(place);
        const earlier = whole === 0 ? before : (plane[whole - 1] ?? 0);
        const share = place - whole;
        samples[side * count + index] = share === 0 ? earlier : earlier + share * ((plane[whole] ?? earlier) - earlier);
      }
    }
    this.#place += count * step - left.length;
    this.#last = [left.at(-1) ?? 0, right.at(-1) ?? 0];
    return samples;
  }
}

/** The samples of the left or of the right. */
function sideOf(planes: readonly Float32Array[], side: 0 | 1): Float32Array {
  const [[first, gain] = [0, 1], ...others] = channelShares(planes.length, side, 2);
  const plane = planes[first] ?? new Float32Array(0);
  if (others.length === 0) return plane;
  return plane.map((sample, i) =>
    others.reduce((sum, [input, share]) => sum + share * (planes[input]?.[i] ?? 0), gain * sample),
  );
}
