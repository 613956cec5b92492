import { fractionOf } from '../maths.js';
import { channelPhase, channelValue } from './channels.js';
import { type ChannelTone, completeTone, type ToneDescription, type WaveformRenderer } from './waveform.js';

/** Plays one cycle, given as a function of the position in it (0 to below 1), over and over at the frequency of the tone. */
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

/** Where in its cycle a tone is at sample number `n`, in a channel (from 0): turns, from 0 to below 1. */
export function turnsAt(tone: ToneDescription, n: number, channel = 0): number {
  const complete = completeTone(tone);
  const step = channelValue(complete.frequency, channel) / complete.sampleRate;
  return turnsAtSample(step, channelPhase(complete, channel), n + (complete.offset ?? 0));
}

/** Where a cycle that advances by `step` turns a sample is at sample number `n`: turns, from 0 to below 1. */
export function turnsAtSample(step: number, phase: number, n: number): number {
  const stretch = Math.floor(n / STRETCH);
  return fractionOf(stretchStart(stretch, step, phase) + (n - stretch * STRETCH) * step);
}

/*
 * n × frequency / sampleRate loses the places behind the point as n grows: after a day a tone would be noisier than
 * −140 dB. A stretch of a power of two samples has a length in turns that is exact, and only its fraction is counted on;
 * so has a stretch of stretches, of which there are some twenty thousand since 1970.
 */
const STRETCH = 65536;

function stretchStart(stretch: number, step: number, phase: number): number {
  const long = Math.floor(stretch / STRETCH);
  const turns = fractionOf(STRETCH * step);
  const start = fractionOf(long * fractionOf(STRETCH * turns)) + fractionOf((stretch - long * STRETCH) * turns);
  return fractionOf(start) + fractionOf(phase);
}
