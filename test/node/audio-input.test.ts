/* A track of audio that a mixer plays: at another rate, and with a clock that is not quite that of the mixer. In virtual time. */
import { InputRenderer, SampleRing } from '../../dist/engine/audio-input.js';
import { amplitudeAt, decibels } from '../support/audio-analysis.js';
import { assert, describe, it } from '../support/suite.js';

/** The samples that are heard of a signal, after the first 200 ms, when blocks of 10 ms come and are taken in turn. */
function resample(signal: (time: number) => number, inputRate: number, rate: number, seconds = 1): Float32Array {
  const ring = new SampleRing();
  let underruns = 0;
  const renderer = new InputRenderer(ring, rate, () => underruns++);
  const heard: number[] = [];
  for (let block = 0; block < seconds * 100; block++) {
    const first = (block * inputRate) / 100;
    ring.push([Float32Array.from({ length: inputRate / 100 }, (_, i) => signal((first + i) / inputRate))], inputRate);
    const samples = new Float32Array(rate / 100);
    renderer.render([samples], (block * rate) / 100);
    if (block >= 20) heard.push(...samples);
  }
  assert.equal(underruns, 0);
  return Float32Array.from(heard);
}

const sine = (frequency: number) => (time: number) => Math.sin(2 * Math.PI * frequency * time);

describe('An input of another rate', () => {
  it('has no alias: a tone that the mixer cannot have is silent', () => {
    // 15 kHz would be heard as 1 kHz, and 9 kHz as 7 kHz.
    for (const [frequency, alias] of [
      [15_000, 1000],
      [9000, 7000],
      [20_000, 4000],
    ] as const) {
      const heard = resample(sine(frequency), 48_000, 16_000);
      assert.isBelow(decibels(amplitudeAt(heard, 16_000, alias)), -60, `${frequency} Hz`);
      assert.isBelow(decibels(Math.max(...heard)), -60, `${frequency} Hz`);
    }
  });

  for (const [inputRate, rate, frequencies] of [
    [48_000, 16_000, [100, 1000, 6000]],
    [44_100, 48_000, [100, 1000, 17_000]],
    [8000, 48_000, [100, 1000, 3000]],
    [96_000, 48_000, [100, 1000, 18_000]],
  ] as const) {
    it(`keeps the tones that both have, and adds none: ${inputRate} Hz to ${rate} Hz`, () => {
      for (const frequency of frequencies) {
        const heard = resample(sine(frequency), inputRate, rate);
        const amplitude = amplitudeAt(heard, rate, frequency);
        assert.closeTo(decibels(amplitude), 0, 0.1, `${frequency} Hz`);
        const power = heard.reduce((sum, sample) => sum + sample ** 2, 0) / heard.length;
        const rest = Math.sqrt(Math.max(0, 2 * power - amplitude ** 2));
        assert.isBelow(decibels(rest / amplitude), -60, `beside ${frequency} Hz`);
      }
    });
  }
});

describe('An input with another clock than the mixer', () => {
  const RATE = 8000;
  const BLOCK = RATE / 100;
  /** The samples say by a ramp which they are. */
  const PERIOD = RATE * 2;

  /** Plays ten minutes of an input. Returns the delay at each block, in milliseconds, and the largest step between two samples. */
  function play(ppm: number): { delays: number[]; largestStep: number; underruns: number } {
    const ring = new SampleRing();
    let underruns = 0;
    const renderer = new InputRenderer(ring, RATE, () => underruns++);
    const samples = new Float32Array(BLOCK);
    const delays: number[] = [];
    let largestStep = 0;
    for (let block = 0; block < 60_000; block++) {
      const due = Math.floor((block + 1) * (1 + ppm / 1e6)) * BLOCK;
      while (ring.written < due) {
        const first = ring.written;
        ring.push([Float32Array.from({ length: BLOCK }, (_, i) => ((first + i) % PERIOD) / PERIOD)], RATE);
      }
      renderer.render([samples], block * BLOCK);
      const steps = samples.slice(1).map((sample, i) => sample - (samples[i] as number));
      const [one, last] = [samples[0] as number, samples.at(-1) as number];
      const isWrapped = last < one || one < 0.01 || last > 0.99;
      if (block < 100 || isWrapped) continue;
      largestStep = Math.max(largestStep, ...steps.map((step) => Math.abs(step * PERIOD - 1)));
      const played = last * PERIOD;
      const newest = (ring.written - 1) % PERIOD;
      delays.push((((newest - played + PERIOD) % PERIOD) / RATE) * 1000);
    }
    return { delays, largestStep, underruns };
  }

  for (const ppm of [300, -300, 0]) {
    it(`is heard without a gap for ten minutes, and the delay stays: ${ppm} ppm`, () => {
      const { delays, largestStep, underruns } = play(ppm);
      assert.equal(underruns, 0);
      // Neither left out nor repeated: from sample to sample it is one sample, and at most 0.1 % more or less.
      assert.isBelow(largestStep, 0.02);
      assert.isAbove(Math.min(...delays), 5);
      assert.isBelow(Math.max(...delays), 50);
      const [before, after] = [delays.slice(10_000, 20_000), delays.slice(-10_000)].map(
        (part) => part.reduce((sum, delay) => sum + delay, 0) / part.length,
      );
      assert.closeTo(after as number, before as number, 1);
    });
  }

  it('is heard sample by sample while the clocks agree', () => {
    const { largestStep, delays } = play(0);
    assert.isBelow(largestStep, 0.01);
    assert.isBelow(Math.max(...delays) - Math.min(...delays), 0.5);
  });
});
