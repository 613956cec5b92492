import { execFileSync } from 'node:child_process';
import type { Picture } from 'track-elements/signals';
import { it } from '../support/suite.js';

const run = (...args: string[]) =>
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...args], { maxBuffer: 1 << 28, stdio: 'pipe' });

function installed(): boolean {
  try {
    run('-version');
    return true;
  } catch {
    console.log('ffmpeg is not installed: what is compared with it is skipped. On Debian: apt-get install ffmpeg');
    return false;
  }
}

/** A test that needs ffmpeg: skipped, with a word, where there is none. */
export const withFfmpeg: typeof it | typeof it.skip = installed() ? it : it.skip;

/** The bytes of the first frame of one of its sources, as `rgb24`, `yuv420p` and so on. */
export const frameOf = (source: string, format: string): Uint8Array =>
  run('-f', 'lavfi', '-i', source, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', format, '-');

/** The same as a picture. A source that makes `yuv420p` itself is not converted on the way. */
export function pictureOfSource(source: string, width: number, height: number): Omit<Picture, 'colorSpace'> {
  const bytes = frameOf(`${source}${source.includes('=') ? ':' : '='}size=${width}x${height}`, 'yuv420p');
  const luma = width * height;
  return {
    width,
    height,
    y: bytes.subarray(0, luma),
    u: bytes.subarray(luma, (luma * 5) / 4),
    v: bytes.subarray((luma * 5) / 4),
  };
}
