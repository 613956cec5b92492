/** Renders single pictures and seconds of tones on the page itself: signals are pure functions. */
import { createPatternRenderer, createToneRenderer, type Picture } from 'track-elements/signals';

const SAMPLE_RATE_HZ = 48000;

/** Frames that are tried, in this order, until one has more than one brightness. */
const candidateFrames = [20, 0, 40, 60, 20];

/** A typical picture of a pattern. */
export function renderPicture(pattern: string, width: number, height: number): Picture {
  const renderer = createPatternRenderer({ pattern, width, height });
  for (const n of candidateFrames) {
    renderer.render(n);
    if (renderer.picture.y.some((luma) => luma !== renderer.picture.y[0])) break;
  }
  return renderer.picture;
}

/** The first seconds of a waveform at 0 dBFS, in two channels, at 48 kHz. */
export function renderTone(waveform: string, seconds: number): [left: Float32Array, right: Float32Array] {
  const length = Math.round(seconds * SAMPLE_RATE_HZ);
  const planes: [Float32Array, Float32Array] = [new Float32Array(length), new Float32Array(length)];
  createToneRenderer({ waveform, level: 0, channels: 2, sampleRate: SAMPLE_RATE_HZ }).render(planes, 0);
  return planes;
}
