import { lumaWeights, type ScopePicture, type ScopePlane } from './scope-picture.js';
import type { ScopeMatrix } from './scope-settings.js';
import type { Trace } from './trace.js';

/** A view of pictures. */
export interface VideoScope {
  readonly kind: 'video';
  /** The last drawing. It is another object after its size has changed. */
  readonly trace: Trace;
  draw(picture: ScopePicture): void;
  /** The reading in words. */
  readonly summary: string;
}

/** A level of 8-bit limited range in percent: 16 is 0 %, 235 is 100 %. */
export const percentOf = (level: number): string => `${Math.round(((level - 16) * 100) / 219)} %`.replace('-', '−');

/** A row of a plane of chroma, and the luma at its samples. */
export interface ChromaRow {
  readonly luma: number;
  readonly cb: number;
  readonly cr: number;
}

/** Where row `y` of the chroma planes begins, in each plane. */
export const rowOf = ({ luma, cb, cr, shiftY }: ScopePicture, y: number): ChromaRow => ({
  luma: startOf(luma, Math.min(luma.height - 1, y << shiftY)),
  cb: startOf(cb, y),
  cr: startOf(cr, y),
});

const startOf = ({ offset, stride }: ScopePlane, y: number): number => offset + y * stride;

/**
 * Tables of R′G′B′ of Y′CbCr, both on the scale on which 16 is 0 % and 235 is 100 %: for each level of Cb or Cr what it adds, in
 * units of 1/65536. Luma adds itself.
 */
export interface RgbTables {
  readonly redOfCr: Int32Array;
  readonly greenOfCb: Int32Array;
  readonly greenOfCr: Int32Array;
  readonly blueOfCb: Int32Array;
}

const known = new Map<ScopeMatrix, RgbTables>();

export function rgbTablesOf(matrix: ScopeMatrix): RgbTables {
  const tables = known.get(matrix) ?? makeTables(lumaWeights[matrix]);
  known.set(matrix, tables);
  return tables;
}

function makeTables([kr, kb]: readonly [number, number]): RgbTables {
  // Cb and Cr have 224 steps for what luma has 219 for. The half by which a sum is rounded is in one of the tables of a colour.
  const table = (factor: number, half = 0.5) =>
    Int32Array.from({ length: 256 }, (_, level) => Math.round(65536 * (factor * (219 / 224) * (level - 128) + half)));
  const kg = 1 - kr - kb;
  return {
    redOfCr: table(2 * (1 - kr)),
    greenOfCb: table((-2 * kb * (1 - kb)) / kg, 0),
    greenOfCr: table((-2 * kr * (1 - kr)) / kg),
    blueOfCb: table(2 * (1 - kb)),
  };
}

/** A level in the range of 8 bits. */
export const clampLevel = (level: number): number => (level < 0 ? 0 : Math.min(level, 255));
