/** What each signal costs by itself, in Node: no browser, no track. */
import { availableParallelism } from 'node:os';
import { median } from '../statistics.js';

const SIZE = { width: 1920, height: 1080 };
const BLOCK = 480;

/** Milliseconds a frame that a moving pattern may take. */
const most = (name) => (['mandelbrot', 'life'].includes(name) ? 12 : 4);

/** Frames from here on, in order: of what gets harder with time, more than its beginning. */
const starts = [0, 400, 800];

export const signals = {
  name: 'signals',
  title: `Signals in Node ${process.versions.node}, one of ${availableParallelism()} cores: milliseconds a frame at 1920x1080, and times real time`,

  async run({ rounds, quick, table }) {
    // The build has just been made, so it is loaded now and not before.
    const { createPatternRenderer, createToneRenderer, patterns, waveforms } = await import('track-elements/signals');
    for (const { name } of patterns) {
      const measured = timePattern(() => createPatternRenderer(patternOf(name)), quick ? 5 : rounds * 8);
      table.note(name, measured.times);
      table.add(`signals: ${name}, ${measured.still ? 'once, then nothing' : 'a frame'}`, {
        value: measured.still ? measured.times['first frame, ms'] : measured.times['a frame, ms'],
        unit: ' ms',
        ...(!measured.still && { most: most(name) }),
      });
    }
    for (const { name } of waveforms) {
      const times = Array.from({ length: rounds }, () =>
        timesRealTime(createToneRenderer(toneOf(name)), quick ? 1 : 10),
      );
      table.add(`signals: ${name}, 48 kHz, one channel`, { value: median(times), unit: '×', least: 200 });
    }
  },
};

/** How long the first frame takes from the description on, and each one after that; in a row, as they are played. */
function timePattern(create, frames) {
  let renderer = create();
  const still = Array.from({ length: 100 }, (_, n) => renderer.key(n)).every((key, _n, [first]) => key === first);
  const first = milliseconds(() => {
    renderer = create();
    renderer.render(0);
  });
  if (still) return { still, times: { 'first frame, ms': first } };
  const times = starts.flatMap((start) => {
    renderer.render(start);
    return Array.from({ length: frames }, (_, i) => milliseconds(() => renderer.render(start + 1 + i)));
  });
  return {
    still,
    times: { 'first frame, ms': first, 'a frame, ms': median(times), 'the slowest, ms': Math.max(...times) },
  };
}

/** Seconds of sound in a second of work, in blocks of 10 ms. */
function timesRealTime(renderer, seconds) {
  const samples = [new Float32Array(BLOCK)];
  const play = (from, to) => {
    for (let n = from; n < to; n += BLOCK) renderer.render(samples, n);
  };
  play(0, 48_000);
  const spent = milliseconds(() => play(48_000, 48_000 * (1 + seconds)));
  return (seconds * 1000) / spent;
}

function milliseconds(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const patternOf = (pattern) => ({
  kind: 'video',
  pattern,
  ...SIZE,
  frameRate: { numerator: 30, denominator: 1 },
  speed: 1,
  label: '',
  timecode: false,
  seed: 0,
  params: {},
});

const toneOf = (waveform) => ({
  kind: 'audio',
  waveform,
  frequency: 1000,
  level: -18,
  channels: 1,
  sampleRate: 48_000,
  seed: 0,
  phase: 0,
  params: {},
});
