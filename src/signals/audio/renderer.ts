import { check, named } from '../check.js';
import { decibelsToAmplitude } from '../maths.js';
import { readParams } from '../params.js';
import type { ToneDescription, Waveform } from './waveform.js';
import { waveforms } from './waveforms.js';

/** What computes the samples of a tone, its level and its fade included. They depend on the description and `n` alone. */
export interface ToneRenderer {
  /** Fills every plane (one a channel, all of one length) with sample number `n` and those after it. */
  render(planes: readonly Float32Array[], n: number): void;
}

/**
 * Makes a tone of its description.
 *
 * @throws {TypeError | RangeError} that says what is accepted where the description cannot be played.
 */
export function createToneRenderer(description: ToneDescription, table: readonly Waveform[] = waveforms): ToneRenderer {
  const fill = mono(description, table);
  return {
    render(planes, n) {
      fill(planes[0], n);
      for (let channel = 1; channel < planes.length; channel++) planes[channel].set(planes[0]);
    },
  };
}

type Fill = (samples: Float32Array, n: number) => void;

function mono(description: ToneDescription, table: readonly Waveform[]): Fill {
  const { waveform, level, channels, sampleRate, ramp } = description;
  check(level <= 0, 'Level', level, 'at most 0 dBFS');
  check(
    Number.isInteger(channels) && channels > 0 && channels <= 8,
    'Channels',
    channels,
    'a whole number from 1 to 8',
  );
  check(sampleRate >= 3000 && sampleRate <= 768000, 'Sample rate', sampleRate, 'from 3000 to 768000 Hz');
  const record = named('waveform', table, waveform);
  const renderer = record.prepare(description, readParams(record.params ?? {}, description.params));
  const gain = decibelsToAmplitude(level);
  const steady: Fill = (samples, n) => {
    renderer.render(samples, n);
    for (let i = 0; i < samples.length; i++) samples[i] *= gain;
  };
  if (!ramp) return steady;

  const { from, start, length } = ramp;
  check(Number.isFinite(start) && length > 0, 'Ramp length', length, 'above 0 samples');
  const before: Fill = from ? mono(from, table) : (samples) => samples.fill(0);
  let old = new Float32Array(0);
  return (samples, n) => {
    steady(samples, n);
    if (n >= start + length) return;
    // In a worklet and in the engine all blocks are equally long, so this allocates once.
    if (old.length !== samples.length) old = new Float32Array(samples.length);
    before(old, n);
    for (let i = 0; i < samples.length; i++) {
      const x = Math.max(0, Math.min(1, (n + i - start) / length));
      const k = x * x * (3 - 2 * x);
      samples[i] = (1 - k) * old[i] + k * samples[i];
    }
  };
}
