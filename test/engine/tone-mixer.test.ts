/* ToneMixer: what a worker and a worklet play alike, block by block. */

import { AudioMarkReader, createToneRenderer, parseRate } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { half, largestStep, layer, Player, peak, slope } from './player.js';

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

  it('carry the mark as long as they play', () => {
    const player = new Player();
    const reader = new AudioMarkReader({ rate: parseRate(30), sampleRate: 48000 });
    const frames = (blocks: number) => reader.read(Float32Array.from(player.hear(blocks)[0])).map(({ frame }) => frame);
    player.play(layer(1, { level: -20, mark: true, markLevel: -20 }));
    const before = frames(100);
    assert.isAtLeast(before.length, 10);
    player.play(layer(1, { level: -20, frequency: 500, mark: true, markLevel: -22 }));
    const all = [...before, ...frames(100)];
    // One second and another: thirty frames each, and no gap where the tone changed.
    assert.deepEqual(
      all,
      all.map((_, i) => (all[0] as number) + i),
    );
    assert.closeTo(all.at(-1) as number, 58, 2);
    player.play();
    player.hear(2);
    assert.equal(peak(player.hear(10)[0]), 0);
  });

  it('change frequency, level and waveform without a click', () => {
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

  it('keep the phase if only the frequency changes', () => {
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

  it('are silent while their layer is muted, and the other layers continue', () => {
    const player = new Player();
    const other = new Player();
    player.play(layer(1), layer(2, { frequency: 300 }));
    other.play(layer(2, { frequency: 300 }));
    player.hear(3);
    other.hear(3);
    player.play(layer(1, {}, { muted: true }), layer(2, { frequency: 300 }));
    player.hear(2);
    other.hear(2);
    assert.deepEqual(player.hear(1), other.hear(1));
    player.play(layer(1), layer(2, { frequency: 300 }));
    assert.isAbove(peak(player.hear(4)[0].slice(480)), half * 1.2);
  });

  it('continue bit for bit when another layer is removed', () => {
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

  it('fade out when they are muted, and fade in afterwards', () => {
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

  it('reject a layer that cannot be played, and continue the previous one', () => {
    const player = new Player();
    const other = new Player();
    for (const each of [player, other]) {
      each.play(layer(1));
      each.hear(3);
    }
    player.play(layer(1, { waveform: 'nonsense' }));
    assert.deepEqual(
      player.rejections.map((rejected) => rejected.map(({ id, error }) => [id, error.name])),
      [[], [[1, 'TypeError']]],
    );
    assert.include(player.rejections[1][0].error.message, 'waveform is "nonsense"');
    assert.deepEqual(player.hear(1), other.hear(1));
  });

  it('end a layer that was removed, also if all others are rejected', () => {
    const player = new Player();
    const alone = new Player();
    player.play(layer(1, { frequency: 440 }), layer(2));
    alone.play(layer(1, { frequency: 440 }));
    player.hear(3);
    alone.hear(3);
    player.play(layer(1, { waveform: 'nonsense' }));
    assert.deepEqual(player.rejected, [1]);
    player.hear(2);
    alone.hear(2);
    assert.deepEqual(player.hear(2), alone.hear(2));
  });

  it('reject one layer and play the others', () => {
    const player = new Player();
    const other = new Player();
    player.play(layer(1, { frequency: -1 }), layer(2, { frequency: 300 }));
    other.play(layer(2, { frequency: 300 }));
    assert.deepEqual(
      player.rejections[0].map(({ id }) => id),
      [1],
    );
    assert.deepEqual(player.hear(4), other.hear(4));
    player.play(layer(1, { frequency: 500 }), layer(2, { frequency: 300 }));
    assert.deepEqual(player.rejections[1], []);
    assert.isAbove(peak(player.hear(4)[0].slice(480)), half * 1.2);
  });

  for (const [name, more, message] of [
    ['a pan beyond a side', { pan: 1.5 }, 'pan is 1.5; it must be a number from -1 to 1.'],
    ['a pan that is no number', { pan: Number.NaN }, 'pan is NaN; it must be a number from -1 to 1.'],
    ['a negative gain', { gain: -1 }, 'gain is -1; it must be a number from 0 to 1000.'],
    ['an endless gain', { gain: Number.POSITIVE_INFINITY }, 'gain is Infinity; it must be a number from 0 to 1000.'],
    ['an absurd gain', { gain: 1e9 }, 'gain is 1000000000; it must be a number from 0 to 1000.'],
  ] as const) {
    it(`reject ${name}, and play the other layers`, () => {
      const player = new Player();
      const other = new Player();
      player.play(layer(1, {}, more), layer(2, { frequency: 300 }));
      other.play(layer(2, { frequency: 300 }));
      assert.deepEqual(player.rejections[0], [{ id: 1, error: { name: 'RangeError', message } }]);
      assert.deepEqual(player.hear(4), other.hear(4));
    });
  }

  it('keep their renderers while only gain, pan or the limiter change', () => {
    let made = 0;
    const prepare = () => {
      made++;
      return { render: (samples: Float32Array) => void samples.fill(0.5) };
    };
    const player = new Player({ own: [{ name: 'own', prepare }] });
    const own = (more = {}, changes = {}) =>
      layer(1, { waveform: 'own', level: [-6, Number.NEGATIVE_INFINITY], ...changes }, more);
    player.play(own());
    player.hear(3);
    const once = made;
    player.limiter = true;
    player.play(own({ gain: 0.5 }), layer(2));
    player.hear(3);
    player.play(own({ gain: 0.25, pan: 0.5 }));
    player.hear(3);
    player.play(own({ gain: 0.25 }, { frequency: -1 }));
    assert.deepEqual(player.rejected, [1]);
    player.play(own({ gain: 0.25 }));
    assert.equal(made, once);
    const [left] = player.hear(3);
    assert.closeTo(peak(left.slice(960)), half / 8, 1e-6);
    player.play(own({}, { level: [-6, Number.NaN] }));
    assert.deepEqual(player.rejected, [1]);
    player.play();
    player.hear(1);
    player.play(own());
    assert.isAbove(made, once);
    player.hear(3);
    assert.closeTo(peak(player.hear(1)[0]), half / 2, 1e-6);
  });

  it('drop a layer that breaks, report its id, and play the others', () => {
    let broken = false;
    const render = (samples: Float32Array) => {
      if (broken) throw new RangeError('No more noise.');
      samples.fill(0.1);
    };
    const player = new Player({ own: [{ name: 'own', prepare: () => ({ render }) }] });
    const other = new Player();
    player.play(layer(1, { waveform: 'own' }), layer(2));
    other.play(layer(2));
    player.hear(4);
    other.hear(4);
    broken = true;
    assert.deepEqual(player.hear(2), other.hear(2));
    assert.deepEqual(player.events, [
      { type: 'layer-failed', id: 1, error: { name: 'RangeError', message: 'No more noise.' } },
    ]);
  });

  it('fade in and change in their attack, and fade out in their release', () => {
    const player = new Player();
    player.play(layer(1, { attack: 0.1, release: 0.2 }));
    const loudness = (blocks: number) => peak(player.hear(blocks)[0].slice(-96));
    player.hear(1);
    assert.closeTo(loudness(4), half / 2, 0.03);
    assert.closeTo(loudness(6), half, 1e-3);
    player.play(layer(1, { attack: 0.1, release: 0.2, level: -26 }));
    assert.closeTo(loudness(5), half * 0.55, 0.03);
    assert.closeTo(loudness(6), half / 10, 1e-3);
    player.play();
    assert.closeTo(loudness(10), half / 20, 0.003);
    assert.equal(loudness(11), 0);
  });

  it('mute in their release, and unmute in their attack', () => {
    const player = new Player();
    player.play(layer(1, { attack: 0.1, release: 0.2 }));
    player.hear(12);
    player.tones.receive({ type: 'hold', muted: true, paused: false });
    const heard = player.hear(10)[0];
    assert.closeTo(peak(heard.slice(-48)), half / 2, 0.02);
    heard.push(...player.hear(11)[0]);
    assert.equal(peak(heard.slice(-480)), 0);
    player.tones.receive({ type: 'hold', muted: false, paused: false });
    heard.push(...player.hear(5)[0]);
    assert.closeTo(peak(heard.slice(-48)), half / 2, 0.02);
    assert.isBelow(largestStep(heard), slope(1000) * 1.05);
  });

  it('end without a click if another change comes before their release has ended', () => {
    const player = new Player();
    player.play(layer(1, { release: 0.5, frequency: 300 }), layer(2, { frequency: 500 }));
    const heard = player.hear(4)[0];
    player.play(layer(2, { frequency: 500 }));
    heard.push(...player.hear(4)[0]);
    player.play(layer(2, { frequency: 501 }));
    heard.push(...player.hear(4)[0]);
    player.play();
    heard.push(...player.hear(60)[0]);
    assert.isBelow(largestStep(heard), (slope(300) + slope(501)) * 1.1);
    assert.equal(peak(heard.slice(-480)), 0);
  });

  it('do not click while a slider moves during a long attack', () => {
    const player = new Player();
    const heard: number[] = [];
    for (let i = 0; i < 120; i++) {
      player.play(layer(1, { frequency: 200 + i * 5, attack: 0.5 }));
      heard.push(...player.hear(2)[0]);
    }
    assert.isBelow(largestStep(heard), slope(800) * 1.1);
  });

  it('keep the phase of each channel when frequencies change', () => {
    const player = new Player();
    player.play(layer(1, { frequency: [1000, 500] }));
    player.hear(3);
    player.play(layer(1, { frequency: [1001, 501] }));
    for (const samples of player.hear(1)) assert.closeTo(peak(samples), half, 0.01);
  });

  it('fade in at another sample rate, also a rejected layer that continues', () => {
    for (const next of [layer(1), layer(1, { frequency: -1 })]) {
      const player = new Player();
      player.play(layer(1, { frequency: 440 }));
      player.hear(4);
      player.compose({ sampleRate: 44100, layers: [next, layer(2, { waveform: 'silence' })] });
      const [heard] = player.hear(4, 44100);
      assert.isBelow(Math.abs(heard[0]), 1e-3);
      assert.isBelow(largestStep(heard), slope(1000) * 1.3);
      assert.closeTo(peak(heard.slice(960)), half, 1e-3);
    }
  });

  it('by the wall clock number samples since 1970, and do not change while the clock is not set', () => {
    const wallOrigin = 1_770_000_000_000.25;
    const by = (animation: 'timeline' | 'wall-clock') => [layer(1, { frequency: 997.3, animation })];
    const player = new Player();
    player.compose({ wallOrigin, layers: by('wall-clock') });
    player.hear(10);
    const expected = [new Float32Array(480), new Float32Array(480)];
    const tone = layer(1, { frequency: 997.3 }).signal;
    createToneRenderer(tone).render(expected, 4800 + 1_770_000_000 * 48000 + 12);
    assert.deepEqual(player.hear(1), expected.map((samples) => [...samples]) as [number[], number[]]);

    // Another page began a second earlier, and changes on the way: at the same time it plays the same.
    const other = new Player();
    other.compose({ wallOrigin: wallOrigin - 1000, layers: by('timeline') });
    other.hear(50);
    other.compose({ wallOrigin: wallOrigin - 1000, layers: by('wall-clock') });
    other.hear(61);
    assert.deepEqual(other.hear(20), player.hear(20));
  });

  it('by the wall clock number samples at the context’s rate in a worklet', () => {
    const player = new Player({ fixedRate: 44100 });
    player.compose({
      wallOrigin: 1_770_000_000_000,
      layers: [layer(1, { frequency: 997.3, animation: 'wall-clock' })],
    });
    player.hear(10, 44100);
    const expected = [new Float32Array(480), new Float32Array(480)];
    const tone = layer(1, { frequency: 997.3, sampleRate: 44100 }).signal;
    createToneRenderer(tone).render(expected, 4800 + 1_770_000_000 * 44100);
    assert.deepEqual(player.hear(1, 44100), expected.map((samples) => [...samples]) as [number[], number[]]);
  });

  it('change to the wall clock, and to a clock that was set, without a click', () => {
    const player = new Player();
    const heard: number[] = [];
    for (const [animation, wallOrigin] of [
      ['timeline', 0],
      ['wall-clock', 1_770_000_000_000],
      ['wall-clock', 1_770_000_003_333.3],
      ['timeline', 0],
    ] as const) {
      player.compose({ wallOrigin, layers: [layer(1, { frequency: 300, animation })] });
      heard.push(...player.hear(4)[0]);
    }
    assert.isBelow(largestStep(heard), slope(300) * 1.2);
  });

  it('play at the context’s rate in a worklet', () => {
    const player = new Player({ fixedRate: 44100 });
    player.play(layer(1, { frequency: 441, sampleRate: 48000 }));
    const samples = player.hear(4)[0].slice(960);
    // A cycle of 441 Hz is a hundred samples at 44100.
    for (let i = 0; i + 100 < samples.length; i++) assert.closeTo(samples[i], samples[i + 100], 1e-4);
  });
});
