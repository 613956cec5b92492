import type { PlanarPicture, Plane } from '../../processor/planar-picture.js';
import { type FrameSamples, isRgb, planesOf } from '../../processor/worker/frame-copier.js';
import { type ColorSpace, defaultColorSpace } from '../../signals/picture.js';
import { lumaWeights, recodingOf } from '../../signals/video/recoding.js';

/** How the colours of a frame are coded, as far as it tells it. */
export type FrameColors = Pick<VideoColorSpace, 'matrix' | 'fullRange'>;

/**
 * The samples of a frame as planes of limited range in a colour space. Planes that need no conversion are views of the samples
 * themselves.
 */
export function convertSamples(samples: FrameSamples, colors: FrameColors, space: ColorSpace): PlanarPicture {
  if (isRgb(samples.format)) return planesOfRgb(samples, space);
  const planes = planesOf(samples) ?? halveChroma(samples);
  const own = codings[colors.matrix ?? ''] ?? defaultColorSpace(samples.height);
  return own === space && !colors.fullRange ? planes : recode(planes, own, space, Boolean(colors.fullRange));
}

const codings: Readonly<Record<string, ColorSpace>> = { bt709: 'bt709', smpte170m: 'bt601', bt470bg: 'bt601' };

/** The planes of a picture with all of its chroma (I444), or with half of its columns (I422): each sample is the mean of those. */
function halveChroma({ bytes, format, planes, width, height }: FrameSamples): PlanarPicture {
  const [y, ...chroma] = planes as [PlaneLayout, PlaneLayout, PlaneLayout];
  const isFull = format.startsWith('I444');
  const columns = isFull ? width : (width + 1) >> 1;
  const picture = layPlanes(width, height);
  for (const [index, { samples, stride }] of [picture.u, picture.v].entries()) {
    const { offset, stride: step } = chroma[index] as PlaneLayout;
    for (let at = 0; at < samples.length; at++) {
      const column = (at % stride) * (isFull ? 2 : 1);
      const right = isFull && column + 1 < columns ? 1 : 0;
      const row = Math.floor(at / stride) * 2;
      const first = offset + row * step + column;
      const below = row + 1 < height ? step : 0;
      samples[at] =
        (bytes[first] + bytes[first + right] + bytes[first + below] + bytes[first + right + below] + 2) >> 2;
    }
  }
  return { ...picture, y: { samples: bytes.subarray(y.offset), stride: y.stride } };
}

/** Memory for a picture of this size. Chroma of a size that is odd has a sample for the last column and row. */
function layPlanes(width: number, height: number): PlanarPicture {
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1];
  const chroma = (): Plane => ({ samples: new Uint8Array(across * down), stride: across });
  return { width, height, y: { samples: new Uint8Array(width * height), stride: width }, u: chroma(), v: chroma() };
}

/** Fractions have this many bits. */
const FRACTION_BITS = 16;
const ONE = 1 << FRACTION_BITS;
const HALF = ONE / 2;

