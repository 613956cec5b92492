/* Fragments of FLAC in MP4, as FFmpeg reads them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FlacFormat, flacFragment, flacHeader } from '../../src/generator/flac-mp4.js';
import { FragmentTarget } from '../../src/generator/worker/audio-target.js';
import { assert, describe, it } from '../support/suite.js';
import { withFfmpeg } from './ffmpeg.js';

const FULL_SCALE = 2 ** 23;

/** Any samples of 24 bits, both ends of the scale among them. */
function noise(length: number, channel: number): Float32Array {
  let state = 12_345 + channel;
  return Float32Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    if (i < 2) return i === 0 ? -1 : (FULL_SCALE - 1) / FULL_SCALE;
    return ((state >>> 8) - FULL_SCALE) / FULL_SCALE;
  });
}

/** The samples that FFmpeg reads, of 24 bits, channel by channel in turn. It fails for a wrong check sum. */
function decode(file: Uint8Array): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'track-elements-flac-'));
  try {
    const path = join(folder, 'file.mp4');
    writeFileSync(path, file);
    const args = ['-loglevel', 'error', '-xerror', '-err_detect', 'crccheck+explode', '-i', path, '-f', 's32le', '-'];
    const bytes = execFileSync('ffmpeg', args, { maxBuffer: 1 << 28 });
    return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readInt32LE(4 * i) / 256);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('FLAC in fragments of MP4', () => {
  const formats: FlacFormat[] = [
    { sampleRate: 48_000, channels: 2, frames: 480 },
    { sampleRate: 44_100, channels: 1, frames: 441 },
    { sampleRate: 96_000, channels: 8, frames: 960 },
    { sampleRate: 8000, channels: 1, frames: 80 },
  ];
  for (const format of formats) {
    const { sampleRate, channels, frames } = format;
    withFfmpeg(`has the very samples that were written: ${sampleRate} Hz, ${channels} channels`, () => {
      const planes = Array.from({ length: channels }, (_, channel) => noise(frames * 3, channel));
      const fragments = [0, 1, 2].map((number) =>
        flacFragment(
          format,
          number,
          planes.map((plane) => plane.subarray(number * frames, (number + 1) * frames)),
        ),
      );
      const read = decode(Buffer.concat([flacHeader(format), ...fragments]));
      const written = Array.from({ length: frames * 3 * channels }, (_, i) =>
        Math.round(((planes[i % channels] as Float32Array)[Math.floor(i / channels)] as number) * FULL_SCALE),
      );
      assert.deepEqual(read, written);
    });
  }

  withFfmpeg('continues for days: numbers of every length', () => {
    const format = { sampleRate: 48_000, channels: 1, frames: 480 };
    // The first and the last number of each length in bytes, as RFC 9639, section 9.1.5, has them.
    for (const number of [0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1_0000, 0x1f_ffff, 0x20_0000, 0x3ff_ffff, 0x400_0000]) {
      const plane = noise(480, 0);
      const read = decode(Buffer.concat([flacHeader(format), flacFragment(format, number, [plane])]));
      assert.deepEqual(
        read,
        Array.from(plane, (sample) => Math.round(sample * FULL_SCALE)),
        `${number}`,
      );
    }
  });

  withFfmpeg('clips what is beyond full scale', () => {
    const format = { sampleRate: 48_000, channels: 1, frames: 16 };
    const read = decode(Buffer.concat([flacHeader(format), flacFragment(format, 0, [new Float32Array(16).fill(1.5)])]));
    assert.deepEqual(read, Array(16).fill(FULL_SCALE - 1));
  });
});

describe('The buffer of a media element', () => {
  const open = (): FragmentTarget =>
    new FragmentTarget({ sampleRate: 48_000, channels: 1, frames: 480 }, {
      postMessage: () => {},
    } as unknown as MessagePort);

  // The page begins with 20 blocks of 10 ms, and 80 ms should wait.
  it('misses nothing while about 80 ms wait', () => {
    for (const position of [100, 120, 140]) assert.equal(open().missingBlocks(position), 0);
  });

  it('corrects only what several readings of the position agree on', () => {
    const target = open();
    const positions = [120, 120, 0, 120, 0, 0, 0];
    assert.deepEqual(
      positions.map((position) => target.missingBlocks(position)),
      [0, 0, 0, 0, 0, 0, -12],
    );
  });

  it('has too much of it after a stall, so that the delay is made up', () => {
    assert.equal(open().missingBlocks(0), -12);
  });

  it('misses blocks when it runs out', () => {
    assert.equal(open().missingBlocks(180), 6);
  });

  it('never wants more than 80 ms at once, also where the clock has jumped', () => {
    assert.equal(open().missingBlocks(10_000), 8);
  });
});
