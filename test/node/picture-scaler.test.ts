/* Pictures of one size in a picture of another one. */
import { createPicture, type Picture } from 'track-elements/signals';
import { PictureScaler } from '../../dist/engine/worker/picture-scaler.js';
import { assert, describe, it } from '../support/suite.js';

type Fit = ConstructorParameters<typeof PictureScaler>[2];

/** Planes whose luma is made by a function of the place, and whose chroma is flat. */
function planesOf(width: number, height: number, lumaAt: (x: number, y: number) => number) {
  const samples = Uint8Array.from({ length: width * height }, (_, i) => lumaAt(i % width, Math.floor(i / width)));
  const across = (width + 1) >> 1;
  const chroma = (level: number) => ({
    samples: new Uint8Array(across * ((height + 1) >> 1)).fill(level),
    stride: across,
  });
  return { width, height, y: { samples, stride: width }, u: chroma(90), v: chroma(240) };
}

interface Scaling {
  readonly from: readonly [width: number, height: number];
  readonly to: readonly [width: number, height: number];
  readonly lumaAt?: (x: number, y: number) => number;
  readonly fit?: Fit;
  readonly aspect?: number;
}

function scaled({ from, to, lumaAt = () => 200, fit = 'contain', aspect = from[0] / from[1] }: Scaling): Picture {
  const picture = createPicture(...to);
  const [width, height] = from;
  new PictureScaler({ width, height, aspect }, picture, fit).scale(planesOf(width, height, lumaAt));
  return picture;
}

/** The columns and rows of a plane that are not black: first and last. */
function extentOf({ width, height, y }: Picture): readonly number[] {
  const isPart = (index: number) => y[index] !== 16;
  const columns = Array.from({ length: width }, (_, x) => x).filter((x) => isPart(Math.floor(height / 2) * width + x));
  const rows = Array.from({ length: height }, (_, row) => row).filter((row) => isPart(row * width + width / 2));
  return [columns[0] ?? -1, columns.at(-1) ?? -1, rows[0] ?? -1, rows.at(-1) ?? -1];
}

describe('A scaled picture', () => {
  const sizes: readonly (readonly [width: number, height: number])[] = [
    [64, 36],
    [32, 18],
    [128, 72],
    [176, 100],
    [46, 26],
    [6, 4],
    [2, 2],
  ];
  for (const [width, height] of sizes) {
    it(`of one colour keeps it at ${width}x${height}`, () => {
      const { y, u, v } = scaled({ from: [64, 36], to: [width, height], fit: 'fill' });
      assert.isTrue(y.every((level) => level === 200));
      assert.isTrue(u.every((level) => level === 90));
      assert.isTrue(v.every((level) => level === 240));
    });
  }

  it('of the same size is the same', () => {
    const lumaAt = (x: number, y: number) => 16 + ((x * 7 + y * 13) % 220);
    const picture = scaled({ from: [32, 20], to: [32, 20], lumaAt });
    assert.deepEqual(picture.y, planesOf(32, 20, lumaAt).y.samples);
  });

  it('follows a ramp, larger and smaller', () => {
    for (const width of [20, 80, 120, 314]) {
      const { y } = scaled({ from: [80, 8], to: [width, 8], fit: 'fill', lumaAt: (x) => 20 + 2 * x });
      const step = 80 / width;
      // Beside the edges, where the outermost samples continue.
      const margin = Math.ceil(2 / step) + 2;
      for (let x = margin; x < width - margin; x++) {
        assert.closeTo(y[x] ?? -1, 20 + 2 * ((x + 0.5) * step - 0.5), 1, `${width}: ${x}`);
      }
    }
  });

  it('has the mean of fine lines, and no moiré', () => {
    const { y } = scaled({ from: [200, 8], to: [50, 8], fit: 'fill', lumaAt: (x) => (x % 2 ? 200 : 40) });
    // Beside the edges, where the outermost samples continue.
    for (const level of y.subarray(1, 49)) assert.closeTo(level, 120, 2);
  });

  it('has black bars with contain', () => {
    assert.deepEqual(extentOf(scaled({ from: [64, 64], to: [64, 36] })), [14, 49, 0, 35]);
    assert.deepEqual(extentOf(scaled({ from: [64, 16], to: [32, 32] })), [0, 31, 12, 19]);
    const { u } = scaled({ from: [64, 16], to: [32, 32] });
    assert.deepEqual([u[0], u[8 * 16]], [128, 90]);
  });

  it('is cut off with cover', () => {
    const lumaAt = (x: number) => 40 + x * 2;
    const picture = scaled({ from: [64, 16], to: [16, 16], fit: 'cover', lumaAt });
    assert.deepEqual(extentOf(picture), [0, 15, 0, 15]);
    // The middle quarter: columns 24 to 39.
    assert.deepEqual(
      [...picture.y.subarray(0, 16)],
      Array.from({ length: 16 }, (_, x) => lumaAt(24 + x)),
    );
  });

  it('is stretched with fill', () => {
    assert.deepEqual(extentOf(scaled({ from: [64, 16], to: [16, 32], fit: 'fill' })), [0, 15, 0, 31]);
  });

  it('has the shape in which the picture is displayed, if its pixels are not square', () => {
    // 720x576 of 16:9.
    assert.deepEqual(extentOf(scaled({ from: [72, 58], to: [128, 72], aspect: 16 / 9 })), [0, 127, 0, 71]);
  });
});