/** Full-range RGB. Transparent parts are shown over black, as in written pictures. */
function planesOfRgb({ bytes, format, planes: [layout], width, height }: FrameSamples, space: ColorSpace) {
  const { offset, stride } = layout as PlaneLayout;
  const picture = layPlanes(width, height);
  const [redAt, blueAt] = format.startsWith('RGB') ? [0, 2] : [2, 0];
  const { kr, kb } = lumaWeights[space];
  const whole = (factor: number) => Math.round(factor * ONE);
  const [ofRed, ofBlue] = [whole((kr * 219) / 255), whole((kb * 219) / 255)];
  const ofGreen = whole(219 / 255) - ofRed - ofBlue;
  // Chroma of the sum of four pixels.
  const [blueGain, redGain] = [224 / 255 / (2 * (1 - kb)) / 4, 224 / 255 / (2 * (1 - kr)) / 4];
  const kg = 1 - kr - kb;
  const [blueOfRed, blueOfGreen, blueOfBlue] = [
    whole(-kr * blueGain),
    whole(-kg * blueGain),
    whole((1 - kb) * blueGain),
  ];
  const [redOfRed, redOfGreen, redOfBlue] = [whole((1 - kr) * redGain), whole(-kg * redGain), whole(-kb * redGain)];
  const [black, gray] = [16 * ONE + HALF, 128 * ONE + HALF];
  const { samples: luma } = picture.y;
  const { samples: blueness, stride: across } = picture.u;
  const { samples: redness } = picture.v;
  if (format.endsWith('A')) flatten(bytes, offset, stride, width, height);
  for (let row = 0; row < height; row += 2) {
    // The last row of an odd number counts twice, as does the last column.
    const below = row + 1 < height ? stride : 0;
    const down = below === 0 ? 0 : width;
    for (let column = 0, chroma = (row >> 1) * across; column < width; column += 2, chroma++) {
      const isPair = column + 1 < width;
      const one = offset + row * stride + column * 4;
      const two = isPair ? one + 4 : one;
      const three = one + below;
      const four = two + below;
      const to = row * width + column;
      const next = isPair ? to + 1 : to;
      const red1 = bytes[one + redAt];
      const green1 = bytes[one + 1];
      const blue1 = bytes[one + blueAt];
      const red2 = bytes[two + redAt];
      const green2 = bytes[two + 1];
      const blue2 = bytes[two + blueAt];
      const red3 = bytes[three + redAt];
      const green3 = bytes[three + 1];
      const blue3 = bytes[three + blueAt];
      const red4 = bytes[four + redAt];
      const green4 = bytes[four + 1];
      const blue4 = bytes[four + blueAt];
      luma[to] = (ofRed * red1 + ofGreen * green1 + ofBlue * blue1 + black) >> 16;
      luma[next] = (ofRed * red2 + ofGreen * green2 + ofBlue * blue2 + black) >> 16;
      luma[to + down] = (ofRed * red3 + ofGreen * green3 + ofBlue * blue3 + black) >> 16;
      luma[next + down] = (ofRed * red4 + ofGreen * green4 + ofBlue * blue4 + black) >> 16;
      const reds = red1 + red2 + red3 + red4;
      const greens = green1 + green2 + green3 + green4;
      const blues = blue1 + blue2 + blue3 + blue4;
      blueness[chroma] = (blueOfRed * reds + blueOfGreen * greens + blueOfBlue * blues + gray) >> 16;
      redness[chroma] = (redOfRed * reds + redOfGreen * greens + redOfBlue * blues + gray) >> 16;
    }
  }
  return picture;
}

/** Lays pixels over black. */
function flatten(bytes: Uint8Array, offset: number, stride: number, width: number, height: number): void {
  for (let row = 0; row < height; row++) {
    for (let at = offset + row * stride, end = at + width * 4; at < end; at += 4) {
      const alpha = bytes[at + 3];
      if (alpha === 255) continue;
      for (let i = at; i < at + 3; i++) bytes[i] = (bytes[i] * alpha + 127) / 255;
      bytes[at + 3] = 255;
    }
  }
}

/** Planes in another colour space, and of limited range. */
function recode(from: PlanarPicture, own: ColorSpace, space: ColorSpace, fullRange: boolean): PlanarPicture {
  const { width, height } = from;
  const picture = layPlanes(width, height);
  const [u, v, y] = [picture.u.samples, picture.v.samples, picture.y.samples];
  const clamp = (value: number) => Math.min(255, Math.max(0, value));
  const { luma, blue, red } = recodingOf(own, space);
  const [lumaGain, lumaBase, chromaGain] = fullRange ? [219 / 255, 16, 224 / 255] : [1, 0, 1];
  const lumaOfChroma = (fullRange ? 219 / 255 : 219 / 224) * ONE;
  const lumaTable = Int32Array.from({ length: 256 }, (_, value) => (value * lumaGain + lumaBase) * ONE + HALF);
  for (let row = 0; row * 2 < height; row++) {
    const rows = row * 2 + 1 < height ? 2 : 1;
    for (let column = 0; column * 2 < width; column++) {
      const cb = from.u.samples[row * from.u.stride + column] - 128;
      const cr = from.v.samples[row * from.v.stride + column] - 128;
      const to = row * picture.u.stride + column;
      u[to] = clamp(Math.round(128 + chromaGain * (blue[0] * cb + blue[1] * cr)));
      v[to] = clamp(Math.round(128 + chromaGain * (red[0] * cb + red[1] * cr)));
      const difference = Math.round(lumaOfChroma * (luma[0] * cb + luma[1] * cr));
      const columns = column * 2 + 1 < width ? 2 : 1;
      for (let line = row * 2; line < row * 2 + rows; line++) {
        for (let at = column * 2; at < column * 2 + columns; at++) {
          const value = from.y.samples[line * from.y.stride + at];
          y[line * width + at] = clamp((lumaTable[value] + difference) >> FRACTION_BITS);
        }
      }
    }
  }
  return picture;
}
