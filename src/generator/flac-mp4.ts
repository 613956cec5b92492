/*
 * Audio as FLAC in fragmented MP4, which a `MediaSource` plays: lossless, and without an encoder. A fragment has one frame of
 * FLAC (RFC 9639) with uncompressed samples ("verbatim"), in boxes of ISO/IEC 14496-12 and of "Encapsulation of FLAC in ISO
 * Base Media File Format". Decision: docs/decisions/element-audio.md.
 */

/** The format of a file: each of its fragments has the same. */
export interface FlacFormat {
  readonly sampleRate: number;
  /** 1 to 8. */
  readonly channels: number;
  /** Samples of each channel in a fragment: 16 to 65535. */
  readonly frames: number;
}

/** Silent fragments at the beginning, by which a media element starts to play at once. */
export const LEAD_IN_FRAGMENTS = 20;

/** The beginning of a file, by which a media element knows its format. */
export function flacHeader({ sampleRate, channels, frames }: FlacFormat): Uint8Array<ArrayBuffer> {
  const streamInfo = [
    ...u32((frames << 16) | frames),
    // The sizes of frames and the check sum of all samples are unknown.
    ...zeros(6),
    // 20 bits of the sample rate, 3 of the channels, 5 of the sample size, and 36 of the length, which is unknown.
    ...u32(sampleRate * 4096 + ((channels - 1) << 9) + ((SAMPLE_BITS - 1) << 4)),
    ...zeros(20),
  ];
  const sampleEntry = box('fLaC', [
    ...[...zeros(6), ...u16(1), ...zeros(8), ...u16(channels), ...u16(SAMPLE_BITS), ...zeros(4)],
    // A rate that needs more than 16 bits is only in the information of the stream.
    ...[...u16(sampleRate > 0xffff ? 0 : sampleRate), ...u16(0)],
    ...fullBox('dfLa', [0x80, ...u24(streamInfo.length), ...streamInfo]),
  ]);
  const table = box('stbl', [
    ...fullBox('stsd', [...u32(1), ...sampleEntry]),
    ...fullBox('stts', u32(0)),
    ...fullBox('stsc', u32(0)),
    ...fullBox('stsz', zeros(8)),
    ...fullBox('stco', u32(0)),
  ]);
  const information = box('minf', [
    ...fullBox('smhd', zeros(4)),
    ...box('dinf', fullBox('dref', [...u32(1), ...fullBox('url ', [], 1)])),
    ...table,
  ]);
  const media = box('mdia', [
    ...fullBox('mdhd', [...zeros(8), ...u32(sampleRate), ...zeros(4), ...UNDETERMINED_LANGUAGE, ...zeros(2)]),
    ...fullBox('hdlr', [...zeros(4), ...ascii('soun'), ...zeros(13)]),
    ...information,
  ]);
  const track = fullBox(
    'tkhd',
    [...zeros(8), ...u32(TRACK_ID), ...zeros(20), ...[1, 0, 0, 0], ...MATRIX, ...zeros(8)],
    3,
  );
  const movie = [
    ...zeros(8),
    ...u32(sampleRate),
    ...zeros(4),
    ...[0, 1, 0, 0, 1, 0],
    ...zeros(10),
    ...MATRIX,
    ...zeros(24),
  ];
  return Uint8Array.from([
    ...box('ftyp', [...ascii('iso5'), ...zeros(4), ...ascii('iso5')]),
    ...box('moov', [
      ...fullBox('mvhd', [...movie, ...u32(TRACK_ID + 1)]),
      ...box('trak', [...track, ...media]),
      ...box('mvex', fullBox('trex', [...u32(TRACK_ID), ...u32(1), ...zeros(12)])),
    ]),
  ]);
}

