/* Pictures of BT.709 in the matrix of BT.601: the values of both are those of ITU-R BT.601-7 and BT.709-6. */
import { recodePlanes } from '../../dist/rtc/worker/bt601-part.js';
import { assert, describe, it } from '../support/suite.js';
import type { Ycc } from '../support/video-pixels.js';

/** 75 % and 100 % bars: in BT.709, and in BT.601. */
const BARS: readonly [name: string, bt709: Ycc, bt601: Ycc][] = [
  ['75 % white', [180, 128, 128], [180, 128, 128]],
  ['75 % yellow', [168, 44, 136], [162, 44, 142]],
  ['75 % cyan', [145, 147, 44], [131, 156, 44]],
  ['75 % green', [133, 63, 52], [112, 72, 58]],
  ['75 % magenta', [63, 193, 204], [84, 184, 198]],
  ['75 % red', [51, 109, 212], [65, 100, 212]],
  ['75 % blue', [28, 212, 120], [35, 212, 114]],
  ['100 % yellow', [219, 16, 138], [210, 16, 146]],
  ['100 % green', [173, 42, 26], [145, 54, 34]],
  ['100 % red', [63, 102, 240], [81, 90, 240]],
];

const SIZE = { width: 4, height: 4, fullRange: false };

describe('A picture of BT.709 that is recoded', () => {
  for (const [name, [y, cb, cr], expected] of BARS) {
    it(`has the BT.601 values of ${name}, within a level`, () => {
      const bytes = new Uint8ClampedArray(24).fill(y, 0, 16).fill(cb, 16, 20).fill(cr, 20);
      const layout = [0, 16, 20].map((offset, plane) => ({ offset, stride: plane ? 2 : 4 }));
      recodePlanes(bytes, layout, { format: 'I420', ...SIZE });
      for (const [index, [start, end]] of [
        [0, 16],
        [16, 20],
        [20, 24],
      ].entries()) {
        for (const value of bytes.subarray(start, end)) assert.closeTo(value, expected[index] ?? -1, 1);
      }
    });
  }

  it('has the same values in each layout of the planes, also with a size that is odd', () => {
    const [, [y, cb, cr], expected] = BARS[3] ?? assert.fail();
    const picture = { width: 3, height: 3, fullRange: false };
    const nv12 = new Uint8ClampedArray(17).fill(y, 0, 9);
    for (let at = 9; at < 17; at += 2) nv12.set([cb, cr], at);
    recodePlanes(
      nv12,
      [
        { offset: 0, stride: 3 },
        { offset: 9, stride: 4 },
      ],
      { format: 'NV12', ...picture },
    );
    const i444 = new Uint8ClampedArray(27).fill(y, 0, 9).fill(cb, 9, 18).fill(cr, 18);
    recodePlanes(
      i444,
      [0, 9, 18].map((offset) => ({ offset, stride: 3 })),
      { format: 'I444', ...picture },
    );
    for (const bytes of [nv12, i444]) for (const value of bytes.subarray(0, 9)) assert.closeTo(value, expected[0], 1);
    assert.closeTo(nv12[15] ?? 0, expected[1], 1);
    assert.closeTo(nv12[16] ?? 0, expected[2], 1);
    assert.closeTo(i444[17] ?? 0, expected[1], 1);
    assert.closeTo(i444[26] ?? 0, expected[2], 1);
  });

  it('is clipped where a value would pass 255', () => {
    const bytes = new Uint8ClampedArray([250, 250, 250, 250, 255, 255]);
    recodePlanes(
      bytes,
      [0, 4, 5].map((offset) => ({ offset, stride: 2 })),
      {
        format: 'I420',
        width: 2,
        height: 2,
        fullRange: true,
      },
    );
    assert.equal(bytes[0], 255);
  });
});
