/** Small samples of what the library can generate, made on the page: signals are plain functions. */
import {
  createPatternRenderer,
  createToneRenderer,
  type PatternDescription,
  type Picture,
  type ToneDescription,
} from 'track-elements/signals';

const rate = { numerator: 30, denominator: 1 };

/** One picture of a pattern. */
export function samplePicture(pattern: string, change: Partial<PatternDescription> = {}): Picture {
  const renderer = createPatternRenderer({
    kind: 'video',
    pattern,
    width: 160,
    height: 90,
    frameRate: rate,
    speed: 1,
    label: '',
    timecode: false,
    seed: 0,
    params: pattern === 'checkers' ? { size: 10 } : {},
    ...change,
  });
  renderer.render(20);
  return renderer.picture;
}

/** The first samples of a waveform, two cycles of it where it has any. */
export function sampleWave(waveform: string, change: Partial<ToneDescription> = {}): Float32Array {
  const samples = new Float32Array(96);
  const tone = { waveform, frequency: 1000, level: 0, channels: 1, sampleRate: 48000, seed: 0, phase: 0, params: {} };
  createToneRenderer({ kind: 'audio', ...tone, ...change }).render([samples], 0);
  return samples;
}
