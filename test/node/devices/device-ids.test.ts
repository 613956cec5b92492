/* Identifiers of virtual devices. */
import { createDeviceId, createGroupId } from '../../../dist/devices/device-ids.js';
import { assert, describe, it } from '../../support/suite.js';

const bitsOf = (id: string): number[] =>
  [...id].flatMap((digit) => [8, 4, 2, 1].map((bit) => Number((Number.parseInt(digit, 16) & bit) > 0)));

const count = (bits: number[]): number => bits.reduce((sum, bit) => sum + bit, 0);

describe('createDeviceId()', () => {
  it('gives 64 hexadecimal digits, as Chromium does', () => {
    for (const label of ['', 'Front camera', '前面カメラ', 'x'.repeat(1000)]) {
      assert.match(createDeviceId(0, 'videoinput', label), /^[0-9a-f]{64}$/);
    }
  });

  it('gives the same for the same seed, kind and label, also in later versions', () => {
    const id = createDeviceId(1, 'videoinput', 'Front camera');
    assert.equal(id, createDeviceId(1, 'videoinput', 'Front camera', 0));
    // Pages store identifiers. No standard gives this number.
    assert.equal(id, 'a5827d6f8df409184956f032ba71bd8bd5920d62ffb00e944c3b2a15c02e3a20');
  });

  it('differs by each of seed, kind, label and occurrence', () => {
    const ids = [
      createDeviceId(1, 'videoinput', 'Device'),
      createDeviceId(2, 'videoinput', 'Device'),
      createDeviceId('1', 'videoinput', 'Device'),
      createDeviceId(1, 'audioinput', 'Device'),
      createDeviceId(1, 'videoinput', 'device'),
      createDeviceId(1, 'videoinput', 'Device', 1),
      createGroupId(1, 'Device'),
    ];
    assert.equal(new Set(ids).size, ids.length);
  });

  it('is of its own for each of 20,000 labels, also in every eighth of the digits', () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => createDeviceId(0, 'audioinput', `Microphone ${index}`));
    assert.equal(new Set(ids).size, ids.length);
    for (let start = 0; start < 64; start += 8) {
      const parts = new Set(ids.map((id) => id.slice(start, start + 8)));
      // Of 20,000 random numbers of 32 bits, 0.05 pairs are equal on average.
      assert.isAtLeast(parts.size, ids.length - 3);
    }
  });

  it('changes half of its bits with each letter, and sets each bit in half of all identifiers', () => {
    const ids = Array.from({ length: 2000 }, (_, index) => bitsOf(createDeviceId(0, 'videoinput', `Camera ${index}`)));
    const [first = []] = ids;
    for (const id of ids.slice(1)) {
      const changed = count(id.map((bit, index) => bit ^ (first[index] ?? 0)));
      // Six standard deviations of 256 throws of a coin: 6 × 8.
      assert.closeTo(changed, 128, 48);
    }
    for (let bit = 0; bit < 256; bit++) {
      // Six standard deviations of 2000 throws: 6 × 22.4.
      assert.closeTo(count(ids.map((id) => id[bit] ?? 0)), 1000, 135);
    }
  });
});

describe('createGroupId()', () => {
  it('gives 64 hexadecimal digits, the same for the same seed and group', () => {
    assert.match(createGroupId(7, 'Headset'), /^[0-9a-f]{64}$/);
    assert.equal(createGroupId(7, 'Headset'), createGroupId(7, 'Headset'));
    assert.notEqual(createGroupId(7, 'Headset'), createGroupId(7, 'Laptop'));
    assert.notEqual(createGroupId(7, 'Headset'), createGroupId(8, 'Headset'));
  });
});
