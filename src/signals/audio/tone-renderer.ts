import { checkOneOf, findByName } from '../check-names.js';
import { checkNumber, checkObject, checkValue } from '../checks.js';
import { createMarkRenderer, MARK_LEVEL_DBFS, MARK_RATES } from '../mark/audio-mark.js';
import { decibelsToAmplitude, smoothstep } from '../maths.js';
import { readParams } from '../params.js';
import { framesPerSecond } from '../rate.js';
import { readChannels } from './channels.js';
import {
  type ChannelTone,
  type CompleteToneDescription,
  completeTone,
  type ToneDescription,
  type Waveform,
  type WaveformRenderer,
  type WaveformTable,
} from './waveform.js';
import { waveformAliases } from './waveform-aliases.js';
import { waveforms } from './waveforms.js';

/** Computes the samples of a tone, level and fade included. They depend only on the description and on `n`. */
export interface ToneRenderer {
  /** Fills all planes (one per channel, of equal length), beginning with sample number `n`. */
  render(planes: readonly Float32Array[], n: number): void;
}

/**
 * Makes the renderer of a tone: `createToneRenderer({ waveform: 'sine' })` is 1 kHz at −18 dBFS.
 *
 * @param table The waveforms that the description may name. Default: all of this library.
 * @throws {TypeError | RangeError} for a description that cannot be played. The message says what is accepted.
 */
export function createToneRenderer(description: ToneDescription, table: WaveformTable = allWaveforms): ToneRenderer {
  checkValue(Array.isArray(table), 'table', table, 'a list of waveforms');
  const steady = createSteadyRenderer(description, table);
  const { ramp } = description;
  if (!ramp) return steady;

  const { from, start, length } = ramp;
  checkNumber('ramp.start', start);
  checkNumber('ramp.length', length, { above: 0, unit: 'samples' });
  const before = from && createToneRenderer(from, table);
  let old: Float32Array[] = [];
  return {
    render(planes, n) {
      steady.render(planes, n);
      if (n >= start + length) return;
      // A worklet and the engine always use blocks of one length, so this allocates once.
      if (old.length !== planes.length || old[0].length !== planes[0].length) {
        old = planes.map(({ length }) => new Float32Array(length));
      }
      before?.render(old, n);
      planes.forEach((samples, channel) => {
        for (let i = 0; i < samples.length; i++) {
          const k = smoothstep((n + i - start) / length);
          samples[i] = (1 - k) * old[channel][i] + k * samples[i];
        }
      });
    },
  };
}

const allWaveforms: WaveformTable = [...waveforms, ...waveformAliases];

function findWaveform(table: WaveformTable, name: string): Waveform {
  const found = findByName('waveform', table, name);
  return 'prepare' in found ? found : findWaveform(table, found.alias);
}

const FADE_S = { min: 0, max: 60, unit: 's' } as const;

/** A signal that is rendered once for all channels that differ only in gain. */
interface Voice {
  readonly tone: ChannelTone;
  readonly renderer: WaveformRenderer;
  readonly outputs: { readonly channel: number; readonly gain: number }[];
}

/** The renderer of a tone without its fade. */
function createSteadyRenderer(description: ToneDescription, table: WaveformTable): ToneRenderer {
  const complete = completeTone(description);
  const { waveform, params, attack, release, animation, offset = 0 } = complete;
  const channels = readChannels(complete);
  checkNumber('attack', attack, FADE_S);
  checkNumber('release', release, FADE_S);
  checkOneOf('animation', ['timeline', 'wall-clock'], animation);
  const addMark = markAdder(complete);
  const record = findWaveform(table, waveform);
  const values = readParams(record.params ?? {}, params);
  const voices: Voice[] = [];
  channels.forEach(({ tone, level, sign, isRouted }, channel) => {
    const { frequency, phase, seed } = tone;
    const known = voices.find(
      (other) =>
        other.tone.frequency === frequency &&
        other.tone.phase === phase &&
        other.tone.seed === seed &&
        (!record.byChannel || other.tone.channel === tone.channel),
    );
    const voice = known ?? { tone, renderer: record.prepare(tone, values), outputs: [] };
    if (!known) voices.push(voice);
    const amplitude = record.ownLevel && level > Number.NEGATIVE_INFINITY ? 1 : decibelsToAmplitude(level);
    voice.outputs.push({ channel, gain: isRouted ? sign * amplitude : 0 });
  });
  return {
    render(planes, n) {
      checkObject('planes', planes?.[0], 'a list of Float32Arrays, one for each channel');
      checkNumber('n', n);
      for (const { renderer, outputs } of voices) {
        let first: Float32Array | null = null;
        let firstGain = 0;
        for (const { channel, gain } of outputs) {
          if (channel >= planes.length) break;
          const plane = planes[channel];
          if (gain === 0) plane.fill(0);
          else if (first) copyScaled(plane, first, gain);
          else {
            renderer.render(plane, n + offset);
            first = plane;
            firstGain = gain;
          }
        }
        if (first) copyScaled(first, first, firstGain);
      }
      addMark?.(planes, n + offset);
    },
  };
}

/** Adds the mark of a tone to all channels; `null` if it has none. */
function markAdder({ mark, markRate, markLevel, sampleRate }: CompleteToneDescription): ToneRenderer['render'] | null {
  checkNumber('markRate', framesPerSecond(markRate), MARK_RATES);
  checkNumber('markLevel', markLevel, MARK_LEVEL_DBFS);
  if (!mark) return null;
  const render = createMarkRenderer({ rate: markRate, sampleRate, level: markLevel });
  let samples = new Float32Array();
  return (planes, n) => {
    const { length } = planes[0] ?? samples;
    if (samples.length !== length) samples = new Float32Array(length);
    samples.fill(0);
    render(samples, n);
    for (const plane of planes) for (let i = 0; i < length; i++) plane[i] += samples[i];
  };
}

function copyScaled(to: Float32Array, from: Float32Array, gain: number): void {
  for (let i = 0; i < to.length; i++) to[i] = from[i] * gain;
}
