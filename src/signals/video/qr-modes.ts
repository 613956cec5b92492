/* How a text becomes the data of a QR code: by one of three modes, of which the most compact is taken. ISO/IEC 18004, 7.4. */

/** A text in a mode. */
export interface Mode {
  /** Bits of the text in a version. */
  bitsIn(version: number): number;
  /** The text, an end, and padding up to the capacity of a version. */
  encode(version: number, bytes: number): Uint8Array;
  /** The longest text of this mode for so many bits, in the largest version. */
  describeCapacity(bits: number): string;
}

interface ModeDefinition {
  readonly indicator: number;
  /** Bits of the length in the versions 1 to 9, 10 to 26 and 27 to 40. */
  readonly lengthBits: readonly [number, number, number];
  /** Characters in a group, and bits of a group of one, two and three. */
  readonly groupBits: readonly number[];
  readonly unit: string;
}

const numeric: ModeDefinition = { indicator: 1, lengthBits: [10, 12, 14], groupBits: [4, 7, 10], unit: 'digits' };
const alphanumeric: ModeDefinition = {
  indicator: 2,
  lengthBits: [9, 11, 13],
  groupBits: [6, 11],
  unit: 'digits and capitals',
};
const bytes: ModeDefinition = { indicator: 4, lengthBits: [8, 16, 16], groupBits: [8], unit: 'bytes in UTF-8' };

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** "Extended channel interpretation" 26: the bytes are UTF-8. Without it they are ISO 8859-1, in which ASCII is the same. */
const UTF8_HEADER = [0b0111, 4, 26, 8] as const;

export function chooseMode(text: string): Mode {
  if (/^[0-9]*$/.test(text)) return createMode(numeric, [...text].map(Number), 10);
  if ([...text].every((letter) => LETTERS.includes(letter))) {
    return createMode(
      alphanumeric,
      [...text].map((letter) => LETTERS.indexOf(letter)),
      LETTERS.length,
    );
  }
  const encoded = new TextEncoder().encode(text);
  return createMode(bytes, [...encoded], 256, encoded.length > text.length ? UTF8_HEADER : []);
}

/**
 * @param values The numbers of the characters, below `base`.
 * @param header Pairs of a value and its bits, before the text.
 */
function createMode(definition: ModeDefinition, values: number[], base: number, header: readonly number[] = []): Mode {
  const { indicator, lengthBits, groupBits, unit } = definition;
  const lengthBitsIn = (version: number) => lengthBits[version < 10 ? 0 : version < 27 ? 1 : 2];
  const headerBits = header.reduce((sum, number, index) => sum + (index % 2 ? number : 0), 0);
  const bitsOf = (count: number) => {
    const rest = count % groupBits.length;
    return Math.floor(count / groupBits.length) * groupBits[groupBits.length - 1] + (rest ? groupBits[rest - 1] : 0);
  };
  return {
    bitsIn(version) {
      const isCountable = values.length < 2 ** lengthBitsIn(version);
      return isCountable ? headerBits + 4 + lengthBitsIn(version) + bitsOf(values.length) : Number.POSITIVE_INFINITY;
    },
    encode(version, capacity) {
      const out = new BitWriter(capacity);
      for (let i = 0; i < header.length; i += 2) out.write(header[i], header[i + 1]);
      out.write(indicator, 4);
      out.write(values.length, lengthBitsIn(version));
      for (let i = 0; i < values.length; i += groupBits.length) {
        const group = values.slice(i, i + groupBits.length);
        out.write(
          group.reduce((sum, value) => sum * base + value, 0),
          groupBits[group.length - 1],
        );
      }
      return out.finish();
    },
    describeCapacity(bits) {
      const free = bits - headerBits - 4 - lengthBits[2];
      let most = Math.floor(free / groupBits[groupBits.length - 1]) * groupBits.length;
      while (bitsOf(most + 1) <= free) most++;
      return `at most ${most} ${unit}`;
    },
  };
}

/** Writes bits into bytes, the highest bit first. */
class BitWriter {
  readonly #bytes: Uint8Array;
  #length = 0;

  constructor(bytes: number) {
    this.#bytes = new Uint8Array(bytes);
  }

  write(value: number, bits: number): void {
    for (let i = bits - 1; i >= 0; i--, this.#length++)
      this.#bytes[this.#length >> 3] |= ((value >> i) & 1) << (7 - (this.#length & 7));
  }

  /** An end of up to four zeros, zeros up to a byte, and the two padding bytes in turn. */
  finish(): Uint8Array {
    const used = Math.ceil(Math.min(this.#length + 4, 8 * this.#bytes.length) / 8);
    for (let i = used; i < this.#bytes.length; i++) this.#bytes[i] = (i - used) % 2 ? 0x11 : 0xec;
    return this.#bytes;
  }
}
