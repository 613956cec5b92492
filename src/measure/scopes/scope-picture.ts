import { defaultColorSpace } from '../../signals/picture.js';
import type { ScopeMatrix } from './scope-settings.js';

/** One component of a picture: 8-bit samples at a distance of `step`, in rows at a distance of `stride`. */
export interface ScopePlane {
  readonly samples: Uint8Array;
  readonly offset: number;
  readonly stride: number;
  readonly step: number;
  readonly width: number;
  readonly height: number;
  /** For each value of a sample, the level that it has in limited range. */
  readonly levels: Uint8Array;
}

/** A picture as scopes read it: Y′CbCr in 8-bit limited range, in the planes of the frame that it comes from. */
export interface ScopePicture {
  readonly matrix: ScopeMatrix;
  readonly luma: ScopePlane;
  readonly cb: ScopePlane;
  readonly cr: ScopePlane;
  /** A chroma sample lies at the luma sample `x << shiftX`, `y << shiftY`. */
  readonly shiftX: number;
  readonly shiftY: number;
  /** A number that grows with each picture. It selects which rows are read when rows are skipped. */
  readonly turn: number;
}

/** How the bytes of a frame are laid out, as `VideoFrame` tells. */
export interface FrameLayout {
  readonly format: string;
  readonly width: number;
  readonly height: number;
  readonly planes: readonly { readonly offset: number; readonly stride: number }[];
  /** `VideoColorSpace.matrix`. */
  readonly matrix?: string | null;
  readonly fullRange?: boolean | null;
}

/** Rows that are read of a picture. Of a larger one every n-th row is, other ones in each picture. */
export const MAX_LINES = 360;

/** Rows of chroma that are read where each sample is converted to R′G′B′, which takes most of the time. */
export const MAX_COLOR_LINES = 180;

/** The distance between the rows of a plane that are read. */
export const lineStepOf = (height: number, most = MAX_LINES): number => Math.max(1, Math.ceil(height / most));

/** The weights of red and blue in luma. */
export const lumaWeights: Readonly<Record<ScopeMatrix, readonly [red: number, blue: number]>> = {
  bt601: [0.299, 0.114],
  bt709: [0.2126, 0.0722],
  bt2020: [0.2627, 0.0593],
};

/** The formats of `VideoFrame` that scopes read without a conversion. */
export const isReadable = (format: string | null): format is string => format !== null && format in shifts;

/** Makes pictures for scopes of the bytes of frames, and keeps the memory that this takes. */
export class ScopePictureReader {
  #turn = 0;
  #converted = new Uint8Array(0);

  /** The picture refers to `bytes`, or to memory that the next one reuses. */
  read(bytes: Uint8Array, layout: FrameLayout): ScopePicture {
    const turn = this.#turn++;
    const { format, width, height, planes, fullRange } = layout;
    const matrix = matrixOf(layout);
    const [shiftX, shiftY] = shifts[format as keyof typeof shifts];
    if (format.length === 4 && /^(RGB|BGR)/.test(format)) return this.#convert(bytes, layout, matrix, turn);
    const levels = fullRange ? fullRangeLevels : limitedLevels;
    const isInterleaved = format === 'NV12';
    const plane = (index: number, start = 0): ScopePlane => ({
      samples: bytes,
      offset: (planes[index]?.offset ?? 0) + start,
      stride: planes[index]?.stride ?? 0,
      step: isInterleaved && index > 0 ? 2 : 1,
      width: index > 0 ? (width + shiftX) >> shiftX : width,
      height: index > 0 ? (height + shiftY) >> shiftY : height,
      levels: index > 0 ? levels.chroma : levels.luma,
    });
    const cr = isInterleaved ? plane(1, 1) : plane(2);
    return { matrix, luma: plane(0), cb: plane(1), cr, shiftX, shiftY, turn };
  }

