import { checkNumber } from '../checks.js';
import { fractionOf } from '../maths.js';
import { channelPhase, channelValue } from './channels.js';
import { type ChannelTone, completeTone, type ToneDescription, type WaveformRenderer } from './waveform.js';

/** Repeats one cycle, a function of the position in it (0 to below 1), at the frequency of the tone. */
export function oscillator(tone: ChannelTone, cycle: (turn: number) => number): WaveformRenderer {
  const { frequency, sampleRate, phase } = tone;
  const step = frequency / sampleRate;
  return {
    render(samples, n) {
      let i = 0;
      while (i < samples.length) {
        const stretch = Math.floor((n + i) / STRETCH);
        const start = stretchStart(stretch, step, phase);
        const offset = n - stretch * STRETCH;
        const end = Math.min(samples.length, STRETCH - offset);
        for (; i < end; i++) samples[i] = cycle(fractionOf(start + (offset + i) * step));
      }
    },
  };
}

/** The phase of a tone at sample number `n` in a channel (counted from 0): turns, from 0 to below 1. */
export function turnsAt(tone: ToneDescription, n: number, channel = 0): number {
  const complete = completeTone(tone);
  checkNumber('n', n);
  const step = channelValue(complete.frequency, channel) / complete.sampleRate;
  return turnsAtSample(step, channelPhase(complete, channel), n + (complete.offset ?? 0));
}

/** The phase at sample number `n`, from 0 to below 1, of a cycle that advances by `step` turns per sample. */
export function turnsAtSample(step: number, phase: number, n: number): number {
  const stretch = Math.floor(n / STRETCH);
  return fractionOf(stretchStart(stretch, step, phase) + (n - stretch * STRETCH) * step);
}

/*
 * The product n × frequency / sampleRate loses its fraction as n grows: after a day, a tone would have more noise than
 * −140 dB. So samples are counted in stretches of a power of two, whose length in turns is exact, and only the fraction
 * of it is multiplied. The same is done for stretches of stretches, of which there have been some twenty thousand since
 * 1970.
 */
const STRETCH = 65536;

function stretchStart(stretch: number, step: number, phase: number): number {
  const long = Math.floor(stretch / STRETCH);
  const turns = fractionOf(STRETCH * step);
  const start = fractionOf(long * fractionOf(STRETCH * turns)) + fractionOf((stretch - long * STRETCH) * turns);
  return fractionOf(start) + fractionOf(phase);
}
