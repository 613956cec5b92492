/* The mark of pictures: its bits, its place, and that damage never makes a wrong number. */
import {
  createPicture,
  type FoundMark,
  type MarkPlace,
  type Picture,
  type PictureMark,
  paintMark,
  readMark,
} from 'track-elements/signals';
import { decodeMark, encodeMark, WORD_BYTES } from '../../dist/signals/mark/picture-mark.js';
import { random32 } from '../../dist/signals/random.js';
import { assert, describe, it } from '../support/suite.js';
import { pictureOf } from './descriptions.js';

const rate = { numerator: 30000, denominator: 1001 };
const example: PictureMark = { frame: 123456789, rate, time: 1_795_991_104_319, source: 4711 };

/** The content of a mark, without its place. */
const said = (found: FoundMark | null): PictureMark | null =>
  found && { frame: found.frame, rate: found.rate, time: found.time, source: found.source };

const zonePlates = new Map<string, Picture>();

/** A zone plate with a mark, and the same without. */
function marked(mark: PictureMark, options?: { place?: MarkPlace; size?: number }, width = 1280, height = 720) {
  const size = `${width}x${height}`;
  const plain = zonePlates.get(size) ?? pictureOf({ pattern: 'zone-plate', width, height });
  zonePlates.set(size, plain);
  const picture = { ...plain, y: plain.y.slice(), u: plain.u.slice(), v: plain.v.slice() };
  return { plain, picture, area: paintMark(picture, mark, options) };
}

