/** Programmes of tones, as EBU Tech 3341 and 3342 list them, and their measurement. */
import { createToneRenderer, decibelsToAmplitude, type ToneDescription } from 'track-elements/signals';
import { type AudioLevels, AudioMeter } from '../../../dist/measure/levels/audio-meter.js';

/** A stretch of a programme: a tone of 1000 Hz, the same in both channels, unless `tone` says something else. */
export interface Stretch {
  readonly seconds: number;
  /** Peak level in dBFS; −∞ for silence. A list has one for each channel. It may be above 0. */
  readonly level: number | readonly number[];
  readonly tone?: Partial<ToneDescription>;
}

/** The samples of a programme: one plane for each channel. */
export function render(stretches: readonly Stretch[], sampleRate = 48_000, channels = 2): Float32Array[] {
  const lengths = stretches.map(({ seconds }) => Math.round(seconds * sampleRate));
  const whole = lengths.reduce((sum, length) => sum + length, 0);
  const planes = Array.from({ length: channels }, () => new Float32Array(whole));
  let at = 0;
  for (const [index, { level, tone }] of stretches.entries()) {
    const end = at + lengths[index];
    const parts = planes.map((plane) => plane.subarray(at, end));
    createToneRenderer({ waveform: 'sine', ...tone, level: 0, channels, sampleRate }).render(parts, at);
    for (const [channel, part] of parts.entries()) {
      const gain = decibelsToAmplitude(typeof level === 'number' ? level : level[channel]);
      for (let i = 0; i < part.length; i++) part[i] *= gain;
    }
    at = end;
  }
  return planes;
}

/** All readings of a programme, in blocks of a length that divides neither a second nor the meter's own steps. */
export function measure(planes: readonly Float32Array[], sampleRate = 48_000, blockLength = 1234): AudioLevels[] {
  const readings: AudioLevels[] = [];
  const meter = new AudioMeter((levels) => readings.push(levels));
  for (let at = 0; at < planes[0].length; at += blockLength) {
    meter.add(
      planes.map((plane) => plane.subarray(at, at + blockLength)),
      sampleRate,
    );
  }
  return readings;
}

/** The last reading of a programme. */
export const measureAll = (stretches: readonly Stretch[], sampleRate?: number, channels?: number): AudioLevels =>
  measure(render(stretches, sampleRate, channels), sampleRate).at(-1) as AudioLevels;

export const SILENCE = Number.NEGATIVE_INFINITY;
