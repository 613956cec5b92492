import { checkNumber, checkOneOf, findByName } from '../checks.js';
import { decibelsToAmplitude } from '../maths.js';
import { readParams } from '../params.js';
import { channelsOf } from './channels.js';
import { edge } from './edge.js';
import type { ChannelTone, ToneDescription, Waveform, WaveformRenderer, WaveformTable } from './waveform.js';
import { waveformAliases } from './waveform-aliases.js';
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
export function createToneRenderer(description: ToneDescription, table: WaveformTable = everyWaveform): ToneRenderer {
  const steady = voices(description, table);
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
      // In a worklet and in the engine all blocks are equally long, so this allocates once.
      if (old.length !== planes.length || old[0].length !== planes[0].length) {
        old = planes.map(({ length }) => new Float32Array(length));
      }
      before?.render(old, n);
      planes.forEach((samples, channel) => {
        for (let i = 0; i < samples.length; i++) {
          const k = edge((n + i - start) / length);
          samples[i] = (1 - k) * old[channel][i] + k * samples[i];
        }
      });
    },
  };
}

const everyWaveform: WaveformTable = [...waveforms, ...waveformAliases];

/** The waveform of that name, or of the alias. */
function find(table: WaveformTable, name: string): Waveform {
  const found = findByName('waveform', table, name);
  return 'prepare' in found ? found : find(table, found.alias);
}

const FADE_S = { min: 0, max: 60, unit: 's' } as const;

/** Channels that are the same up to their gain. */
interface Voice {
  readonly tone: ChannelTone;
  readonly renderer: WaveformRenderer;
  readonly outputs: { readonly channel: number; readonly gain: number }[];
}

function voices(description: ToneDescription, table: WaveformTable): ToneRenderer {
  const { waveform, params, attack = 0, release = 0, animation = 'timeline', offset = 0 } = description;
  const channels = channelsOf(description);
  checkNumber('attack', attack, FADE_S);
  checkNumber('release', release, FADE_S);
  checkOneOf('animation', ['timeline', 'wall-clock'], animation);
  const record = find(table, waveform);
  const values = readParams(record.params ?? {}, params);
  const all: Voice[] = [];
  channels.forEach(({ tone, level, sign, routed }, channel) => {
    const { frequency, phase, seed } = tone;
    const known = all.find(
      (other) =>
        other.tone.frequency === frequency &&
        other.tone.phase === phase &&
        other.tone.seed === seed &&
        (!record.byChannel || other.tone.channel === tone.channel),
    );
    const voice = known ?? { tone, renderer: record.prepare(tone, values), outputs: [] };
    if (!known) all.push(voice);
    const loudness = record.ownLevel && level > Number.NEGATIVE_INFINITY ? 1 : decibelsToAmplitude(level);
    voice.outputs.push({ channel, gain: routed ? sign * loudness : 0 });
  });
  return {
    render(planes, n) {
      for (const { renderer, outputs } of all) {
        let first: Float32Array | null = null;
        let firstGain = 0;
        for (const { channel, gain } of outputs) {
          if (channel >= planes.length) break;
          const plane = planes[channel];
          if (gain === 0) plane.fill(0);
          else if (first) scale(plane, first, gain);
          else {
            renderer.render(plane, n + offset);
            first = plane;
            firstGain = gain;
          }
        }
        if (first) scale(first, first, firstGain);
      }
    },
  };
}

function scale(to: Float32Array, from: Float32Array, gain: number): void {
  for (let i = 0; i < to.length; i++) to[i] = from[i] * gain;
}
