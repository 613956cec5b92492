/* Tones: what a worker and a worklet play alike, block by block. */
import type { AudioLayer } from '../../dist/engine/composition.js';
import { Tones } from '../../dist/engine/tones.js';
import { toneOf } from '../signals/descriptions.js';
import { assert, describe, it } from '../support/suite.js';

const layer = (id: number, changes: Parameters<typeof toneOf>[0] = {}, more: Partial<AudioLayer> = {}): AudioLayer => ({
  id,
  signal: toneOf({ level: -6, channels: 2, ...changes }),
  gain: 1,
  pan: 0,
  ...more,
});

/** A player, and what it reported. */
class Player {
  readonly reports: { type: string }[] = [];
  readonly tones: Tones;
  #next = 0;

  constructor(fixedRate?: number) {
    this.tones = new Tones((report) => this.reports.push(report), {}, fixedRate);
  }

  play(...layers: AudioLayer[]): void {
    this.tones.receive({ type: 'play', composition: { sampleRate: 48000, channels: 2, layers } });
  }

  /** The next samples, in blocks of 480. */
  hear(blocks: number): [left: number[], right: number[]] {
    const heard: [number[], number[]] = [[], []];
    for (let i = 0; i < blocks; i++) {
      const planes = [new Float32Array(480), new Float32Array(480)];
      this.tones.pull(planes, 48000, this.#next);
      this.#next += 480;
      planes.forEach((samples, channel) => {
        heard[channel].push(...samples);
      });
    }
    return heard;
  }
}

const peak = (samples: number[]) => samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
const largestStep = (samples: number[]) =>
  samples.slice(1).reduce((most, sample, i) => Math.max(most, Math.abs(sample - samples[i])), 0);
const half = 10 ** (-6 / 20);
/** The steepest step of a sine of half the full scale. */
const slope = (frequency: number) => (2 * Math.PI * frequency * half) / 48000;

describe('the tones of the engine', () => {
  it('begin and end without a click', () => {
    const player = new Player();
    player.hear(1);
    player.play(layer(1));
    const begun = player.hear(4)[0];
    player.play();
    const ended = player.hear(4)[0];
    const all = [...begun, ...ended];
    assert.closeTo(peak(begun), half, 1e-3);
    assert.equal(peak(ended.slice(-480)), 0);
    assert.isBelow(largestStep(all), slope(1000) * 1.2);
  });

  it('go over from one frequency, level and waveform to the next without a click', () => {
    const player = new Player();
    player.play(layer(1, { frequency: 440 }));
    const heard = player.hear(3)[0];
    for (const change of [
      { frequency: 441 },
      { frequency: 220 },
      { frequency: 220, level: -20 },
      { frequency: 220, waveform: 'triangle' },
    ]) {
      player.play(layer(1, change));
      heard.push(...player.hear(3)[0]);
    }
    assert.isBelow(largestStep(heard), slope(441) * 1.2);
  });

  it('keep the phase where only the frequency changes', () => {
    const player = new Player();
    player.play(layer(1, { frequency: 1000 }));
    player.hear(3);
    player.play(layer(1, { frequency: 1001 }));
    // In phase the sum of both never falls below the level of either.
    assert.closeTo(peak(player.hear(1)[0]), half, 0.01);
  });

  it('are summed with gain and pan', () => {
    const player = new Player();
    player.play(
      layer(1, { frequency: 1000 }, { gain: 0.5, pan: -1 }),
      layer(2, { frequency: 3000 }, { gain: 0.25, pan: 1 }),
    );
    const [left, right] = player.hear(4).map((samples) => samples.slice(960));
    assert.closeTo(peak(left), half * 0.5, 1e-3);
    assert.closeTo(peak(right), half * 0.25, 1e-3);
    player.play(layer(1, { frequency: 1000 }, { pan: 0.5 }));
    const [quieter, full] = player.hear(4).map((samples) => samples.slice(960));
    assert.closeTo(peak(quieter), half * 0.5, 1e-3);
    assert.closeTo(peak(full), half, 1e-3);
  });

  it('change gain and pan without a click', () => {
    const player = new Player();
    player.play(layer(1, { frequency: 230 }));
    const heard = player.hear(3)[0];
    player.play(layer(1, { frequency: 230 }, { gain: 0.1 }));
    heard.push(...player.hear(3)[0]);
    player.play(layer(1, { frequency: 230 }, { pan: 1 }));
    heard.push(...player.hear(3)[0]);
    assert.isBelow(largestStep(heard), slope(230) * 3);
  });

  it('leave the one that stays as it is when another goes', () => {
    const player = new Player();
    const alone = new Player();
    player.play(layer(1), layer(2, { frequency: 300 }));
    alone.play(layer(1));
    player.hear(3);
    alone.hear(3);
    player.play(layer(1));
    player.hear(2);
    alone.hear(2);
    assert.deepEqual(player.hear(1), alone.hear(1));
  });

  it('are silent while they are held, by a fade', () => {
    const player = new Player();
    player.play(layer(1));
    const heard = player.hear(3)[0];
    player.tones.receive({ type: 'hold', muted: true, paused: false });
    heard.push(...player.hear(2)[0]);
    const silent = player.hear(1);
    assert.deepEqual([peak(silent[0]), peak(silent[1])], [0, 0]);
    player.tones.receive({ type: 'hold', muted: false, paused: false });
    const again = player.hear(3)[0];
    assert.closeTo(peak(again.slice(-480)), half, 1e-3);
    assert.isBelow(largestStep([...heard, ...silent[0], ...again]), slope(1000) * 1.2);
  });

  it('refuse what cannot be played, and what played before goes on', () => {
    const player = new Player();
    const other = new Player();
    for (const each of [player, other]) {
      each.play(layer(1));
      each.hear(3);
    }
    player.play(layer(1, { waveform: 'nonsense' }));
    assert.deepEqual(
      player.reports.map(({ type }) => type),
      ['playing', 'refused'],
    );
    assert.deepEqual(player.hear(1), other.hear(1));
  });

  it('play at the context’s own rate in a worklet', () => {
    const player = new Player(44100);
    player.play(layer(1, { frequency: 441, sampleRate: 48000 }));
    const samples = player.hear(4)[0].slice(960);
    // A cycle of 441 Hz is a hundred samples at 44100.
    for (let i = 0; i + 100 < samples.length; i++) assert.closeTo(samples[i], samples[i + 100], 1e-4);
  });
});
