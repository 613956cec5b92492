/** A recording as FFmpeg reads it. A browser plays more than it should; FFmpeg is a second opinion. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { programNamed } from './browsers/program.js';

const execute = promisify(execFile);

const run = (program, args, encoding = 'utf8') =>
  execute(program, ['-hide_banner', '-loglevel', 'error', ...args], { encoding, maxBuffer: 1 << 28 });

async function describe(path) {
  const { stdout, stderr } = await run('ffprobe', ['-show_streams', '-show_format', '-of', 'json', path]);
  const { streams, format } = JSON.parse(stdout);
  return { streams, format, errors: stderr };
}

/** Time in seconds and mean luma of each picture. FFmpeg fits pictures of another size into that of the first. */
async function pictures(path) {
  const args = [
    '-i',
    path,
    '-an',
    '-vf',
    'signalstats,metadata=print:file=-',
    '-vsync',
    'passthrough',
    '-f',
    'null',
    '-',
  ];
  const { stdout, stderr } = await run('ffmpeg', args);
  const frames = stdout.split(/^frame:/m).slice(1);
  const number = (frame, name) => Number(new RegExp(`${name}[:=]([-\\d.]+)`).exec(frame)?.[1]);
  return {
    // The output, which is none, rounds times to the frame rate.
    errors: stderr.replace(/^.*non monotonically increasing dts to muxer.*\n(?:\s*Last message repeated.*\n)?/gm, ''),
    pictures: frames.map((frame) => ({ time: number(frame, 'pts_time'), luma: number(frame, 'YAVG') })),
  };
}

/** The largest sample of each millisecond from the beginning of the file, of one channel. */
async function levels(path, channel) {
  const filter = `aresample=48000:async=1:first_pts=0,pan=mono|c0=c${channel}`;
  const args = ['-i', path, '-vn', '-af', filter, '-f', 'f32le', '-'];
  const { stdout, stderr } = await run('ffmpeg', args, 'buffer');
  const samples = new Float32Array(stdout.buffer, stdout.byteOffset, stdout.byteLength >> 2);
  const peaks = Array.from({ length: Math.floor(samples.length / 48) }, (_, index) =>
    Math.max(...samples.subarray(index * 48, index * 48 + 48).map(Math.abs)),
  );
  return { errors: `${stderr}`, levels: peaks };
}

/**
 * Resolves to `streams` and `format` of ffprobe, `pictures` and `levels`, and to the errors that FFmpeg reports, `errors`; to
 * an empty object where FFmpeg is not installed.
 *
 * @param {{ base64: string, channel?: number }} file
 */
export async function inspectMediaFile({ base64, channel = 0 }) {
  if (!(await programNamed('ffmpeg'))) return {};
  const folder = await mkdtemp(join(tmpdir(), 'track-elements-media-'));
  const path = join(folder, 'file');
  try {
    await writeFile(path, Buffer.from(base64, 'base64'));
    const described = await describe(path);
    const has = (kind) => described.streams.some(({ codec_type }) => codec_type === kind);
    const video = has('video') ? await pictures(path) : { errors: '', pictures: [] };
    const audio = has('audio') ? await levels(path, channel) : { errors: '', levels: [] };
    return {
      ...described,
      errors: described.errors + video.errors + audio.errors,
      pictures: video.pictures,
      levels: audio.levels,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
