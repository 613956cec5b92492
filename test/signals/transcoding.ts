/* Media through FFmpeg's encoders and filters. */
import { execFileSync } from 'node:child_process';

/** Runs FFmpeg. Returns what it writes to its output. */
export function ffmpeg(args: readonly string[], input?: Uint8Array): Uint8Array {
  return execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-threads', '1', ...args], {
    input,
    maxBuffer: 2 ** 30,
    stdio: 'pipe',
  });
}

function has(...[args, text]: [args: readonly string[], text: string]): boolean {
  try {
    return Buffer.from(ffmpeg(args)).includes(text);
  } catch {
    return false;
  }
}

/** Whether FFmpeg is installed. */
export const hasFfmpeg = has(['-version'], 'ffmpeg');

/** Whether its encoder of Opus has an option for discontinuous transmission. */
export const hasOpusDtx = hasFfmpeg && has(['-h', 'encoder=libopus'], '-dtx ');

/** 32-bit samples of one channel, encoded and decoded. The decoder removes the delay of the encoder. */
export function throughOpus(samples: Float32Array, sampleRate: number, options: readonly string[]): Float32Array {
  const format = ['-f', 'f32le', '-ar', `${sampleRate}`, '-ac', '1'];
  const encoded = ffmpeg(
    [...format, '-i', '-', '-c:a', 'libopus', '-application', 'voip', '-ac', '1', ...options, '-f', 'ogg', '-'],
    new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength),
  );
  return floatsOf(ffmpeg(['-i', '-', ...format, '-'], encoded));
}

/** Samples through a filter of FFmpeg. At a lower rate they lose what lies above half of it. */
export function filtered(
  samples: Float32Array,
  sampleRate: number,
  filter: string,
  rateAfter = sampleRate,
): Float32Array {
  const format = (rate: number) => ['-f', 'f32le', '-ar', `${rate}`, '-ac', '1'];
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  return floatsOf(ffmpeg([...format(sampleRate), '-i', '-', '-af', filter, ...format(rateAfter), '-'], bytes));
}

const floatsOf = (bytes: Uint8Array): Float32Array =>
  new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
