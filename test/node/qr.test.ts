/*
 * The pattern `qr`: read by another program's decoder (jsQR), and module by module the code of another program's encoder
 * (uqr).
 */
import jsqr from 'jsqr';
import { createPatternRenderer, type PatternDescription, type Picture } from 'track-elements/signals';
import { encode } from 'uqr';
import { encodeQrCode, type QrLevel } from '../../dist/signals/video/qr-code.js';
import { finish } from '../../dist/signals/video/slices.js';
import { assert, describe, it } from '../support/suite.js';

// A CommonJS module, which Node gives as the default of its exports.
const { default: readQrCode } = jsqr;

const levels = ['L', 'M', 'Q', 'H'] as const;
const numbers = Array.from({ length: 40 }, (_, i) => i + 1);
const sideOf = (version: number) => 17 + 4 * version;

/**
 * The numbers of table 7 of the standard for all levels: the most digits, digits and capitals, and bytes of a version.
 */
const capacities: [version: number, level: QrLevel, digits: number, capitals: number, bytes: number][] = [
  [1, 'L', 41, 25, 17],
  [1, 'M', 34, 20, 14],
  [1, 'Q', 27, 16, 11],
  [1, 'H', 17, 10, 7],
  [7, 'M', 293, 178, 122],
  [9, 'L', 552, 335, 230],
  [10, 'L', 652, 395, 271],
  [26, 'Q', 1804, 1094, 751],
  [27, 'Q', 1933, 1172, 805],
  [40, 'L', 7089, 4296, 2953],
  [40, 'M', 5596, 3391, 2331],
  [40, 'Q', 3993, 2420, 1663],
  [40, 'H', 3057, 1852, 1273],
];

const code = (text: string, level: QrLevel) => finish(encodeQrCode(text, level, (accepted) => new Error(accepted)));

/** A text of so many letters of an alphabet, in no order. */
const mixed = (alphabet: string, length: number) =>
  Array.from({ length }, (_, i) => alphabet[(7 * i * i + 3 * i + length) % alphabet.length]).join('');

const draw = (params: object, changes: Partial<PatternDescription> = {}): Picture => {
  const renderer = createPatternRenderer({ pattern: 'qr', width: 640, height: 360, params: { ...params }, ...changes });
  renderer.render(0);
  return renderer.picture;
};

/** Luma as the grey pixels that a decoder takes. */
function read({ y, width, height }: Picture): string | undefined {
  const rgba = new Uint8ClampedArray(4 * y.length);
  for (const [i, luma] of y.entries()) rgba.set([luma, luma, luma, 255], 4 * i);
  const found = readQrCode(rgba, width, height);
  return found ? new TextDecoder().decode(Uint8Array.from(found.binaryData)) : undefined;
}

/** Columns and rows, from the first to behind the last, that hold anything darker than white. */
function darkBox({ y, width, height }: Picture) {
  const columns: number[] = [];
  const rows: number[] = [];
  y.forEach((luma, i) => {
    if (luma >= 200) return;
    columns.push(i % width);
    rows.push(Math.floor(i / width));
  });
  const ends = (list: number[]) =>
    list.reduce(([a, b], n) => [Math.min(a, n), Math.max(b, n + 1)], [width + height, 0]);
  const [[left, right], [top, bottom]] = [ends(columns), ends(rows)];
  return { left, right, top, bottom };
}

describe('A QR code', () => {
  for (const level of levels) {
    it(`has the modules of another encoder in the versions 1 to 40, level ${level}`, () => {
      const seen = new Set<number>();
      for (let length = 1; seen.size < numbers.length; length += Math.max(2, Math.floor(length / 40))) {
        const text = `a${mixed('abcXYZ 123', length - 1)}`;
        const ours = code(text, level);
        if (seen.has(ours.size)) continue;
        seen.add(ours.size);
        const theirs = encode(text, { ecc: level, border: 0, boostEcc: false });
        assert.equal(ours.size, theirs.size);
        assert.deepEqual([...ours.modules], theirs.data.flat().map(Number), `${length} letters`);
      }
      assert.deepEqual([...seen], numbers.map(sideOf));
    });

    it(`has them for digits, and for digits and capitals, level ${level}`, () => {
      for (const alphabet of ['0123456789', 'ABCXYZ019 $%*+-./:']) {
        for (const length of [1, 2, 3, 4, 5, 100, 101, 601, 999]) {
          const text = mixed(alphabet, length);
          const theirs = encode(text, { ecc: level, border: 0, boostEcc: false });
          assert.deepEqual([...code(text, level).modules], theirs.data.flat().map(Number), text);
        }
      }
    });
  }

  for (const [version, level, ...lengths] of capacities) {
    it(`holds what the standard says: version ${version}, level ${level}`, () => {
      for (const [i, letter] of ['7', 'A', 'a'].entries()) {
        const most = lengths[i] ?? 0;
        assert.equal(code(letter.repeat(most), level).size, sideOf(version));
        const isLast = version === 40;
        if (isLast) assert.throws(() => code(letter.repeat(most + 1), level), `at most ${most}`);
        else assert.equal(code(letter.repeat(most + 1), level).size, sideOf(version + 1));
      }
    });
  }
});

