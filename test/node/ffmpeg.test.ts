/*
 * Patterns against FFmpeg's sources, where those are right. Known faults of FFmpeg that are left out: in `smptebars` the
 * blacks of the blue row (19 for 16), −I and +Q (of another size, and with luma), +4 % (24 for 25); in `smptehdbars` −I
 * and +Q (EG 1's, in BT.601), and a ramp that begins at the reserved code 0 and takes in the white beside it. All its bars have an even width, so that
 * edges are compared only where the exact width is even.
 */
import { rgbToYcc } from 'track-elements/signals';
import { colorAt, pictureOf } from '../signals/descriptions.js';
import { assert, describe } from '../support/suite.js';
import { frameOf, pictureOfSource, withFfmpeg } from './ffmpeg.js';

const bt601 = { colorSpace: 'bt601' } as const;

describe('Patterns that FFmpeg has too', () => {
  for (const [pattern, source] of [
    ['ebu-75', 'pal75bars'],
    ['ebu-100', 'pal100bars'],
  ]) {
    for (const [width, height] of [
      [640, 480],
      [720, 576],
      [1920, 1080],
    ]) {
      withFfmpeg(`are the same in every sample: ${pattern} and ${source} at ${width}x${height}`, () => {
        const [ours, theirs] = [
          pictureOf({ pattern, width, height, ...bt601 }),
          pictureOfSource(source, width, height),
        ];
        for (const plane of ['y', 'u', 'v'] as const) {
          assert.equal(Buffer.compare(ours[plane], theirs[plane]), 0, plane);
        }
      });
    }
  }

  // The middle of each field, in 84ths of the width, and twelfths of the height.
  const sevenths = Array.from({ length: 7 }, (_, i) => 6 + 12 * i);
  const eg1: [number, number[]][] = [
    [4, sevenths],
    [8.5, [6, 30, 54, 78]],
    [10.5, [22, 52, 62, 66, 78]],
  ];
  withFfmpeg('have the same colours in their fields: smpte and smptebars', () => {
    for (const [width, height] of [
      [720, 480],
      [720, 576],
    ]) {
      const [ours, theirs] = [
        pictureOf({ pattern: 'smpte', width, height }),
        pictureOfSource('smptebars', width, height),
      ];
      for (const [row, columns] of eg1) {
        for (const column of columns) {
          const [x, y] = [Math.floor((column * width) / 84), Math.floor((row * height) / 12)];
          assert.deepEqual(colorAt(ours, x, y), colorAt({ ...theirs, ...bt601 }, x, y), `${column}/84, ${row}/12`);
        }
      }
    }
  });

  // In 56ths of the width: side bars have 7, the seven between them 6 each.
  const hd: [number, number[]][] = [
    [3, [3, 10, 16, 22, 28, 34, 40, 46, 53]],
    [7.5, [3, 30, 53]],
    [8.5, [3, 53]],
    [10.5, [3, 11, 22, 30, 34, 36, 38, 40, 42, 46, 53]],
  ];
  withFfmpeg('have the same colours in their fields: smpte-hd and smptehdbars', () => {
    for (const [width, height] of [
      [1280, 720],
      [1920, 1080],
    ]) {
      const ours = pictureOf({ pattern: 'smpte-hd', width, height });
      const theirs = { ...pictureOfSource('smptehdbars', width, height), colorSpace: ours.colorSpace };
      for (const [row, columns] of hd) {
        for (const column of columns) {
          const [x, y] = [Math.floor((column * width) / 56), Math.floor((row * height) / 12)];
          assert.deepEqual(colorAt(ours, x, y), colorAt(theirs, x, y), `${column}/56, ${row}/12`);
        }
      }
    }
  });

  withFfmpeg('have the same ramps: yuv-test and yuvtestsrc', () => {
    const [width, height] = [1280, 720];
    const ours = pictureOf({ pattern: 'yuv-test', width, height });
    const theirs = frameOf(`yuvtestsrc=size=${width}x${height}`, 'yuv444p');
    for (let row = 0; row < height; row += 2) {
      for (let column = 0; column < width; column += 2) {
        for (const [k, value] of colorAt(ours, column, row).entries()) {
          // FFmpeg's goes from 0 to 255, ours from 1 to 254: one. FFmpeg rounds down, ours is the nearest: one.
          const other = theirs[(k * height + row) * width + column];
          if (Math.abs(value - other) > 2) assert.closeTo(value, other, 2, `${column}, ${row}`);
        }
      }
    }
  });

  withFfmpeg('have the same ramps: rgb-test and rgbtestsrc', () => {
    const [width, height] = [1280, 720];
    const ours = pictureOf({ pattern: 'rgb-test', width, height });
    const theirs = frameOf(`rgbtestsrc=size=${width}x${height}`, 'rgb24');
    for (let row = 0; row < height; row += 2) {
      for (let column = 0; column < width; column += 2) {
        const [r, g, b] = theirs.subarray(3 * (row * width + column));
        const { y, u, v } = rgbToYcc({ r, g, b }, ours.colorSpace);
        for (const [k, value] of colorAt(ours, column, row).entries()) {
          // FFmpeg rounds down to whole RGB first: as much as a level of it, which is less than one of Y'CbCr, and its rounding.
          const other = [y, u, v][k];
          if (Math.abs(value - other) > 1) assert.closeTo(value, other, 1, `${column}, ${row}`);
        }
      }
    }
  });

  withFfmpeg('have the same 24 patches, in the same order: color-chart and colorchart', () => {
    const [width, height] = [490, 330];
    const ours = pictureOf({ pattern: 'color-chart', width, height });
    const theirs = frameOf('colorchart', 'rgb24');
    for (let i = 0; i < 24; i++) {
      const [column, row] = [i % 6, Math.floor(i / 6)];
      const [r, g, b] = theirs.subarray(3 * ((row * 64 + 32) * 384 + column * 64 + 32));
      const { y, u, v } = rgbToYcc({ r, g, b }, ours.colorSpace);
      assert.deepEqual(colorAt(ours, column * 80 + 45, row * 80 + 45), [y, u, v], `patch ${i}`);
    }
  });

  withFfmpeg('have the same colour, but for its rounding: solid and color', () => {
    for (const hex of ['c08040', '123456', 'ff00ff', 'ffffff', '000000']) {
      const [r, g, b] = [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));
      const ours = pictureOf({ pattern: 'solid', color: { r, g, b }, width: 64, height: 64 });
      const theirs = { ...pictureOfSource(`color=c=0x${hex}`, 64, 64), ...bt601 };
      for (const [k, value] of colorAt(ours, 32, 32).entries())
        assert.closeTo(value, colorAt(theirs, 32, 32)[k], 1, hex);
    }
  });
});
