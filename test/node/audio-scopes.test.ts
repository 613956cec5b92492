/* Scopes of samples: levels and frequencies are those of the tone by arithmetic. */
import { goniometerGraticule, spectrumGraticule } from '../../dist/measure/scopes/audio-graticules.js';
import type { AudioScope } from '../../dist/measure/scopes/audio-scope.js';
import { Goniometer } from '../../dist/measure/scopes/goniometer.js';
import { LevelSpectrum } from '../../dist/measure/scopes/level-spectrum.js';
import { Oscilloscope } from '../../dist/measure/scopes/oscilloscope.js';
import { HISTORY_SAMPLES, SampleHistory } from '../../dist/measure/scopes/sample-history.js';
import type { ScopeSettings } from '../../dist/measure/scopes/scope-settings.js';
import { SpectrogramScope } from '../../dist/measure/scopes/spectrogram-scope.js';
import { SpectrumScope } from '../../dist/measure/scopes/spectrum-scope.js';
import type { Trace } from '../../dist/measure/scopes/trace.js';
import { assert, describe, it } from '../support/suite.js';

const settings: ScopeSettings = {
  view: 'spectrum',
  components: 'rgb',
  intensity: 1,
  gain: 1,
  timeSpan: 20,
  refreshRate: 15,
  color: [140, 240, 170],
  width: 800,
  height: 400,
};

const RATE_HZ = 48_000;

type Wave = (n: number) => number;

const sine =
  (frequency: number, amplitude = 1, phase = 0, sampleRate = RATE_HZ): Wave =>
  (n) =>
    amplitude * Math.sin((2 * Math.PI * frequency * n) / sampleRate + phase);

/** So many samples of a wave for each channel, in blocks of 10 ms. */
function historyOf(waves: readonly Wave[], count = RATE_HZ / 2, sampleRate = RATE_HZ): SampleHistory {
  const history = new SampleHistory(sampleRate, waves.length);
  addTo(history, waves, count);
  return history;
}

function addTo(history: SampleHistory, waves: readonly Wave[], count: number): void {
  const end = history.total + count;
  while (history.total < end) {
    const length = Math.min(history.sampleRate / 100, end - history.total);
    history.add(waves.map((wave) => Float32Array.from({ length }, (_, i) => wave(history.total + i))));
  }
}

const alphaAt = ({ width, pixels }: Trace, x: number, y: number): number => pixels[y * width + x] >>> 24;

/** The row of the highest pixel of each column that is brighter than half. */
function tops(trace: Trace): number[] {
  return Array.from({ length: trace.width }, (_, x) => {
    for (let y = 0; y < trace.height; y++) if (alphaAt(trace, x, y) > 127) return y;
    return trace.height;
  });
}

function draw(scope: AudioScope, history: SampleHistory): Trace {
  scope.draw(history);
  return scope.trace;
}

describe('The spectrum of levels', () => {
  for (const amplitude of [1, 0.125, 1e-4]) {
    it(`has ${20 * Math.log10(amplitude)} dBFS at the bin of a sine of that level, and 92 dB less beside it`, () => {
      const spectrum = new LevelSpectrum(8192);
      const bin = 171;
      const history = historyOf([sine((bin * RATE_HZ) / 8192, amplitude)]);
      const levels = spectrum.measure(history, 0, history.total);
      assert.closeTo(levels[bin], 20 * Math.log10(amplitude), 0.01);
      for (const [each, level] of levels.entries()) {
        if (Math.abs(each - bin) > 4) assert.isBelow(level, levels[bin] - 90);
      }
    });
  }

  it('is at most 0.83 dB low between two bins', () => {
    const spectrum = new LevelSpectrum(8192);
    const history = historyOf([sine((171.5 * RATE_HZ) / 8192)]);
    const levels = spectrum.measure(history, 0, history.total);
    assert.closeTo(levels[171], -0.83, 0.01);
    assert.closeTo(levels[172], -0.83, 0.01);
  });

  it('has the power of the samples: Parseval', () => {
    let seed = 1;
    const noise = () => {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
      return seed / 2 ** 32 - 0.5;
    };
    const history = historyOf([noise], 8192);
    const levels = new LevelSpectrum(8192).measure(history, 0, history.total);
    // White noise of uniform samples has the power 1/12; a bin has 2 · 2 / 8192 of it, times the window's noise bandwidth of 2.0.
    const mean = levels.reduce((sum, level) => sum + 10 ** (level / 10), 0) / levels.length;
    assert.closeTo(10 * Math.log10(mean), 10 * Math.log10(((1 / 12) * 4 * 2.004) / 8192), 0.6);
  });
});