describe('The pattern qr', () => {
  it('is read at every size, in the middle of the picture', () => {
    const text = 'https://example.com/?camera=front';
    for (const [width, height] of [
      [640, 360],
      [1280, 720],
      [180, 320],
      [320, 180],
      [66, 66],
      [722, 482],
      [1920, 1080],
    ]) {
      assert.equal(read(draw({ text }, { width, height })), text, `${width}x${height}`);
    }
  });

  for (const level of levels) {
    it(`is read at the level ${level}, in small and large versions`, () => {
      for (const length of [1, 40, 120, 300, 700, 1200]) {
        const text = mixed('abcdefgh 0123', length);
        assert.equal(read(draw({ text, level }, { width: 1080, height: 1080 })), text, `${length} letters`);
      }
    });
  }

  it('is read in the largest version', () => {
    const text = mixed('abcdefgh 0123', 2953);
    assert.equal(read(draw({ text, level: 'L' }, { width: 1110, height: 1110 })), text);
  });

  it('is read with letters of all languages', () => {
    for (const text of ['Grüße', 'カメラ 1', 'камера', '🎥 front 🎬', 'é', 'A\n\u0000B']) {
      assert.equal(read(draw({ text })), text);
    }
  });

  it('is read if a part of it is covered', () => {
    const picture = draw({ text: 'track', level: 'H' }, { width: 290, height: 290 });
    // 29 modules of 10 px. 4 of the middle 21 × 21 are 16 of 208 data modules.
    for (let row = 130; row < 170; row++) picture.y.fill(16, row * 290 + 130, row * 290 + 170);
    assert.equal(read(picture), 'track');
  });

  it('has whole modules of the largest size that fits, at even pixels, and four modules of margin', () => {
    for (const [width, height] of [
      [640, 360],
      [58, 58],
      [62, 60],
      [180, 320],
      [722, 482],
    ]) {
      const picture = draw({ text: 'a' }, { width, height });
      const { left, right, top, bottom } = darkBox(picture);
      const scale = Math.floor(Math.min(width, height) / 29);
      assert.deepEqual([right - left, bottom - top], [21 * scale, 21 * scale], `${width}x${height}`);
      assert.deepEqual([left % 2, top % 2], [0, 0]);
      assert.isAtLeast(Math.min(left, top, width - right, height - bottom), 4 * scale);
      assert.isAtMost(Math.abs(left - (width - right)), 2);
      assert.isAtMost(Math.abs(top - (height - bottom)), 2);
    }
  });

  it('is black on white, or in the colors that are given', () => {
    const { y, width } = draw({ text: 'a' }, { width: 58, height: 58 });
    assert.deepEqual([y[0], y[8 * width + 8]], [235, 16]);
    const blue = { r: 0, g: 0, b: 255 };
    const colored = draw({ text: 'a' }, { width: 58, height: 58, color: blue, background: { r: 255, g: 255, b: 0 } });
    // BT.601: blue is 41, 240, 110, and yellow is 210, 16, 146.
    assert.deepEqual([colored.y[0], colored.u[0], colored.v[0]], [210, 16, 146]);
    const inside = { luma: 8 * width + 8, chroma: (4 * width) / 2 + 4 };
    assert.deepEqual([colored.y[inside.luma], colored.u[inside.chroma], colored.v[inside.chroma]], [41, 240, 110]);
  });

  it('fails with a sentence for a text that is too long', () => {
    const capacity = 'it must be at most 1273 bytes in UTF-8 for level H.';
    assert.throws(() => draw({ text: 'a'.repeat(1274), level: 'H' }), RangeError, capacity);
    assert.throws(() => draw({ text: '1'.repeat(7090), level: 'L' }), RangeError, 'at most 7089 digits for level L.');
    // Of 2956 bytes, 12 bits say that it is UTF-8, and 20 are the mode and the length.
    assert.throws(
      () => draw({ text: 'é'.repeat(1500), level: 'L' }),
      RangeError,
      'at most 2952 bytes in UTF-8 for level L.',
    );
  });

  it('fails with a sentence for a picture that is too small for the text', () => {
    const sentence =
      'params.text is "a"; it must be shorter for a picture of 28x40, since its code needs 29x29 px at level M.';
    assert.throws(() => draw({ text: 'a' }, { width: 28, height: 40 }), RangeError, sentence);
  });
});
