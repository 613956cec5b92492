import type { PlanarPicture, Plane } from '../planar-picture.js';

/** The samples of a frame, or of a part of it. */
export interface FrameSamples {
  readonly bytes: Uint8Array;
  readonly format: string;
  readonly planes: readonly PlaneLayout[];
  readonly width: number;
  readonly height: number;
}

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Copies the samples of frames, and keeps the memory that this takes: samples are valid until the next copy. */
export class FrameCopier {
  #bytes = new Uint8Array();
  #canvas: OffscreenCanvas | null = null;

  /**
   * @param rect The part of the frame. Its sides have to lie between chroma samples.
   * @throws {DOMException} if the browser does not give the pixels.
   */
  async copy(frame: VideoFrame, rect: Rect): Promise<FrameSamples> {
    const { width, height } = rect;
    if (frame.format && isReadable(frame.format)) {
      const size = frame.allocationSize({ rect });
      if (this.#bytes.length < size) this.#bytes = new Uint8Array(size);
      const planes = await frame.copyTo(this.#bytes, { rect });
      return { bytes: this.#bytes, format: frame.format, planes, width, height };
    }
    // A frame that is nowhere but in the graphics processor, or has more than 8 bits.
    const visible = visibleRectOf(frame);
    this.#canvas ??= new OffscreenCanvas(width, height);
    if (this.#canvas.width < width || this.#canvas.height < height) Object.assign(this.#canvas, { width, height });
    const context = this.#canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new DOMException('The picture cannot be read: there is no canvas.', 'InvalidStateError');
    context.drawImage(frame, visible.x - rect.x, visible.y - rect.y, visible.width, visible.height);
    const { data } = context.getImageData(0, 0, width, height);
    const bytes = new Uint8Array(data.buffer);
    return { bytes, format: 'RGBA', planes: [{ offset: 0, stride: width * 4 }], width, height };
  }

  /** Leaves the samples of the last copy to the caller: the next copy takes other memory. */
  giveAway(): void {
    this.#bytes = new Uint8Array();
  }
}

/** The part of a frame that is shown. */
export const visibleRectOf = ({ visibleRect, codedWidth, codedHeight }: VideoFrame): Rect =>
  visibleRect ?? { x: 0, y: 0, width: codedWidth, height: codedHeight };

export const isRgb = (format: string): boolean => /^(RGB|BGR)/.test(format);

/** Formats with a plane of luma, or with green as the second of four bytes, in 8 bits. */
const isReadable = (format: string): boolean => /^(I4\d\dA?|NV12|RGB[AX]|BGR[AX])$/.test(format);

/** The planes of samples with half the chroma in both directions; `null` for other formats. */
export function planesOf({ bytes, format, planes, width, height }: FrameSamples): PlanarPicture | null {
  const planeAt = ({ offset, stride }: PlaneLayout): Plane => ({ samples: bytes.subarray(offset), stride });
  const [y, u, v] = planes as [PlaneLayout, PlaneLayout, PlaneLayout];
  if (/^I420A?$/.test(format)) return { width, height, y: planeAt(y), u: planeAt(u), v: planeAt(v) };
  if (format !== 'NV12') return null;
  const [across, down] = [(width + 1) >> 1, (height + 1) >> 1];
  const [blue, red] = [new Uint8Array(across * down), new Uint8Array(across * down)];
  for (let row = 0, to = 0; row < down; row++) {
    for (let i = 0, from = u.offset + row * u.stride; i < across; i++, to++) {
      blue[to] = bytes[from++];
      red[to] = bytes[from++];
    }
  }
  return {
    width,
    height,
    y: planeAt(y),
    u: { samples: blue, stride: across },
    v: { samples: red, stride: across },
  };
}
