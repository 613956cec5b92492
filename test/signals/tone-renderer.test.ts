import { continueTone, createToneRenderer, type ToneDescription, turnsAt } from 'track-elements/signals';
import { assert, describe, it } from '../support/suite.js';
import { samplesOf, toneOf } from './descriptions.js';
import { decibels, powersOf } from './spectrum.js';

const start = 10_000;
const length = 480;

/** A Blackman window keeps a steady tone near its frequency, so power elsewhere is the click. */
function clickOf(samples: Float32Array, frequencies: number[]): number {
  const size = samples.length;
  const windowed = samples.map((sample, i) => {
    const angle = (2 * Math.PI * i) / size;
    return sample * (0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle));
  });
  let click = 0;
  powersOf(windowed).forEach((power, bin) => {
    const hertz = (bin * 48000) / size;
    if (frequencies.every((frequency) => Math.abs(hertz - frequency) > 2000)) click += power;
  });
  return decibels(click);
}

const changed = (previous: ToneDescription | null, next: Partial<ToneDescription>) =>
  continueTone(previous, toneOf({ ...previous, ...next }), start, length);

describe('The phase of a tone', () => {
  it('is the start of its cycle in turns', () => {
    for (const phase of [0, 0.25, 0.75, -0.25, 7.5]) {
      assert.closeTo(samplesOf({ phase }, 1)[0], Math.sin(2 * Math.PI * phase), 1e-7);
    }
  });

  it('can start at any sample', () => {
    assert.closeTo(turnsAt(toneOf({ frequency: 1000 }), 12), 0.25, 1e-12);
    assert.closeTo(turnsAt(toneOf({ frequency: 1000, phase: 0.9 }), 12 + 48 * 1_000_000), 0.15, 1e-9);
  });
});

describe('A change from one tone to another', () => {
  it('is the old tone before the fade, the new one after it, and a mixture within', () => {
    const [old, next] = [toneOf({ frequency: 500 }), toneOf({ frequency: 700, level: -6 })];
    const fading = { ...next, ramp: { from: old, start, length } };
    const [a, b, faded] = [old, next, fading].map((tone) => samplesOf(tone, 1000, start - 200));
    assert.deepEqual(faded.slice(0, 201), a.slice(0, 201));
    assert.deepEqual(faded.slice(200 + length), b.slice(200 + length));
    assert.closeTo(faded[200 + length / 2], (a[200 + length / 2] + b[200 + length / 2]) / 2, 1e-6);
    for (let i = 201; i < 200 + length; i++) {
      const [low, high] = [Math.min(a[i], b[i]), Math.max(a[i], b[i])];
      assert.isTrue(faded[i] >= low - 1e-6 && faded[i] <= high + 1e-6);
    }
  });

  it('fades in from silence and out to silence', () => {
    const rising = samplesOf({ ramp: { from: null, start: 0, length } }, length);
    assert.equal(rising[0], 0);
    assert.isTrue(rising.slice(0, 48).every((sample) => Math.abs(sample) < 0.03));
    const falling = samplesOf({ waveform: 'silence', ramp: { from: toneOf(), start: 0, length } }, length + 10);
    assert.isTrue(falling.slice(length).every((sample) => sample === 0));
    assert.closeTo(falling[12], 1, 0.01);
  });

  it('continues the cycle of the old tone', () => {
    const old = toneOf({ frequency: 437.5, phase: 0.2 });
    for (const frequency of [437.5, 440, 10_000, 20]) {
      const next = changed(old, { frequency });
      assert.closeTo(Math.abs(turnsAt(next, start) - turnsAt(old, start)) % 1, 0, 1e-9);
    }
  });

  const changes: [string, Partial<ToneDescription>, number[]][] = [
    ['level', { level: -40 }, [1000]],
    ['a little frequency', { frequency: 1001 }, [1000]],
    ['frequency', { frequency: 3000 }, [1000, 2000, 3000]],
    ['waveform', { waveform: 'silence' }, [1000]],
  ];
  for (const [what, change, frequencies] of changes) {
    it(`does not click: a change of ${what} leaves less than −80 dB elsewhere in the spectrum`, () => {
      const next = changed(toneOf(), change);
      assert.isBelow(clickOf(samplesOf(next, 16384, start - 8192), frequencies), -80);
      // Without the fade: shows that a click is detected.
      const cut = samplesOf(toneOf(), 16384, start - 8192);
      cut.set(samplesOf({ ...toneOf(), ...change, phase: 0.25 }, 8192, start), 8192);
      assert.isAbove(clickOf(cut, frequencies), -80);
    });
  }

  it('can change again before the fade has ended, without a jump', () => {
    const first = changed(toneOf(), { level: -30 });
    const second = continueTone(first, toneOf({ level: 0, phase: first.phase }), start + 100, length);
    assert.deepEqual(samplesOf(second, 100, start), samplesOf(first, 100, start));
    const [before, after] = [samplesOf(first, 1, start + 100)[0], samplesOf(second, 1, start + 100)[0]];
    assert.equal(before, after);
  });

  it('forgets fades that have ended', () => {
    const first = changed(toneOf(), { level: -30 });
    const second = continueTone(first, toneOf(), start + length, length);
    assert.isUndefined(second.ramp?.from?.ramp);
  });

  it('keeps at most a few unfinished fades', () => {
    let tone = toneOf();
    for (let i = 0; i < 50; i++) tone = continueTone(tone, toneOf({ frequency: 1000 + i }), start + i, length);
    assert.isBelow(JSON.stringify(tone).split('"ramp"').length, 6);
  });

  it('fades in from silence at another sample rate', () => {
    const next = continueTone(toneOf(), toneOf({ sampleRate: 44100, phase: 0.5 }), start, length);
    assert.deepEqual(next.ramp, { from: null, start, length });
    assert.equal(next.phase, 0.5);
  });
});

describe('A tone renderer', () => {
  it('fills as many planes as it receives', () => {
    const renderer = createToneRenderer(toneOf({ channels: 2 }));
    const planes = [new Float32Array(128), new Float32Array(128)];
    renderer.render(planes, 0);
    assert.deepEqual(planes[0], planes[1]);
    assert.isTrue(planes[1].some((sample) => sample > 0.9));
  });

  it('survives structured cloning, so it can be sent to a worklet', () => {
    const tone = changed(toneOf(), { frequency: 500 });
    assert.deepEqual(samplesOf(structuredClone(tone), 600, start), samplesOf(tone, 600, start));
  });
});