describe('The word of a mark', () => {
  const rates = [
    [1, 1],
    [10, 1],
    [12, 1],
    [25, 2],
    [24000, 1001],
    [25, 1],
    [30000, 1001],
    [48000, 1001],
    [60000, 1001],
    [120000, 1001],
    [2997, 200],
    [32767, 1023],
    [1000, 1],
    [1, 1000],
  ];
  for (const [numerator, denominator] of rates) {
    it(`carries the rate ${numerator}/${denominator} exactly`, () => {
      const mark = { ...example, rate: { numerator, denominator } };
      assert.deepEqual(decodeMark(encodeMark(mark)), mark);
    });
  }

  it('carries the smallest and the largest numbers', () => {
    for (const mark of [
      { frame: 0, rate, time: 0, source: 0 },
      { frame: 2 ** 32 - 1, rate, time: 2 ** 42 - 1, source: 2 ** 16 - 1 },
    ]) {
      assert.deepEqual(decodeMark(encodeMark(mark)), mark);
    }
  });

  it('has the bits that docs/mark.md gives', () => {
    const bits = [
      (1).toString(2).padStart(4, '0'),
      example.frame.toString(2).padStart(32, '0'),
      example.time.toString(2).padStart(42, '0'),
      example.source.toString(2).padStart(16, '0'),
      `1${(30).toString(2).padStart(15, '0')}${(1).toString(2).padStart(10, '0')}`,
    ].join('');
    const mask = [0x24, 0x3f, 0x6a, 0x88, 0x85, 0xa3, 0x08, 0xd3, 0x13, 0x19, 0x8a, 0x2e, 0x03, 0x70, 0x73];
    const expected = mask.map((byte, i) => byte ^ Number.parseInt(bits.slice(8 * i, 8 * i + 8), 2));
    assert.deepEqual([...encodeMark(example).subarray(0, 15)], expected);
  });

  it('is a multiple of the generator polynomial: its value is 0 at eight powers of 2 in GF(256)', () => {
    const mask = [0x24, 0x3f, 0x6a, 0x88, 0x85, 0xa3, 0x08, 0xd3, 0x13, 0x19, 0x8a, 0x2e, 0x03, 0x70, 0x73, 0x44, 0xa4];
    mask.push(0x09, 0x38, 0x22, 0x29, 0x9f, 0x31);
    const times = (a: number, b: number): number => {
      let product = 0;
      for (let bit = 128; bit > 0; bit >>= 1) {
        product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
        if (b & bit) product ^= a;
      }
      return product;
    };
    for (let power = 0, root = 1; power < 8; power++, root = times(root, 2)) {
      const value = encodeMark(example).reduce((sum, byte, i) => times(sum, root) ^ byte ^ mask[i], 0);
      assert.equal(value, 0, `2^${power}`);
    }
  });

  const wrong: [Partial<PictureMark>, string][] = [
    [{ frame: -1 }, 'frame is -1; it must be a whole number from 0 to 4294967295.'],
    [{ frame: 0.5 }, 'frame is 0.5; it must be a whole number from 0 to 4294967295.'],
    [{ time: 2 ** 42 }, 'time is 4398046511104; it must be a whole number from 0 to 4398046511103 ms.'],
    [{ source: 65536 }, 'source is 65536; it must be a whole number from 0 to 65535.'],
    [
      { rate: { numerator: 299701, denominator: 10000 } },
      'rate is "299701/10000"; it must be a fraction of whole numbers up to 32767/1023, or 1000/1001 of one.',
    ],
  ];
  for (const [part, message] of wrong) {
    it(`refuses ${JSON.stringify(part)}`, () =>
      assert.throws(() => encodeMark({ ...example, ...part }), RangeError, message));
  }

  it('is read with up to three damaged bytes, wherever they are', () => {
    for (let i = 0; i < 2000; i++) {
      const word = encodeMark(example);
      for (let k = 0; k < 3; k++) word[random32(1, 6 * i + k) % WORD_BYTES] ^= random32(1, 6 * i + 3 + k) & 255;
      assert.deepEqual(decodeMark(word), example);
    }
  });

  it('is refused with four damaged bytes', () => {
    for (let i = 0; i < 2000; i++) {
      const word = encodeMark(example);
      const first = random32(2, i) % WORD_BYTES;
      for (let k = 0; k < 4; k++) word[(first + 5 * k) % WORD_BYTES] ^= 1 + (random32(3, 4 * i + k) % 255);
      assert.isNull(decodeMark(word));
    }
  });

  /*
   * Of all words Σ C(23, i) · 255ⁱ / 256⁸ for i ≤ 3 = 1.6 · 10⁻⁹ are within three bytes of a code word, and a sixteenth of
   * those has the version: 1 in 10¹⁰. A search tries at most 12 places in two ways, and 2 of 8 fixed cells may be
   * wrong (37 of 256 patterns): a random picture that had twelve frames would give a number once in 3 · 10⁹.
   */
  it('is never wrong: 20,000 random and damaged words', () => {
    let read = 0;
    for (let i = 0; i < 20_000; i++) {
      const random = (index: number) => random32(4, 512 * i + index);
      const mark = { ...example, frame: random(0), source: random(1) & 0xffff };
      const next = { ...mark, frame: (mark.frame + 1) % 2 ** 32, time: mark.time + 33 };
      const word = encodeMark(mark);
      const other = [
        // Random bytes, dark, light, and the cells of the next frame.
        word.map((_, byte) => random(2 + byte)),
        word.map(() => 0),
        word.map(() => 255),
        encodeMark(next),
      ][random(30) % 4];
      // A damaged stretch, or single damaged bits.
      const first = random(31) % (WORD_BYTES * 8);
      const length = random(32) % (WORD_BYTES * 8);
      const share = random(33) % 4;
      for (let bit = 0; bit < WORD_BYTES * 8; bit++) {
        const isDamaged = share === 0 ? bit >= first && bit < first + length : random(40 + bit) % 4 < share;
        const place = 0x80 >> (bit & 7);
        if (isDamaged) word[bit >> 3] = (word[bit >> 3] & ~place) | (other[bit >> 3] & place);
      }
      const found = decodeMark(word);
      if (!found) continue;
      read++;
      assert.deepEqual(found, found.frame === next.frame ? next : mark);
    }
    assert.isAbove(read, 1000);
  });

  it('is not a plain or regular pattern of cells', () => {
    for (const pattern of [0x00, 0xff, 0xaa, 0x55, 0xcc, 0x33, 0xf0, 0x0f]) {
      for (const turn of [0, 0xff]) {
        const word = Uint8Array.from({ length: WORD_BYTES }, (_, i) => (i % 2 ? pattern : pattern ^ turn));
        assert.isNull(decodeMark(word));
      }
    }
  });
});