describe('A spectrum', () => {
  for (const sampleRate of [44_100, 48_000]) {
    it(`shows a tone of 1 kHz at −18 dBFS at its place, at ${sampleRate} Hz`, () => {
      const scope = new SpectrumScope(settings);
      const trace = draw(scope, historyOf([sine(1000, 10 ** (-18 / 20), 0, sampleRate)], sampleRate / 2, sampleRate));
      const columns = tops(trace);
      const highest = Math.min(...columns);
      // 20 Hz at the left, 20 kHz at the right: log(50) / log(1000) of the width.
      const place = (Math.log(50) / Math.log(1000)) * 800;
      assert.closeTo(columns.indexOf(highest), place, 1);
      // 0 dBFS at the top, −120 at the bottom; at most 0.83 dB low.
      assert.closeTo(highest, (18 / 120) * 400, 4);
      assert.match(scope.summary, /^Highest at 1000 Hz, −18\.\d dBFS$/);
    });
  }

  it('has a line at 1 kHz where the tone is, and its label', () => {
    const { lines, labels } = spectrumGraticule();
    const place = Math.log(50) / Math.log(1000);
    assert.isTrue(lines.some(({ x1, x2 }) => Math.abs(x1 - place) < 1e-9 && x1 === x2));
    assert.equal(labels.find(({ x, place: where }) => where === 'below' && Math.abs(x - place) < 1e-9)?.text, '1k');
  });

  it('shows nothing of silence', () => {
    const scope = new SpectrumScope(settings);
    const trace = draw(scope, historyOf([() => 0]));
    assert.isTrue(tops(trace).every((top) => top >= 398));
    assert.equal(scope.summary, 'Silence');
  });

  it('draws each channel in a colour of its own', () => {
    const trace = draw(new SpectrumScope(settings), historyOf([sine(200), sine(5000)]));
    const colorAtTop = (frequency: number) => {
      const x = Math.floor((Math.log(frequency / 20) / Math.log(1000)) * 800);
      return trace.pixels[tops(trace)[x] * 800 + x] & 0xffffff;
    };
    assert.equal(colorAtTop(200), (170 << 16) | (240 << 8) | 140);
    assert.notEqual(colorAtTop(5000), colorAtTop(200));
  });
});

describe('An oscilloscope', () => {
  it('begins at a rise through 0, whatever the phase is', () => {
    for (const phase of [0, 1, 2, 3, 4, 5, 6]) {
      const trace = draw(new Oscilloscope(settings), historyOf([sine(997, 0.5, phase)]));
      // The line is 1.6 pixels wide, around the middle.
      assert.isAbove(alphaAt(trace, 0, 199), 0);
      // A quarter of a period later it is at its top.
      const quarter = Math.round(800 / (0.02 * 997) / 4);
      assert.closeTo(tops(trace)[quarter], 100, 3, `phase ${phase}`);
    }
  });

  it('shows the number of periods that its time has', () => {
    const trace = draw(new Oscilloscope({ ...settings, timeSpan: 10 }), historyOf([sine(1000, 0.9)]));
    const columns = tops(trace);
    let rises = 0;
    for (let x = 1; x < 800; x++) if (columns[x - 1] >= 150 && columns[x] < 150) rises++;
    assert.equal(rises, 10);
  });

  it('draws −1 to 1 over the height of each channel, and the gain magnifies it', () => {
    const low = Math.min(...tops(draw(new Oscilloscope(settings), historyOf([sine(500, 1)]))));
    assert.isAtMost(low, 2);
    const quarter = Math.min(...tops(draw(new Oscilloscope(settings), historyOf([sine(500, 0.25)]))));
    const magnified = Math.min(...tops(draw(new Oscilloscope({ ...settings, gain: 2 }), historyOf([sine(500, 0.25)]))));
    assert.closeTo(quarter, 150, 2);
    assert.closeTo(magnified, 100, 2);
  });

  it('draws two channels above each other, and names the peak of each', () => {
    const scope = new Oscilloscope(settings);
    const trace = draw(scope, historyOf([sine(500, 0.5), () => 0]));
    const rows = new Set<number>();
    for (let y = 0; y < 400; y++) if (alphaAt(trace, 300, y) > 0) rows.add(y);
    assert.isTrue([...rows].some((y) => y < 200));
    assert.isTrue(rows.has(300));
    assert.equal(scope.summary, 'Peaks: Left −6.0 dBFS, Right silence');
  });
});

