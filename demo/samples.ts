/** Small samples of what the library can generate, made on the page: signals are plain functions. */
import { createPatternRenderer, createToneRenderer, type Picture } from 'track-elements/signals';

const rate = { numerator: 30, denominator: 1 };

/** One picture of a pattern: the first that is not all of one color, if it has one. */
export function samplePicture(pattern: string, width: number, height: number): Picture {
  const renderer = createPatternRenderer({
    kind: 'video',
    pattern,
    width,
    height,
    frameRate: rate,
    speed: 1,
    label: '',
    timecode: false,
    seed: 0,
    params: {},
  });
  for (const n of [20, 0, 40, 60, 20]) {
    renderer.render(n);
    if (renderer.picture.y.some((level) => level !== renderer.picture.y[0])) break;
  }
  return renderer.picture;
}

/** The first seconds of a waveform, in two channels, at 48 kHz. */
export function sampleTone(waveform: string, seconds: number): [left: Float32Array, right: Float32Array] {
  const length = Math.round(seconds * 48000);
  const planes: [Float32Array, Float32Array] = [new Float32Array(length), new Float32Array(length)];
  const tone = { waveform, frequency: 1000, level: 0, channels: 2, sampleRate: 48000, seed: 0, phase: 0, params: {} };
  createToneRenderer({ kind: 'audio', ...tone }).render(planes, 0);
  return planes;
}