describe('A mark in a picture', () => {
  const places: MarkPlace[] = ['top-left', 'top', 'top-right', 'left', 'center', 'right', 'bottom-left', 'bottom'];
  for (const place of [...places, 'bottom-right'] as MarkPlace[]) {
    it(`is read where it was painted: ${place}`, () => {
      const { picture, area } = marked(example, { place });
      assert.deepEqual(readMark(picture.y, 1280, 1280, 720), { ...example, area });
    });
  }

  for (const [width, height] of [
    [1920, 1080],
    [3840, 2160],
    [720, 1280],
    [640, 480],
    [320, 180],
    [160, 120],
  ]) {
    it(`covers less than 8 % by default: ${width}x${height}`, () => {
      const { plain, picture, area } = marked(example, {}, width, height);
      assert.deepEqual(readMark(picture.y, width, width, height), { ...example, area });
      const changed = picture.y.filter((value, i) => value !== plain.y[i]).length;
      assert.isBelow(changed / (width * height), 0.08);
      // The margin is a ninth of the frame's width, and a seventh of its height.
      const covered = (area.width * (20 / 18) * area.height * (16 / 14)) / (width * height);
      assert.isBelow(covered, 0.08);
      assert.isAtLeast(covered, 0.049);
    });
  }

  it('leaves room for a crop of 2 % at each edge', () => {
    const { area } = marked(example);
    assert.isAtLeast(area.x - area.width / 18, 0.02 * 1280);
    assert.isAtLeast(area.y - area.height / 14, 0.02 * 720);
  });

  it('stays in the video range, and has no colour', () => {
    const { picture, area } = marked(example);
    const luma = new Set<number>();
    const chroma = new Set<number>();
    for (let y = area.y; y < area.y + area.height; y++) {
      for (let x = area.x; x < area.x + area.width; x++) {
        luma.add(picture.y[y * 1280 + x]);
        for (const plane of [picture.u, picture.v]) chroma.add(plane[(y >> 1) * 640 + (x >> 1)]);
      }
    }
    assert.sameMembers([...luma], [40, 190]);
    assert.sameMembers([...chroma], [128]);
  });

  it('has the size that was asked for, at most', () => {
    for (const size of [1, 3, 20, 50]) {
      const { picture, area } = marked(example, { size });
      const covered = (area.width * (20 / 18) * area.height * (16 / 14)) / (1280 * 720);
      assert.isAtMost(covered, size / 100);
      assert.isAtLeast(covered, 0.6 * (size / 100));
      assert.deepEqual(said(readMark(picture.y, 1280, 1280, 720)), example);
    }
  });

  it('needs room, and options that exist', () => {
    const paint =
      (width: number, height: number, options = {}) =>
      () =>
        paintMark(createPicture(width, height), example, options);
    assert.throws(paint(38, 32), RangeError, 'the picture is "38x32"; it must be at least 40x32 to carry a mark.');
    assert.doesNotThrow(paint(40, 32));
    assert.throws(paint(640, 480, { size: 51 }), RangeError, 'size is 51; it must be a number from 1 to 50 %.');
    assert.throws(paint(640, 480, { place: 'top-lefft' }), TypeError, 'Did you mean "top-left"?');
  });

  it('is read where it was last, and found again after it has moved', () => {
    const { picture, area } = marked(example);
    assert.deepEqual(readMark(picture.y, 1280, 1280, 720, { area, search: false }), { ...example, area });
    const near = { ...area, x: area.x + 11, width: area.width - 20 };
    const found = readMark(picture.y, 1280, 1280, 720, { area: near, search: false });
    assert.deepEqual(said(found), example);
    for (const key of ['x', 'y', 'width', 'height'] as const) {
      assert.closeTo(found?.area[key] ?? Number.NaN, area[key], 0.5, key);
    }
    const far = { ...area, x: 800, y: 300 };
    assert.isNull(readMark(picture.y, 1280, 1280, 720, { area: far, search: false }));
    assert.deepEqual(readMark(picture.y, 1280, 1280, 720, { area: far }), { ...example, area });
  });

  it('is read from a plane whose rows have padding', () => {
    const { picture, area } = marked(example, {}, 640, 360);
    const padded = new Uint8Array(700 * 360).fill(77);
    for (let y = 0; y < 360; y++) padded.set(picture.y.subarray(y * 640, (y + 1) * 640), y * 700);
    assert.deepEqual(readMark(padded, 700, 640, 360), { ...example, area });
  });

  it('is no mark in a picture that is mirrored or upside down', () => {
    const { picture } = marked(example);
    const mirrored = picture.y.slice();
    for (let y = 0; y < 720; y++) mirrored.subarray(y * 1280, (y + 1) * 1280).reverse();
    assert.isNull(readMark(mirrored, 1280, 1280, 720));
    assert.isNull(readMark(mirrored.slice().reverse(), 1280, 1280, 720));
    assert.isNull(readMark(picture.y.slice().reverse(), 1280, 1280, 720));
  });

  it('is read at other levels: full range, a narrow range, and gamma', () => {
    const { picture } = marked(example);
    for (const level of [
      (y: number) => (y - 16) * (255 / 219),
      (y: number) => 16 + y * (219 / 255),
      (y: number) => 100 + y / 4,
      (y: number) => 255 * (y / 255) ** 2.2,
    ]) {
      const plane = new Uint8ClampedArray(picture.y.length);
      for (let i = 0; i < plane.length; i++) plane[i] = level(picture.y[i]);
      assert.deepEqual(said(readMark(plane, 1280, 1280, 720)), example);
    }
  });

  it('is not found in any picture without one', () => {
    for (const pattern of ['card', 'smpte-hd', 'checkers', 'crosshatch', 'white', 'philips-circle', 'snow'] as const) {
      const { y } = pictureOf({ pattern, width: 1280, height: 720 });
      assert.isNull(readMark(y, 1280, 1280, 720), pattern);
    }
  });

  it('is right or no mark, however it is damaged: 400 pictures', () => {
    const [width, height] = [320, 180];
    let read = 0;
    for (let i = 0; i < 400; i++) {
      const random = (index: number) => random32(5, 100_000 * i + index);
      const mark = { ...example, frame: random(0) };
      const { picture, area } = marked(mark, {}, width, height);
      // Boxes of dark, light or noise over it, and noise over everything.
      for (let box = 0; box < random(1) % 4; box++) {
        const [x, y] = [area.x + (random(10 + box) % area.width), area.y + (random(20 + box) % area.height)];
        const ink = [() => 16, () => 235, (at: number) => random(1000 + at) & 255][random(30 + box) % 3];
        for (let row = y; row < Math.min(height, y + (random(40 + box) % 40)); row++) {
          for (let at = row * width + x; at < row * width + Math.min(width, x + (random(50 + box) % 40)); at++) {
            picture.y[at] = ink(at);
          }
        }
      }
      const noise = random(2) % 3 === 0 ? random(3) % 120 : 0;
      const plane = new Uint8ClampedArray(picture.y);
      if (noise > 0) {
        for (let at = 0; at < plane.length; at++) plane[at] += ((random(1000 + at) & 255) / 255 - 0.5) * 2 * noise;
      }
      const found = said(readMark(plane, width, width, height));
      if (!found) continue;
      read++;
      assert.deepEqual(found, mark);
    }
    assert.isAbove(read, 100);
    assert.isBelow(read, 390);
  });
});