  /** Y′CbCr of R′G′B′: of the rows that are read, chroma at every second pixel. */
  #convert(bytes: Uint8Array, { format, width, height, planes }: FrameLayout, matrix: ScopeMatrix, turn: number) {
    const step = lineStepOf(height);
    const first = turn % step;
    const rows = Math.ceil((height - first) / step);
    const chromaWidth = (width + 1) >> 1;
    const size = rows * (width + 2 * chromaWidth);
    if (this.#converted.length < size) this.#converted = new Uint8Array(size);
    const out = this.#converted;
    const [red, blue] = format.startsWith('RGB') ? [0, 2] : [2, 0];
    const { y, cb, cr } = tablesOf(matrix);
    const { offset = 0, stride = 0 } = planes[0] ?? {};
    const cbStart = rows * width;
    const crStart = cbStart + rows * chromaWidth;
    for (let row = 0; row < rows; row++) {
      let at = offset + (first + row * step) * stride;
      let chroma = row * chromaWidth;
      for (let x = 0, luma = row * width; x < width; x++, at += 4, luma++) {
        const r = bytes[at + red] as number;
        const g = bytes[at + 1] as number;
        const b = bytes[at + blue] as number;
        out[luma] = ((y[r] as number) + (y[256 + g] as number) + (y[512 + b] as number)) >> 16;
        if (x & 1) continue;
        out[cbStart + chroma] = ((cb[r] as number) + (cb[256 + g] as number) + (cb[512 + b] as number)) >> 16;
        out[crStart + chroma] = ((cr[r] as number) + (cr[256 + g] as number) + (cr[512 + b] as number)) >> 16;
        chroma++;
      }
    }
    const plane = (start: number, planeWidth: number): ScopePlane => ({
      samples: out,
      offset: start,
      stride: planeWidth,
      step: 1,
      width: planeWidth,
      height: rows,
      levels: limitedLevels.luma,
    });
    const chromaPlanes = { cb: plane(cbStart, chromaWidth), cr: plane(crStart, chromaWidth) };
    return { matrix, luma: plane(0, width), ...chromaPlanes, shiftX: 1, shiftY: 0, turn };
  }
}

/** How much smaller the chroma planes of each format are, as shifts. Formats of R′G′B′ are converted. */
const shifts = {
  I420: [1, 1],
  I420A: [1, 1],
  NV12: [1, 1],
  I422: [1, 0],
  I422A: [1, 0],
  I444: [0, 0],
  I444A: [0, 0],
  RGBA: [1, 0],
  RGBX: [1, 0],
  BGRA: [1, 0],
  BGRX: [1, 0],
} as const;

/** A frame that names no matrix has the usual one of its height, as the sources of this library do. */
function matrixOf({ matrix, height }: FrameLayout): ScopeMatrix {
  if (matrix === 'bt709') return 'bt709';
  if (matrix === 'bt470bg' || matrix === 'smpte170m') return 'bt601';
  if (matrix === 'bt2020-ncl') return 'bt2020';
  return defaultColorSpace(height);
}

const limitedLevels = {
  luma: Uint8Array.from({ length: 256 }, (_, value) => value),
  chroma: Uint8Array.from({ length: 256 }, (_, value) => value),
};

const fullRangeLevels = {
  luma: Uint8Array.from({ length: 256 }, (_, value) => Math.round(16 + (219 * value) / 255)),
  chroma: Uint8Array.from({ length: 256 }, (_, value) => Math.round(128 + (224 * (value - 128)) / 255)),
};

interface ConversionTables {
  /** For each value of red, then of green, then of blue, its part in units of 1/65536. The sums are rounded. */
  readonly y: Int32Array;
  readonly cb: Int32Array;
  readonly cr: Int32Array;
}

const tables = new Map<ScopeMatrix, ConversionTables>();

function tablesOf(matrix: ScopeMatrix): ConversionTables {
  const known = tables.get(matrix);
  if (known) return known;
  const [kr, kb] = lumaWeights[matrix];
  const kg = 1 - kr - kb;
  const table = (zero: number, scale: number, weights: readonly number[]) =>
    Int32Array.from({ length: 768 }, (_, i) => {
      const part = ((weights[i >> 8] as number) * scale * (i & 255)) / 255;
      // The zero and the half by which a sum is rounded are in the part of red.
      return Math.round(65536 * (i < 256 ? part + zero + 0.5 : part));
    });
  const made = {
    y: table(16, 219, [kr, kg, kb]),
    cb: table(128, 112 / (1 - kb), [-kr, -kg, 1 - kb]),
    cr: table(128, 112 / (1 - kr), [1 - kr, -kg, -kb]),
  };
  tables.set(matrix, made);
  return made;
}
