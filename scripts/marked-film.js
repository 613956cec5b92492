/** A film with the mark of each frame in its pictures and its samples, made by FFmpeg, so that tests know what is to be seen and heard. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programNamed } from './browsers/program.js';

const execute = promisify(execFile);

const SAMPLE_RATE = 48_000;
const SIZE = { width: 320, height: 180 };

/** Arguments of FFmpeg for the codecs of each file. */
const codecs = {
  webm: {
    video: ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime'],
    audio: ['-c:a', 'libopus', '-b:a', '128k'],
  },
  mp4: {
    video: ['-c:v', 'libvpx-vp9', '-b:v', '1M', '-deadline', 'realtime'],
    audio: ['-c:a', 'libopus', '-b:a', '128k'],
  },
  // MPEG-4 part 2, which no browser decodes.
  old: { video: ['-c:v', 'mpeg4', '-f', 'mp4'], audio: ['-c:a', 'aac'] },
  mkv: { video: ['-c:v', 'libvpx', '-b:v', '1M', '-deadline', 'realtime'], audio: ['-c:a', 'flac'] },
};

/** The pictures as raw I420: a card with a mark that has the number of the frame. */
async function pictures(frames, rate) {
  const { createPatternRenderer, parseRate } = await import('../dist/signals/index.js');
  const renderer = createPatternRenderer({
    ...SIZE,
    pattern: 'card',
    frameRate: parseRate(rate),
    colorSpace: 'bt601',
    mark: true,
    markSource: 5,
  });
  const bytes = [];
  for (let n = 0; n < frames; n++) {
    renderer.render(n, 0);
    const { y, u, v } = renderer.picture;
    bytes.push(Buffer.from(y), Buffer.from(u), Buffer.from(v));
  }
  return Buffer.concat(bytes);
}

/** The samples as 32-bit floats, of one channel: a tone with a mark that has the number of the frame. */
async function samples(seconds, rate) {
  const { createToneRenderer, parseRate } = await import('../dist/signals/index.js');
  const tone = { waveform: 'sine', frequency: 5000, level: -30, sampleRate: SAMPLE_RATE, channels: 1 };
  const plane = new Float32Array(Math.round(seconds * SAMPLE_RATE));
  createToneRenderer({ ...tone, mark: true, markRate: parseRate(rate), markLevel: -12 }).render([plane], 0);
  return Buffer.from(plane.buffer);
}

/**
 * Resolves to the file in base64; to `null` where FFmpeg is not installed.
 *
 * @param {{
 *   format: 'webm' | 'mp4' | 'mkv' | 'old', seconds?: number, rate?: number, kinds?: readonly ('video' | 'audio')[], rotation?: 90 | 180 | 270,
 *   leftOut?: string
 * }} film
 */
export async function makeMarkedFilm({
  format,
  seconds = 3,
  rate = 30,
  kinds = ['video', 'audio'],
  rotation,
  leftOut,
}) {
  if (!(await programNamed('ffmpeg'))) return null;
  const folder = await mkdtemp(join(tmpdir(), 'track-elements-film-'));
  const at = (name) => join(folder, name);
  try {
    const args = ['-hide_banner', '-loglevel', 'error'];
    if (kinds.includes('video')) {
      await writeFile(at('pictures'), await pictures(Math.round(seconds * rate), rate));
      const size = `${SIZE.width}x${SIZE.height}`;
      args.push('-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', size, '-r', `${rate}`, '-i', at('pictures'));
    }
    if (kinds.includes('audio')) {
      await writeFile(at('samples'), await samples(seconds, rate));
      args.push('-f', 'f32le', '-ar', `${SAMPLE_RATE}`, '-ac', '1', '-i', at('samples'));
    }
    const { video, audio } = codecs[format];
    if (kinds.includes('video')) args.push(...video, '-g', '15');
    if (leftOut) args.push('-vf', `select='not(${leftOut})'`, '-fps_mode', 'vfr');
    if (kinds.includes('audio')) args.push(...audio);
    await execute('ffmpeg', [...args, at(`film.${format}`)]);
    if (!rotation) return (await readFile(at(`film.${format}`))).toString('base64');
    // The pictures are not changed: the file says that they are to be shown turned, like those of a phone.
    const turned = [
      '-i',
      at(`film.${format}`),
      '-c',
      'copy',
      '-metadata:s:v',
      `rotate=${rotation}`,
      at(`turned.${format}`),
    ];
    await execute('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...turned]);
    return (await readFile(at(`turned.${format}`))).toString('base64');
  } finally {
    await rm(folder, { recursive: true });
  }
}