describe('A spectrogram', () => {
  it('has a tone as a bright row, for as long as it lasts, at the right', () => {
    const scope = new SpectrogramScope(settings);
    const trace = draw(scope, historyOf([sine(1000, 0.5)], RATE_HZ * 2));
    const row = 255 - Math.floor((Math.log(50) / Math.log(1000)) * 256);
    const isBright = (x: number, y: number) => ((trace.pixels[y * 500 + x] >> 8) & 255) > 100;
    // 50 columns a second, of 10 s.
    assert.isFalse(isBright(390, row));
    for (let x = 410; x < 500; x++) assert.isTrue(isBright(x, row), `column ${x}`);
    assert.isFalse(isBright(450, row - 30));
    assert.isFalse(isBright(450, row + 30));
    assert.match(scope.summary, /^Highest level −6\.\d dBFS$/);
  });

  it('moves to the left with time', () => {
    const scope = new SpectrogramScope(settings);
    const history = historyOf([sine(1000, 0.5)], RATE_HZ);
    draw(scope, history);
    addTo(history, [() => 0], 2 * RATE_HZ);
    const trace = draw(scope, history);
    const row = 255 - Math.floor((Math.log(50) / Math.log(1000)) * 256);
    const bright = Array.from({ length: 500 }, (_, x) => ((trace.pixels[row * 500 + x] >> 8) & 255) > 100);
    // It lasted from 3 s to 2 s ago, and 85 ms are one spectrum.
    assert.closeTo(bright.indexOf(true), 350, 5);
    assert.closeTo(bright.lastIndexOf(true), 400, 5);
  });
});

describe('A goniometer', () => {
  /** The pixels that are lit, as places from the middle: to the right and upwards. */
  const litIn = (waves: readonly Wave[], changes: Partial<ScopeSettings> = {}): [number, number][] => {
    const trace = draw(new Goniometer({ ...settings, ...changes }), historyOf(waves, RATE_HZ / 10));
    const lit: [number, number][] = [];
    for (const [i, pixel] of trace.pixels.entries()) {
      if (pixel >>> 24) lit.push([(i % 255) - 127, 127 - Math.floor(i / 255)]);
    }
    assert.isNotEmpty(lit);
    return lit;
  };

  it('shows mono as a vertical line', () => {
    for (const waves of [[sine(1000, 0.5)], [sine(1000, 0.5), sine(1000, 0.5)]]) {
      const lit = litIn(waves);
      assert.isTrue(lit.every(([x]) => x === 0));
      assert.closeTo(Math.max(...lit.map(([, y]) => y)), 64, 1);
    }
  });

  it('shows opposite phases as a horizontal line', () => {
    const lit = litIn([sine(1000, 0.5), sine(1000, 0.5, Math.PI)]);
    assert.isTrue(lit.every(([, y]) => Math.abs(y) <= 1));
    assert.closeTo(Math.max(...lit.map(([x]) => x)), 64, 1);
  });

  it('shows the left channel alone at 45° to the left, the right one to the right', () => {
    const left = litIn([sine(1000), () => 0]);
    assert.isTrue(left.every(([x, y]) => Math.abs(x + y) <= 1));
    assert.closeTo(Math.max(...left.map(([, y]) => y)), 64, 1);
    const right = litIn([() => 0, sine(1000)]);
    assert.isTrue(right.every(([x, y]) => Math.abs(x - y) <= 1));
  });

  it('has the corners of its diamond at full scale', () => {
    const lit = litIn([sine(1000, 1), sine(1000, 1)]);
    const top = Math.max(...lit.map(([, y]) => y));
    assert.closeTo(top, 127, 1);
    assert.isTrue(goniometerGraticule().lines.some(({ x1, y1 }) => x1 === 0.5 && y1 === 0));
  });

  it('magnifies by its gain', () => {
    const lit = litIn([sine(1000, 0.1), sine(1000, 0.1)], { gain: 5 });
    assert.closeTo(Math.max(...lit.map(([, y]) => y)), 64, 1);
  });

  it('names the correlation', () => {
    const summaryOf = (waves: readonly Wave[]) => {
      const scope = new Goniometer(settings);
      scope.draw(historyOf(waves, RATE_HZ / 10));
      return scope.summary;
    };
    assert.equal(summaryOf([sine(1000)]), 'Correlation 1.00');
    assert.equal(summaryOf([sine(1000), sine(1000, 1, Math.PI)]), 'Correlation −1.00');
    // The correlation of two sines is the cosine of their difference.
    assert.equal(summaryOf([sine(1000), sine(1000, 1, Math.PI / 3)]), 'Correlation 0.50');
    assert.equal(summaryOf([sine(1000), () => 0]), 'No correlation: a channel is silent');
  });
});

describe('The history of samples', () => {
  it('keeps the newest samples, and has 0 for samples that are gone or have not come', () => {
    const history = new SampleHistory(RATE_HZ, 1);
    const count = HISTORY_SAMPLES + 1000;
    addTo(history, [(n) => n], count);
    assert.equal(history.at(0, count - 1), count - 1);
    assert.equal(history.at(0, 1000), 1000);
    assert.equal(history.at(0, 999), 0);
    assert.equal(history.at(0, count), 0);
  });
});
