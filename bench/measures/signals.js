/** The time that each pattern and waveform takes to render in Node, without a browser and without a track. */
import { availableParallelism } from 'node:os';
import { median } from '../statistics.js';

const SIZE = { width: 1920, height: 1080 };
const SAMPLE_RATE_HZ = 48_000;

/** Samples of 10 ms. */
const BLOCK = 480;

/** The limit for a frame of a moving pattern, in milliseconds. */
const maxFrameTime = (name) => (['mandelbrot', 'life'].includes(name) ? 12 : 4);

/** Frames are timed from each of these on, because later frames of some patterns take longer. */
const firstFrames = [0, 400, 800];

export const signals = {
  name: 'signals',
  title: `Signals in Node ${process.versions.node}, one of ${availableParallelism()} cores: milliseconds per frame at 1920x1080, and times real time`,

  async run({ rounds, quick, table }) {
    // Loaded here and not above, because the bench builds the library first.
    const { createPatternRenderer, createToneRenderer, patterns, waveforms } = await import('track-elements/signals');
    for (const { name } of patterns) {
      const measured = timePattern(() => createPatternRenderer({ pattern: name, ...SIZE }), quick ? 5 : rounds * 8);
      table.note(name, measured.times);
      table.add(`signals: ${name}, ${measured.isStill ? 'first frame only' : 'per frame'}`, {
        value: measured.isStill ? measured.times['first frame, ms'] : measured.times['per frame, ms'],
        unit: ' ms',
        ...(!measured.isStill && { most: maxFrameTime(name) }),
      });
    }
    for (const { name } of waveforms) {
      const times = Array.from({ length: rounds }, () =>
        timesRealTime(createToneRenderer({ waveform: name, channels: 1, sampleRate: SAMPLE_RATE_HZ }), quick ? 1 : 10),
      );
      table.add(`signals: ${name}, 48 kHz, one channel`, { value: median(times), unit: '×', least: 200 });
    }
  },
};

/** Times the first frame, from the description on, and then frames in order, as they are played. */
function timePattern(create, frames) {
  let renderer = create();
  const isStill = Array.from({ length: 100 }, (_, n) => renderer.key(n)).every((key, _n, [first]) => key === first);
  const first = milliseconds(() => {
    renderer = create();
    renderer.render(0);
  });
  if (isStill) return { isStill, times: { 'first frame, ms': first } };
  const times = firstFrames.flatMap((start) => {
    renderer.render(start);
    return Array.from({ length: frames }, (_, i) => milliseconds(() => renderer.render(start + 1 + i)));
  });
  return {
    isStill,
    times: { 'first frame, ms': first, 'per frame, ms': median(times), 'slowest frame, ms': Math.max(...times) },
  };
}

/** Seconds of audio that are rendered in a second, in blocks of 10 ms. */
function timesRealTime(renderer, seconds) {
  const samples = [new Float32Array(BLOCK)];
  const play = (from, to) => {
    for (let n = from; n < to; n += BLOCK) renderer.render(samples, n);
  };
  play(0, SAMPLE_RATE_HZ);
  const spent = milliseconds(() => play(SAMPLE_RATE_HZ, SAMPLE_RATE_HZ * (1 + seconds)));
  return (seconds * 1000) / spent;
}

function milliseconds(work) {
  const start = performance.now();
  work();
  return performance.now() - start;
}
