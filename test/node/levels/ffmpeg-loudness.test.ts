/* The meter and FFmpeg's `ebur128` measure the same programmes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AudioLevels } from '../../../dist/measure/levels/audio-meter.js';
import { assert, describe } from '../../support/suite.js';
import { withFfmpeg } from '../ffmpeg.js';
import { measure, render, type Stretch } from './programme.js';

/** The last of each value that `ebur128` writes, by its name: M, S, I, LRA, and the true peaks of the channels. */
function ebur128(planes: readonly Float32Array[], sampleRate: number): Record<string, number> {
  const samples = new Float32Array(planes.length * planes[0].length);
  for (const [channel, plane] of planes.entries()) {
    for (const [i, sample] of plane.entries()) samples[i * planes.length + channel] = sample;
  }
  const folder = mkdtempSync(join(tmpdir(), 'loudness-'));
  try {
    const file = join(folder, 'programme.f32');
    writeFileSync(file, new Uint8Array(samples.buffer));
    const format = ['-f', 'f32le', '-ar', `${sampleRate}`, '-ac', `${planes.length}`];
    const filter = 'ebur128=metadata=1:peak=true,ametadata=print:file=-';
    const options = ['-hide_banner', '-loglevel', 'error', ...format, '-i', file, '-af', filter, '-f', 'null', '-'];
    const printed = execFileSync('ffmpeg', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
    return Object.fromEntries(
      [...printed.matchAll(/lavfi\.r128\.(\w+)=(\S+)/g)].map(([, name, value]) => [name, Number(value)]),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const noise = (level: number, seconds: number): Stretch => ({
  level,
  seconds,
  tone: { waveform: 'pink-noise', seed: [1, 2] },
});

const programmes: Record<string, Stretch[]> = {
  'pink noise that changes its level': [noise(-30, 5), noise(-12, 7), noise(-45, 4), noise(-20, 9), noise(-24, 6)],
  'a tone, noise, and different channels': [
    { level: [-20, -26], seconds: 6 },
    noise(-30, 6),
    { level: [-14, -40], seconds: 5, tone: { frequency: 3000 } },
    { level: -25, seconds: 8, tone: { waveform: 'white-noise', seed: [3, 4] } },
  ],
  'a low tone and a square': [
    { level: -10, seconds: 5, tone: { frequency: 60 } },
    { level: -22, seconds: 9, tone: { waveform: 'square', frequency: 440 } },
  ],
};

describe('The loudness of a programme, by the meter and by FFmpeg', () => {
  for (const sampleRate of [48_000, 44_100]) {
    for (const [title, programme] of Object.entries(programmes)) {
      withFfmpeg(`agree within 0.1 LU, and 0.5 LU of the range: ${title}, at ${sampleRate} Hz`, () => {
        const planes = render(programme, sampleRate);
        const { loudness } = measure(planes, sampleRate).at(-1) as AudioLevels;
        const theirs = ebur128(planes, sampleRate);
        const values: [string, number | null][] = [
          ['M', loudness.momentary],
          ['S', loudness.shortTerm],
          ['I', loudness.integrated],
          ['LRA', loudness.range],
        ];
        for (const [name, ours] of values) {
          // FFmpeg counts the first three seconds for the range, filled up with silence. EBU Tech 3342 allows 1 LU.
          assert.closeTo(ours ?? Number.NaN, theirs[name], name === 'LRA' ? 0.5 : 0.1, name);
        }
      });
    }
  }
});