/** The fragment of a number, from 0. The planes have samples from −1 to 1; others are clipped. */
export function flacFragment(
  { frames }: FlacFormat,
  number: number,
  planes: readonly Float32Array[],
): Uint8Array<ArrayBuffer> {
  const frameHeader = headerOfFrame(frames, planes.length, number);
  const size = frameHeader.length + planes.length * (1 + frames * SAMPLE_BYTES) + 2;
  const boxes = fragmentBoxes(frames, number, size);
  const bytes = new Uint8Array(boxes.length + size);
  bytes.set(boxes);
  bytes.set(frameHeader, boxes.length);
  let at = boxes.length + frameHeader.length;
  for (const plane of planes) {
    bytes[at++] = VERBATIM;
    for (const sample of plane) {
      const value = Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(sample * FULL_SCALE)));
      bytes[at++] = value >> 16;
      bytes[at++] = value >> 8;
      bytes[at++] = value;
    }
  }
  let crc = 0;
  for (let i = boxes.length; i < at; i++)
    crc = ((crc << 8) & 0xffff) ^ (CRC16[(crc >> 8) ^ (bytes[i] as number)] as number);
  bytes.set(u16(crc), at);
  return bytes;
}

const SAMPLE_BITS = 24;
const SAMPLE_BYTES = SAMPLE_BITS / 8;
const FULL_SCALE = 2 ** (SAMPLE_BITS - 1);
const TRACK_ID = 1;
/** The head of a subframe with uncompressed samples. */
const VERBATIM = 0x02;
/** `und`, as three times 5 bits. */
const UNDETERMINED_LANGUAGE = [0x55, 0xc4];

function headerOfFrame(frames: number, channels: number, number: number): number[] {
  const header = [
    // The sync code of frames that have the same number of samples; then "16 bits with that number follow, the rate is that of the stream".
    ...[0xff, 0xf8, 0x70],
    // Independent channels of 24 bits.
    ((channels - 1) << 4) | (6 << 1),
    ...codedNumber(number),
    ...u16(frames - 1),
  ];
  let crc = 0;
  for (const byte of header) crc = CRC8[crc ^ byte] as number;
  return [...header, crc];
}

/** A number as UTF-8 codes it, extended to 31 bits. */
function codedNumber(number: number): number[] {
  if (number < 0x80) return [number];
  const tail: number[] = [];
  let rest = number;
  // The first byte has room for less with each byte that follows.
  do {
    tail.unshift(0x80 | (rest & 0x3f));
    rest = Math.floor(rest / 64);
  } while (rest > 0x3f >> tail.length);
  return [((0xff00 >> (tail.length + 1)) & 0xff) | rest, ...tail];
}

function fragmentBoxes(frames: number, number: number, size: number): number[] {
  const time = number * frames;
  const boxesOf = (dataOffset: number) =>
    box('moof', [
      ...fullBox('mfhd', u32(number + 1)),
      ...box('traf', [
        // The data begins at the fragment; the next three fields describe its only sample.
        ...fullBox('tfhd', u32(TRACK_ID), 0x020000),
        ...fullBox('tfdt', [...u32(Math.floor(time / 2 ** 32)), ...u32(time)], 0x01000000),
        ...fullBox('trun', [...u32(1), ...u32(dataOffset), ...u32(frames), ...u32(size)], 0x000301),
      ]),
    ]);
  const { length } = boxesOf(0);
  return [...boxesOf(length + 8), ...u32(size + 8), ...ascii('mdat')];
}

const u16 = (value: number): number[] => [(value >> 8) & 0xff, value & 0xff];
const u24 = (value: number): number[] => [(value >> 16) & 0xff, ...u16(value)];
const u32 = (value: number): number[] => [(value >>> 24) & 0xff, ...u24(value)];
const zeros = (length: number): number[] => Array(length).fill(0);
const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const box = (type: string, content: readonly number[]): number[] => [
  ...u32(content.length + 8),
  ...ascii(type),
  ...content,
];
/** A box with 8 bits of a version and 24 of flags. */
const fullBox = (type: string, content: readonly number[], versionAndFlags = 0): number[] =>
  box(type, [...u32(versionAndFlags), ...content]);

/** No rotation: numbers of 16.16 and 2.30 bits. */
const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32);

/** The check sums of all bytes by a polynomial. */
const crcTable = (bits: number, polynomial: number): number[] =>
  Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (bits - 8);
    for (let i = 0; i < 8; i++) crc = crc & (1 << (bits - 1)) ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << bits) - 1);
  });

const CRC8 = crcTable(8, 0x07);
const CRC16 = crcTable(16, 0x8005);
