/* The samples of frames as planes in a colour space: the values of both are those of ITU-R BT.601-7 and BT.709-6. */
import { convertSamples } from '../../dist/engine/worker/frame-planes.js';
import { assert, describe, it } from '../support/suite.js';
import type { Rgb, Ycc } from '../support/video-pixels.js';

interface Bar {
  readonly rgb: Rgb;
  readonly bt601: Ycc;
  readonly bt709: Ycc;
}

/** Full-range RGB of 100 % bars and of grey. */
const BARS: Readonly<Record<string, Bar>> = {
  white: { rgb: [255, 255, 255], bt601: [235, 128, 128], bt709: [235, 128, 128] },
  yellow: { rgb: [255, 255, 0], bt601: [210, 16, 146], bt709: [219, 16, 138] },
  green: { rgb: [0, 255, 0], bt601: [145, 54, 34], bt709: [173, 42, 26] },
  red: { rgb: [255, 0, 0], bt601: [81, 90, 240], bt709: [63, 102, 240] },
  blue: { rgb: [0, 0, 255], bt601: [41, 240, 110], bt709: [32, 240, 118] },
  black: { rgb: [0, 0, 0], bt601: [16, 128, 128], bt709: [16, 128, 128] },
};

const SPACES = ['bt601', 'bt709'] as const;
const MATRICES = { bt601: 'smpte170m', bt709: 'bt709' } as const;
const unknown = { matrix: null, fullRange: null };
const SIDE = 4;

/** Samples of one colour in planes of these widths and heights; with more than one value, samples that follow each other. */
function planar(
  format: string,
  planes: readonly (readonly [values: readonly number[], columns: number, rows: number])[],
) {
  const layout = [];
  const bytes: number[] = [];
  for (const [values, columns, rows] of planes) {
    // Rows are longer than the picture, as decoders have them.
    const stride = columns * values.length + 3;
    layout.push({ offset: bytes.length, stride });
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) bytes.push(...values);
      bytes.push(0, 0, 0);
    }
  }
  return { bytes: Uint8Array.from(bytes), format, planes: layout, width: SIDE, height: SIDE };
}

const forms: Readonly<Record<string, (ycc: Ycc) => ReturnType<typeof planar>>> = {
  I420: ([y, u, v]) =>
    planar('I420', [
      [[y], 4, 4],
      [[u], 2, 2],
      [[v], 2, 2],
    ]),
  NV12: ([y, u, v]) =>
    planar('NV12', [
      [[y], 4, 4],
      [[u, v], 2, 2],
    ]),
  I422: ([y, u, v]) =>
    planar('I422', [
      [[y], 4, 4],
      [[u], 2, 4],
      [[v], 2, 4],
    ]),
  I444: ([y, u, v]) =>
    planar('I444', [
      [[y], 4, 4],
      [[u], 4, 4],
      [[v], 4, 4],
    ]),
};

/** All samples of a picture are this colour, within a level. */
function assertColor({ width, height, ...planes }: ReturnType<typeof convertSamples>, color: Ycc): void {
  for (const [index, name] of (['y', 'u', 'v'] as const).entries()) {
    const { samples, stride } = planes[name];
    const shift = name === 'y' ? 0 : 1;
    for (let row = 0; row < height >> shift; row++) {
      for (let at = row * stride; at < row * stride + (width >> shift); at++) {
        assert.closeTo(samples[at] ?? -1, color[index] ?? -1, 1, `${name} ${at}`);
      }
    }
  }
}

describe('The samples of a frame', () => {
  for (const [name, { rgb, ...codes }] of Object.entries(BARS)) {
    for (const space of SPACES) {
      for (const format of ['RGBA', 'RGBX', 'BGRA', 'BGRX']) {
        it(`in ${format} become ${space}: ${name}`, () => {
          const values = [...(format.startsWith('RGB') ? rgb : rgb.toReversed()), 255];
          assertColor(convertSamples(planar(format, [[values, 4, 4]]), unknown, space), codes[space]);
        });
      }

      for (const [format, make] of Object.entries(forms)) {
        it(`in ${format} of ${space} become either colour space: ${name}`, () => {
          const colors = { matrix: MATRICES[space], fullRange: false };
          for (const other of SPACES) assertColor(convertSamples(make(codes[space]), colors, other), codes[other]);
        });
      }
    }
  }

  it('of full range become limited range', () => {
    // Full-range BT.601, as in JFIF: red is 76, 85, 255.
    const colors = { matrix: 'smpte170m', fullRange: true } as const;
    const picture = planar('I420', [
      [[76], 4, 4],
      [[85], 2, 2],
      [[255], 2, 2],
    ]);
    for (const space of SPACES) assertColor(convertSamples(picture, colors, space), BARS.red?.[space] ?? [0, 0, 0]);
  });

  it('that are transparent are laid over black', () => {
    const half = planar('RGBA', [[[255, 255, 255, 128], 4, 4]]);
    // 128 of 255 levels of white.
    assertColor(convertSamples(half, unknown, 'bt601'), [16 + Math.round((219 * 128) / 255), 128, 128]);
    assertColor(convertSamples(planar('BGRA', [[[255, 9, 0, 0], 4, 4]]), unknown, 'bt709'), [16, 128, 128]);
  });

  it('of an odd size have chroma for the last column and row', () => {
    const odd = { ...planar('RGBX', [[[255, 0, 0, 255], 3, 3]]), width: 3, height: 3 };
    const { u, v } = convertSamples(odd, unknown, 'bt601');
    assert.deepEqual([...u.samples], [90, 90, 90, 90]);
    assert.deepEqual([...v.samples], [240, 240, 240, 240]);
  });
});
